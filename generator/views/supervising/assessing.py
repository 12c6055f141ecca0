"""Counts the figures of the assessment: how much of what was to be done was done, and what it scores."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from generator.model.assessment import AssessedFigure, Assessment, Counting
from generator.views.supervising.facts import VillageFacts

Lack = Literal["", "nothing", "no-log", "no-register"]
_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Counted:
    """A figure with the numbers that went into it: `part` of `whole`. A figure that `lacks` something
    to count has no score, and its weight counts for nothing."""

    figure: AssessedFigure
    part: int
    whole: int
    lacks: Lack = ""

    @property
    def score(self) -> Decimal | None:
        """Its points, with one decimal, rounded half up."""
        if self.lacks:
            return None
        exact = Decimal(self.figure.weight) * self.part / self.whole
        return exact.quantize(_TENTH, ROUND_HALF_UP)


@dataclass(frozen=True)
class Assessed:
    """All figures. `weight` is that of those with a score."""

    figures: tuple[Counted, ...]

    @property
    def weight(self) -> int:
        """The points that could be had."""
        return sum(one.figure.weight for one in self.figures if not one.lacks)

    @property
    def score(self) -> Decimal:
        """The points that were had."""
        return sum((one.score for one in self.figures if one.score is not None), Decimal(0))

    @property
    def total(self) -> Decimal | None:
        """The points of a hundred; None where less than half of all weights could be counted."""
        every = sum(one.figure.weight for one in self.figures)
        if not self.weight or self.weight * 2 < every:
            return None
        return (self.score * 100 / self.weight).quantize(_TENTH, ROUND_HALF_UP)


def assessed(facts: VillageFacts, setting: Assessment) -> Assessed:
    """A village's figures."""
    return Assessed(tuple(_counted(figure, facts) for figure in setting.figures))


def _counted(figure: AssessedFigure, facts: VillageFacts) -> Counted:
    part, whole, is_known, lack = COUNTED[figure.counts](facts)
    lacks: Lack = lack if not is_known else "" if whole else "nothing"
    return Counted(figure, part, whole, lacks)


_Numbers = tuple[int, int, bool, Lack]
COUNTED: Mapping[Counting, Callable[[VillageFacts], _Numbers]] = {
    "activities": lambda f: (f.log.met, f.log.asked, f.log.is_known, "no-log"),
    "mended": lambda f: (
        sum(found.is_mended for found in f.log.found),
        len(f.log.found),
        f.log.is_known,
        "no-log",
    ),
    "complete": lambda f: (f.counts.published, f.counts.due, True, ""),
    "timely": lambda f: (f.counts.in_time, f.counts.due, True, ""),
    "explained": lambda f: (sum(bool(one.answers) for one in f.new), len(f.new), True, ""),
    "told": lambda f: (
        sum(not change.is_silent for change in f.changed),
        len(f.changed),
        True,
        "",
    ),
    "answered": lambda f: (
        f.asked.settled,
        f.asked.received,
        f.asked.is_known,
        "no-register",
    ),
}
