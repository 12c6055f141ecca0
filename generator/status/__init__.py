"""Decides what staff must see to in each village: what is overdue or wrong, what falls due within some
days, what waits for approval, and what goes up and comes down on the boards or hangs there otherwise
than it should."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from generator.approving import Waiting, waiting_in
from generator.intake.folders import VillageFolder, find_villages
from generator.intake.naming import chosen_villages
from generator.keeping import Bench
from generator.model.clock import Span
from generator.model.shared import Shared, Town
from generator.model.village import VillageData
from generator.model.wording import shared_for
from generator.oversight.across import Portion, looked_at, new_salt, portion_of
from generator.oversight.comparing import Across, compared
from generator.progress import Report, Step
from generator.publishing.publish import publish
from generator.reading import sound_content
from generator.remaining import known_village
from generator.settings import Settings, need_folder
from generator.views.contents import VillageContents, village_contents
from generator.views.duties.duty import AHEAD
from generator.views.figures.bank import held_books
from generator.views.said import say
from generator.views.sheets import village_sheets
from generator.views.walls.postings import PAST
from generator.views.walls.rounds import last_round, village_round
from generator.workers import workers

__all__ = ["AHEAD", "TO_PUBLISH", "Kind", "Status", "Task", "VillageStatus", "status_of"]

Kind = Literal[
    "late",  # was due and is not public
    "mending",  # was due, is handed in, and is left out for its faults
    "soon",  # falls due within the days that were asked for
    "down",  # must come off a board
    "up",  # is new or corrected and is to be put up
    "hung",  # hangs otherwise than it should, by what the village wrote down
    "review",  # waits for approval
    "refused",  # was sent back, and has not been changed since
    "bank",  # is in a book and not at its bank, or the other way round
    "asked",  # was found by a rule and is not explained
]
TO_PUBLISH: tuple[Kind, ...] = ("late", "mending", "soon")
IN_REVIEW: tuple[Kind, ...] = ("refused", "review")
_KINDS: tuple[Kind, ...] = (*TO_PUBLISH, *IN_REVIEW, "down", "up", "hung", "bank", "asked")


@dataclass(frozen=True)
class Task:
    """One thing to see to. `day` is that on which it was or is due, went or goes; `days` are those
    gone by since, less than none where they are still to come; `board` is named where there are
    several; `note` says why a sheet comes down or how it hangs, why something was sent back, what a
    rule found, or how much is open; `is_personal` that there are names on it, `is_public` that anyone
    can read of it."""

    kind: Kind
    title: str
    day: date | None
    days: int
    board: str = ""
    note: str = ""
    is_personal: bool = False
    is_public: bool = True


@dataclass(frozen=True)
class VillageStatus:
    """A village's tasks by kind and day. `errors` are what keeps files from being published; without
    a `name` nothing of the village can be."""

    id: str
    town: str
    name: str
    tasks: tuple[Task, ...]
    errors: int

    def of(self, kind: Kind) -> tuple[Task, ...]:
        """The tasks of one kind."""
        return tuple(task for task in self.tasks if task.kind == kind)

    @property
    def is_late(self) -> bool:
        """Whether anything should have been public before today."""
        return any(task.kind in ("late", "mending") and task.days > 0 for task in self.tasks)


@dataclass(frozen=True)
class Status:
    """All villages by town, as they stand `today`; what falls due is told up to the day `until`. What was
    found by comparing them and is not explained is `across`."""

    shared: Shared
    today: date
    until: date
    villages: tuple[VillageStatus, ...]
    across: tuple[Across, ...] = ()

    @property
    def towns(self) -> Iterator[tuple[Town, tuple[VillageStatus, ...]]]:
        """Each town that has villages here, in the site's order."""
        for town in self.shared.site.towns:
            own = tuple(village for village in self.villages if village.town == town.id)
            if own:
                yield town, own

    @property
    def is_late(self) -> bool:
        """Whether any village is late, or cannot be published at all."""
        return any(village.is_late or not village.name for village in self.villages)


