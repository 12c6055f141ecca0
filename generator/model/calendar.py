"""Decides by when an item is due, and how long a record is displayed and open to objection."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from generator.model.catalogue import DayCount, Item
from generator.model.law import Days, RulePack
from generator.model.period import Period
from generator.model.shared import HolidayYear

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
    """The days on which a record is on display and open to objection.

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

    def is_on(self, today: date) -> bool:
        """Whether it is on display, the first and the last day included."""
        return self.start is not None and self.end is not None and self.start <= today <= self.end

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
    """When a record is displayed; the rule pack's days of the day on which it was made public stand
    before the catalogue's, and no display ends before the law's least days are over.

    What was corrected is new to its readers: the time for objections begins again on the day
    `corrected`, the last correction. Whether a correction changed a number or a comma is not
    for the program to weigh, so each counts. A display that had not ended by then lasts until
    that time is over, so that nobody objects to what has been taken down; one that had ended
    stays ended, since names that came down do not go up again.
    """
    answer = rules.answer(item, published or date.max)
    if published is None:
        return Window(None, None, None, answer.count, answer.counted)
    years = tuple(holidays)
    own = until or _after(published, rules.display(item, published)[0], years)
    end = max(own, least_display(published, item, rules, years) or own)
    begins = max(published, corrected or published)
    last = _after(begins, rules.objection(item, published), years)
    if not item.objections:
        return Window(published, end, None, answer.count, answer.counted)
    if published < begins <= end:
        end = max(end, last)
    return Window(published, end, last, answer.count, answer.counted)


def least_display(
    published: date, item: Item, rules: RulePack, holidays: Iterable[HolidayYear]
) -> date | None:
    """The first day on which what was made public may come down by law; None where none says."""
    years = tuple(holidays)
    return max(
        (_after(published, d, years) for d in rules.display(item, published)[1:]), default=None
    )


def due_day(item: Item, period: Period, rules: RulePack, holidays: Iterable[HolidayYear]) -> date:
    """The last day on which an item of a period is in time; what a rule pack does not say
    stays as in the catalogue."""
    return _after(period.end, rules.due(item, period.end), holidays)


def unknown_years(start: date, days: Days, holidays: Iterable[HolidayYear]) -> tuple[int, ...]:
    """The years that a count of working days goes through and whose holidays are not known."""
    if days.counted == "natural":
        return ()
    years = tuple(holidays)
    first, last = sorted((start, _after(start, days, years)))
    known = {entry.year for entry in years}
    return tuple(y for y in range(first.year, last.year + 1) if y not in known)


def _after(start: date, days: Days, holidays: Iterable[HolidayYear]) -> date:
    return days_after(start, days.count, days.counted, holidays)
