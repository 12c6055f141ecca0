"""The geometry of bars from a zero axis: one for each label, or two beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from generator.render.drawings.chartparts import (
    EDGE,
    LINE,
    MIDDLE,
    TYPE_SIZE,
    Axis,
    Box,
    Fill,
    Legend,
    Mark,
    RowsDrawing,
    Say,
    Series,
    column,
    legend,
    note,
    tall,
)
from generator.render.drawings.textwidths import balanced, measure, shorten, wrap
from generator.views.charts import BarChart, Pair, PairChart, Point

_LABEL_SHARE = 0.28  # of the width, at most: about six characters on a phone
_LEAST = 56.0  # bars that have less room than this say nothing
_BESIDE = 6.0  # from the end of a bar to its value
_PAIR_FILLS: tuple[Fill, Fill] = ("solid", "hatch")


@dataclass(frozen=True)
class _Bar:
    value: Decimal | None
    text: str


@dataclass(frozen=True)
class _Row:
    label: str
    bars: tuple[_Bar, ...]


@dataclass(frozen=True)
class _Form:
    """How rows are laid out. Labels stand before the bars or above them; values at the ends of
    the bars, or above them too where they are very long."""

    width: float
    left: float
    longest: float
    bar: float
    pitch: float
    gap: float
    has_labels_above: bool
    has_values_above: bool


@dataclass(frozen=True)
class _Placed:
    bars: tuple[Box, ...]
    label: tuple[Mark, ...]
    values: tuple[Mark, ...]
    bottom: float


def bar_drawing(chart: BarChart, width: float, say: Say) -> RowsDrawing:
    """Horizontal bars: label on the left, value at the end."""
    rows = tuple(_Row(bar.label, (_bar(bar),)) for bar in chart.bars)
    form = _form(rows, width, bar=18.0, pitch=18.0, gap=14.0)
    return _drawing(chart, rows, form, ("hatch",), legend((), width), say)


def pair_drawing(chart: PairChart, width: float, say: Say) -> RowsDrawing:
    """Two bars of each label, the first solid and the second hatched."""
    rows = tuple(_Row(pair.label, _two(pair)) for pair in chart.pairs)
    form = _form(rows, width, bar=15.0, pitch=18.0, gap=13.0)
    entries = tuple(zip(_PAIR_FILLS, chart.names, strict=True)) if rows else ()
    return _drawing(chart, rows, form, _PAIR_FILLS, legend(entries, width), say)


def _bar(point: Point) -> _Bar:
    return _Bar(point.value, point.text)


def _two(pair: Pair) -> tuple[_Bar, ...]:
    values = zip(pair.values, pair.texts, strict=True)
    return tuple(_Bar(value, text) for value, text in values)


def _form(rows: tuple[_Row, ...], width: float, *, bar: float, pitch: float, gap: float) -> _Form:
    """Labels before the bars where that leaves them room, else above them."""
    before = 10 + max(
        (measure(line, TYPE_SIZE) for r in rows for line in _before(r, width)), default=0
    )
    values = max((measure(b.text, TYPE_SIZE) for r in rows for b in r.bars), default=0)
    values += _BESIDE + 2 + EDGE
    above = EDGE + 1
    if width - before - values >= _LEAST:
        return _Form(width, before, width - before - values, bar, pitch, gap, False, False)
    if width - above - values >= _LEAST:
        return _Form(width, above, width - above - values, bar, pitch, gap, True, False)
    return _Form(width, above, width - above - EDGE, bar, pitch, gap, True, True)


def _before(row: _Row, width: float) -> tuple[str, ...]:
    """At most two lines; what does not fit stands in the table beside the chart."""
    lines = balanced(row.label, width * _LABEL_SHARE, TYPE_SIZE)
    if len(lines) <= 2:
        return lines
    return lines[0], shorten("".join(lines[1:]), width * _LABEL_SHARE, TYPE_SIZE)


def _drawing(
    chart: BarChart | PairChart,
    rows: tuple[_Row, ...],
    form: _Form,
    fills: tuple[Fill, ...],
    key: Legend,
    say: Say,
) -> RowsDrawing:
    largest = max(
        (b.value for r in rows for b in r.bars if b.value is not None), default=Decimal(0)
    )
    place = _above if form.has_labels_above else _beside
    placed: list[_Placed] = []
    bottom = top = key.bottom
    for row in rows:
        placed.append(place(row, bottom, form, largest))
        bottom = placed[-1].bottom
    bottom = max(bottom, top + 32)
    return RowsDrawing(
        id=chart.id,
        title=chart.title,
        description=chart.description,
        width=form.width,
        height=bottom + 26,
        series=tuple(
            Series(fill, tuple(row.bars[n] for row in placed if row.bars[n].width > 0))
            for n, fill in enumerate(fills)
        ),
        axes=_axes(tuple(placed), form, top, bottom),
        labels=tuple(mark for row in placed for mark in row.label),
        values=tuple(mark for row in placed for mark in row.values),
        ends=(),
        legend=key,
        note=note(form.left, bottom + 20, chart.unit, say, has_data=bool(rows)),
    )


def _axes(placed: tuple[_Placed, ...], form: _Form, top: float, bottom: float) -> tuple[Axis, ...]:
    """One axis; only beside the bars where labels and values stand between them."""
    if not form.has_labels_above:
        return (Axis(form.left, top, bottom),)
    return tuple(Axis(form.left, bar.top - 2, bar.bottom + 2) for row in placed for bar in row.bars)


def _beside(row: _Row, top: float, form: _Form, largest: Decimal) -> _Placed:
    """Label before the bars, all in the middle of the row."""
    lines = _before(row, form.width)
    block = form.pitch * (len(row.bars) - 1) + form.bar
    high = max(block, (len(lines) - 1) * LINE + TYPE_SIZE) + form.gap
    middle = top + high / 2
    first = middle - (len(lines) - 1) * LINE / 2 + MIDDLE
    bars = _boxes(row, middle - block / 2, form, largest)
    return _Placed(
        bars=bars,
        label=tuple(
            Mark(form.left - 8 - measure(line, TYPE_SIZE), first + n * LINE, line)
            for n, line in enumerate(lines)
        ),
        values=_values(row, bars),
        bottom=top + high,
    )


def _above(row: _Row, top: float, form: _Form, largest: Decimal) -> _Placed:
    """Label over the bars, as long as it may be."""
    inner = form.width - 2 * EDGE
    lines = wrap(row.label, inner, TYPE_SIZE)
    label = column(lines, EDGE, top)
    y = top + tall(len(lines))
    if not form.has_values_above:
        bars = _boxes(row, y, form, largest)
        return _Placed(bars, label, _values(row, bars), bars[-1].bottom + form.gap)
    boxes: list[Box] = []
    values: list[Mark] = []
    for bar in row.bars:
        words = wrap(bar.text, inner, TYPE_SIZE)
        values += column(words, EDGE, y)
        y += tall(len(words))
        boxes.append(_box(bar, y, form, largest))
        y = boxes[-1].bottom + form.pitch - form.bar + 2
    return _Placed(tuple(boxes), label, tuple(values), boxes[-1].bottom + form.gap)


def _boxes(row: _Row, top: float, form: _Form, largest: Decimal) -> tuple[Box, ...]:
    return tuple(_box(bar, top + n * form.pitch, form, largest) for n, bar in enumerate(row.bars))


def _box(bar: _Bar, top: float, form: _Form, largest: Decimal) -> Box:
    """Values below zero have no bar; their numbers say what they are."""
    value = max(bar.value or Decimal(0), Decimal(0))
    length = float(value / largest) * form.longest if largest > 0 else 0.0
    return Box(form.left, top, form.left + length, top + form.bar)


def _values(row: _Row, boxes: tuple[Box, ...]) -> tuple[Mark, ...]:
    return tuple(
        Mark(box.right + _BESIDE, (box.top + box.bottom) / 2 + MIDDLE, bar.text)
        for bar, box in zip(row.bars, boxes, strict=True)
        if bar.text
    )
