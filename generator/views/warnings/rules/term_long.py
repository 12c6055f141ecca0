"""A lease for more years than the law allows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from generator.model.warnings import WarningRule
from generator.views.warnings.looking import Finding, Looked


def find(looked: Looked, rule: WarningRule) -> Iterator[Finding]:
    """From its first day to its last."""
    for row in looked.leases(rule):
        begun, end = row.day("date"), row.day("end")
        if begun and end and end >= _years_later(begun, rule.years):
            yield Finding.at([row], what=row.text("title"), first=begun, last=end)


def _years_later(day: date, years: int) -> date:
    """The same day so many years later; the day after February where that has no such day."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28) + timedelta(days=1)
