"""The numbers at the head of a village's page: each set of books by its newest period.

One book never stands for all: where a village has several, each is named and shown. Added up are
only balances, and only where every book tells its own on the same day: money that went from one
book to another is in one balance and no more in the other. Incomes and expenses are not added up,
since such money would be an expense here and an income there without anything earned or spent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from generator.model.books import ZERO
from generator.model.phrases import Phrases
from generator.model.village import Record
from generator.publishing.text import money, ten_thousands
from generator.views.figures.books import BookFacts, book_facts, book_history
from generator.views.linking import VillageRecords
from generator.views.places import Link
from generator.views.said import say


@dataclass(frozen=True)
class Figure:
    """A number of the headline, short and exact."""

    label: str
    short: str
    exact: str


@dataclass(frozen=True)
class BookHeadline:
    """A book's newest period: `title` names it, empty where the village keeps but one book."""

    title: str
    link: Link
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Headlines:
    """All books of a village in its own order, and their balance together."""

    books: tuple[BookHeadline, ...] = ()
    together: str = ""


def village_headlines(records: VillageRecords) -> Headlines:
    """The newest published period of each set of books."""
    accounts, phrases = records.data.village.accounts, records.shared.phrases
    found = [(account, _newest_book(account.id, records)) for account in accounts]
    known = [(account, *newest) for account, newest in found if newest is not None]
    is_only = len(accounts) == 1
    books = []
    for account, record, facts in known:
        names = {"account": account.title, "period": facts.period}
        title = "" if is_only else say(phrases, "books", "of_account", **names)
        link = Link.to(records.publication(record))
        books.append(BookHeadline(title, link, tuple(_figures(facts, records, bool(title)))))
    if is_only or not books:
        return Headlines(tuple(books))
    missing = [account.title for account, newest in found if newest is None]
    numbers = [(account.title, facts) for account, _, facts in known]
    return Headlines(tuple(books), _together(numbers, missing, phrases))


def _newest_book(account: str, records: VillageRecords) -> tuple[Record, BookFacts] | None:
    catalogue = records.shared.catalogue
    newest = (
        series.newest
        for (item, owner), series in records.series.items()
        if owner == account and not catalogue.item(item).personal
    )
    books = [record for record in newest if record is not None and records.book(record)]
    if not books:
        return None
    record = max(books, key=lambda record: record.period)
    return record, book_facts(book_history(record, records))


def _figures(facts: BookFacts, records: VillageRecords, is_told: bool) -> Iterator[Figure]:
    is_past = facts.period.end.year != records.today.year
    numbers: tuple[tuple[str, Decimal | None], ...] = (
        ("income", facts.income),
        ("expense", facts.expense),
        ("closing", facts.closing),
    )
    for name, amount in numbers:
        if amount is not None:
            told = {"name": name, "period": facts.period, "is_past": is_past, "is_told": is_told}
            label = say(records.shared.phrases, "books", "figure", **told)
            yield Figure(label, ten_thousands(amount), f"{money(amount)} 元")


def _together(books: list[tuple[str, BookFacts]], missing: list[str], phrases: Phrases) -> str:
    """The sum of the balances, or why there is none."""
    if missing:
        return say(phrases, "books", "some_missing", missing=missing)
    if any(facts.closing is None for _, facts in books):
        return say(phrases, "books", "some_without_balance")
    ends = {facts.period.end for _, facts in books}
    if len(ends) > 1:
        return say(phrases, "books", "other_days")
    total = sum((facts.closing or ZERO for _, facts in books), ZERO)
    titles = [title for title, _ in books]
    return say(phrases, "books", "together", titles=titles, day=ends.pop(), total=total)
