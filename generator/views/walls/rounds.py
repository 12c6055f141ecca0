"""Decides which sheets hang on which board on a day, which are new there, and which come down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from generator.model.boards import BoardPlace, is_larger
from generator.model.calendar import days_after
from generator.model.clock import DAY, moved
from generator.model.papers import Paper
from generator.model.phrases import Phrases
from generator.model.shared import Shared
from generator.publishing.publication import Publication
from generator.views.contents import VillageContents
from generator.views.corrections import WithdrawnView
from generator.views.places import Place
from generator.views.records import RecordView
from generator.views.said import say
from generator.views.sheets.sheet import SheetView
from generator.views.walls.postings import PostedView, boards_of

_FIRST = 3  # things to publish that a village is told of which has published nothing
Name = tuple[str, str, bool]
"""The address of a drawn sheet, its paper, and whether it lies on its side."""
Novelty = Literal["", "new", "corrected"]
"""What is new about a sheet that hangs; nothing where it stays as it is."""


@dataclass(frozen=True)
class Hanging:
    """A sheet on the paper of its board, from the first to the last day of its display; `changed`
    is the day of its `change`, where it has one."""

    sheet: SheetView
    start: date | None
    end: date | None
    change: Novelty
    changed: date | None


@dataclass(frozen=True)
class Removal:
    """A sheet that comes off a board: since when it must, the days on which it hung, and why it
    goes, in words."""

    title: str
    day: date
    hung: str
    why: str
    is_personal: bool = False


@dataclass(frozen=True)
class BoardRound:
    """What hangs on a board, the largest and oldest first, and what comes down."""

    board: BoardPlace
    hanging: tuple[Hanging, ...]
    down: tuple[Removal, ...]


@dataclass(frozen=True)
class Round:
    """All boards of a village on a day, before anything is drawn. `dated` is the day that the list
    bears; `since` is None where everything that hangs is taken for new. `posted` is what the village wrote
    down of its boards. `nothing_yet` says why nothing hangs where nothing was ever published."""

    place: Place
    today: date
    dated: date | None
    since: date | None
    boards: tuple[BoardRound, ...]
    undated: tuple[str, ...]
    printer: str
    phrases: Phrases
    posted: PostedView | None = None
    nothing_yet: str = ""

    @property
    def sheets(self) -> tuple[SheetView, ...]:
        """Every sheet that hangs anywhere, once for each paper."""
        all_sheets = (h.sheet for board in self.boards for h in board.hanging)
        return tuple({name_of(sheet): sheet for sheet in all_sheets}.values())


def name_of(sheet: SheetView) -> Name:
    """The key of a drawn sheet: its path and paper."""
    return sheet.path, sheet.paper.id, sheet.paper.is_landscape


def last_round(today: date, shared: Shared) -> date:
    """The day of the last round of the boards. It is counted in working days, so that no holiday
    swallows what ended in it."""
    days = -shared.site.round_days
    return moved(today, lambda day: days_after(day, days, "working", shared.holidays))


def on_first_board(sheet: SheetView, place: Place, shared: Shared) -> SheetView:
    """The sheet on the paper of the first board that shows it; as it was where none does."""
    item, section = _kind(sheet)
    boards = place.village.boards
    board = next((board for board in boards if board.shows(item, section)), None)
    return sheet.on(board.paper_for(item, sheet.paper, shared.papers)) if board else sheet


def is_due(sheet: SheetView) -> bool:
    """Whether a sheet hangs now or is to hang, as far as its days say."""
    return not sheet.is_over and not _is_undated(sheet)


def needs_tiles(sheet: SheetView, printer: str) -> bool:
    """Whether the office's printer cannot print the sheet whole."""
    return is_larger(sheet.paper, printer)


def village_round(
    contents: VillageContents,
    sheets: tuple[SheetView, ...],
    shared: Shared,
    since: date | None,
) -> Round:
    """The round of a village's boards. `sheets` are on the papers of the catalogue."""
    place, today = contents.place, contents.today
    return Round(
        place,
        today,
        today,
        since,
        tuple(
            BoardRound(
                board,
                _hanging(board, sheets, shared, since, today),
                _down(board, contents, shared.phrases, since, today) if since else (),
            )
            for board in boards_of(place, shared.phrases)
        ),
        tuple(sheet.subtitle for sheet in sheets if _is_undated(sheet)),
        place.village.printer or shared.site.printer,
        shared.phrases,
        contents.posted,
        _nothing_yet(contents, shared.phrases),
    )


