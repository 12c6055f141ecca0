"""Decides which of several ways of setting a sheet is printed: each is foreseen, one is laid out,
and what is seen there corrects what was foreseen of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil
from pathlib import Path
from typing import Any, TypeVar

from generator.model.papers import Paper
from generator.render.posters.laid import Engine, Laid
from generator.render.posters.paging import is_tail_apart, page_ends
from generator.render.posters.tables import Room, SheetTable

_PX = 96 / 72
_SPARE = 0.5  # ems of a page that foreseeing does not count on
_SURE = 0.85  # of a page
_NEAR = 1.25  # pages: what is foreseen to be higher is not tried in vain


@dataclass(frozen=True)
class Way:
    """A way to set a sheet: what it changes for the template, and the height in ems that is
    foreseen, or the height in proportion to that of other ways. A `table` may need to be parted
    over pages with its sums carried forward; `room` is what its lines are foreseen to have there."""

    change: Mapping[str, object] = field(default_factory=dict)
    height: float = 1.0
    table: SheetTable | None = field(default=None, repr=False)
    room: Room | None = None

    @property
    def facts(self) -> dict[str, object]:
        """What the template is filled with besides what all ways share."""
        return {**self.change, "table": self.table} if self.table else dict(self.change)

    def pages(self, paper: Paper, scale: float = 1.0) -> int:
        """The number of pages foreseen; `scale` corrects the height by what was seen of others."""
        page = paper.tall - _SPARE
        if self.height * scale <= page:
            return 1
        if self.table is None or self.room is None:
            return 1 + ceil((self.height * scale - page) / (page - paper.continued))
        first, other = self.room.first / scale, self.room.other / scale
        room = replace(self.room, first=first, other=other)
        ends = page_ends(self.table.lines, room)
        return max(2, len(ends) + is_tail_apart(self.table.lines, ends, room))


@dataclass(frozen=True)
class Look:
    """A way laid out, and how many pages it will take once its table is parted."""

    way: Way
    laid: Laid
    pages: int


L = TypeVar("L", bound=Look)


@dataclass(frozen=True)
class Parts:
    """What the template of a body needs besides the sheet itself, and the ways to set it, best
    first."""

    facts: Mapping[str, object]
    ways: tuple[Way, ...] = (Way(),)


@dataclass(frozen=True)
class Desk:
    """The engine with what all layouts of one sheet share."""

    engine: Engine
    address: str
    styles: tuple[Any, ...]
    folder: Path
    paper: Paper

    @property
    def em(self) -> float:
        """The paper's type in pixels."""
        return self.paper.body * _PX

    def lay(self, html: str, css: str = "", count: int = 0, *, begins: bool = True) -> Laid:
        """A document laid out, with a style sheet of its own; see `Engine.lay`."""
        own = (self.engine.stylesheet(css, self.folder),) if css else ()
        styles = (*self.styles, *own)
        return self.engine.lay(html, self.address, styles, self.paper, count=count, begins=begins)

    def write(self, laid: Laid) -> bytes:
        """The document as PDF."""
        return self.engine.write(laid)


def until_sure(ways: Iterable[Way], paper: Paper) -> tuple[Way, ...]:
    """The ways up to the first that fits one page even if foresight was wrong: drawings of the
    others need not be made."""
    found: list[Way] = []
    for way in ways:
        found.append(way)
        if way.height < paper.tall * _SURE:
            break
    return tuple(found)


def chosen(ways: Sequence[Way], look: Callable[[Way], L], desk: Desk) -> L:
    """The first way of those that take fewest pages, laid out."""
    seen: dict[int, L] = {}
    scale = 1.0
    while True:
        best = min(
            range(len(ways)),
            key=lambda n: seen[n].pages if n in seen else ways[n].pages(desk.paper, scale),
        )
        if best in seen:
            lowest = min(range(len(ways)), key=lambda n: ways[n].height)
            is_near = ways[lowest].height * scale < desk.paper.tall * _NEAR
            if seen[best].pages == 1 or lowest in seen or not is_near:
                return seen[best]
            best = lowest  # large type takes more pages than its height alone says
        seen[best] = look(ways[best])
        height = _height(seen[best].laid, desk)
        if seen[best].pages > 1:  # what is no higher on paper found no room all the same
            height = max(height, desk.paper.tall)
        scale = height / ways[best].height


def _height(laid: Laid, desk: Desk) -> float:
    """The height of a laid-out text in ems, without the white that is left under all but the last
    page."""
    *others, last = laid.pages
    ends = [*(page.words_end for page in others), last.text_end]
    starts = (page.top for page in laid.pages)
    return sum(end - start for end, start in zip(ends, starts, strict=True)) / desk.em
