"""Decides which traditional characters are folded to which simplified ones.

The table, `traditional.json` beside this module, is written by tools/search_tables.py. Texts hold
hardly any of these characters, so browsers get the table only when a query may need it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

PAIRS: str = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))["pairs"]
"""Each character and behind it that to which it is folded."""

_FOLDS = dict(zip(map(ord, PAIRS[::2]), PAIRS[1::2], strict=True))
_FOLDED = re.compile(f"[{PAIRS[::2]}]")
# These, and other forms of characters.
_SPECIAL = re.compile(f"[{PAIRS[::2]}\u2e80-\u2fdf\u3200-\u33ff\uf900-\ufaff\U0002f800-\U0002fa1f]")


def simplified(text: str) -> str:
    """A text without traditional characters."""
    return text.translate(_FOLDS) if _FOLDED.search(text) else text


def pairs_in(texts: Iterable[str]) -> str:
    """The pairs of those characters that some texts hold."""
    folded = (unicodedata.normalize("NFKC", text) for text in texts if _SPECIAL.search(text))
    found = {character for text in folded for character in _FOLDED.findall(text)}
    return "".join(character + _FOLDS[ord(character)] for character in sorted(found))
