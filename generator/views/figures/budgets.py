"""A year's plan beside what the books of the same set show so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from generator.model.books import ZERO, Book
from generator.model.catalogue import Item
from generator.model.village import Record, Table
from generator.views.charts import Chart, Share, ShareChart
from generator.views.figures.books import (
    NO_SUBJECT,
    SIDE_WORDS,
    SIDES,
    Side,
    book_of,
    side_column,
    subject_column,
    sums_by_subject,
)
from generator.views.figures.shares import percent_text
from generator.views.linking import VillageRecords
from generator.views.text import money

_WHOLE_YEAR = 12
_MOST_NOTES = 3
_TITLES: Mapping[Side, str] = {"income": "全年预算收了多少", "expense": "全年预算花了多少"}
_DONE: Mapping[Side, str] = {"income": "已收到", "expense": "已支出"}

Sums = Mapping[Side, Mapping[str, Decimal]]


@dataclass(frozen=True)
class Progress:
    """A plan and what became of it: sums by side and subject, up to the end of a month.
    `missing` are the months before it whose books are not published."""

    year: int
    month: int
    missing: tuple[int, ...]
    planned: Sums
    actual: Sums

    def total(self, sums: Sums, side: Side) -> Decimal:
        """All of a side."""
        return sum(sums[side].values(), ZERO)


def plan_progress(record: Record, item: Item, records: VillageRecords) -> Progress | None:
    """What became of a plan, by all books of its year."""
    if not item.actual:
        return None
    return _progress(record, _books_of(record, item.actual, records), records)


def book_progress(record: Record, records: VillageRecords) -> Progress | None:
    """The plan of a book's year, and what became of it up to this book."""
    plan = _plan_of(record, records)
    if plan is None:
        return None
    books = [r for r in _books_of(plan, record.item, records) if r.period.end <= record.period.end]
    return _progress(plan, books, records)


def progress_words(progress: Progress) -> tuple[str, ...]:
    """`2025年到9月底，收入 … 元，占全年预算 … 元的 68%；支出 … 元，占全年预算 … 元的 58%。`"""
    is_whole = progress.month == _WHOLE_YEAR
    until = f"{progress.year}年全年" if is_whole else f"{progress.year}年到{progress.month}月底"
    parts = [words for side in SIDES if (words := _side_words(progress, side))]
    if not parts:
        return ()
    gap = f"缺{_month_words(progress.missing)}的账，没有算在内。" if progress.missing else ""
    return (f"{until}，{'；'.join(parts)}。{gap}",)


def progress_notes(progress: Progress) -> tuple[str, ...]:
    """Subjects of expense beyond their plan, and such as no plan names."""
    planned, actual = progress.planned["expense"], progress.actual["expense"]
    if not planned or NO_SUBJECT in planned:
        return ()
    over = sorted(
        (name for name, whole in planned.items() if actual.get(name, ZERO) > whole),
        key=lambda name: (planned[name] - actual[name], name),
    )
    notes = [
        f"{name}已经超出全年预算：预算 {money(planned[name])} 元，"
        f"到{progress.month}月底支出 {money(actual[name])} 元。"
        for name in over
    ]
    outside = [name for name, amount in actual.items() if amount > 0 and name not in planned]
    if outside:
        named = "、".join(f"{name} {money(actual[name])} 元" for name in outside)
        notes.append(f"预算里没有的支出科目：{named}。")
    return tuple(notes[:_MOST_NOTES])


def progress_charts(progress: Progress) -> tuple[Chart, ...]:
    """For each side the plan by subject, and how much of it is reached."""
    charts: list[Chart] = []
    for side in reversed(SIDES):
        done = _DONE[side]
        planned, actual = progress.planned[side], progress.actual[side]
        wholes = [(n, w) for n, w in planned.items() if w > 0 and actual.get(n, ZERO) >= 0]
        wholes.sort(key=lambda entry: (-entry[1], entry[0]))
        shares = tuple(_share(n, w, actual.get(n, ZERO)) for n, w in wholes)
        if not shares or len(wholes) < len(planned):
            continue
        words = "；".join(
            f"{s.label}预算 {money(s.whole)} 元，{done} {money(s.part)} 元" for s in shares
        )
        gap = f"（缺{_month_words(progress.missing)}的账）" if progress.missing else ""
        description = f"{progress.year}年到{progress.month}月底{gap}：{words}。"
        charts.append(
            ShareChart(
                f"{side}-budget", _TITLES[side], description, "元", ("全年预算", done), shares
            )
        )
    return tuple(charts)


