"""The numbers of ledgers and plans: balances, and income and expense by subject.

Like `measures` they are made of the records and not of what is published: what is masked counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from generator.model.books import ZERO, Book, decimal
from generator.model.catalogue import Item
from generator.model.period import Period
from generator.model.village import Record, Table
from generator.views.linking import VillageRecords

Side = Literal["income", "expense"]
SIDES: tuple[Side, ...] = ("income", "expense")
NO_SUBJECT = ""
_MOST_POINTS = 13  # a year and the month before it

History = tuple[tuple[Record, Book], ...]


@dataclass(frozen=True)
class BookFacts:
    """The numbers of one period of a book; balances are None when the file states none."""

    period: Period
    opening: Decimal | None
    income: Decimal
    expense: Decimal
    closing: Decimal | None
    previous: Decimal | None

    @property
    def carries_forward(self) -> bool:
        """Whether the period before is published and its closing is this opening."""
        return self.previous is not None and self.previous == self.opening


@dataclass(frozen=True)
class Entry:
    """A row of a ledger: its subject, what it is about as published, and its amount."""

    subject: str
    title: str
    amount: Decimal


def book_name(record: Record, item: Item, records: VillageRecords) -> str:
    """The name of a record's set of books, where its village has several and readers might take it
    for all of them; else nothing."""
    village = records.data.village
    if len(village.accounts) == 1:
        return ""
    others = (r.account for r in records.data.records if r.item == record.item)
    is_one_of_many = item.by_account or any(account != record.account for account in others)
    return village.account(record.account).title if is_one_of_many else ""


def book_history(record: Record, records: VillageRecords) -> History:
    """The books of the same item and account up to this record, oldest first, without gaps."""
    series = records.series_of(record).unbroken(record, _MOST_POINTS)
    books = ((other, records.book(other)) for other in series)
    return tuple((other, book) for other, book in books if book is not None)


def book_facts(history: History) -> BookFacts:
    """The numbers of the last book of a history."""
    record, book = history[-1]
    previous = history[-2][1].closing if len(history) > 1 else None
    return BookFacts(
        record.period, book.opening, book.total_income, book.total_expense, book.closing, previous
    )


def side_total(book: Book, side: Side) -> Decimal:
    """All income, or all expense, of a book."""
    return book.total_income if side == "income" else book.total_expense


def by_subject(record: Record, side: Side, records: VillageRecords) -> dict[str, Decimal]:
    """Income or expense of a book or a plan by subject; a code and its name are one subject."""
    sums: dict[str, Decimal] = {}
    for subject, _, amount in _amounts(record, side, records):
        sums[subject] = sums.get(subject, ZERO) + amount
    return sums


def entries(record: Record, side: Side, records: VillageRecords) -> list[Entry]:
    """The rows with an amount on a side, largest first, in the words of the publication."""
    table = records.publication(record).table
    title = table.with_role("title")
    shown = {row.number: table.cell(row, title.name).text for row in table.rows} if title else {}
    found = [
        Entry(subject, shown.get(number, ""), amount)
        for subject, number, amount in _amounts(record, side, records)
    ]
    return sorted(found, key=lambda e: (-e.amount, e.title))


def _amounts(record: Record, side: Side, records: VillageRecords) -> list[tuple[str, int, Decimal]]:
    """Subject, row and amount of all rows with an amount on a side. A subject is called by its
    name in the chart of accounts, and `NO_SUBJECT` where its column is empty or not published."""
    table = record.content
    if not isinstance(table, Table):
        return []
    schema = records.shared.tables[table.schema]
    column, subject = schema.with_role(side), schema.with_role("subject")
    if column is None:
        return []
    accounts = records.shared.chart_on(record.period.end)
    is_shown = subject is not None and records.publication(record).table.shows(subject.name)
    found = []
    for row in table.rows:
        amount = decimal(row.values.get(column.name))
        value = row.values.get(subject.name) if subject and is_shown else None
        known = accounts.find(str(value)) if accounts and value is not None else None
        name = NO_SUBJECT if value is None else known.name if known else str(value)
        if amount:
            found.append((name, row.number, amount))
    return found
