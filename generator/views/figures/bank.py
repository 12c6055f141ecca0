"""Decides which books are held against a bank's statements, and how much of each is not found there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from generator.model.bank import BankRules, LineKind, Statement
from generator.model.books import Book, decimal
from generator.model.period import Period
from generator.model.schema import TableSchema
from generator.model.shared import Shared
from generator.model.village import Record, Table, VillageData
from generator.reconciling import Item, Matched, matched
from generator.views.linking import VillageRecords
from generator.views.said import say


@dataclass(frozen=True)
class Held:
    """The `books` of a set of books, for all days of which there are statements, held against those.
    The place of an entry is its record's name, that of a line its statement's file."""

    account: str
    books: tuple[Record, ...]
    found: Matched

    def left(self, record: Record) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
        """Entries of a record and lines of its days that are not found on the other side."""
        period = record.period
        booked = tuple(item for item in self.found.booked if item.place == record.name)
        lines = tuple(item for item in self.found.lines if period.start <= item.day <= period.end)
        return booked, lines


def held_books(data: VillageData, shared: Shared) -> tuple[Held, ...]:
    """The books of a village that banks say something of, by set of books."""
    rules = shared.bank
    if rules is None or not data.beside.statements:
        return ()
    found = []
    for account in data.village.accounts:
        own = [one for one in data.beside.statements if one.account == account.id]
        books = [record for record in data.records if record.account == account.id]
        entries = {r.name: tuple(_entries(r, shared, rules)) for r in books}
        held = tuple(r for r in books if entries[r.name] and _is_covered(r.period, own))
        if held:
            names = {record.name for record in held}
            booked = [
                item if name in names else _beside(item)
                for name, items in entries.items()
                for item in items
                if name in names or _is_near(item.day, own, rules.days)
            ]
            lines = _lines(own, [record.period for record in held])
            found.append(Held(account.id, held, matched(booked, lines, rules)))
    return tuple(found)


def bank_words(records: VillageRecords) -> Mapping[str, str]:
    """What readers are told of each book that was held against a bank, by name: never more than how
    many entries and lines are open."""
    phrases = records.shared.phrases
    return {
        record.name: say(phrases, "proofs", "bank", left=sum(map(len, held.left(record))))
        for held in held_books(records.data, records.shared)
        for record in held.books
    }


def _entries(record: Record, shared: Shared, rules: BankRules) -> Iterator[Item]:
    """The entries of a book; none where it is none, or tells no days."""
    if not isinstance(record.content, Table):
        return
    schema = shared.tables[record.content.schema]
    book, dated = Book.of(record.content, schema), schema.with_role("date")
    if book is None or dated is None or dated.name not in record.content.columns:
        return
    for row in record.content.rows:
        change, day = book.change(row.values), row.values.get(dated.name)
        if change:
            sides = (decimal(row.values.get(name)) for name in (book.income, book.expense))
            is_back = any(amount < 0 for amount in sides)
            kind = "returned" if is_back else _kind(row.values, schema, rules)
            own = day if isinstance(day, date) else record.period.end
            yield Item(own, record.name, row.number, change, kind)


def _kind(values: Mapping[str, object], schema: TableSchema, rules: BankRules) -> LineKind:
    title = schema.with_role("title")
    if str(values.get(rules.column) or "") in rules.values:
        return "cash"
    words = str(values.get(title.name) or "") if title else ""
    return "fee" if any(word in words for word in rules.fees) else ""


def _beside(item: Item) -> Item:
    return Item(item.day, item.place, item.number, item.change, item.kind, beside=True)


def _is_covered(period: Period, statements: Iterable[Statement]) -> bool:
    """Whether statements speak of all days of a period."""
    day = period.start
    for own in sorted(statement.period for statement in statements):
        if own.start <= day <= own.end:
            day = own.end + timedelta(days=1)
    return day > period.end


def _is_near(day: date, statements: Iterable[Statement], days: int) -> bool:
    apart = timedelta(days=days)
    return any(s.period.start - apart <= day <= s.period.end + apart for s in statements)


def _lines(statements: Iterable[Statement], periods: list[Period]) -> Iterator[Item]:
    for one in statements:
        for line in one.lines:
            is_in = any(period.start <= line.day <= period.end for period in periods)
            place = one.source.file
            yield Item(line.day, place, line.number, line.change, line.kind, beside=not is_in)