def _share(name: str, whole: Decimal, part: Decimal) -> Share:
    return Share(
        name, whole, part, f"{money(part)}（{money(whole)} 的 {percent_text(part, whole)}）"
    )


def _side_words(progress: Progress, side: Side) -> str:
    whole, part = progress.total(progress.planned, side), progress.total(progress.actual, side)
    if whole <= 0:
        return ""
    if part > whole:
        return f"{SIDE_WORDS[side]} {money(part)} 元，比全年预算多 {money(part - whole)} 元"
    share = percent_text(part, whole)
    return f"{SIDE_WORDS[side]} {money(part)} 元，占全年预算 {money(whole)} 元的 {share}"


def _month_words(months: tuple[int, ...]) -> str:
    """`4月`, `1月至3月、7月`."""
    runs = groupby(enumerate(months), key=lambda entry: entry[1] - entry[0])
    spans = [[month for _, month in run] for _, run in runs]
    return "、".join(
        f"{span[0]}月至{span[-1]}月" if len(span) > 1 else f"{span[0]}月" for span in spans
    )


def _plan_of(record: Record, records: VillageRecords) -> Record | None:
    """The published plan of the year in which a book lies, in the same set of books."""
    plans = {item.id for item in records.shared.catalogue.items if item.actual == record.item}
    return next(
        (
            other
            for other in records.data.records
            if other.item in plans
            and other.account == record.account
            and other.period.kind == "year"
            and other.period.start <= record.period.start
            and record.period.end <= other.period.end
        ),
        None,
    )


def _books_of(plan: Record, item: str, records: VillageRecords) -> list[Record]:
    """The books of a plan's year whose rows are there to be seen, one for each month: where
    periods overlap the shorter one counts."""
    found = [
        r
        for r in records.data.records
        if r.item == item
        and r.account == plan.account
        and plan.period.start <= r.period.start
        and r.period.end <= plan.period.end
        and r.period.kind != "event"
        and not records.publication(r).is_expired
    ]
    found.sort(key=lambda r: (r.period.end - r.period.start, r.period.start))
    kept: list[Record] = []
    for record in found:
        if not any(_months(record) & _months(other) for other in kept):
            kept.append(record)
    return kept


def _months(record: Record) -> set[int]:
    return set(range(record.period.start.month, record.period.end.month + 1))


def _progress(plan: Record, books: list[Record], records: VillageRecords) -> Progress | None:
    shared = records.shared
    covered = {month for record in books for month in _months(record)}
    if not isinstance(plan.content, Table) or plan.content.nothing or not covered:
        return None
    last = max(covered)
    actual: dict[Side, dict[str, Decimal]] = {"income": {}, "expense": {}}
    for record in books:
        book = book_of(record, shared.tables)
        if book is None:
            continue
        for side in SIDES:
            for name, amount in _book_sums(record, book, side, records).items():
                actual[side][name] = actual[side].get(name, ZERO) + amount
    missing = tuple(month for month in range(1, last + 1) if month not in covered)
    planned = _plan_sums(plan, plan.content, records)
    return Progress(plan.period.start.year, last, missing, planned, actual)


def _book_sums(
    record: Record, book: Book, side: Side, records: VillageRecords
) -> dict[str, Decimal]:
    accounts = records.shared.chart_on(record.period.end)
    subject = subject_column(records.shared.tables[book.table.schema])
    return sums_by_subject(book.table.rows, side_column(book, side), subject, accounts)


def _plan_sums(plan: Record, table: Table, records: VillageRecords) -> Sums:
    schema = records.shared.tables[table.schema]
    accounts = records.shared.chart_on(plan.period.end)
    sums: dict[Side, dict[str, Decimal]] = {}
    for side in SIDES:
        field = schema.with_role(side)
        column = field.name if field else ""
        sums[side] = sums_by_subject(table.rows, column, subject_column(schema), accounts)
    return sums
