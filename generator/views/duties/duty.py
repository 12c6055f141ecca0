"""A duty to publish, its state, and how duties add up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from generator.model.catalogue import Item
from generator.views.duties.additions import LateRow
from generator.views.places import Link

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
    """What was due before today, how much of it is published, and how much was in time."""

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
        """How many were due and are missing."""
        return self.due - self.published

    @property
    def late(self) -> int:
        """How many are published, but not in time, or without a day."""
        return self.published - self.in_time

    @property
    def completeness(self) -> Fraction | None:
        """Published of due; None where nothing was due, which is not a hundred per cent."""
        return Fraction(self.published, self.due) if self.due else None

    @property
    def timeliness(self) -> Fraction | None:
        """In time of due."""
        return Fraction(self.in_time, self.due) if self.due else None


@dataclass(frozen=True)
class Duty:
    """One thing to publish; `period` is empty for what stands. `link` is the record that fulfils it, `words` describe
    its state."""

    item: Item
    period: str
    account: str
    title: str
    due: date
    state: State
    published: date | None
    link: Link | None
    is_past: bool
    words: str = ""

    @property
    def is_published(self) -> bool:
        """Whether anybody can read it."""
        return self.state in _PUBLISHED

    @property
    def days(self) -> int:
        """How many days late it was published."""
        return (self.published - self.due).days if self.published and self.state == "late" else 0

    @property
    def is_lacking(self) -> bool:
        """Whether it was due and is missing."""
        return self.is_past and not self.is_published

    @property
    def counts(self) -> Counts:
        """What it adds to the counts; nothing before its day is over."""
        if not self.is_past:
            return Counts()
        return Counts(1, int(self.is_published), int(self.state == "in-time"))


@dataclass(frozen=True)
class VillageDuties:
    """All duties of the last twelve months and of the coming days, by due day. `since` is None
    where the village has published nothing yet, and nothing is asked of it. `late_rows` are rows
    that came to a register after their own day; `summary` says the counts in a sentence."""

    since: date | None
    duties: tuple[Duty, ...]
    late_rows: tuple[LateRow, ...] = ()
    summary: str = ""

    @property
    def counts(self) -> Counts:
        """The counts over all that was due before today."""
        return sum((duty.counts for duty in self.duties), Counts())

    @property
    def by_item(self) -> tuple[tuple[Item, Counts], ...]:
        """What was due of each item, in the order in which items first were."""
        counts: dict[str, tuple[Item, Counts]] = {}
        for duty in self.duties:
            _, before = counts.get(duty.item.id, (duty.item, Counts()))
            counts[duty.item.id] = (duty.item, before + duty.counts)
        return tuple(counts.values())

    @property
    def lacking(self) -> tuple[Duty, ...]:
        """What was due and is missing, oldest first."""
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
