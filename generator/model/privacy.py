"""Words by which the privacy gate knows what is private; the lists stand in content/."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class WordList:
    """Words that give somebody away, and longer phrases that hold them and do not."""

    words: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True)
class PrivacyWords:
    """`health` and `minors` count in tables of personal items, `reporters` everywhere.

    `places` are public places: an address beside one is nobody's home. `things` bear numbers
    as homes do (机井, 路灯). `surnames` are the family names by which a name is known.
    """

    health: WordList = WordList()
    minors: WordList = WordList()
    reporters: WordList = WordList()
    surnames: str = ""
    places: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
