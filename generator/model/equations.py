"""Equations between the columns of a row, as table schemas state them.

`净值 = 原值 - 累计折旧`: one column, an equals sign, columns joined by + - ×, evaluated from
left to right; every word and sign is set off by a space. A term with a question mark (`通讯补贴?`) is left
away in tables that lack the column.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_SIGNS = ("+", "-", "×")
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Equation:
    """`result` equals `terms` joined by `signs`; there is one sign fewer than terms. A table need
    not have those that are `optional`."""

    text: str
    result: str
    terms: tuple[str, ...]
    signs: tuple[str, ...]
    optional: frozenset[str] = frozenset()

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that it speaks of."""
        return (self.result, *self.terms)

    def within(self, columns: Collection[str]) -> Equation | None:
        """The equation in a table of these columns; None where the table lacks one that it needs, or
        has too few terms to add up."""
        left = [
            pair for pair in zip(("+", *self.signs), self.terms, strict=True) if pair[1] in columns
        ]
        terms = tuple(term for _, term in left)
        missing = set(self.terms) - set(terms) - self.optional
        if (
            missing
            or self.result not in columns
            or len(terms) < min(2, len(self.terms))
            or terms[0] != self.terms[0]
        ):
            return None
        signs = tuple(sign for sign, _ in left[1:])
        text = " ".join(word for pair in left for word in pair).removeprefix("+ ")
        return Equation(f"{self.result} = {text}", self.result, terms, signs)

    def expected(self, values: Mapping[str, object]) -> Decimal | None:
        """The result's value in a row, to the cent; None where a cell is not filled."""
        numbers = [values.get(name) for name in self.terms]
        if values.get(self.result) is None or any(number is None for number in numbers):
            return None
        total = Decimal(str(numbers[0]))
        for sign, number in zip(self.signs, numbers[1:], strict=True):
            operand = Decimal(str(number))
            if sign == "×":
                total *= operand
            else:
                total += operand if sign == "+" else -operand
        return total.quantize(_CENT, ROUND_HALF_UP)


def parse_equation(text: str) -> Equation | None:
    """Read an equation; None when it is not one."""
    words = text.split()
    if len(words) < 3 or len(words) % 2 == 0 or words[1] != "=":
        return None
    terms, signs = tuple(words[2::2]), tuple(words[3::2])
    if any(sign not in _SIGNS for sign in signs):
        return None
    optional = frozenset(term.removesuffix("?") for term in terms if term.endswith("?"))
    names = tuple(term.removesuffix("?") for term in terms)
    return Equation(text, words[0], names, signs, optional)


def equations_of(texts: Iterable[str], columns: Collection[str]) -> Iterator[Equation]:
    """The equations that hold in a table of these columns. Several for one result are several ways
    to it: the first that the table allows counts (实发 less 代扣, or less the parts of 代扣)."""
    results: set[str] = set()
    for equation in map(parse_equation, texts):
        own = equation.within(columns) if equation else None
        if own is not None and own.result not in results:
            results.add(own.result)
            yield own
