"""Decides how a cell is parsed, what happens to one that cannot be, and its plain spelling."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from generator.model.period import Period

LONGEST = 60  # of a cell that is a value; amounts in capital numerals have about forty signs

# Full-width forms of ASCII, and white space and signs that look like ASCII ones. Not NFKC: that
# would read 5² as 52.
_HALF_WIDTH: dict[int, str | int] = {
    **{0xFF01 + n: 0x21 + n for n in range(94)},
    **dict.fromkeys((0x3000, 0x00A0, 0x202F), " "),
    **dict.fromkeys((0x2010, 0x2011, 0x2013, 0x2212, 0xFE63), "-"),  # hyphens, en dash, minus
    0xFFE5: "¥",
}
# Letters that are typed, or come out of a scan, in place of digits; digits of other scripts are
# known to Unicode.
_LETTERS = {
    **dict.fromkeys("OoОоΟο○〇◯", "0"),
    **dict.fromkeys("lI|ІӀ∣", "1"),
    **dict.fromkeys("ЗзƷ", "3"),
    **dict.fromkeys("Ѕ", "5"),
    **dict.fromkeys("б", "6"),
}
_UNSEEN = ("Cc", "Cf")  # control and format characters: bidi marks, joiners, soft hyphens


@dataclass(frozen=True)
class CellContext:
    """The context on which a cell's meaning depends besides its text.

    `period` is the file's, and gives a year to 3月1日. `unit` is what the worksheet's title or the
    heading declares (万元); `column_unit` is the schema's, in which the value is wanted (元).
    """

    period: Period | None = None
    unit: str = ""
    column_unit: str = ""


@dataclass(frozen=True, init=False)
class Refusal:
    """A cell that is no value: the suffix of the problem's code, and the facts for its words."""

    kind: str
    facts: dict[str, str]

    def __init__(self, kind: str, **facts: str) -> None:
        object.__setattr__(self, "kind", kind)
        object.__setattr__(self, "facts", facts)


def plain(text: str) -> str:
    """Full-width forms made half-width, outer white space removed."""
    return (text if text.isascii() else text.translate(_HALF_WIDTH)).strip()


def without_unseen(text: str) -> str:
    """A text without the characters that nobody sees."""
    return "".join(c for c in text if unicodedata.category(c) not in _UNSEEN)


def with_true_digits(text: str) -> tuple[str, str]:
    """A text with what only looks like a digit replaced by that digit, and what was replaced."""
    read = [(c, _true_digit(c)) for c in text]
    return "".join(true for _, true in read), "".join(c for c, true in read if c != true)


def _true_digit(character: str) -> str:
    if character in _LETTERS:
        return _LETTERS[character]
    digit = unicodedata.digit(character, None)
    return character if digit is None else str(digit)
