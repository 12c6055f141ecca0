"""How a decision is taken: by which steps and majorities the law has it, and what a document tells of
each step."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil, floor

from generator.model.catalogue import Basis
from generator.model.law import Certainty
from generator.problems import Source


@dataclass(frozen=True)
class Share:
    """A share of some people, written as `2/3`: at least so many, or more where `over`. `present`
    says that it is one of those who came, `households` that each stands for a household; else it
    is one of all who are entitled, person by person."""

    share: str
    of: str
    over: bool = False
    present: bool = False
    households: bool = False

    @property
    def fraction(self) -> Fraction | None:
        """The share as a number; None where it is none between 0 and 1."""
        top, _, bottom = self.share.partition("/")
        if not (top.isdecimal() and bottom.isdecimal() and 0 < int(top) <= int(bottom)):
            return None
        return Fraction(int(top), int(bottom))

    def least(self, people: int) -> int:
        """How many of so many people it takes; the share must be sound."""
        assert self.fraction is not None
        exact = self.fraction * people
        return floor(exact) + 1 if self.over else ceil(exact)


@dataclass(frozen=True)
class Majority:
    """The majority by which an assembly decides, while its basis holds; those of one id follow each
    other in time. One of the `quorum` is enough; what is `excluded` it cannot decide. By its
    `words` it is known in the steps of a decision; what it decides, the `wider` one can too."""

    id: str
    title: str
    voters: str
    agree: Share
    basis: Basis
    source: Source
    quorum: tuple[Share, ...] = ()
    notice_days: int = 0
    excluded: tuple[str, ...] = ()
    certainty: Certainty = "read"
    note: str = ""
    words: tuple[str, ...] = ()
    wider: str = ""


@dataclass(frozen=True)
class CourseStep:
    """A step of a procedure, known in a decision by one of its `words`. Where it is voted, it is by
    one of the `majorities`. One that is `optional` is not missed."""

    title: str
    words: tuple[str, ...]
    majorities: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True)
class Procedure:
    """The steps that a decision takes, in order, while its basis holds; those of one id follow each
    other in time. It is for the documents of its `items`, where no power, village or document names
    another. Without a basis it asks for no course of its own."""

    id: str
    title: str
    steps: tuple[CourseStep, ...]
    source: Source
    items: tuple[str, ...] = ()
    basis: Basis | None = None
    certainty: Certainty = "read"

    def holds_on(self, day: date) -> bool:
        """Whether decisions of a day go by it."""
        return self.basis is None or self.basis.holds_on(day)


@dataclass(frozen=True)
class DecisionStep:
    """One step of a decision: who met, how many were entitled, present, agreed; `households` says
    whether each of them stands for one. `notified` is the day on which they were told of it."""

    step: str
    date: datetime.date
    note: str = ""
    entitled: int | None = None
    present: int | None = None
    agreed: int | None = None
    households: bool | None = None
    notified: datetime.date | None = None
