"""The numbers at the head of a village's page: each set of books by its newest period.

One book never stands for all: where a village has several, each is named and shown. Added up are
only balances, and only where every book tells its own on the same day: money that went from one
book to another is in one balance and no more in the other. Incomes and expenses are not added up,
since such money would be an expense here and an income there without anything earned or spent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from generator.model.books import ZERO
from generator.model.village import Record
from generator.views.figures.books import BookFacts, book_facts, book_history
from generator.views.figures.comparison import period_words
from generator.views.linking import VillageRecords
from generator.views.places import Link
from generator.views.text import day, money, ten_thousands


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
    """All books of a village in its own order, and what is to be said of them together."""

    books: tuple[BookHeadline, ...] = ()
    together: str = ""


def village_headlines(records: VillageRecords) -> Headlines:
    """The newest published period of each set of books."""
    accounts = records.data.village.accounts
    found = [(account, _newest_book(account.id, records)) for account in accounts]
    known = [(account, *newest) for account, newest in found if newest is not None]
    is_only = len(accounts) == 1
    books = []
    for account, record, facts in known:
        publication = records.publication(record)
        title = "" if is_only else f"{account.title}，{facts.period.title}"
        link = Link(publication.title, publication.url)
        books.append(BookHeadline(title, link, _figures(facts, records.today)))
    missing = [account.title for account, newest in found if newest is None]
    is_told = bool(books) and not is_only
    words = _together_words([(a.title, facts) for a, _, facts in known], missing) if is_told else ""
    return Headlines(tuple(books), words)


def _newest_book(account: str, records: VillageRecords) -> tuple[Record, BookFacts] | None:
    personal = {item.id for item in records.shared.catalogue.items if item.personal}
    own = [r for r in records.data.records if r.account == account and r.item not in personal]
    for record in sorted(own, key=lambda r: r.period, reverse=True):
        history = book_history(record, records.data.records, records.shared.tables)
        if history:
            return record, book_facts(history)
    return None


def _figures(facts: BookFacts, today: date) -> tuple[Figure, ...]:
    words, period = period_words(facts.period), facts.period
    name = words.name if period.end.year == today.year else period.title
    numbers: tuple[tuple[str, Decimal | None], ...] = (
        (f"{name}收入", facts.income),
        (f"{name}支出", facts.expense),
        (f"{words.end}结余", facts.closing),
    )
    return tuple(
        Figure(label, ten_thousands(amount), f"{money(amount)} 元")
        for label, amount in numbers
        if amount is not None
    )


def _together_words(books: list[tuple[str, BookFacts]], missing: list[str]) -> str:
    """The sum of the balances, or why there is none."""
    if missing:
        return f"{'、'.join(missing)}还没有公开收支，几本账的结余没有加在一起。"
    if any(facts.closing is None for _, facts in books):
        return "有的账没有写结余，几本账的结余没有加在一起。"
    ends = {facts.period.end for _, facts in books}
    if len(ends) > 1:
        return "几本账公开到的日子不一样，结余没有加在一起。"
    total = sum((facts.closing or ZERO for _, facts in books), ZERO)
    return (
        f"{'、'.join(title for title, _ in books)}到{day(ends.pop())}的结余合计 {money(total)} 元。"
        "收入、支出不加在一起：账与账之间转的钱会算两遍。"
    )
