"""Pictures of ledgers: by subject, month by month, and the balance."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from generator.model.books import Book
from generator.model.period import Period
from generator.model.shared import ChartOfAccounts
from generator.model.village import Record
from generator.views.charts import BarChart, Chart, LineChart, Pair, PairChart, Point
from generator.views.figures.books import SIDE_WORDS, SIDES, Side, side_column, sums_by_subject
from generator.views.text import money

# How many periods are drawn beside each other.
MOST_PERIODS: Mapping[str, int] = {"month": 12, "quarter": 8, "half": 6, "year": 5}
_TITLES: Mapping[Side, str] = {"income": "钱从哪里来", "expense": "钱花在哪里"}
_LEAST_POINTS = 3
_LEAST_PAIRS = 2


def subject_charts(
    record: Record, book: Book, subject: str, accounts: ChartOfAccounts | None
) -> tuple[Chart, ...]:
    """Expense and income by subject, largest first."""
    charts: list[Chart] = []
    for side in reversed(SIDES):
        sums = sums_by_subject(book.table.rows, side_column(book, side), subject, accounts)
        bars = [Point(name, amount, money(amount)) for name, amount in sums.items() if amount > 0]
        bars.sort(key=lambda point: (-point.value, point.label))
        if bars:
            words = "、".join(f"{bar.label} {bar.text} 元" for bar in bars)
            taken = [f"{n} {money(a)} 元" for n, a in sums.items() if a < 0]
            back = f"；冲回 {'、'.join(taken)}" if taken else ""
            description = f"{record.period.title}各科目{SIDE_WORDS[side]}：{words}{back}。"
            chart = BarChart(f"{side}-by-subject", _TITLES[side], description, "元", tuple(bars))
            charts.append(chart)
    return tuple(charts)


def balance_chart(history: tuple[tuple[Record, Book], ...]) -> tuple[Chart, ...]:
    """The balance at the end of each period; nothing for fewer than three."""
    points = tuple(
        Point(axis_label(record.period), book.closing, money(book.closing))
        for record, book in history
        if book.closing is not None
    )
    if len(points) < _LEAST_POINTS:
        return ()
    words = "，".join(f"{point.label} {point.text} 元" for point in points)
    return (LineChart("balance", "结余的变化", f"各期末的结余：{words}。", "元", points),)


def flow_chart(period: Period, books: Mapping[Period, Book]) -> tuple[Chart, ...]:
    """Income and expense of the periods up to this one; what is missing between them shows."""
    wanted: list[Period] = []
    at: Period | None = period
    while at is not None and len(wanted) < MOST_PERIODS.get(period.kind, 0):
        wanted.insert(0, at)
        at = at.before
    while wanted and wanted[0] not in books:
        wanted.pop(0)
    pairs = [_flow(each, books.get(each)) for each in wanted]
    values = [value for pair in pairs for value in pair.values if value is not None]
    if sum(each in books for each in wanted) < _LEAST_PAIRS or any(value < 0 for value in values):
        return ()
    if not any(values):
        return ()
    words = "；".join(_flow_words(pair) for pair in pairs)
    title = "每月的收入和支出" if period.kind == "month" else "各期的收入和支出"
    names = ("收入", "支出")
    return (PairChart("income-expense", title, f"{words}。", "元", names, tuple(pairs)),)


def axis_label(period: Period) -> str:
    """A period as it stands below a chart: 25年9月."""
    if period.kind == "month":
        return f"{period.start.year % 100:02d}年{period.start.month}月"
    if period.kind == "quarter":
        return f"{period.start.year % 100:02d}年{(period.start.month + 2) // 3}季度"
    return period.title


def _flow(period: Period, book: Book | None) -> Pair:
    if book is None:
        return Pair(axis_label(period), (None, None), ("没有公开", "没有公开"))
    amounts: tuple[Decimal, Decimal] = (book.total_income, book.total_expense)
    return Pair(axis_label(period), amounts, (money(amounts[0]), money(amounts[1])))


def _flow_words(pair: Pair) -> str:
    if pair.values[0] is None:
        return f"{pair.label}没有公开"
    return f"{pair.label}收入 {pair.texts[0]} 元，支出 {pair.texts[1]} 元"
