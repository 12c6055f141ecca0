"""How far long work has come, as those who do it tell those who wait."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """Something was done, in words: so much of the `total` is `done`, which is 0 of 0 where nothing is
    counted. `village` is the id of the one that it was about."""

    words: str
    done: int = 0
    total: int = 0
    village: str = ""

    def __str__(self) -> str:
        return self.words


Report = Callable[[Step], None]
