"""Decides from which day a village owes anything, and says in words by when an item is due."""

from __future__ import annotations

from datetime import date

from generator.model.catalogue import Item
from generator.model.law import Days, RulePack
from generator.model.period import STANDING
from generator.model.phrases import Phrases
from generator.model.village import VillageData
from generator.views.said import say


def due_words(item: Item, rules: RulePack, day: date, phrases: Phrases) -> str:
    """By when an item is due, in words: the catalogue's, unless a rule pack says otherwise on that
    day."""
    due = rules.due(item, day)
    if due == Days(item.due.days, item.due.counted):
        return item.due.words
    return say(phrases, "duties", "due", period=item.period, due=due)


def since_day(data: VillageData) -> date | None:
    """The day from which a village owes anything: the one that it gives itself, else that of its
    first publication. A record without a day of publication counts from the start of its period."""
    records = [record for record in data.records if record.period != STANDING]
    days = (record.published or record.period.start for record in records)
    return data.village.since or min(days, default=None)
