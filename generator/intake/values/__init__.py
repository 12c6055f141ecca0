"""Parses values as people write them: a text gives the only value it can mean, or a refusal.

`read_value` is the way in for cells of tables; the `parse_*` functions, for YAML, take the
value or give None. Nothing here raises, whatever the text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from generator.intake.values.cells import (
    LONGEST,
    CellContext,
    Refusal,
    plain,
    with_true_digits,
    without_unseen,
)
from generator.intake.values.dates import is_only_a_month, read_date, read_month, read_whole_date
from generator.intake.values.quantities import (
    read_amount,
    read_integer,
    read_number,
    read_percent,
)
from generator.model.schema import Field
from generator.model.village import Value

__all__ = [
    "CellContext",
    "Refusal",
    "is_only_a_month",
    "kind_of",
    "parse_boolean",
    "parse_date",
    "parse_integer",
    "parse_number",
    "plain",
    "read_value",
]

_NO_CONTEXT = CellContext()
_YES = frozenset({"是", "有", "对", "√", "✓", "✔", "☑", "true"})
_NO = frozenset({"否", "无", "错", "×", "✗", "✘", "✕", "false"})
_AS_PICTURE = "\ufe0f"  # phones append it to ✔


def read_boolean(body: str, context: CellContext) -> bool | Refusal:
    """Yes or no as ticked in a form."""
    word = body.replace(_AS_PICTURE, "").lower()
    if word in _YES:
        return True
    return False if word in _NO else Refusal("boolean")


_READERS: Mapping[str, tuple[Callable[[str, CellContext], Value | Refusal], str]] = {
    "amount": (read_amount, "amount"),
    "number": (read_number, "number"),
    "area": (read_number, "number"),
    "percent": (read_percent, "number"),
    "integer": (read_integer, "number"),
    "date": (read_date, "date"),
    "yearmonth": (read_month, "month"),
    "boolean": (read_boolean, "boolean"),
}


def kind_of(field: Field) -> str:
    """What kind of value a column holds."""
    if field.is_money:
        return "amount"
    return "percent" if field.type == "number" and field.unit == "%" else field.type


def read_value(text: str, kind: str, context: CellContext = _NO_CONTEXT) -> Value | Refusal:
    """The value of a cell of a kind (see `kind_of`); a string is the text itself."""
    return text if kind == "string" else _read(text, kind, context)


@lru_cache(8192)  # two of three cells say what another said, or are asked about again
def _read(text: str, kind: str, context: CellContext) -> Value | Refusal:
    read, usual = _READERS[kind]
    body = plain(text)
    if len(body) > LONGEST:
        return Refusal(usual)
    value = read(body, context)
    if not isinstance(value, Refusal):
        return value
    # A clerk cannot see why 1О0 is no number: name what must be typed again.
    seen = without_unseen(body)
    if seen != body and not isinstance(read(plain(seen), context), Refusal):
        return Refusal("unseen")
    digits, letters = with_true_digits(seen)
    if letters and not isinstance(read(digits, context), Refusal):
        return Refusal("look-alike", letters="、".join(dict.fromkeys(letters)))
    return value


def parse_number(text: str) -> Decimal | None:
    """A number with optional thousands separators; Chinese and accounting minus are known."""
    value = read_value(text, "number")
    return value if isinstance(value, Decimal) else None


def parse_integer(text: str) -> int | None:
    """A whole number."""
    value = read_value(text, "integer")
    return value if isinstance(value, int) else None


def parse_date(text: str) -> date | None:
    """A full date, which no period must complete and which is no number of days."""
    return read_whole_date(plain(text))


def parse_boolean(text: str) -> bool | None:
    """Yes or no."""
    value = read_value(text, "boolean")
    return value if isinstance(value, bool) else None
