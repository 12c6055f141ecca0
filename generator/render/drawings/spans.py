"""The geometry of spans of time under each other on one scale of years.

Words stand over each bar; on a broad drawing they stand beside it, which takes a third of the
height.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.render.drawings.chartparts import (
    EDGE,
    LETTER,
    TYPE_SIZE,
    Box,
    Drawing,
    Fill,
    Mark,
    Say,
    centred,
    column,
    room,
    tall,
)
from generator.render.drawings.textwidths import balanced, measure, phrased
from generator.views.charts import Span, SpanChart, State

_BAR = 14.0
_GAP = 17.0
_BROAD = 760.0  # from this width on words stand beside the bars
_LABELS, _TEXTS, _APART = 0.2, 0.33, 12.0  # of such a width; between words and bars
_ROW = 26.0  # from one such bar to the next, at least
_TIP = 7.0  # how far a bar that goes on beyond the scale is pointed
_LEAST = 3.0  # the shortest bar
_YEARS_BACK, _YEARS_ON = 8, 12  # the longest scale, around today
_STEPS = (1, 2, 5, 10, 20)  # years between two ticks
_FILLS: dict[State, Fill] = {"open": "solid", "soon": "hatch", "late": "cross", "done": "outline"}


@dataclass(frozen=True)
class Bar:
    """One span; `before` and `after` say whether it goes on beyond the scale."""

    box: Box
    fill: Fill
    before: bool
    after: bool

    @property
    def corners(self) -> tuple[tuple[float, float], ...]:
        """Around the bar from its upper left, with a tip at each end that is cut."""
        left, right, middle = self.box.left, self.box.right, (self.box.top + self.box.bottom) / 2
        return (
            (left + (_TIP if self.before else 0), self.box.top),
            (right - (_TIP if self.after else 0), self.box.top),
            *(((right, middle),) if self.after else ()),
            (right - (_TIP if self.after else 0), self.box.bottom),
            (left + (_TIP if self.before else 0), self.box.bottom),
            *(((left, middle),) if self.before else ()),
        )


@dataclass(frozen=True)
class SpansDrawing(Drawing):
    """Spans ready to be written."""

    bars: tuple[Bar, ...]
    labels: tuple[Mark, ...]
    texts: tuple[Mark, ...]
    today: Mark | None
    today_x: float
    bands: tuple[tuple[float, float], ...]
    axis_left: float
    axis_right: float
    axis_y: float
    ticks: tuple[float, ...]
    years: tuple[Mark, ...]
    notes: tuple[Mark, ...]


@dataclass(frozen=True)
class _Scale:
    """Whole years from `left` to `right`."""

    first: int
    last: int
    left: float
    right: float
    apart: float  # what the name of a year takes

    def x(self, when: date) -> float:
        """Where a day is, also beyond the scale."""
        start, end = date(self.first, 1, 1), date(self.last, 1, 1)
        share = (when - start).days / (end - start).days
        return self.left + share * (self.right - self.left)

    @property
    def ticks(self) -> tuple[int, ...]:
        """Years whose names have room beside each other."""
        each = (self.right - self.left) / (self.last - self.first)
        step = next((step for step in _STEPS if step * each >= self.apart), _STEPS[-1])
        return tuple(range(self.first, self.last + 1, step))


@dataclass(frozen=True)
class _Row:
    """A span with its words, and where the next begins."""

    bar: Bar
    label: tuple[Mark, ...]
    text: tuple[Mark, ...]
    bottom: float


def spans_drawing(chart: SpanChart, width: float, say: Say) -> SpansDrawing:
    """Today's line crosses the bars only."""
    is_broad = width >= _BROAD
    scale = _scale(chart, width, say, is_broad=is_broad)
    rows: list[_Row] = []
    y = EDGE + (tall(1) + 6 if chart.spans else 0)
    for span in chart.spans:
        words = say("termed", state=span.state, text=span.text)
        rows.append((_beside if is_broad else _over)(span, words, y, width, scale))
        y = rows[-1].bottom
    bars = tuple(row.bar for row in rows)
    notes = _notes(bars, y + (tall(1) + 8 if bars else 0), width, say)
    today_x = scale.x(chart.today)
    return SpansDrawing(
        id=chart.id,
        title=chart.title,
        description=chart.description,
        width=width,
        height=(notes[-1].y + 8) if notes else y + tall(1) + 4,
        bars=bars,
        labels=tuple(mark for row in rows for mark in row.label),
        texts=tuple(mark for row in rows for mark in row.text),
        today=centred(say("today", date=chart.today), today_x, EDGE + LETTER, width)
        if bars
        else None,
        today_x=today_x,
        bands=tuple((bar.box.top - 4, bar.box.bottom + 4) for bar in bars),
        axis_left=scale.left - 1,
        axis_right=scale.right,
        axis_y=y - 4,
        ticks=tuple(scale.x(date(year, 1, 1)) for year in scale.ticks) if bars else (),
        years=tuple(_years(scale, y + LETTER + 5, say)) if bars else (),
        notes=notes,
    )


