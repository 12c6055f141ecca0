"""Pictures of a table as its item's `charts` say: by the entries of a column, or over time."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from generator.model.catalogue import ChartSpec, Item
from generator.model.sentences import parse_place
from generator.model.village import Record, Row
from generator.views.charts import BarChart, Chart, LineChart, Pair, PairChart, Point
from generator.views.figures.bookcharts import MOST_PERIODS, axis_label
from generator.views.figures.comparison import history_of
from generator.views.figures.measures import Told, amount_text, number_of, only, told
from generator.views.linking import VillageRecords
from generator.views.text import cell_text

_MOST_CHARTS = 4
_MOST_BARS = 8
_LEAST = {"bars": 2, "line": 3, "pairs": 2}
_UNSAID = "没有写"


def table_charts(record: Record, item: Item, records: VillageRecords) -> tuple[Chart, ...]:
    """The item's charts that this record has the numbers for.

    Rows that came down are drawn in no picture. While they are shown, a picture of persons has
    no bar of fewer households than may be told in numbers, since pictures are kept.
    """
    part = told(record, records)
    if part is None or part.table.nothing or part.groups.hides_rows:
        return ()
    found: list[Chart | None] = []
    for spec in item.charts:
        if spec.kind == "bars":
            found.append(_bars(spec, part, record.period.title, is_personal=item.personal))
        elif spec.kind == "line":
            found.append(_line(spec, _history(record, records)))
        else:
            found.append(_pairs(spec, _history(record, records)))
    return tuple(chart for chart in found if chart is not None)[:_MOST_CHARTS]


def _bars(spec: ChartSpec, part: Told, period: str, *, is_personal: bool) -> BarChart | None:
    """A bar for each entry of a column, largest first; the smallest of many are one bar."""
    field = part.schema.find(spec.by)
    if field is None:
        return None
    rows: dict[str, list[Row]] = {}
    for row in part.table.rows:
        rows.setdefault(cell_text(row.values.get(spec.by), field) or _UNSAID, []).append(row)
    if is_personal and any(part.groups.too_few(some) for some in rows.values()):
        return None
    values = {name: _value(spec, only(tuple(some), part)) for name, some in rows.items()}
    known = [(name, value) for name, value in values.items() if value]
    if len(known) < _LEAST[spec.kind] or any(value < 0 for _, value in known):
        return None
    known.sort(key=lambda entry: (-entry[1], entry[0]))
    rest = known[_MOST_BARS - 1 :]
    if len(rest) > 1:
        others = (f"其余 {len(rest)} 个", sum((value for _, value in rest), Decimal(0)))
        known = [*known[: _MOST_BARS - 1], others]
    bars = tuple(Point(name, value, amount_text(value, spec.unit)) for name, value in known)
    words = _joined(f"{bar.label} {bar.text} {spec.unit}" for bar in bars)
    return BarChart(spec.id, spec.title, f"{period}{spec.title}：{words}。", spec.unit, bars)


def _line(spec: ChartSpec, history: tuple[tuple[Record, Told], ...]) -> LineChart | None:
    points: list[Point] = []
    for record, part in reversed(history):
        value = _value(spec, part)
        if value is None:
            break
        text = amount_text(value, spec.unit)
        points.insert(0, Point(axis_label(record.period), value, text))
    if len(points) < _LEAST[spec.kind]:
        return None
    words = _joined(f"{point.label} {point.text} {spec.unit}" for point in points)
    return LineChart(spec.id, spec.title, f"{spec.title}：{words}。", spec.unit, tuple(points))


def _pairs(spec: ChartSpec, history: tuple[tuple[Record, Told], ...]) -> PairChart | None:
    pairs: list[Pair] = []
    for record, part in reversed(history):
        values = (_value(spec, part), number_of(parse_place(spec.second), part))
        if values[0] is None or values[1] is None or min(values[0], values[1]) < 0:
            break
        texts = (amount_text(values[0], spec.unit), amount_text(values[1], spec.unit))
        pairs.insert(0, Pair(axis_label(record.period), values, texts))
    if len(pairs) < _LEAST[spec.kind]:
        return None
    one, other = spec.names
    words = "；".join(
        f"{p.label}{one} {p.texts[0]} {spec.unit}，{other} {p.texts[1]} {spec.unit}" for p in pairs
    )
    names = (one, other)
    return PairChart(
        spec.id, spec.title, f"{spec.title}：{words}。", spec.unit, names, tuple(pairs)
    )


def _history(record: Record, records: VillageRecords) -> tuple[tuple[Record, Told], ...]:
    found = history_of(record, records, MOST_PERIODS.get(record.period.kind, 1))
    parts = ((each, told(each, records)) for each in found)
    return tuple((each, part) for each, part in parts if part is not None)


def _value(spec: ChartSpec, part: Told) -> Decimal | None:
    return number_of(parse_place(spec.value), part)


def _joined(parts: Iterable[str]) -> str:
    return "，".join(parts)
