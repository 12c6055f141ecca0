"""Decides whether to ask if a clerk meant a known word; see `HeadWords.closest` for when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.model.headwords import HeadWords

_LATIN = HeadWords()  # keys and ids have no signs of meaning but their letters and numbers


def nearest(word: str, known: Iterable[str]) -> str:
    """`您是不是要写“…”？` for a key or an id, or nothing when no known one is a letter away."""
    close = _LATIN.closest(word, known)
    return f"您是不是要写“{close}”？" if close else ""


def nearest_heading(word: str, meanings: Mapping[str, str], words: HeadWords) -> str:
    """The question for a heading, with what the proposed column means; `meanings` are by heading."""
    close = words.closest(word, meanings)
    return f"您是不是要写“{close}”（{meanings[close]}）？" if close else ""
