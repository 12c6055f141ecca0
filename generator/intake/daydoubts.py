"""Asks about incomplete dates: days without a year, months without a day. Nothing is made up."""

from __future__ import annotations

from datetime import date

from generator.intake.doubts import Asking, Choice, Doubt
from generator.intake.values import CellContext, read_value
from generator.model.period import Period, parse_period
from generator.model.schema import Field
from generator.problems import Source, problem

EMPTY = "空着"
ONLY_MONTHS = "只写到月的日期"  # one question for all forms
_OWN = "当年"
_YEARS = {
    _OWN: 0,
    "上一年": -1,
    "下一年": 1,
}  # as seen from the period, so that it holds next year, too


def day_by_year(
    text: str, field: Field, source: Source, period: Period, asking: Asking
) -> date | None:
    """The day of 7月9日 by the year that the answer gives; one answer holds for the column.

    The year of the period and those beside it are offered: what ends after a period may end next year.
    """
    days: dict[str, date] = {}
    for word, further in _YEARS.items():
        whole = parse_period(str(period.start.year + further))
        day = read_value(text, "date", CellContext(whole)) if whole else None
        if isinstance(day, date):
            days[word] = day
    found = problem("cells-no-year", source, value=text, heading=field.name)
    choices = tuple(
        Choice(
            word, f"“{field.name}”的“{text}”公开成 {day.isoformat()}，这一栏没有写年份的都这样算"
        )
        for word, day in days.items()
    )
    own = days.get(_OWN)
    is_inside = own is not None and period.start <= own <= period.end
    # What is not of the period's own months may be of another year each time.
    about = f"“{field.name}”没有写年份" + ("" if is_inside else "，又不在本期以内")
    return days.get(asking.settle(Doubt(about, found, choices, lasting=is_inside)))


def ask_of_month(text: str, field: Field, source: Source, asking: Asking) -> None:
    """Whether a month stays unsaid where the column needs a day; one answer holds for all."""
    found = problem("cells-only-month", source, value=text, heading=field.name)
    choices = (Choice(EMPTY, f"只写到月的日期都空着，例如“{text}”不公开"),)
    asking.settle(Doubt(ONLY_MONTHS, found, choices))
