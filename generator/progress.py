"""How far long work has come, as those who do it tell those who wait."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """Something was done, in words: so much of the `total` is `done`, which is 0 of 0 where nothing is
    counted. `village` is the id of the one that it was about. `part` is what is done of those that are
    under way, where it is known: 0.5 is half of one.
    """

    words: str
    done: int = 0
    total: int = 0
    village: str = ""
    part: float = 0.0

    def __str__(self) -> str:
        return self.words


Report = Callable[[Step], None]


@dataclass(frozen=True)
class DrawnSheet:
    """A sheet was drawn: the `number`th of the `total` of a village, by its id and name."""

    village: str
    name: str
    number: int
    total: int


Told = Callable[[DrawnSheet], None]
"""Hears of sheets, in the process that draws them."""


def unheard(_: object) -> None:
    """Nobody waits."""