def _over(span: Span, words: str, y: float, width: float, scale: _Scale) -> _Row:
    """Label and words of a span over its bar."""
    inner = width - 2 * EDGE
    label = balanced(span.label, inner, TYPE_SIZE)
    text = phrased(words, inner, TYPE_SIZE)
    top = y + tall(len(label) + len(text))
    below = column(text, EDGE, y + tall(len(label)))
    return _Row(_bar(span, top + 1, scale), column(label, EDGE, y), below, top + _BAR + _GAP)


def _beside(span: Span, words: str, y: float, width: float, scale: _Scale) -> _Row:
    """Label at the left of a bar, words at its right, their first lines level with it."""
    start = scale.right + _APART
    label = balanced(span.label, scale.left - _APART - EDGE, TYPE_SIZE)
    text = phrased(words, width - EDGE - start, TYPE_SIZE)
    bottom = y + max(tall(max(len(label), len(text))) + 6, _ROW)
    bar = _bar(span, y, scale)
    return _Row(bar, column(label, EDGE, y + 1), column(text, start, y + 1), bottom)


def _scale(chart: SpanChart, width: float, say: Say, *, is_broad: bool) -> _Scale:
    """From the first start to the last end, as far as that is not too far from today."""
    today = chart.today.year
    first = min((min(span.start, span.end).year for span in chart.spans), default=today)
    last = max((max(span.start, span.end).year for span in chart.spans), default=today)
    return _Scale(
        max(min(first, today), today - _YEARS_BACK),
        min(max(last, today), today + _YEARS_ON) + 1,
        width * _LABELS if is_broad else EDGE + 1,
        width * (1 - _TEXTS) if is_broad else width - EDGE - 1,
        measure(say("year", year=2000), TYPE_SIZE) + 12,
    )


def _bar(span: Span, top: float, scale: _Scale) -> Bar:
    start, end = scale.x(min(span.start, span.end)), scale.x(max(span.start, span.end))
    before, after = start < scale.left - 1, end > scale.right
    least = _TIP * (before + after) + _LEAST
    left = max(scale.left, min(start, scale.right - least))
    right = min(scale.right, max(end, left + least))
    return Bar(Box(left, top, right, top + _BAR), _FILLS[span.state], before, after)


def _years(scale: _Scale, y: float, say: Say) -> Iterator[Mark]:
    """Years below their first days, as far as they have room."""
    for year in scale.ticks:
        mark = Mark(scale.x(date(year, 1, 1)), y, say("year", year=year))
        if room(mark).right <= scale.right + 1:
            yield mark


def _notes(bars: tuple[Bar, ...], top: float, width: float, say: Say) -> tuple[Mark, ...]:
    if not bars:
        return column((say("no_data"),), EDGE, top)
    beyond = any(bar.before or bar.after for bar in bars)
    lines = balanced(say("beyond_scale"), width - 2 * EDGE, TYPE_SIZE) if beyond else ()
    return column(lines, EDGE, top)
