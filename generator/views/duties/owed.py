"""Decides what a village had to publish by when, and whether it did.

A duty is an item for a period, and for a set of books where there are several. The catalogue says
how often and within how many days, a rule pack may say otherwise, holidays count where working
days do. Everything is derived from records and the day; nothing is remembered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain

from generator.model.calendar import due_day
from generator.model.catalogue import Item
from generator.model.clock import moved
from generator.model.period import Period, parse_period, periods_of
from generator.model.village import Account, Record
from generator.views.duties.additions import all_late_rows
from generator.views.duties.duty import AHEAD, Counts, Duty, State, VillageDuties
from generator.views.duties.since import since_day
from generator.views.duties.standings import counts_words
from generator.views.linking import VillageRecords
from generator.views.places import Link
from generator.views.said import say
from generator.views.series import Series


def village_duties(records: VillageRecords) -> VillageDuties:
    """What the village was to publish in the last twelve months and is to publish soon."""
    first = moved(records.today, year_before) + timedelta(days=1)
    since = since_day(records.data)
    duties: list[Duty] = []
    if since is not None:
        keeper = _Keeper(records, first, since)
        duties = [
            keeper.duty(item, account, period)
            for item in records.shared.catalogue.items
            for account in _accounts(item, records)
            for period in keeper.periods(item, account)
        ]
        duties += keeper.standing(min(duty.due for duty in duties)) if duties else ()
    phrases = records.shared.phrases
    order = {item.id: n for n, item in enumerate(records.shared.catalogue.items)}
    told = tuple(
        replace(duty, words=say(phrases, "duties", "state", duty=duty))
        for duty in sorted(duties, key=lambda d: (d.due, order[d.item.id], d.title))
    )
    late = all_late_rows(records) if since is not None else ()
    summary = counts_words(sum((duty.counts for duty in told), Counts()), phrases)
    return VillageDuties(since, told, late, summary)


def year_before(today: date) -> date:
    """The same day a year ago; that of a leap day is the one before."""
    is_leap_day = (today.month, today.day) == (2, 29)
    return today.replace(year=today.year - 1, day=28 if is_leap_day else today.day)


def _accounts(item: Item, records: VillageRecords) -> tuple[Account, ...]:
    """The sets of books that owe an item. All of them owe income and expense; any other table is
    owed by the first, and by those of which it was published once."""
    accounts = records.data.village.accounts
    if item.kind != "table" or item.period in ("event", "standing"):
        return ()
    if records.shared.tables[item.table].is_book:
        return accounts
    known = {account for other, account in records.series if other == item.id}
    return tuple(a for n, a in enumerate(accounts) if n == 0 or a.id in known)


class _Keeper:
    """Per-call state for the duties of one village."""

    def __init__(self, records: VillageRecords, first: date, since: date) -> None:
        self.records = records
        self.first = first
        self.since = since
        self.rules = records.rules
        self.default = records.data.village.accounts[0].id

    def periods(self, item: Item, account: Account) -> Iterator[Period]:
        """The periods of which the item falls due between the look-back's first day and the
        calendar's last. Nothing is asked that ended or was due before the village began."""
        is_book = item.period == "month" and account.period == "quarter"
        kind = "quarter" if is_book else item.period
        last = self.records.today + timedelta(days=AHEAD)
        years = range(self.first.year - 1, last.year + 2)
        for period in chain.from_iterable(periods_of(kind, year) for year in years):
            due = due_day(item, period, self.rules, self.records.shared.holidays)
            since = max(self.since, item.effective or self.since)
            is_asked = period.end >= since and due >= since
            if is_asked and self.first <= due <= last:
                yield period

    def duty(self, item: Item, account: Account, period: Period) -> Duty:
        """What became of one period of an item."""
        due = due_day(item, period, self.rules, self.records.shared.holidays)
        suffix = "" if account.id == self.default else f"（{account.title}）"
        found = self._covering(item, account.id, period)
        state, published = self._state(item, account.id, period, due, found)
        return Duty(
            item=item,
            period=period.title,
            account=account.title if suffix else "",
            title=f"{period.title}{item.called}{suffix}",
            due=due,
            state=state,
            published=published,
            link=self._link(found),
            is_past=due < self.records.today,
        )

    def standing(self, due: date) -> Iterator[Duty]:
        """Items without a period; they are due from the day on which the first of the others is."""
        today = self.records.today
        for item in self.records.shared.catalogue.items:
            if item.period != "standing" or (item.effective and today < item.effective):
                continue
            found = [
                r for (i, _), s in self.records.series.items() if i == item.id for r in s.records
            ]
            is_mending = any(n.startswith(f"{item.id}/") for n in self.records.data.left_out)
            lacking: State = "missing" if due < today else "open"
            state: State = "in-time" if found else "mending" if is_mending else lacking
            yield Duty(item, "", "", item.called, due, state, None, self._link(found), due < today)

    def _link(self, found: Sequence[Record]) -> Link | None:
        """The record that completed a duty."""
        return Link.to(self.records.publication(found[-1])) if found else None

    def _covering(self, item: Item, account: str, period: Period) -> list[Record]:
        """The record that covers a period, first published first, or the ones that do together."""
        series = (self.records.series.get((item.id, owner), Series()) for owner in (account, ""))
        own = [record for each in series for record in each.records]
        whole = [r for r in own if r.period.covers(period)]
        if whole:
            return [min(whole, key=lambda r: (r.published or date.max, r.key))]
        parts = sorted((r for r in own if period.covers(r.period)), key=lambda r: r.period)
        reached = period.start
        for record in parts:
            if record.period.start > reached:
                return []
            reached = max(reached, record.period.end + timedelta(days=1))
        return parts if reached > period.end else []

    def _state(
        self, item: Item, account: str, period: Period, due: date, found: Sequence[Record]
    ) -> tuple[State, date | None]:
        if found:
            days = [record.published for record in found if record.published is not None]
            if len(days) < len(found):
                return "undated", None
            return ("in-time" if max(days) <= due else "late"), max(days)
        if self._is_named(self.records.data.left_out, item, account, period):
            return "mending", None
        withdrawn = frozenset(w.name for w in self.records.data.withdrawn)
        if self._is_named(withdrawn, item, account, period):
            return "withdrawn", None
        return ("missing" if due < self.records.today else "open"), None

    def _is_named(self, names: frozenset[str], item: Item, account: str, period: Period) -> bool:
        """Whether one of the records `item/key` covers a period."""
        for name in names:
            item_id, _, key = name.partition("/")
            text, _, named = key.partition(".")
            there = parse_period(text)
            is_same = item_id == item.id and (named or self.default) == account
            if is_same and there and there.covers(period):
                return True
        return False
