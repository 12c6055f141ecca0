"""Decides where each sheet hangs on its board, and what the clerk has to do on the round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil

from generator.model.boards import BoardPlace
from generator.model.clock import DAY
from generator.model.papers import Paper
from generator.model.phrases import Phrases
from generator.model.shared import Shared
from generator.views.places import Place
from generator.views.said import say
from generator.views.sheets.sheet import SheetView, sheet_of
from generator.views.walls.postings import HungFact, Mark
from generator.views.walls.rounds import (
    BoardRound,
    Hanging,
    Name,
    Novelty,
    Removal,
    Round,
    name_of,
    needs_tiles,
    new_sheets,
)
from generator.views.walls.shelves import EDGE, GAP, Board, Spot

# The number of pages of each drawn sheet, by `name_of`.
Pages = Mapping[Name, int]

_PANEL = 6000  # mm: a longer board is pictured in parts, else its numbers would be too small
_UNMEASURED = 2400  # mm: width of the picture of a board that nobody measured


@dataclass(frozen=True)
class HungLine:
    """A sheet on a board: `number` is the one in the picture, 0 where it found no place there;
    `until` is None where it hangs until something newer comes, `last` the same in words. `pages`
    is 0 where the sheet was not drawn. `mark` says that it is known to hang, `posted` in words."""

    number: int
    title: str
    url: str
    code: str
    paper: str
    pages: int
    until: date | None
    last: str
    change: Novelty
    mark: Mark | None = None
    posted: str = ""


@dataclass(frozen=True)
class PlacedSheet:
    """A sheet of paper in the picture of a board."""

    number: int
    spot: Spot
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
    """One board: what goes up, what stays, what comes down. `size` is empty where nobody measured
    the board; `full` names the sheets that find no place on it, and is empty where all do."""

    id: str
    place: str
    up: tuple[HungLine, ...]
    stay: tuple[HungLine, ...]
    down: tuple[Removal, ...]
    picture: BoardPicture
    size: str
    full: str

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
    """The round of a village's boards; `changes` says since when changes are listed, `dated` is the
    day that the list bears.

    `undated` are records that cannot be hung up without a day of publication; `coming` is the next
    day on which something comes down, and what. `posted` sums up what the village wrote down of its
    boards, `flaws` is what is not as it should be there;
    `nothing_yet` says why nothing hangs where nothing was ever published.
    """

    place: Place
    url: str
    dated: date | None
    changes: str
    boards: tuple[BoardPlan, ...]
    undated: tuple[str, ...]
    coming: tuple[date, tuple[str, ...]] | None
    printer: str
    runs: tuple[PrintRun, ...] = ()
    posted: str = ""
    flaws: tuple[HungFact, ...] = ()
    nothing_yet: str = ""

    @property
    def up(self) -> int:
        """Sheets to put up on all boards."""
        return sum(len(board.up) for board in self.boards)

    @property
    def down(self) -> int:
        """Sheets to take down from all boards."""
        return sum(len(board.down) for board in self.boards)


def wall_view(this: Round, pages: Pages) -> WallView:
    """The lists in words and the pictures of the boards; `pages` are the numbers of pages of drawn
    sheets, by `name_of`."""
    ends = [h.end for b in this.boards for h in b.hanging if h.end is not None]
    coming = None
    if ends:
        titles = (h.sheet.subtitle for b in this.boards for h in b.hanging if h.end == min(ends))
        coming = (min(ends) + DAY, tuple(dict.fromkeys(titles)))
    return WallView(
        place=this.place,
        url=f"{this.place.url}wall/",
        dated=this.dated,
        changes=_changes(this),
        boards=tuple(_plan(board, pages, this) for board in this.boards),
        undated=this.undated,
        coming=coming,
        printer=this.printer,
        posted=this.posted.summary if this.posted else "",
        flaws=this.posted.facts if this.posted else (),
        nothing_yet=this.nothing_yet,
    )


def _changes(this: Round) -> str:
    """Since when changes are listed; where there are none that is of no day."""
    if this.dated is None and this.since is not None:
        return say(this.phrases, "walls", "quiet")
    return say(this.phrases, "walls", "changes", since=this.since, today=this.today)


def print_runs(this: Round, pages: Pages, first: int) -> tuple[PrintRun, ...]:
    """Which pages of the batch are of which paper; the sheets begin at page `first`."""
    runs: list[PrintRun] = []
    for board, sheets in new_sheets(this):
        for paper in dict.fromkeys(sheet.paper.id for sheet in sheets):
            own = [sheet for sheet in sheets if sheet.paper.id == paper]
            count = sum(pages.get(name_of(sheet), 0) for sheet in own)
            large = needs_tiles(own[0], this.printer)
            if count:
                runs.append(PrintRun(board.place, paper, first, first + count - 1, large))
            first += count
    return tuple(runs)


def changes_sheet(view: WallView, shared: Shared) -> SheetView | None:
    """The clerk's list for the round: what goes up, comes down and stays on each board, with its
    picture. It is new each day and carries no code."""
    words, place = shared.phrases, view.place
    return sheet_of(
        "changes",
        view,
        shared,
        url=view.url,
        path=f"{place.url}wall",
        title=say(words, "walls", "title", village=place.village.name),
        subtitle=say(words, "walls", "subtitle", dated=view.dated),
        summary=say(words, "walls", "summary", up=view.up, down=view.down, changes=view.changes),
        place=place,
    )


# ---------------------------------------------------------------------------------- pictures


def _plan(own: BoardRound, pages: Pages, this: Round) -> BoardPlan:
    board, words = own.board, this.phrases
    numbers, picture = _placed(board, own.hanging, pages, words)
    lines = [
        _line(hanging, board, number, pages.get(name_of(hanging.sheet), 0), this)
        for hanging, number in zip(own.hanging, numbers, strict=True)
    ]
    lines.sort(key=lambda line: (line.number == 0, line.number))
    left = [line.title for line in lines if not line.number]
    width, height = picture.width, picture.height
    return BoardPlan(
        id=board.id,
        place=board.place,
        up=tuple(line for line in lines if line.change),
        stay=tuple(line for line in lines if not line.change),
        down=own.down,
        picture=picture,
        size=say(words, "walls", "size", width=width, height=height) if picture.measured else "",
        full=say(words, "walls", "full", titles=left) if left else "",
    )


def _line(hanging: Hanging, board: BoardPlace, number: int, pages: int, this: Round) -> HungLine:
    sheet, words = hanging.sheet, this.phrases
    mark = this.posted.marks.get((board.id, sheet.url)) if this.posted else None
    paper = sheet.paper
    return HungLine(
        number,
        sheet.subtitle,
        sheet.url,
        sheet.code,
        say(words, "walls", "paper", id=paper.id, landscape=paper.is_landscape),
        pages,
        hanging.end,
        say(words, "walls", "until", end=hanging.end, today=this.today),
        hanging.change,
        mark,
        say(words, "walls", "mark", up=mark.up, picture=mark.picture) if mark else "",
    )


def _placed(
    board: BoardPlace, hanging: tuple[Hanging, ...], pages: Pages, words: Phrases
) -> tuple[list[int], BoardPicture]:
    """The number of each sheet, in the order in which one reads the board, and the picture."""
    measured = bool(board.width and board.height)
    sizes = [_sizes(h.sheet.paper, pages.get(name_of(h.sheet), 0)) for h in hanging]
    widest = max((width + 2 * EDGE for own in sizes for width, _ in own), default=0)
    width = board.width if measured else max(_UNMEASURED, widest)
    room = board.height if measured else sum(h + GAP for own in sizes for _, h in own) + 2 * EDGE
    panels = ceil(width / _PANEL)
    packing = Board(width, room, panels)
    spots = [packing.place(own) for own in sizes]
    order = sorted(
        (n for n, found in enumerate(spots) if found), key=lambda n: _reading(spots[n] or ())
    )
    numbers = [order.index(n) + 1 if n in order else 0 for n in range(len(hanging))]
    sheets = tuple(
        PlacedSheet(numbers[n], spot, bool(hanging[n].change))
        for n in order
        for spot in spots[n] or ()
    )
    lowest = max((s.spot.top + s.spot.height for s in sheets), default=_UNMEASURED // 4)
    height = board.height if measured else lowest + EDGE
    title = say(words, "walls", "board", place=board.place)
    picture = BoardPicture(f"board-{board.id}", title, width, height, panels, measured, sheets)
    return numbers, picture


def _sizes(paper: Paper, pages: int) -> tuple[tuple[int, int], ...]:
    return ((paper.width, paper.height),) * max(1, pages)


def _reading(spots: tuple[Spot, ...]) -> tuple[int, int]:
    return spots[0].top, spots[0].left
