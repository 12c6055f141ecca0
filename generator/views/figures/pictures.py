"""Decides which pictures a table has: a ledger's own, and those that its item's `charts` ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from generator.model.books import Book
from generator.model.catalogue import ChartSpec, Item
from generator.model.period import Period
from generator.model.phrases import Phrases
from generator.model.sentences import parse_place
from generator.model.village import Record, Row
from generator.publishing.text import amount as amount_text
from generator.publishing.text import cell_text, money
from generator.views.charts import BarChart, Chart, LineChart, Pair, PairChart, Point
from generator.views.figures.books import SIDES, History, Side, by_subject
from generator.views.figures.measures import Figures, figures_of, number_of, only
from generator.views.linking import VillageRecords
from generator.views.said import say

# How many periods are drawn beside each other.
_MOST_PERIODS: Mapping[str, int] = {"month": 12, "quarter": 8, "half": 6, "year": 5}
_MOST_CHARTS = 4
_MOST_BARS = 8
_LEAST = {"bars": 2, "line": 3, "pairs": 2}


def book_charts(record: Record, history: History, records: VillageRecords) -> tuple[Chart, ...]:
    """Expense and income by subject, both over the last periods, and the balance."""
    by_side = (_by_subject(record, side, records) for side in reversed(SIDES))
    flow, balance = _flow(record, records), _balance(history, records.shared.phrases)
    return tuple(chart for chart in (*by_side, flow, balance) if chart is not None)


def table_charts(record: Record, item: Item, records: VillageRecords) -> tuple[Chart, ...]:
    """The item's charts that this record has the numbers for.

    Rows that came down are drawn in no picture. While they are shown, a picture of persons has
    no bar of fewer households than may be counted, since pictures are kept.
    """
    part = figures_of(record, records)
    if part is None or part.table.nothing or part.groups.hides_rows:
        return ()
    found: list[Chart | None] = []
    for spec in item.charts:
        if spec.kind == "bars":
            found.append(_bars(spec, part, record.period, item, records.shared.phrases))
        elif spec.kind == "line":
            found.append(_line(spec, record, records))
        else:
            found.append(_pairs(spec, record, records))
    return tuple(chart for chart in found if chart is not None)[:_MOST_CHARTS]


def _by_subject(record: Record, side: Side, records: VillageRecords) -> BarChart | None:
    phrases = records.shared.phrases
    bars: list[Point] = []
    taken: list[Point] = []
    for name, amount in by_subject(record, side, records).items():
        label = name or say(phrases, "books", "no_subject")
        (bars if amount > 0 else taken).append(Point(label, amount, money(amount)))
    if not bars:
        return None
    bars.sort(key=lambda point: (-point.value, point.label))
    facts = {"side": side, "period": record.period, "bars": bars}
    description = say(phrases, "charts", "by_subject", **facts, taken=[p for p in taken if p.value])
    title = say(phrases, "charts", "by_subject_title", side=side)
    return BarChart(f"{side}-by-subject", title, description, "元", tuple(bars))


def _balance(history: History, phrases: Phrases) -> LineChart | None:
    points = tuple(
        Point(_axis(record.period, phrases), book.closing, money(book.closing))
        for record, book in history
        if book.closing is not None
    )
    if len(points) < _LEAST["line"]:
        return None
    title = say(phrases, "charts", "balance_title")
    return LineChart(
        "balance", title, say(phrases, "charts", "balance", points=points), "元", points
    )


def _flow(record: Record, records: VillageRecords) -> PairChart | None:
    """Income and expense of the periods up to this one; what is missing between them shows."""
    series = records.series_of(record).of_kind(record.period.kind)
    found = ((each, records.book(other)) for each, other in series.items())
    books = {period: book for period, book in found if book is not None}
    wanted: list[Period] = []
    at: Period | None = record.period
    while at is not None and len(wanted) < _MOST_PERIODS.get(record.period.kind, 0):
        wanted.insert(0, at)
        at = at.before
    while wanted and wanted[0] not in books:
        wanted.pop(0)
    phrases = records.shared.phrases
    pairs = tuple(_flow_pair(each, books.get(each), phrases) for each in wanted)
    values = [value for pair in pairs for value in pair.values if value is not None]
    is_drawable = any(values) and all(value >= 0 for value in values)
    if not is_drawable or sum(each in books for each in wanted) < _LEAST["pairs"]:
        return None
    title = say(phrases, "charts", "flow_title", period=record.period)
    income, expense = (say(phrases, "books", "side", side=side) for side in SIDES)
    description = say(phrases, "charts", "flow", pairs=pairs)
    return PairChart("income-expense", title, description, "元", (income, expense), pairs)


def _flow_pair(period: Period, book: Book | None, phrases: Phrases) -> Pair:
    label = _axis(period, phrases)
    if book is None:
        missing = say(phrases, "charts", "not_public")
        return Pair(label, (None, None), (missing, missing))
    amounts = (book.total_income, book.total_expense)
    return Pair(label, amounts, (money(amounts[0]), money(amounts[1])))


def _bars(
    spec: ChartSpec, part: Figures, period: Period, item: Item, phrases: Phrases
) -> BarChart | None:
    """A bar for each entry of a column, largest first; the smallest of many are one bar."""
    field = part.schema.find(spec.by)
    if field is None:
        return None
    unsaid = say(phrases, "charts", "unsaid")
    rows: dict[str, list[Row]] = {}
    for row in part.table.rows:
        rows.setdefault(cell_text(row.values.get(spec.by), field) or unsaid, []).append(row)
    if item.personal and any(part.groups.too_few(some) for some in rows.values()):
        return None
    values = {name: _value(spec, only(tuple(some), part)) for name, some in rows.items()}
    known = [(name, value) for name, value in values.items() if value]
    if len(known) < _LEAST[spec.kind] or any(value < 0 for _, value in known):
        return None
    known.sort(key=lambda entry: (-entry[1], entry[0]))
    rest = known[_MOST_BARS - 1 :]
    if len(rest) > 1:
        others = say(phrases, "charts", "rest", count=len(rest))
        total = sum((value for _, value in rest), Decimal(0))
        known = [*known[: _MOST_BARS - 1], (others, total)]
    bars = tuple(Point(name, value, amount_text(value, spec.unit)) for name, value in known)
    facts = {"title": spec.title, "period": period, "bars": bars, "unit": spec.unit}
    return BarChart(spec.id, spec.title, say(phrases, "charts", "bars", **facts), spec.unit, bars)


def _line(spec: ChartSpec, record: Record, records: VillageRecords) -> LineChart | None:
    phrases, found = records.shared.phrases, []
    for period, part in _history(record, records):
        value = _value(spec, part)
        if value is None:
            break
        found.append(Point(_axis(period, phrases), value, amount_text(value, spec.unit)))
    if len(found) < _LEAST[spec.kind]:
        return None
    points = tuple(reversed(found))
    facts = {"title": spec.title, "points": points, "unit": spec.unit}
    return LineChart(
        spec.id, spec.title, say(phrases, "charts", "line", **facts), spec.unit, points
    )


def _pairs(spec: ChartSpec, record: Record, records: VillageRecords) -> PairChart | None:
    phrases, found = records.shared.phrases, []
    for period, part in _history(record, records):
        one, other = _value(spec, part), number_of(parse_place(spec.second), part)
        if one is None or other is None or min(one, other) < 0:
            break
        texts = (amount_text(one, spec.unit), amount_text(other, spec.unit))
        found.append(Pair(_axis(period, phrases), (one, other), texts))
    if len(found) < _LEAST[spec.kind]:
        return None
    pairs, names = tuple(reversed(found)), (spec.names[0], spec.names[1])
    facts = {"title": spec.title, "pairs": pairs, "unit": spec.unit, "names": names}
    description = say(phrases, "charts", "pairs", **facts)
    return PairChart(spec.id, spec.title, description, spec.unit, names, pairs)


def _history(record: Record, records: VillageRecords) -> Iterator[tuple[Period, Figures]]:
    """The last periods up to a record's, newest first."""
    most = _MOST_PERIODS.get(record.period.kind, 1)
    for each in reversed(records.series_of(record).history(record, most)):
        part = figures_of(each, records)
        if part is not None:
            yield each.period, part


def _axis(period: Period, phrases: Phrases) -> str:
    return say(phrases, "periods", "axis", period=period)


def _value(spec: ChartSpec, part: Figures) -> Decimal | None:
    return number_of(parse_place(spec.value), part)
