"""What changes on a village's boards, in words: the list by which a clerk makes the round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.views.places import Place
from generator.views.text import day, short_day
from generator.views.walls.packing import Spot

Change = Literal["", "new", "corrected"]


@dataclass(frozen=True)
class HungLine:
    """A sheet on a board: `number` is the one in the picture, 0 where it found no place there;
    `until` is None where it hangs until something newer comes, `last` the same in words. `pages`
    is 0 where the sheet was not drawn."""

    number: int
    title: str
    item: str
    url: str
    code: str
    paper: str
    pages: int
    until: date | None
    last: str
    change: Change


@dataclass(frozen=True)
class Removal:
    """A sheet that comes off a board: when it was made public, when its display ended, why."""

    title: str
    item: str
    start: date
    end: date | None
    why: str
    is_personal: bool = False

    @property
    def hung(self) -> str:
        """The days on which it hung: `9月8日—10月8日`, `3月28日起`."""
        if self.end is None:
            return f"{short_day(self.start)}起"
        if self.start.year == self.end.year:
            return f"{short_day(self.start)}—{short_day(self.end)}"
        return f"{day(self.start)}—{day(self.end)}"


@dataclass(frozen=True)
class PlacedSheet:
    """A sheet of paper in the picture of a board."""

    number: int
    spot: Spot
    title: str
    is_new: bool


@dataclass(frozen=True)
class BoardPicture:
    """A board to scale, in mm. It is `measured` where the village says how large the board is;
    else it is as large as its sheets need. `panels` hang beside each other."""

    id: str
    title: str
    width: int
    height: int
    panels: int
    measured: bool
    sheets: tuple[PlacedSheet, ...]


@dataclass(frozen=True)
class BoardPlan:
    """One board: what goes up, what stays, what comes down; `full` says in words which sheets
    find no place on it, and is empty where all do."""

    id: str
    place: str
    up: tuple[HungLine, ...]
    stay: tuple[HungLine, ...]
    down: tuple[Removal, ...]
    picture: BoardPicture
    full: str

    @property
    def size(self) -> str:
        """`宽 4.8 米，高 1.2 米`; empty where nobody measured it."""
        if not self.picture.measured:
            return ""
        return f"宽 {self.picture.width / 1000:g} 米，高 {self.picture.height / 1000:g} 米"

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.up or self.down)


@dataclass(frozen=True)
class PrintRun:
    """Pages of the batch that are printed in one go: `first` and `last` count from 1."""

    place: str
    paper: str
    first: int
    last: int
    too_large: bool


@dataclass(frozen=True)
class WallView:
    """The round of a village's boards. `since` is None where everything is to be put up anew.

    `undated` are records that nobody can hang up, as they do not say when they were made public;
    `coming` is the next day on which something comes down, and what.
    """

    place: Place
    url: str
    today: date
    since: date | None
    boards: tuple[BoardPlan, ...]
    undated: tuple[str, ...]
    coming: tuple[date, tuple[str, ...]] | None
    printer: str
    runs: tuple[PrintRun, ...] = ()

    @property
    def up(self) -> int:
        """Sheets to put up on all boards."""
        return sum(len(board.up) for board in self.boards)

    @property
    def down(self) -> int:
        """Sheets to take down from all boards."""
        return sum(len(board.down) for board in self.boards)
