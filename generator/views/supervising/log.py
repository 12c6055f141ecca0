"""Reads the log of those who supervise: what they did how often, and what became of what they found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.model.assessment import ActivityLog
from generator.model.period import Period, parse_period, periods_of
from generator.model.powers import Asked, ListEntry
from generator.model.shared import Shared
from generator.publishing.publication import Publication, PublicRow
from generator.publishing.text import NOTHING
from generator.views.contents import VillageContents
from generator.views.supervising.deadlines import deadline

State = Literal[
    "mended",  # mended, by the day that was named where one was
    "late",  # mended after that day
    "open",  # not mended
    "overdue",  # not mended, and the day has passed
]


@dataclass(frozen=True)
class Entry:
    """A line of the log; `kinds` are the kinds of activity that it names, `until` is the last day for
    mending, where one is named."""

    day: date
    kinds: tuple[str, ...]
    what: str
    found: str
    mending: str
    result: str
    done: date | None
    until: date | None


@dataclass(frozen=True)
class Found:
    """A problem that was found, and what became of it."""

    entry: Entry
    state: State

    @property
    def is_mended(self) -> bool:
        """Whether it is."""
        return self.state in ("mended", "late")


@dataclass(frozen=True)
class Activity:
    """How often one kind of activity was `done` in the days of a report. It was asked for in so many
    `periods`, and done too rarely in those that are `lacking`; `until` is the day until which there is
    still time, `before` how often it was done in the same year or half before the report begins. A
    kind without any of these is done as things come up, or nothing can be said."""

    title: str
    duties: tuple[str, ...]
    done: int
    is_regular: bool = False
    periods: int = 0
    lacking: tuple[str, ...] = ()
    until: date | None = None
    before: int = 0


@dataclass(frozen=True)
class Log:
    """The log of a village over the days of a report. `unknown` are months that no published log
    covers; of them nothing can be said, nor of any where it is not `is_known`. It `falls_due` on a day
    that has not passed. `others` are kinds that the list does not have."""

    entries: int
    activities: tuple[Activity, ...]
    others: tuple[tuple[str, int], ...]
    found: tuple[Found, ...]
    older: tuple[Found, ...]
    unknown: tuple[str, ...]
    is_known: bool
    falls_due: date | None = None

    @property
    def asked(self) -> int:
        """How many times anything was to be done, as far as its time is over."""
        return sum(activity.periods for activity in self.activities)

    @property
    def met(self) -> int:
        """In how many of them it was."""
        return self.asked - sum(len(activity.lacking) for activity in self.activities)


def village_log(
    contents: VillageContents, period: Period, shared: Shared, setting: ActivityLog
) -> Log:
    """The log of a village, as it is published."""
    own = [view.publication for view in contents.records if view.item.id == setting.item]
    entries = sorted(
        (entry for one in own for entry in _entries(one, setting)), key=lambda entry: entry.day
    )
    covered = [p for one in own if (p := parse_period(one.key.partition(".")[0]))]
    last = min(period.end, contents.today)
    months = [m for m in _parts(period, "month") if m.end <= last]
    unknown = tuple(m.short for m in months if not any(p.covers(m) for p in covered))
    inside = [entry for entry in entries if period.start <= entry.day <= period.end]
    lists = (public for public in shared.lists if public.id == setting.list)
    kinds = tuple(e for public in lists for section in public.sections for e in section.entries)
    titles = {kind.title for kind in kinds}
    others = Counter(kind for entry in inside for kind in entry.kinds if kind not in titles)
    found = [_found(entry, contents.today) for entry in entries if entry.found]
    return Log(
        entries=len(inside),
        activities=tuple(_activity(kind, entries, period, covered, last) for kind in kinds),
        others=tuple(others.items()),
        found=tuple(one for one in found if period.start <= one.entry.day <= period.end),
        older=tuple(one for one in found if one.entry.day < period.start and not one.is_mended),
        unknown=unknown,
        is_known=any(p.start <= period.end and period.start <= p.end for p in covered),
        falls_due=falls_due(contents, setting.item, period),
    )


def falls_due(contents: VillageContents, item: str, period: Period) -> date | None:
    """The day on which a register that covers the end of a period falls due; None once it has passed."""
    duties = (duty for duty in contents.duties.of_item(item) if duty.due > period.end)
    first = next(duties, None)
    return None if first is None or first.is_past else first.due


def _entries(publication: Publication, setting: ActivityLog) -> Iterator[Entry]:
    table = publication.table
    day, what, result = (table.with_role(role) for role in ("date", "title", "status"))

    def told(row: PublicRow, column: str) -> str:
        text = " ".join(table.cell(row, column).text.split()) if column else ""
        return "" if text in NOTHING else text

    for row in table.rows:
        when = table.cell(row, day.name).value if day else None
        if not isinstance(when, date):
            continue
        done = table.cell(row, setting.done).value
        mending = told(row, setting.mending)
        yield Entry(
            day=when,
            kinds=tuple(filter(None, re.split("[、，,；;]", told(row, setting.kind)))),
            what=told(row, what.name if what else ""),
            found=told(row, setting.found),
            mending=mending,
            result=told(row, result.name if result else ""),
            done=done if isinstance(done, date) else None,
            until=deadline(mending, when),
        )


def _found(entry: Entry, today: date) -> Found:
    if entry.done:
        return Found(entry, "late" if entry.until and entry.done > entry.until else "mended")
    return Found(entry, "overdue" if entry.until and today > entry.until else "open")


def _activity(
    kind: ListEntry, entries: Sequence[Entry], period: Period, covered: Sequence[Period], last: date
) -> Activity:
    asked = kind.asked or Asked()
    days = [entry.day for entry in entries for own in entry.kinds if own == kind.title]

    def times(part: Period) -> int:
        return sum(part.start <= day <= part.end for day in days)

    def is_known(part: Period) -> bool:
        return all(any(c.covers(month) for c in covered) for month in _parts(part, "month"))

    done = times(period)
    if not asked.count:
        return Activity(kind.title, asked.duties, done)
    parts = _parts(period, asked.every)
    enough = [part for part in parts if times(part) >= asked.count]
    lacking = [p for p in parts if p not in enough and p.end <= last and is_known(p)]
    open_until = None if enough or lacking or parts[0].end <= last else parts[0].end
    return Activity(
        title=kind.title,
        duties=asked.duties,
        done=done,
        is_regular=True,
        periods=len(enough) + len(lacking),
        lacking=tuple(part.short for part in lacking),
        until=open_until,
        before=sum(parts[0].start <= day < period.start for day in days),
    )


def _parts(period: Period, every: str) -> tuple[Period, ...]:
    """The periods of a kind that lie in a period, or else the one that it lies in."""
    years = range(period.start.year, period.end.year + 1)
    every_one = [p for year in years for p in periods_of(every, year)]
    inside = [p for p in every_one if period.covers(p)]
    return tuple(inside or [p for p in every_one if p.covers(period)])
