"""Equations between the columns of a row, as table schemas state them.

`净值 = 原值 - 累计折旧`: one column, an equals sign, columns joined by + - ×, evaluated from
left to right; every word and sign is set off by a space.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_SIGNS = ("+", "-", "×")
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Equation:
    """`result` equals `terms` joined by `signs`; there is one sign fewer than terms."""

    text: str
    result: str
    terms: tuple[str, ...]
    signs: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that it speaks of."""
        return (self.result, *self.terms)

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
    return Equation(text, words[0], terms, signs)
