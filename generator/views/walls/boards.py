"""Which sheets hang on which board on a day, which are new there, and which come down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from generator.model.boards import BoardPlace, is_larger
from generator.model.papers import Paper
from generator.model.shared import Shared
from generator.views.calendar import days_after
from generator.views.contents import VillageContents
from generator.views.corrections import WithdrawnView
from generator.views.places import Place
from generator.views.records import RecordView
from generator.views.sheets.sheet import SheetView
from generator.views.text import short_day
from generator.views.walls.rounds import Change, Removal

DAY = timedelta(days=1)
Name = tuple[str, str, bool]
"""The address of a drawn sheet, its paper, and whether it lies on its side."""
_ONLY = BoardPlace("board", "村", "")  # where a village lists no board


@dataclass(frozen=True)
class Hanging:
    """A sheet on the paper of its board; `change` says whether it is new there."""

    sheet: SheetView
    since: date | None
    until: date | None
    change: Change


@dataclass(frozen=True)
class BoardLists:
    """What hangs on a board, the largest and oldest first, and what comes down."""

    board: BoardPlace
    hanging: tuple[Hanging, ...]
    down: tuple[Removal, ...]


@dataclass(frozen=True)
class Round:
    """All boards of a village on a day, before anything is drawn. `since` is None where
    everything that hangs is taken for new."""

    place: Place
    today: date
    since: date | None
    boards: tuple[BoardLists, ...]
    undated: tuple[str, ...]
    printer: str

    @property
    def sheets(self) -> tuple[SheetView, ...]:
        """Every sheet that hangs anywhere, once for each paper."""
        all_sheets = (h.sheet for lists in self.boards for h in lists.hanging)
        return tuple({name_of(sheet): sheet for sheet in all_sheets}.values())


def name_of(sheet: SheetView) -> Name:
    """What tells drawn sheets apart."""
    return sheet.path, sheet.paper.id, sheet.paper.is_landscape


def printer_of(place: Place, shared: Shared) -> str:
    """The paper that the village's office prints on."""
    return place.village.printer or shared.site.printer


def last_round(today: date, shared: Shared) -> date:
    """The day of the last round of the boards: so many working days ago, so that no holiday
    swallows what ended in it."""
    return days_after(today, -shared.site.round_days, "working", shared.holidays)


def on_first_board(sheet: SheetView, place: Place, shared: Shared) -> SheetView:
    """The sheet on the paper of the first board that shows it; as it was where none does."""
    item, section = _kind(sheet)
    boards = place.village.boards
    board = next((board for board in boards if board.shows(item, section)), None)
    return sheet.on(board.paper_for(item, sheet.paper, shared.papers)) if board else sheet


def needs_tiles(sheet: SheetView, printer: str) -> bool:
    """Whether the office's printer cannot print the sheet whole."""
    return is_larger(sheet.paper, printer)


def village_round(
    contents: VillageContents,
    sheets: tuple[SheetView, ...],
    shared: Shared,
    since: date | None,
) -> Round:
    """What is to be done at a village's boards. `sheets` are on the papers of the catalogue."""
    place, today = contents.place, contents.today
    boards = place.village.boards or (_ONLY,)
    return Round(
        place,
        today,
        since,
        tuple(
            BoardLists(
                board,
                _hanging(board, sheets, shared, since, today),
                _down(board, contents, since, today) if since else (),
            )
            for board in boards
        ),
        tuple(sheet.subtitle for sheet in sheets if _is_undated(sheet)),
        printer_of(place, shared),
    )


def new_sheets(this: Round) -> tuple[tuple[BoardPlace, tuple[SheetView, ...]], ...]:
    """The sheets to put up, as they are printed: what the office's printer takes comes first,
    then by board, by paper and as they hang there."""
    found = []
    for large in (False, True):
        for lists in this.boards:
            new = [h.sheet for h in lists.hanging if h.change]
            own = [sheet for sheet in new if needs_tiles(sheet, this.printer) is large]
            own.sort(key=lambda sheet: (_area(sheet.paper), sheet.paper.id))
            if own:
                found.append((lists.board, tuple(own)))
    return tuple(found)


