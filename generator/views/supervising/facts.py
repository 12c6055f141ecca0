"""Gathers what a report says of a village: what was done, found, due, asked about, changed, answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from generator.model.assessment import Assessment, Replies
from generator.model.period import Period, parse_period
from generator.model.shared import Shared
from generator.publishing.text import day
from generator.views.contents import VillageContents
from generator.views.duties.duty import Counts, Duty, State
from generator.views.figures.tallies import Count, counts
from generator.views.supervising.log import Log, falls_due, village_log
from generator.views.supervising.replies import replies
from generator.views.walls.postings import HungCounts
from generator.views.warnings.shown import Notable


@dataclass(frozen=True)
class DueLine:
    """Something that was due and is late by so many `days` or lacking, or that falls due."""

    title: str
    due: date
    state: State
    days: int

    @classmethod
    def of(cls, duty: Duty) -> DueLine:
        """A duty in short."""
        return cls(duty.title, duty.due, duty.state, duty.days)


@dataclass(frozen=True)
class Looked:
    """Something that rules found, and what the village says to it; `is_new` within the report's days,
    `is_public` where anyone can read it."""

    title: str
    words: str
    day: date
    answers: tuple[str, ...]
    is_public: bool
    is_new: bool


@dataclass(frozen=True)
class Changed:
    """A change of what was public: a correction, a withdrawal, or one that nobody told."""

    title: str
    day: date
    what: str
    is_withdrawn: bool
    is_silent: bool


@dataclass(frozen=True)
class Asked:
    """What villagers brought up in the report's days: how much of it is settled, after how many days
    in all, and what is not. Nothing can be said where no register `is_known`; it may yet fall due."""

    received: int
    settled: int
    days: int
    open: tuple[tuple[str, date, str], ...]
    is_known: bool
    falls_due: date | None


@dataclass(frozen=True)
class VillageFacts:
    """A village over the days of a report, which publishes since the day `since`. `errors` are faults
    that keep files from being published; `hung` counts what it wrote down of its boards, where it does."""

    id: str
    town: str
    name: str
    since: date | None
    log: Log
    counts: Counts
    lacking: tuple[DueLine, ...]
    late: tuple[DueLine, ...]
    coming: tuple[DueLine, ...]
    looked: tuple[Looked, ...]
    changed: tuple[Changed, ...]
    asked: Asked
    tallies: tuple[tuple[str, tuple[Count, ...]], ...]
    errors: int
    hung: HungCounts | None = None

    @property
    def new(self) -> tuple[Looked, ...]:
        """What rules found in the report's days and anyone can read."""
        return tuple(one for one in self.looked if one.is_new and one.is_public)

    @property
    def unexplained(self) -> tuple[Looked, ...]:
        """What rules found, then or before, and the village has not explained."""
        return tuple(one for one in self.looked if not one.answers)


def village_facts(
    contents: VillageContents, period: Period, shared: Shared, setting: Assessment, errors: int
) -> VillageFacts:
    """What is known of a village today about the days of a period."""
    village, duties = contents.place.village, contents.duties
    own = [duty for duty in duties.duties if period.start <= duty.due <= period.end]
    found = contents.warnings
    looked = (
        *_looked(found.public, period, is_public=True),
        *_looked(found.staff, period, is_public=False),
    )
    return VillageFacts(
        id=village.id,
        town=village.town,
        name=village.name,
        since=duties.since,
        log=village_log(contents, period, shared, setting.log),
        counts=sum((duty.counts for duty in own), Counts()),
        lacking=tuple(DueLine.of(d) for d in own if d.is_lacking),
        late=tuple(DueLine.of(d) for d in own if d.state == "late"),
        coming=tuple(DueLine.of(d) for d in duties.coming),
        looked=looked,
        changed=tuple(
            Changed(c.link.title, c.date, c.what, c.is_withdrawn, c.is_silent)
            for c in reversed(contents.changes)
            if period.start <= c.date <= period.end
        ),
        asked=_asked(contents, period, setting.replies),
        tallies=tuple(_tallies(contents, period, setting)),
        errors=errors,
        hung=contents.posted.counts if contents.posted else None,
    )


def _looked(found: Iterable[Notable], period: Period, *, is_public: bool) -> Iterator[Looked]:
    """What was found up to the end of the period; of before, only what is not explained."""
    for one in found:
        is_new = period.start <= one.day <= period.end
        if is_new or (one.day < period.start and not one.answers):
            answers = tuple(f"{a.text}（{a.by}，{day(a.day)}）" for a in one.answers)
            yield Looked(one.link.title, one.words, one.day, answers, is_public, is_new)


def _tallies(
    contents: VillageContents, period: Period, setting: Assessment
) -> Iterator[tuple[str, tuple[Count, ...]]]:
    """The tallies of what else is counted, such as hearings, over the days of the period."""
    for item in dict.fromkeys(view.item for view in contents.records):
        if item.id == setting.log.item:
            continue
        own = tuple(v.publication for v in contents.records if v.item is item)
        within = tuple(p for p in own if _touches(p.key, period))
        if told := counts(item, within, (period.start, period.end)):
            yield item.title, told


def _touches(key: str, period: Period) -> bool:
    own = parse_period(key.partition(".")[0])
    return own is not None and own.start <= period.end and period.start <= own.end


def _asked(contents: VillageContents, period: Period, setting: Replies) -> Asked:
    own = [r for r in replies(contents.records, setting) if period.start <= r.day <= period.end]
    days = [(reply.done - reply.day).days for reply in own if reply.done]
    still = tuple((reply.what, reply.day, reply.state) for reply in own if not reply.done)
    keys = (v.publication.key for v in contents.records if v.item.id == setting.item)
    is_known = any(_touches(key, period) for key in keys)
    due = falls_due(contents, setting.item, period)
    return Asked(len(own), len(days), sum(days), still, is_known, due)
