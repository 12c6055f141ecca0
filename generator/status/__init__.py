"""Decides what staff must see to in each village: what is overdue or wrong, what falls due within some
days, and what goes up and comes down on the boards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from generator.intake.folders import VillageFolder, find_villages
from generator.intake.naming import chosen_villages
from generator.keeping import Bench
from generator.model.clock import Span
from generator.model.shared import Shared, Town
from generator.model.wording import shared_for
from generator.reading import sound_content
from generator.remaining import known_village
from generator.settings import Settings, need_folder
from generator.views.contents import VillageContents, village_contents
from generator.views.duties.duty import AHEAD
from generator.views.sheets import village_sheets
from generator.views.walls.rounds import last_round, village_round
from generator.workers import workers

__all__ = ["AHEAD", "TO_PUBLISH", "Kind", "Status", "Task", "VillageStatus", "status_of"]

Kind = Literal[
    "late",  # was due and is not public
    "mending",  # was due, is handed in, and is left out for its faults
    "soon",  # falls due within the days that were asked for
    "down",  # must come off a board
    "up",  # is new or corrected and is to be put up
]
TO_PUBLISH: tuple[Kind, ...] = ("late", "mending", "soon")
_KINDS: tuple[Kind, ...] = (*TO_PUBLISH, "down", "up")


@dataclass(frozen=True)
class Task:
    """One thing to see to. `day` is that on which it was or is due, went or goes; `days` are those
    gone by since, less than none where they are still to come; `board` is named where there are
    several; `note` says why a sheet comes down; `is_personal` that there are names on it."""

    kind: Kind
    title: str
    day: date | None
    days: int
    board: str = ""
    note: str = ""
    is_personal: bool = False


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
    """All villages by town, as they stand `today`; what falls due is told up to the day `until`."""

    shared: Shared
    today: date
    until: date
    villages: tuple[VillageStatus, ...]

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


def status_of(settings: Settings, ahead: int, report: Callable[[str], None]) -> Status:
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
    found = []
    with workers(bench, len(folders)) as spread:
        for one in spread(_stand, tuple((folder, until) for folder in folders)):
            found.append(one)
            report(f"看过了：{one.name or one.id}")
    return Status(shared, settings.today, until, tuple(found))


def _stand(bench: Bench, asked: tuple[VillageFolder, date]) -> VillageStatus:
    """How one village stands, as a build of today would publish it."""
    (folder, until), today = asked, bench.settings.today
    data, problems = known_village(folder, bench.shared, bench.settings, Span(today))
    errors = sum(found.severity == "error" for found in problems)
    if data is None:
        return VillageStatus(folder.id, folder.town, "", (), errors)
    shared = shared_for(data.village, bench.shared)
    contents = village_contents(data, shared, today)
    tasks = (*_to_publish(contents, until, today), *_on_boards(contents, shared, today))
    order = {kind: number for number, kind in enumerate(_KINDS)}
    in_order = sorted(tasks, key=lambda task: (order[task.kind], task.day or date.max))
    return VillageStatus(folder.id, folder.town, data.village.name, tuple(in_order), errors)


def _to_publish(contents: VillageContents, until: date, today: date) -> Iterator[Task]:
    for duty in contents.duties.lacking:
        kind: Kind = "mending" if duty.state == "mending" else "late"
        yield Task(kind, duty.title, duty.due, (today - duty.due).days)
    for duty in contents.duties.coming:
        if duty.due <= until:
            kind = "mending" if duty.state == "mending" else "soon"
            yield Task(kind, duty.title, duty.due, (today - duty.due).days)


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
