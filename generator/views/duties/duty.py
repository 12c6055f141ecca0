"""A duty to publish, what became of it, and how duties add up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from generator.model.catalogue import Item
from generator.views.duties.rows import LateRow
from generator.views.places import Link
from generator.views.text import day

AHEAD = 30
"""Days for which a calendar says beforehand what falls due."""

State = Literal[
    "in-time",  # published, at the latest on the day on which it was due
    "late",  # published after that day
    "undated",  # published, but it is not said when
    "mending",  # handed in, but left out for its faults
    "withdrawn",  # published once and taken back
    "missing",  # due before today, and not there
    "open",  # not yet due, and not there
]
_PUBLISHED: tuple[State, ...] = ("in-time", "late", "undated")


@dataclass(frozen=True)
class Counts:
    """What was due before today, what of it is published, and what was so in time."""

    due: int = 0
    published: int = 0
    in_time: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.due + other.due,
            self.published + other.published,
            self.in_time + other.in_time,
        )

    @property
    def missing(self) -> int:
        """What was due and is not there."""
        return self.due - self.published

    @property
    def late(self) -> int:
        """What is there, but was not in time, or does not say when."""
        return self.published - self.in_time

    @property
    def completeness(self) -> Fraction | None:
        """Published of due; None where nothing was due: that is no hundred per cent."""
        return Fraction(self.published, self.due) if self.due else None

    @property
    def timeliness(self) -> Fraction | None:
        """In time of due."""
        return Fraction(self.in_time, self.due) if self.due else None


@dataclass(frozen=True)
class Duty:
    """One thing to publish; `period` is empty for what stands. `days` counts from the due day: days
    late, days missing since, or days left. `link` is the record that fulfils it."""

    item: Item
    period: str
    account: str
    title: str
    due: date
    state: State
    days: int
    published: date | None
    link: Link | None
    is_past: bool

    @property
    def is_published(self) -> bool:
        """Whether anybody can read it."""
        return self.state in _PUBLISHED

    @property
    def is_lacking(self) -> bool:
        """Whether it was due and is not there."""
        return self.is_past and not self.is_published

    @property
    def counts(self) -> Counts:
        """What it adds to the counts; nothing before its day is over."""
        if not self.is_past:
            return Counts()
        return Counts(1, int(self.is_published), int(self.state == "in-time"))

    @property
    def words(self) -> str:
        """What there is to say of it, in a few plain words."""
        since = f"{day(self.due)}到期"
        if self.state == "in-time":
            return "按时公开"
        if self.state == "late":
            return f"{since}，晚了 {self.days} 天公开"
        if self.state == "undated":
            return "已公开，没有写公开日期"
        if self.state == "mending":
            return f"{since}，已经填报，正在核对改正"
        if self.state == "withdrawn":
            return f"{since}，公开后又撤回了"
        if self.state == "missing":
            return f"{since}，还没有公开"
        return since


@dataclass(frozen=True)
class VillageDuties:
    """All duties of the last twelve months and of the coming days, by due day. `since` is None
    where the village has published nothing yet, and nothing is asked of it. `late_rows` are rows
    that came to a register after their own day."""

    since: date | None
    first: date
    duties: tuple[Duty, ...]
    late_rows: tuple[LateRow, ...] = ()

    @property
    def counts(self) -> Counts:
        """All that was due before today."""
        return sum((duty.counts for duty in self.duties), Counts())

    @property
    def lacking(self) -> tuple[Duty, ...]:
        """What was due and is not there, oldest first."""
        return tuple(duty for duty in self.duties if duty.is_lacking)

    @property
    def late(self) -> tuple[Duty, ...]:
        """What was published after its day, newest first."""
        return tuple(duty for duty in reversed(self.duties) if duty.state == "late")

    @property
    def coming(self) -> tuple[Duty, ...]:
        """What is to be published from today on."""
        return tuple(d for d in self.duties if not d.is_past and not d.is_published)

    def of_item(self, item_id: str) -> tuple[Duty, ...]:
        """The duties of one item, by due day."""
        return tuple(duty for duty in self.duties if duty.item.id == item_id)
