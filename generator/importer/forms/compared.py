"""Compares words and numbers of cells the way forms need."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from generator.intake.headings import heading_key, is_unit
from generator.intake.values import CellContext, parse_date, parse_number, read_value

# The names of proof rows where the office's own rows give none.
OPENING, TOTAL, CLOSING = "上期结余", "本期合计", "期末结余"
NOTHING = frozenset(("", "-", "—", "——", "－", "/"))
_CENT = Decimal("0.01")
_YUAN = CellContext(column_unit="元")
MONTH_AND_DAY = re.compile(r"(\d{1,2})(?:\.|-|/|月)(\d{1,2})日?")
_LABELLED = re.compile(r"([^:：]{2,12})[:：]\s*(\S.*)")


def key(text: str) -> str:
    """A heading or label without white space, width, colon and what stands in brackets behind it."""
    return heading_key(text)[0]


def unit_of(*headings: str) -> str:
    """The unit that the first heading declares that declares any: a column's own, the group's above
    it, that of the words beside it."""
    return next((unit for text in headings if is_unit(unit := heading_key(text)[1])), "")


def with_unit(name: str, *headings: str) -> str:
    """A column's name with the unit that the office's own headings declare."""
    unit = unit_of(*headings)
    return f"{name}（{unit}）" if unit else name


def is_filled(text: str) -> bool:
    """Whether a cell says anything; a dash says nothing."""
    return text.strip() not in NOTHING


@lru_cache(8192)  # each form that is tried looks at the same cells
def number(text: str) -> Decimal | None:
    """The number that a cell holds, in yuan where it names a unit; None for anything else."""
    if not is_filled(text):
        return None
    value = read_value(text, "amount", _YUAN)
    return value if isinstance(value, Decimal) else parse_number(text)


def labelled(text: str) -> tuple[str, str]:
    """A label and the number that stand in one cell, 本月结余：85220.48元; else two empty texts."""
    match = _LABELLED.fullmatch(text)
    return (key(match[1]), match[2]) if match and number(match[2]) is not None else ("", "")


def cents(value: Decimal) -> Decimal:
    """A number rounded to the cent, half up, as offices' programs show it."""
    return value.quantize(_CENT, ROUND_HALF_UP)


def is_sum(stated: Decimal, parts: Sequence[Decimal]) -> bool:
    """Whether parts add up to a number, as they are stored or as they are shown."""
    return cents(stated) in (cents(sum(parts, Decimal(0))), sum(map(cents, parts), Decimal(0)))


def are_equal(left: Sequence[Decimal], right: Sequence[Decimal]) -> bool:
    """Whether two lists add up to the same, as they are stored or as they are shown."""
    sums = [{cents(sum(n, Decimal(0))), sum(map(cents, n), Decimal(0))} for n in (left, right)]
    return bool(sums[0] & sums[1])


def money(value: Decimal) -> str:
    """A number as a message shows it: at least two decimals, nothing rounded away."""
    exact = value.normalize() if value else Decimal(0)
    decimals = max(2, -int(exact.as_tuple().exponent))
    return f"{value:,.{decimals}f}"


def is_day(text: str) -> bool:
    """Whether a cell holds a day, with its year or without."""
    return parse_date(text) is not None or MONTH_AND_DAY.fullmatch(text.strip()) is not None


def negated(text: str) -> str:
    """A number with the other sign, as text; zero and what is none stay."""
    value = number(text)
    if not value:
        return text
    plain = text.strip()
    return (
        plain[1:]
        if plain.startswith("-")
        else str(-value)
        if not plain[0].isdigit()
        else f"-{plain}"
    )


def turned(shown: str) -> str:
    """A number as it is shown, with the other sign; what is not shown stays so."""
    text = shown.strip()
    if not text:
        return shown
    if text.startswith("-"):
        return text[1:]
    return text[1:-1] if text.startswith("(") and text.endswith(")") else f"-{text}"
