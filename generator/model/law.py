"""What the law requires, as dated data: days to publish, display and answer by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.model.catalogue import Basis, DayCount, Item, PeriodKind
from generator.problems import Source

RuleKind = Literal[
    "minimum_display_days",  # at least so long on the wall; of several the longest holds
    "display_days",
    "due_days",
    "objection_days",
    "answer_days",
    # what readers should know, and no date is counted from
    "town_answer_days",  # by when the township answers who is not content with the village's answer
    "consultation_days",  # how long a draft is shown before it is voted on
]
# The text itself was read, or a report of it, or the value is inferred from other texts.
Certainty = Literal["read", "report", "inferred"]

# What the law says of these holds for village affairs alone.
_OF_AFFAIRS: frozenset[RuleKind] = frozenset(("minimum_display_days", "display_days", "due_days"))


@dataclass(frozen=True)
class Days:
    """A number of days and how they are counted."""

    count: int
    counted: DayCount


@dataclass(frozen=True)
class RuleValue:
    """A number of days that a text requires, while its basis holds.

    It is for the `items` named, else for those of the `periods` named, else for all; by `note`
    a text says what numbers cannot.
    """

    rule: RuleKind
    days: int
    basis: Basis
    certainty: Certainty
    source: Source
    counted: DayCount = "natural"
    items: tuple[str, ...] = ()
    periods: tuple[PeriodKind, ...] = ()
    note: str = ""

    @property
    def length(self) -> Days:
        """The days with their way of counting."""
        return Days(self.days, self.counted)

    def is_for(self, item: Item) -> bool:
        """Whether it applies to an item."""
        if self.items:
            return item.id in self.items
        if self.rule in _OF_AFFAIRS and item.apart:
            return False
        return not self.periods or item.period in self.periods


@dataclass(frozen=True)
class LargeChange:
    """Smaller changes of income or expense get no note: only those of more than `percent` of
    what it was and of more than `amount` yuan."""

    percent: int = 30
    amount: int = 5000


@dataclass(frozen=True)
class RulePack:
    """What holds in a province or the country. `values` are what texts say, `inherited` those of
    the pack named by `base`. No national text gives days for objections and answers: the numbers
    here hold where no value does. All other days are then the catalogue's."""

    id: str
    title: str
    source: Source
    inherited: tuple[RuleValue, ...] = ()
    base: str = ""
    values: tuple[RuleValue, ...] = ()
    objection_days: int = 7
    answer_days: int = 10
    display_counted: DayCount = "natural"
    objection_counted: DayCount = "natural"
    answer_counted: DayCount = "natural"
    large_change: LargeChange = LargeChange()
    expiring_days: int = 90

    def due(self, item: Item, day: date) -> Days:
        """Within how many days of its end a period that ends on `day` is published."""
        return self._ruled("due_days", item, day) or Days(item.due.days, item.due.counted)

    def display(self, item: Item, day: date) -> tuple[Days, ...]:
        """The usual and the least days of display of what is published on a day: the last to end
        holds."""
        usual = Days(item.display_days, self.display_counted)
        minima = (v.length for v in self._in_force("minimum_display_days", item, day))
        return (self._ruled("display_days", item, day) or usual, *minima)

    def objection(self, item: Item, day: date) -> Days:
        """How long one can object to what is published on a day."""
        usual = Days(self.objection_days, self.objection_counted)
        return self._ruled("objection_days", item, day) or usual

    def answer(self, item: Item, day: date) -> Days:
        """Within how many days an objection to what is published on a day is answered."""
        return self._ruled("answer_days", item, day) or Days(self.answer_days, self.answer_counted)

    def _in_force(self, rule: RuleKind, item: Item, day: date) -> Iterator[RuleValue]:
        for value in (*self.values, *self.inherited):
            if value.rule == rule and value.is_for(item) and value.basis.holds_on(day):
                yield value

    def _ruled(self, rule: RuleKind, item: Item, day: date) -> Days | None:
        """The closest rule for the item: by its name, by its kind of period, or for all items. Of
        two equally close the pack's own comes before the base's."""
        found = sorted(self._in_force(rule, item, day), key=lambda v: (not v.items, not v.periods))
        return found[0].length if found else None