def status_of(settings: Settings, ahead: int, report: Report) -> Status:
    """How all villages stand, or those that the settings name, with what falls due `ahead` days from
    today. Writes nothing.

    Raises `CannotBuildError` when folders or content/ are unusable, or a village is not known.
    """
    need_folder(settings.villages)
    shared, _ = sound_content(settings.content, settings.today, "才能看各村的进度")
    folders, _ = find_villages(settings.villages, shared)
    folders = chosen_villages(settings.only, folders)
    until = settings.today + timedelta(days=ahead)
    bench = Bench(shared, replace(settings, is_dry=True), "", None)
    salt = new_salt()
    found, portions = [], []
    with workers(bench, len(folders)) as spread:
        for one, portion in spread(_stand, tuple((folder, until, salt) for folder in folders)):
            found.append(one)
            portions.append(portion)
            report(Step(f"看过了：{one.name or one.id}", len(found), len(folders), one.id))
    across = tuple(one for one in compared(portions, shared) if not one.answers)
    return Status(shared, settings.today, until, tuple(found), across)


def _stand(bench: Bench, asked: tuple[VillageFolder, date, bytes]) -> tuple[VillageStatus, Portion]:
    """How one village stands, as a build of today would publish it, and its part for the others."""
    (folder, until, salt), today = asked, bench.settings.today
    data, problems = known_village(folder, bench.shared, bench.settings, Span(today))
    waiting = waiting_in(folder, bench.shared, today) if folder.is_reviewed else None
    faults = waiting.faults if waiting else problems
    errors = sum(found.severity == "error" for found in faults)
    in_review = tuple(_in_review(waiting, today)) if waiting else ()
    if data is None:
        return VillageStatus(folder.id, folder.town, "", in_review, errors), Portion()
    shared = shared_for(data.village, bench.shared)
    contents = village_contents(data, shared, today)
    tasks = (
        *_to_publish(contents, until, today),
        *in_review,
        *_on_boards(contents, shared, today),
        *_at_banks(data, shared, today),
        *_asked(contents, today),
    )
    order = {kind: number for number, kind in enumerate(_KINDS)}
    in_order = sorted(tasks, key=lambda task: (order[task.kind], task.day or date.max))
    stands = VillageStatus(folder.id, folder.town, data.village.name, tuple(in_order), errors)
    return stands, portion_of(folder, looked_at(data, shared, today), salt)


def _to_publish(contents: VillageContents, until: date, today: date) -> Iterator[Task]:
    for duty in contents.duties.lacking:
        kind: Kind = "mending" if duty.state == "mending" else "late"
        yield Task(kind, duty.title, duty.due, (today - duty.due).days)
    for duty in contents.duties.coming:
        if duty.due <= until:
            kind = "mending" if duty.state == "mending" else "soon"
            yield Task(kind, duty.title, duty.due, (today - duty.due).days)


def _in_review(waiting: Waiting, today: date) -> Iterator[Task]:
    for change in waiting.changes:
        if refusal := change.refusal:
            days = (today - refusal.day).days
            yield Task("refused", change.title, refusal.day, days, note=refusal.refused)
        else:
            yield Task("review", change.title, None, 0)


def _at_banks(data: VillageData, shared: Shared, today: date) -> Iterator[Task]:
    """Books of which entries are open, with how many."""
    for held in held_books(data, shared):
        for record in held.books:
            if count := sum(map(len, held.left(record))):
                title = publish(record, data.village, shared, today).title
                day = record.period.end
                note = say(shared.phrases, "status", "open", count=count)
                yield Task("bank", title, day, (today - day).days, note=note)


def _asked(contents: VillageContents, today: date) -> Iterator[Task]:
    """What rules found and the village has not explained, newest first."""
    found = contents.warnings
    for is_public, every in ((True, found.public), (False, found.staff)):
        for one in every:
            if not one.answers:
                title, days = one.link.title, (today - one.day).days
                yield Task("asked", title, one.day, days, note=one.words, is_public=is_public)


def _on_boards(contents: VillageContents, shared: Shared, today: date) -> Iterator[Task]:
    """What changes on the boards since their last round, as the list for it says."""
    sheets = village_sheets(contents, shared)
    this = village_round(contents, sheets, shared, last_round(today, shared))
    for board in this.boards:
        name = board.board.place if len(this.boards) > 1 else ""
        for gone in board.down:
            days, why = (today - gone.day).days, gone.why
            yield Task("down", gone.title, gone.day, days, name, why, gone.is_personal)
        for hanging in board.hanging:
            if hanging.change:
                day = hanging.changed
                days = (today - day).days if day else 0
                yield Task("up", hanging.sheet.subtitle, day, days, name)
    for fact in contents.posted.facts if contents.posted else ():
        days = (today - fact.day).days
        if fact.flaw not in PAST or days <= AHEAD:
            name = fact.board if len(this.boards) > 1 else ""
            yield Task("hung", fact.link.title, fact.day, days, name, fact.words)
