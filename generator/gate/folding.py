"""Text folded to plain digits and letters, with the way back to where each character stood.

People write numbers with full-width, circled or Arabic digits, with letters that look like
digits, with invisible characters between them; detectors see one plain form of them all.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

_NOTHING = "\0"  # stands for what cannot be seen, until it is taken out

# Cyrillic and Greek capitals that nobody can tell from Latin ones.
_LOOKALIKES = dict(
    zip("АВЕЅКМНОРСТУХІЈΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABESKMHOPCTYXIJABEZHIKMNOPTYX", strict=True)
)
_STAND_INS = "□\ufffd"  # what reports show in place of what cannot be seen
_HYPHENS = frozenset("−_~⁃﹣－ー")
_DOTS = frozenset("•・‧∙⋅･᛫●")
_MARK = re.compile(r"[&%<\\*_~`]")
_TAGS = re.compile(r"<[^<>]{0,2000}>|\\(?=[!-/:-@\[-`{-~])")
# Marks that stand in pairs; the stars of 138****5678 do not.
_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3}|~~|`{1,2})([^\s*_~`][^*_~`\n]{0,200})\1")
# Chinese numerals, and letters that pass for digits beside digits.
_NUMERALS = dict(
    zip("〇零○一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖", "00012345678912123456789", strict=True)
)
_LETTERS = dict(zip("OQDILSBZЗЧБ", "00011582346", strict=True))
_AS_DIGITS = str.maketrans({**_NUMERALS, **_LETTERS})
NUMERALS = "".join((*_NUMERALS, *_LETTERS))


@dataclass(frozen=True)
class Folded:
    """A folded text, and the `whole` that still holds what cannot be seen, as long as the original."""

    text: str
    whole: str

    def place(self, position: int, end: int) -> int:
        """Where a position of the folded text stood; `end` is the original's length."""
        if len(self.text) == len(self.whole):
            return position
        return self._places[position] if position < len(self._places) else end

    @cached_property
    def _places(self) -> tuple[int, ...]:
        return tuple(n for n, char in enumerate(self.whole) if char != _NOTHING)


class _Folding(dict[int, str]):
    """Folded characters by code point, found out when first met; each is one character."""

    def __missing__(self, code: int) -> str:
        folded = _fold(chr(code))
        self[code] = folded
        return folded


def _fold(char: str) -> str:
    category = unicodedata.category(char)
    if (
        char in _STAND_INS
        or category in ("Cf", "Mn", "Me", "Cs")
        or (category == "Cc" and not char.isspace())
    ):
        return _NOTHING
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    if char.isspace():
        return " "
    if category == "Pd" or char in _HYPHENS:
        return "-"
    if char in _DOTS:
        return "·"
    wide = unicodedata.normalize("NFKC", char)
    upper = (wide if len(wide) == 1 else char).upper()
    upper = upper if len(upper) == 1 else char
    return _LOOKALIKES.get(upper, upper)


_FOLDING = _Folding()


def fold(text: str) -> Folded:
    """A text with plain digits, capital letters, hyphens and blanks, and nothing invisible."""
    whole = text.translate(_FOLDING)
    return Folded(whole.replace(_NOTHING, ""), whole)


def with_numerals(text: str) -> str:
    """A folded text in which what may stand for a digit is one; the same text where nothing
    may."""
    return text.translate(_AS_DIGITS)


def as_read(text: str) -> str:
    """What a reader sees of a text that may be Markdown: no marks, tags, entities, escapes."""
    if not _MARK.search(text):
        return text
    plain = html.unescape(text) if "&" in text else text
    plain = unquote(plain, errors="replace") if "%" in plain else plain
    return _EMPHASIS.sub(r"\2", _TAGS.sub("", plain))
