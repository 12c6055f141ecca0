"""Boards in words and pictures: the round of a village, once it is known how long its sheets are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import ceil

from generator.model.boards import BoardPlace
from generator.model.papers import Paper
from generator.views.records import RecordView
from generator.views.text import day, short_day
from generator.views.walls.boards import (
    DAY,
    BoardLists,
    Hanging,
    Name,
    Round,
    name_of,
    needs_tiles,
    new_sheets,
)
from generator.views.walls.packing import EDGE, GAP, Board, Spot
from generator.views.walls.rounds import (
    BoardPicture,
    BoardPlan,
    HungLine,
    PlacedSheet,
    PrintRun,
    WallView,
)

# Of how many pages each drawn sheet is, by `name_of`.
Pages = Mapping[Name, int]

_PANEL = 6000  # mm: a longer board is pictured in parts, else its numbers would be too small
_UNMEASURED = 2400  # mm: how wide a board is pictured of which nobody knows the size
_FULL = (
    "这块栏放不下全部公示单，还有 {count} 份没有地方：{names}。"
    "请加一块栏，或者在 village.yaml 里让它少挂几项、用小一号的纸。"
)


def wall_view(this: Round, pages: Pages) -> WallView:
    """The lists in words and the pictures of the boards; `pages` says of how many pages each
    drawn sheet is, by `name_of`."""
    ends = [h.until for b in this.boards for h in b.hanging if h.until is not None]
    coming = None
    if ends:
        titles = (h.sheet.subtitle for b in this.boards for h in b.hanging if h.until == min(ends))
        coming = (min(ends) + DAY, tuple(dict.fromkeys(titles)))
    return WallView(
        place=this.place,
        url=f"{this.place.url}wall/",
        today=this.today,
        since=this.since,
        boards=tuple(_plan(lists, pages, this.today) for lists in this.boards),
        undated=this.undated,
        coming=coming,
        printer=this.printer,
    )


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


def since_words(view: WallView) -> str:
    """The day since which changes are listed: `9月26日以来`."""
    if view.since is None:
        return "应当挂的全部重新挂"
    same = view.since.year == view.today.year
    return f"{short_day(view.since) if same else day(view.since)}以来的变动"


# ---------------------------------------------------------------------------------- pictures


def _plan(lists: BoardLists, pages: Pages, today: date) -> BoardPlan:
    board = lists.board
    numbers, picture = _placed(board, lists.hanging, pages)
    lines = [
        _line(hanging, number, pages.get(name_of(hanging.sheet), 0), today)
        for hanging, number in zip(lists.hanging, numbers, strict=True)
    ]
    lines.sort(key=lambda line: (line.number == 0, line.number))
    return BoardPlan(
        id=board.id,
        place=board.place,
        up=tuple(line for line in lines if line.change),
        stay=tuple(line for line in lines if not line.change),
        down=lists.down,
        picture=picture,
        full=_full_words([line for line in lines if not line.number]),
    )


def _last(until: date | None, today: date) -> str:
    if until is None:
        return "长期"
    return short_day(until) if until.year == today.year else day(until)


def _line(hanging: Hanging, number: int, pages: int, today: date) -> HungLine:
    sheet = hanging.sheet
    body = sheet.body
    item = body.item.title if isinstance(body, RecordView) else ""
    lying = "横放" if sheet.paper.is_landscape else "竖放"
    return HungLine(
        number,
        sheet.subtitle,
        item,
        sheet.url,
        sheet.code,
        f"{sheet.paper.id} {lying}",
        pages,
        hanging.until,
        _last(hanging.until, today),
        hanging.change,
    )


def _placed(
    board: BoardPlace, hanging: tuple[Hanging, ...], pages: Pages
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
        PlacedSheet(numbers[n], spot, hanging[n].sheet.subtitle, bool(hanging[n].change))
        for n in order
        for spot in spots[n] or ()
    )
    lowest = max((s.spot.top + s.spot.height for s in sheets), default=_UNMEASURED // 4)
    height = board.height if measured else lowest + EDGE
    picture = BoardPicture(
        f"board-{board.id}", f"{board.place}公开栏", width, height, panels, measured, sheets
    )
    return numbers, picture


def _sizes(paper: Paper, pages: int) -> tuple[tuple[int, int], ...]:
    return ((paper.width, paper.height),) * max(1, pages)


def _reading(spots: tuple[Spot, ...]) -> tuple[int, int]:
    return spots[0].top, spots[0].left


def _full_words(left: list[HungLine]) -> str:
    if not left:
        return ""
    names = "、".join(f"“{line.title}”" for line in left)
    return _FULL.format(count=len(left), names=names)
