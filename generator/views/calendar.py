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

    All None when it is not known on which day it was made public; the last day for objections
    also where the item takes none.
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

    def takes_objections(self, today: date) -> bool:
        """Whether one can object on a day, the last one included."""
        return self.objections_until is not None and today <= self.objections_until

    def is_over(self, today: date) -> bool:
        """Whether the display has ended."""
        return self.end is not None and today > self.end


def display_window(
    published: date | None,
    until: date | None,
    item: Item,
    rules: RulePack,
    holidays: Iterable[HolidayYear],
    corrected: date | None = None,
) -> Window:
    """When a record is displayed; the rule pack's days stand before the catalogue's.

    What was corrected is new to its readers: the time for objections begins again on the day
    `corrected`, the last correction. Whether a correction changed a number or a comma is not
    for the program to weigh, so each counts. A display that had not ended by then lasts until
    that time is over, so that nobody objects to what has been taken down; one that had ended
    stays ended, since names that came down do not go up again.
    """
    if published is None:
        return Window(None, None, None, rules.answer_days, rules.answer_counted)
    years = tuple(holidays)
    own = rules.rule_for(item.id).display_days
    count = item.display_days if own is None else own
    end = until or days_after(published, count, rules.display_counted, years)
    begins = max(published, corrected or published)
    last = days_after(begins, rules.objection_days, rules.objection_counted, years)
    if not item.objections:
        return Window(published, end, None, rules.answer_days, rules.answer_counted)
    if published < begins <= end:
        end = max(end, last)
    return Window(published, end, last, rules.answer_days, rules.answer_counted)
