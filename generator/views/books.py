"""Ledgers: the opening sentence, where the money went, the balance over time, what was proved."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from generator.model.books import Book, decimal
from generator.model.catalogue import TableSchema
from generator.model.period import Period
from generator.model.shared import ChartOfAccounts
from generator.model.village import Record, Table, Value
from generator.views.charts import BarChart, Chart, LineChart, Point
from generator.views.text import money, short_day

_MOST_POINTS = 13  # a year and the month before it
_NO_SUBJECT = "未写科目"


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
    """`9月收入 … 元，支出 … 元，月末结余 … 元，比上月多 … 元。`"""
    name, end, last = _period_words(facts.period)
    parts = [f"{name}收入 {money(facts.income)} 元", f"支出 {money(facts.expense)} 元"]
    if facts.closing is not None:
        parts.append(f"{end}结余 {money(facts.closing)} 元")
        if facts.opening is not None:
            parts.append(_compared(facts.closing - facts.opening, last))
    return "，".join(parts) + "。"


def book_checks(facts: BookFacts) -> tuple[str, ...]:
    """What was proved about the period; a fault would have kept it from being published."""
    if facts.opening is None or facts.closing is None:
        return ()
    _, end, last = _period_words(facts.period)
    proved = [
        f"期初结余 {money(facts.opening)} ＋ 收入 {money(facts.income)}"
        f" － 支出 {money(facts.expense)} ＝ {end}结余 {money(facts.closing)}"
    ]
    if facts.carries_forward:
        proved.append(f"期初结余与{last}末结余一致")
    return tuple(proved)


def book_charts(
    history: tuple[tuple[Record, Book], ...], subject: str, accounts: ChartOfAccounts | None
) -> tuple[Chart, ...]:
    """Expense and income by subject, and the balance at the end of each period."""
    record, book = history[-1]
    charts: list[Chart] = []
    for column, kind, title in (
        (book.expense, "expense", "钱花在哪里"),
        (book.income, "income", "钱从哪里来"),
    ):
        bars = _by_subject(book, column, subject, accounts)
        if bars:
            what = "支出" if kind == "expense" else "收入"
            words = "、".join(f"{bar.label} {bar.text} 元" for bar in bars)
            description = f"{record.period.title}各科目{what}：{words}。"
            charts.append(BarChart(f"{kind}-by-subject", title, description, "元", bars))
    points = tuple(
        Point(_axis_label(r.period), b.closing, money(b.closing))
        for r, b in history
        if b.closing is not None
    )
    if len(points) > 2:
        first, last = points[0], points[-1]
        description = f"从{first.label}的 {first.text} 元到{last.label}的 {last.text} 元。"
        charts.append(LineChart("balance", "结余的变化", description, "元", points))
    return tuple(charts)


def _by_subject(
    book: Book, column: str, subject: str, accounts: ChartOfAccounts | None
) -> tuple[Point, ...]:
    """Sums of a column by subject, largest first; a code and its name are one subject."""
    rows = book.table.rows
    frame = pd.DataFrame(
        {
            "subject": [_subject_name(row.values.get(subject), accounts) for row in rows],
            "amount": [decimal(row.values.get(column)) for row in rows],
        },
        dtype=object,
    )
    sums = frame.groupby("subject", sort=False)["amount"].sum()
    points = (
        Point(str(name), amount, money(amount)) for name, amount in sums.items() if amount > 0
    )
    return tuple(sorted(points, key=lambda point: (-point.value, point.label)))


def _subject_name(value: Value, accounts: ChartOfAccounts | None) -> str:
    if value is None:
        return _NO_SUBJECT
    known = accounts.find(str(value)) if accounts else None
    return known.name if known else str(value)


def _period_words(period: Period) -> tuple[str, str, str]:
    """How one speaks of a period, its end, and the period before it."""
    if period.kind == "month":
        return f"{period.start.month}月", "月末", "上月"
    if period.kind == "quarter":
        return period.title[len("2025年") :], "季末", "上季"
    if period.kind == "half":
        return period.title[len("2025年") :], "期末", "上个半年"
    if period.kind == "year":
        return period.title, "年末", "上年"
    return short_day(period.start), "期末", "上期"


def _compared(change: Decimal, last: str) -> str:
    if change == 0:
        return f"和{last}末一样"
    return f"比{last}末{'多' if change > 0 else '少'} {money(abs(change))} 元"


def _axis_label(period: Period) -> str:
    if period.kind == "month":
        return f"{period.start.year % 100:02d}年{period.start.month}月"
    return period.title
