"""Compares a year's plan with the books of the same set so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from generator.model.books import ZERO
from generator.model.catalogue import Item
from generator.model.phrases import Phrases
from generator.model.village import Record, Table
from generator.views.charts import Chart, Share, ShareChart
from generator.views.figures.books import NO_SUBJECT, SIDES, Side, by_subject
from generator.views.figures.shares import percent_text
from generator.views.linking import VillageRecords
from generator.views.said import say
from generator.views.series import Series

_WHOLE_YEAR = 12
_MOST_NOTES = 3

Sums = Mapping[Side, Mapping[str, Decimal]]


@dataclass(frozen=True)
class Progress:
    """A plan and its execution: sums by side and subject, up to the end of a month. `missing` are
    the months before it whose books are not published, in runs."""

    year: int
    month: int
    missing: tuple[tuple[int, ...], ...]
    planned: Sums
    actual: Sums

    @property
    def is_whole(self) -> bool:
        """Whether it covers the whole year."""
        return self.month == _WHOLE_YEAR


@dataclass(frozen=True)
class SideProgress:
    """One side as a whole: planned, actual, and the share in per cent."""

    side: Side
    whole: Decimal
    part: Decimal
    share: str


def plan_progress(record: Record, item: Item, records: VillageRecords) -> Progress | None:
    """The execution of a plan by all books of its year."""
    if not item.actual:
        return None
    return _progress(record, _books_of(record, item.actual, records), records)


def book_progress(record: Record, records: VillageRecords) -> Progress | None:
    """The plan of a book's year, and its execution up to this book."""
    plan = _plan_of(record, records)
    if plan is None:
        return None
    books = [r for r in _books_of(plan, record.item, records) if r.period.end <= record.period.end]
    return _progress(plan, books, records)


def progress_words(progress: Progress, phrases: Phrases) -> tuple[str, ...]:
    """`2025年到9月底，收入 … 元，占全年预算 … 元的 68%；支出 … 元，占全年预算 … 元的 58%。`"""
    sides = []
    for side in SIDES:
        sums = progress.planned[side], progress.actual[side]
        whole, part = (sum(amounts.values(), ZERO) for amounts in sums)
        if whole > 0:
            sides.append(SideProgress(side, whole, part, percent_text(part, whole)))
    return (say(phrases, "budgets", "sentence", progress=progress, sides=sides),) if sides else ()


def progress_notes(progress: Progress, phrases: Phrases) -> tuple[str, ...]:
    """Subjects of expense beyond their plan, and those that no plan names."""
    planned, actual = progress.planned["expense"], progress.actual["expense"]
    if not planned or NO_SUBJECT in planned:
        return ()
    over = sorted(
        (name for name, whole in planned.items() if actual.get(name, ZERO) > whole),
        key=lambda name: (planned[name] - actual[name], name),
    )
    notes = []
    for name in over:
        facts = {"name": name, "planned": planned[name], "actual": actual[name]}
        notes.append(say(phrases, "budgets", "over", progress=progress, **facts))
    outside = [
        (name or say(phrases, "books", "no_subject"), amount)
        for name, amount in actual.items()
        if amount > 0 and name not in planned
    ]
    if outside:
        notes.append(say(phrases, "budgets", "outside", outside=outside))
    return tuple(notes[:_MOST_NOTES])


def progress_charts(progress: Progress, phrases: Phrases) -> tuple[Chart, ...]:
    """For each side the plan by subject, and how much of it is reached."""
    found = (_chart(progress, side, phrases) for side in reversed(SIDES))
    return tuple(chart for chart in found if chart is not None)


def _chart(progress: Progress, side: Side, phrases: Phrases) -> ShareChart | None:
    planned, actual = progress.planned[side], progress.actual[side]
    wholes = [(n, w) for n, w in planned.items() if w > 0 and actual.get(n, ZERO) >= 0]
    if not wholes or len(wholes) < len(planned):
        return None
    shares = []
    for name, whole in sorted(wholes, key=lambda entry: (-entry[1], entry[0])):
        part = actual.get(name, ZERO)
        facts = {"part": part, "whole": whole, "share": percent_text(part, whole)}
        label = name or say(phrases, "books", "no_subject")
        shares.append(Share(label, whole, part, say(phrases, "budgets", "share", **facts)))
    facts = {"progress": progress, "side": side, "shares": shares}
    return ShareChart(
        f"{side}-budget",
        say(phrases, "budgets", "title", side=side),
        say(phrases, "budgets", "description", **facts),
        "元",
        (say(phrases, "budgets", "planned"), say(phrases, "budgets", "done", side=side)),
        tuple(shares),
    )


def _plan_of(record: Record, records: VillageRecords) -> Record | None:
    """The published plan of the year in which a book lies, in the same set of books."""
    plans = (item.id for item in records.shared.catalogue.items if item.actual == record.item)
    series = (records.series.get((plan, record.account), Series()) for plan in plans)
    found = (plan for each in series for plan in each.covering(record.period))
    return next((plan for plan in found if plan.period.kind == "year"), None)


def _books_of(plan: Record, item: str, records: VillageRecords) -> list[Record]:
    """The books of a plan's year whose rows are there to be seen, one for each month: where
    periods overlap the shorter one counts."""
    found = [
        record
        for record in records.series.get((item, plan.account), Series()).within(plan.period)
        if record.period.kind != "event" and not records.publication(record).is_expired
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
    covered = {month for record in books for month in _months(record)}
    if not isinstance(plan.content, Table) or plan.content.nothing or not covered:
        return None
    actual: dict[Side, dict[str, Decimal]] = {"income": {}, "expense": {}}
    for side in SIDES:
        for record in books:
            for name, amount in by_subject(record, side, records).items():
                actual[side][name] = actual[side].get(name, ZERO) + amount
    planned = {side: by_subject(plan, side, records) for side in SIDES}
    last = max(covered)
    missing = _runs([month for month in range(1, last + 1) if month not in covered])
    return Progress(plan.period.start.year, last, missing, planned, actual)


def _runs(months: list[int]) -> tuple[tuple[int, ...], ...]:
    """Months in runs without a gap: `(1, 2, 3), (7,)`."""
    runs = groupby(enumerate(months), key=lambda entry: entry[1] - entry[0])
    return tuple(tuple(month for _, month in run) for _, run in runs)
