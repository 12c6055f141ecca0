"""Days of display and objection, in natural or working days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from generator.model.catalogue import DayCount, Item
from generator.model.shared import HolidayYear, RulePack

_SATURDAY = 5


def days_after(start: date, count: int, counted: DayCount, holidays: Iterable[HolidayYear]) -> date:
    """The day `count` days after `start`, which itself is not counted; before it when negative.

    Working days skip public holidays and weekends, and count weekends that are worked to make
    up for a holiday.
    """
    if counted == "natural":
        return start + timedelta(days=count)
    years = tuple(holidays)
    off = {d for year in years for d in year.off}
    made_up = {d for year in years for d in year.work}
    current, left = start, abs(count)
    while left > 0:
        current += timedelta(days=1 if count > 0 else -1)
        is_weekend = current.weekday() >= _SATURDAY and current not in made_up
        if not is_weekend and current not in off:
            left -= 1
    return current


@dataclass(frozen=True)
class Window:
    """From when until when a record is on display and open to objection.

    All None when it is not known on which day it was made public.
    """

    start: date | None
    end: date | None
    objections_until: date | None
    answer_days: int
    answer_counted: DayCount = "natural"

    @property
    def answer_time(self) -> str:
        """Within how many days of which kind an answer comes: `10 个工作日`."""
        unit = "个工作日" if self.answer_counted == "working" else "天"
        return f"{self.answer_days} {unit}"

    def days_left(self, today: date) -> int | None:
        """Days of display left: 0 on the last day, None before or after or without a display."""
        if self.start is None or self.end is None or not self.start <= today <= self.end:
            return None
        return (self.end - today).days

    def is_over(self, today: date) -> bool:
        """Whether the display has ended."""
        return self.end is not None and today > self.end


def display_window(
    published: date | None,
    until: date | None,
    item: Item,
    rules: RulePack,
    holidays: Iterable[HolidayYear],
) -> Window:
    """When a record is displayed; the rule pack's days stand before the catalogue's."""
    if published is None:
        return Window(None, None, None, rules.answer_days, rules.answer_counted)
    years = tuple(holidays)
    own = rules.rule_for(item.id).display_days
    count = item.display_days if own is None else own
    end = until or days_after(published, count, rules.display_counted, years)
    objections = days_after(published, rules.objection_days, rules.objection_counted, years)
    answer = (rules.answer_days, rules.answer_counted)
    return Window(published, end, objections, *answer)
