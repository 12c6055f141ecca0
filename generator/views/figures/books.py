"""Ledgers: the opening sentence, what was proved, and the sums of income and expense."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from generator.model.books import Book, decimal
from generator.model.catalogue import Item, TableSchema
from generator.model.period import Period
from generator.model.shared import ChartOfAccounts
from generator.model.village import Record, Row, Table, Value
from generator.views.figures.comparison import period_words
from generator.views.linking import VillageRecords
from generator.views.text import money

Side = Literal["income", "expense"]
SIDES: tuple[Side, ...] = ("income", "expense")
SIDE_WORDS: dict[Side, str] = {"income": "收入", "expense": "支出"}
NO_SUBJECT = "未写科目"
_MOST_POINTS = 13  # a year and the month before it


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


def book_of(record: Record, schemas: dict[str, TableSchema]) -> Book | None:
    """The record's book of accounts, if it is one."""
    if not isinstance(record.content, Table):
        return None
    return Book.of(record.content, schemas[record.content.schema])


def book_name(record: Record, item: Item, records: VillageRecords) -> str:
    """The set of books that a record is of, where its village has several and one could take
    it for all of them; else nothing."""
    village = records.data.village
    if len(village.accounts) == 1:
        return ""
    others = (r.account for r in records.data.records if r.item == record.item)
    is_one_of_many = item.by_account or any(account != record.account for account in others)
    return village.account(record.account).title if is_one_of_many else ""


def book_history(
    record: Record, records: tuple[Record, ...], schemas: dict[str, TableSchema]
) -> tuple[tuple[Record, Book], ...]:
    """The books of the same item and account up to this record, oldest first, without gaps."""
    books = [
        (other, book)
        for other in sorted(records, key=lambda r: r.period)
        if other.item == record.item
        and other.account == record.account
        and other.period <= record.period
        and (book := book_of(other, schemas)) is not None
    ]
    start = len(books) - 1
    while start > 0 and books[start][0].period.follows(books[start - 1][0].period):
        start -= 1
    return tuple(books[max(start, len(books) - _MOST_POINTS) :])


def book_facts(history: tuple[tuple[Record, Book], ...]) -> BookFacts:
    """The numbers of the last book of a history."""
    record, book = history[-1]
    previous = history[-2][1].closing if len(history) > 1 else None
    return BookFacts(
        record.period, book.opening, book.total_income, book.total_expense, book.closing, previous
    )


def book_sentence(facts: BookFacts) -> str:
    """`9月收入 … 元，支出 … 元，月末结余 … 元，比上月末多 … 元。`"""
    words = period_words(facts.period)
    parts = [f"{words.name}收入 {money(facts.income)} 元", f"支出 {money(facts.expense)} 元"]
    if facts.closing is not None:
        parts.append(f"{words.end}结余 {money(facts.closing)} 元")
        if facts.opening is not None:
            parts.append(_compared(facts.closing - facts.opening, words.last))
    return "，".join(parts) + "。"


def idle_sentence(facts: BookFacts) -> str:
    """`2025年9月没有收入，也没有支出，月末结余 … 元。`"""
    words = period_words(facts.period)
    left = "" if facts.closing is None else f"，{words.end}结余 {money(facts.closing)} 元"
    return f"{facts.period.title}没有收入，也没有支出{left}。"


def book_checks(facts: BookFacts) -> tuple[str, ...]:
    """What was proved about the period; a fault would have kept it from being published."""
    if facts.opening is None or facts.closing is None:
        return ()
    words = period_words(facts.period)
    proved = [
        f"期初结余 {money(facts.opening)} ＋ 收入 {money(facts.income)}"
        f" － 支出 {money(facts.expense)} ＝ {words.end}结余 {money(facts.closing)}"
    ]
    if facts.carries_forward:
        proved.append(f"期初结余与{words.last}末结余一致")
    return tuple(proved)


def side_total(book: Book, side: Side) -> Decimal:
    """All income, or all expense, of a book."""
    return book.total_income if side == "income" else book.total_expense


def side_column(book: Book, side: Side) -> str:
    """The column of income or of expense."""
    return book.income if side == "income" else book.expense


def sums_by_subject(
    rows: tuple[Row, ...], column: str, subject: str, accounts: ChartOfAccounts | None
) -> dict[str, Decimal]:
    """Sums of a column by subject; a code and its name are one subject."""
    sums: dict[str, Decimal] = {}
    for row in rows:
        amount = decimal(row.values.get(column))
        if amount:
            name = subject_name(row.values.get(subject), accounts)
            sums[name] = sums.get(name, Decimal(0)) + amount
    return sums


def subject_column(schema: TableSchema) -> str:
    """The column of subjects where it is published as it is."""
    field = schema.with_role("subject")
    return field.name if field is not None and not field.mask else ""


def subject_name(value: Value, accounts: ChartOfAccounts | None) -> str:
    """The subject of a cell by its name in the chart of accounts."""
    if value is None:
        return NO_SUBJECT
    known = accounts.find(str(value)) if accounts else None
    return known.name if known else str(value)


def _compared(change: Decimal, last: str) -> str:
    if change == 0:
        return f"和{last}末一样"
    return f"比{last}末{'多' if change > 0 else '少'} {money(abs(change))} 元"