# ------------------------------------------------------------------------------------- lists


def _kind(sheet: SheetView) -> tuple[str, str]:
    """Item and section of the catalogue; a sheet that is no record's is of its own kind."""
    if isinstance(sheet.body, RecordView):
        return sheet.body.item.id, sheet.body.board.id
    return sheet.layout, ""


def _is_undated(sheet: SheetView) -> bool:
    """Whether nobody knows from when until when a record's sheet should hang."""
    body = sheet.body
    if not isinstance(body, RecordView) or body.item.period == "standing":
        return False
    return body.publication.window.start is None


def _hanging(
    board: BoardPlace,
    sheets: tuple[SheetView, ...],
    shared: Shared,
    since: date | None,
    today: date,
) -> tuple[Hanging, ...]:
    found = []
    for sheet in sheets:
        item, section = _kind(sheet)
        start, end = (sheet.window.start, sheet.window.end) if sheet.window else (None, None)
        is_up = start is None or (start <= today and (end is None or today <= end))
        if is_up and not _is_undated(sheet) and board.shows(item, section):
            paper = board.paper_for(item, sheet.paper, shared.papers)
            found.append(Hanging(sheet.on(paper), start, end, _change(sheet, since, today)))
    found.sort(key=lambda h: (-h.sheet.paper.height, h.since or date.min, h.sheet.path))
    return tuple(found)


def _change(sheet: SheetView, since: date | None, today: date) -> Change:
    """Whether a sheet that hangs was not there, or not in these words, before `since`."""
    start = sheet.window.start if sheet.window else None
    if since is None or (start is not None and start >= since):
        return "new"
    return "corrected" if _corrected(sheet, since, today) else ""


def _corrected(sheet: SheetView, since: date, today: date) -> date | None:
    """The last correction since a day, where an earlier version hung before."""
    body = sheet.body
    if not isinstance(body, RecordView):
        return None
    publication = body.publication
    start = publication.window.start
    days = [c.date for c in publication.corrections if start is not None and c.date > start]
    return max((d for d in days if since <= d <= today), default=None)


def _down(
    board: BoardPlace, contents: VillageContents, since: date, today: date
) -> tuple[Removal, ...]:
    """What ended, was corrected or was withdrawn since a day."""
    found = [
        removal
        for view in contents.records
        if view.sheet and board.shows(view.item.id, view.board.id)
        if (removal := _removal(view, since, today))
    ]
    found += [
        _withdrawn(view)
        for view in contents.withdrawn
        if since <= view.withdrawn <= today and board.shows(view.item.id, view.board.id)
    ]
    return tuple(sorted(found, key=lambda removal: (not removal.is_personal, removal.title)))


def _removal(view: RecordView, since: date, today: date) -> Removal | None:
    publication = view.publication
    window = publication.window
    if window.start is None or window.end is None:
        return None
    if since <= window.end + DAY <= today:
        why = "公示期满" if view.next is None else "公示期满，有新的一期"
        if view.item.personal:
            why = "公示期满，上面有个人信息，必须取下"
        return Removal(
            publication.title, view.item.title, window.start, window.end, why, view.item.personal
        )
    corrections = [c.date for c in publication.corrections if since <= c.date <= today]
    if corrections and max(corrections) > window.start and today <= window.end:
        why = f"{short_day(max(corrections))}更正过，换上更正后的"
        return Removal(publication.title, view.item.title, window.start, None, why)
    return None


def _withdrawn(view: WithdrawnView) -> Removal:
    why = f"{short_day(view.withdrawn)}撤回：{view.reason}"
    return Removal(view.title, view.item.title, view.published, None, why)


def _area(paper: Paper) -> int:
    return paper.width * paper.height
