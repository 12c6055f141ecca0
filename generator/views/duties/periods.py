"""From which day on things are asked of a village, and by which day each is due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from generator.model.catalogue import DayCount, Item, PeriodKind
from generator.model.period import STANDING, Period
from generator.model.shared import HolidayYear, RulePack
from generator.model.village import VillageData
from generator.views.calendar import days_after

_AFTER: dict[PeriodKind, str] = {
    "month": "每月结束",
    "quarter": "每季度结束",
    "half": "每半年结束",
    "year": "每年结束",
    "event": "事情定下",
    "standing": "变动",
}
_DAYS: dict[DayCount, str] = {"natural": "日", "working": "个工作日"}


def due_day(item: Item, period: Period, rules: RulePack, holidays: Sequence[HolidayYear]) -> date:
    """The last day on which an item of a period is in time; what a rule pack does not say
    stays as in the catalogue."""
    own = rules.rule_for(item.id)
    count = item.due.days if own.due_days is None else own.due_days
    return days_after(period.end, count, own.due_counted or item.due.counted, holidays)


def due_words(item: Item, rules: RulePack) -> str:
    """By when an item is published, in words: the catalogue's, but of a rule pack that says
    otherwise its own days."""
    own = rules.rule_for(item.id)
    days = item.due.days if own.due_days is None else own.due_days
    counted = own.due_counted or item.due.counted
    if (days, counted) == (item.due.days, item.due.counted):
        return item.due.words
    side = "后{}内" if days >= 0 else "前{}以前"
    return f"{_AFTER[item.period]}{side.format(f'{abs(days)}{_DAYS[counted]}')}公开"


def since_day(data: VillageData) -> date | None:
    """The day from which on things are asked of a village: as it says itself, else the day on which
    its first record was made public; of a record that does not say, when its period began."""
    records = [record for record in data.records if record.period != STANDING]
    days = (record.published or record.period.start for record in records)
    return data.village.since or min(days, default=None)
