"""Which known word a clerk probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, known: Iterable[str]) -> str:
    """`您是不是要写“…”？`, or nothing when no known word is close."""
    close = get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f"您是不是要写“{close[0]}”？" if close else ""
