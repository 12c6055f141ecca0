"""The number of a slip (反映单), made on a reader's phone: which record it asks about, and of which day.

It is `liuxi-7C4ANJ34-251010-KQNH`: the village's folder, the record's code, the day, two characters by
chance, so that two slips of a day differ, and two that check all others. The page makes it
(templates/assets/js/slip.js); an office reads it again with `publish.py verify`. It tells nobody's name.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from generator.model.codes import CODE_ALPHABET, CODE_LENGTH, is_code

_SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz-"
_HEAVIEST = 22  # weights below 23: with a check of 23 x 23 every wrong sign and every swap is seen
_CHECK = 2
_LIKE = re.compile(
    rf"([a-z0-9]+(?:-[a-z0-9]+)*)-([0-9a-z]{{{CODE_LENGTH}}})-([0-9]{{6}})-([0-9a-z]{{4}})"
)


@dataclass(frozen=True)
class Slip:
    """What the number of a slip says. `code` is the record's on the day on which it was written."""

    number: str
    village: str
    code: str
    day: date


def is_like_slip(text: str) -> bool:
    """Whether somebody means the number of a slip, right or wrong."""
    return _LIKE.fullmatch(_plain(text)) is not None


def read_slip(text: str) -> Slip | None:
    """The slip of a number as somebody typed it; None where it is wrong."""
    plain = _plain(text)
    found = _LIKE.fullmatch(plain)
    if found is None or plain[-_CHECK:].upper() != check_of(plain[:-_CHECK]):
        return None
    village, code, day, last = found.groups()
    year, month, number = (int(day[at : at + 2]) for at in (0, 2, 4))
    try:
        written = date(2000 + year, month, number)
    except ValueError:
        return None
    code, last = code.upper(), last.upper()
    return Slip(f"{village}-{code}-{day}-{last}", village, code, written) if is_code(code) else None


def check_of(number: str) -> str:
    """The two characters that check what stands before them."""
    signs = (_SIGNS.index(sign) for sign in number.lower())
    total = sum((at % _HEAVIEST + 1) * sign for at, sign in enumerate(signs))
    size = len(CODE_ALPHABET)
    return CODE_ALPHABET[total // size % size] + CODE_ALPHABET[total % size]


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()