def _nothing_yet(contents: VillageContents, words: Phrases) -> str:
    if contents.records or contents.withdrawn:
        return ""
    return say(words, "walls", "nothing_yet", due=contents.duties.coming[:_FIRST])


def settled(this: Round) -> Round:
    """The same round in words that stay true while no day changes it: it is dated from its last
    change, and counts from its first."""
    hanging = (h.changed for board in this.boards for h in board.hanging)
    days = [*filter(None, hanging), *(gone.day for board in this.boards for gone in board.down)]
    return replace(this, dated=max(days, default=None), since=min(days, default=this.since))


def new_sheets(this: Round) -> tuple[tuple[BoardPlace, tuple[SheetView, ...]], ...]:
    """The sheets to put up, as they are printed: what the office's printer takes comes first,
    then by board, by paper and as they hang there."""
    found = []
    for large in (False, True):
        for board in this.boards:
            new = [h.sheet for h in board.hanging if h.change]
            own = [sheet for sheet in new if needs_tiles(sheet, this.printer) is large]
            own.sort(key=lambda sheet: (_area(sheet.paper), sheet.paper.id))
            if own:
                found.append((board.board, tuple(own)))
    return tuple(found)


# ------------------------------------------------------------------------------------- lists


def _kind(sheet: SheetView) -> tuple[str, str]:
    """Item and section of the catalogue; a sheet that is no record's is of its own kind."""
    if isinstance(sheet.body, RecordView):
        return sheet.body.item.id, sheet.body.board.id
    return sheet.layout, ""


def _is_undated(sheet: SheetView) -> bool:
    """True if a sheet should hang for some days and its record has no day of publication."""
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
            change, changed = _change(sheet, since, today)
            found.append(Hanging(sheet.on(paper), start, end, change, changed))
    found.sort(key=lambda h: (-h.sheet.paper.height, h.start or date.min, h.sheet.path))
    return tuple(found)


def _change(sheet: SheetView, since: date | None, today: date) -> tuple[Novelty, date | None]:
    """Whether a sheet that hangs was not there, or not in these words, before `since`; and the day
    from which it is. What has no first day hangs since the village began."""
    body, start = sheet.body, sheet.window.start if sheet.window else None
    first = start or (sheet.place.village.since if sheet.place else None)
    if since is None or (first is not None and since <= first <= today):
        return "new", first if since else start
    corrected = isinstance(body, RecordView) and _correction(body.publication, since, today)
    return ("corrected", corrected) if corrected else ("", None)


def _correction(publication: Publication, since: date, today: date) -> date | None:
    """The last correction since a day, where an earlier version hung before."""
    start = publication.window.start
    days = [c.date for c in publication.corrections if start is not None and c.date > start]
    return max((day for day in days if since <= day <= today), default=None)


def _down(
    board: BoardPlace, contents: VillageContents, words: Phrases, since: date, today: date
) -> tuple[Removal, ...]:
    """What ended, was corrected or was withdrawn since a day."""
    found = [
        removal
        for view in contents.records
        if view.sheet and board.shows(view.item.id, view.board.id)
        if (removal := _removal(view, words, since, today))
    ]
    found += [
        _withdrawn(view, words)
        for view in contents.withdrawn
        if since <= view.withdrawn <= today and board.shows(view.item.id, view.board.id)
    ]
    return tuple(sorted(found, key=lambda removal: (not removal.is_personal, removal.title)))


def _removal(view: RecordView, words: Phrases, since: date, today: date) -> Removal | None:
    publication, is_personal = view.publication, view.item.personal
    start, end = publication.window.start, publication.window.end
    if start is None or end is None:
        return None
    if since <= end + DAY <= today:
        renewed = view.next is not None
        why = say(words, "walls", "ended", personal=is_personal, renewed=renewed)
        hung = _hung(start, end, words)
        return Removal(publication.title, end + DAY, hung, why, is_personal)
    corrected = _correction(publication, since, today)
    if corrected and today <= end:
        why = say(words, "walls", "corrected", date=corrected)
        return Removal(publication.title, corrected, _hung(start, None, words), why)
    return None


def _withdrawn(view: WithdrawnView, words: Phrases) -> Removal:
    why = say(words, "walls", "withdrawn", date=view.withdrawn, reason=view.reason)
    return Removal(view.title, view.withdrawn, _hung(view.published, None, words), why)


def _hung(start: date, end: date | None, words: Phrases) -> str:
    return say(words, "walls", "hung", start=start, end=end)


def _area(paper: Paper) -> int:
    return paper.width * paper.height
