"""Decides which cells of a CSV file a spreadsheet program would run as formulas."""

from __future__ import annotations

import re
import unicodedata

_FIRST = tuple("=+-@")
_BREAKS = ("\t", "\r", "\n")
# A signed number, a phone number with +86, a dash for nothing: these calculate nothing but digits.
_NUMBER = re.compile(r"[+-]+[\d\s.,()%-]*")


def is_formula(text: str) -> bool:
    """Whether a cell would be calculated, or split, instead of shown as it is."""
    folded = unicodedata.normalize("NFKC", text).lstrip()
    is_signed = folded.startswith(_FIRST) and not _NUMBER.fullmatch(folded)
    return is_signed or text.startswith(_BREAKS)
