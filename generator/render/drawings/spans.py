"""The geometry of spans of time under each other on one scale of years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.render.drawings.marks import (
    EDGE,
    LETTER,
    NO_DATA,
    TYPE_SIZE,
    Box,
    Drawing,
    Fill,
    Mark,
    centred,
    column,
    room,
    tall,
)
from generator.render.drawings.text import balanced, measure, phrased
from generator.views.charts import Span, SpanChart, State
from generator.views.text import day

_BAR = 14.0
_GAP = 17.0
_TIP = 7.0  # how far a bar that goes on beyond the scale is pointed
_LEAST = 3.0  # the shortest bar
_YEARS_BACK, _YEARS_ON = 8, 12  # the longest scale, around today
_STEPS = (1, 2, 5, 10, 20)  # years between two ticks
_BEYOND = "尖头：比图上画的更早或更晚"
_FILLS: dict[State, Fill] = {"open": "solid", "soon": "hatch", "late": "cross", "done": "outline"}
_WORDS: dict[State, str] = {
    "open": "期限内",
    "soon": "快到期",
    "late": "已逾期",
    "done": "已到期",
}


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
    """Whole years across the width."""

    first: int
    last: int
    width: float

    @property
    def right(self) -> float:
        return self.width - EDGE - 1

    def x(self, when: date) -> float:
        """Where a day is, also beyond the scale."""
        start, end = date(self.first, 1, 1), date(self.last, 1, 1)
        share = (when - start).days / (end - start).days
        return EDGE + 1 + share * (self.right - EDGE - 1)

    @property
    def ticks(self) -> tuple[int, ...]:
        """Years whose names have room beside each other."""
        each = (self.right - EDGE) / (self.last - self.first)
        apart = measure("2000年", TYPE_SIZE) + 12
        step = next((step for step in _STEPS if step * each >= apart), _STEPS[-1])
        return tuple(range(self.first, self.last + 1, step))


def spans_drawing(chart: SpanChart, width: float) -> SpansDrawing:
    """Label and words of each span over its bar; today's line crosses the bars only."""
    scale = _scale(chart, width)
    bars: list[Bar] = []
    labels: list[Mark] = []
    texts: list[Mark] = []
    y = EDGE + (tall(1) + 6 if chart.spans else 0)
    for span in chart.spans:
        label, text = _lines(span, width)
        labels += column(label, EDGE, y)
        texts += column(text, EDGE, y + tall(len(label)))
        y += tall(len(label) + len(text))
        bars.append(_bar(span, y + 1, scale))
        y += _BAR + _GAP
    notes = _notes(bars, chart, y + (tall(1) + 8 if bars else 0), width)
    today_x = scale.x(chart.today)
    return SpansDrawing(
        id=chart.id,
        title=chart.title,
        description=chart.description,
        width=width,
        height=(notes[-1].y + 8) if notes else y + tall(1) + 4,
        bars=tuple(bars),
        labels=tuple(labels),
        texts=tuple(texts),
        today=centred(f"粗线：{day(chart.today)}", today_x, EDGE + LETTER, width) if bars else None,
        today_x=today_x,
        bands=tuple((bar.box.top - 4, bar.box.bottom + 4) for bar in bars),
        axis_left=EDGE,
        axis_right=scale.right,
        axis_y=y - 4,
        ticks=tuple(scale.x(date(year, 1, 1)) for year in scale.ticks) if bars else (),
        years=tuple(_years(scale, y + LETTER + 5)) if bars else (),
        notes=notes,
    )


def _scale(chart: SpanChart, width: float) -> _Scale:
    """From the first start to the last end, as far as that is not too far from today."""
    today = chart.today.year
    first = min((min(span.start, span.end).year for span in chart.spans), default=today)
    last = max((max(span.start, span.end).year for span in chart.spans), default=today)
    return _Scale(
        max(min(first, today), today - _YEARS_BACK),
        min(max(last, today), today + _YEARS_ON) + 1,
        width,
    )


def _lines(span: Span, width: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Label, and below it state and words; the state once only."""
    word, inner = _WORDS[span.state], width - 2 * EDGE
    text = span.text if word in span.text else f"{word}：{span.text}" if span.text else word
    return balanced(span.label, inner, TYPE_SIZE), phrased(text, inner, TYPE_SIZE)


def _bar(span: Span, top: float, scale: _Scale) -> Bar:
    start, end = scale.x(min(span.start, span.end)), scale.x(max(span.start, span.end))
    before, after = start < EDGE, end > scale.right
    least = _TIP * (before + after) + _LEAST
    left = max(EDGE + 1, min(start, scale.right - least))
    right = min(scale.right, max(end, left + least))
    return Bar(Box(left, top, right, top + _BAR), _FILLS[span.state], before, after)


def _years(scale: _Scale, y: float) -> Iterator[Mark]:
    """Years below their first days, as far as they have room."""
    for year in scale.ticks:
        mark = Mark(scale.x(date(year, 1, 1)), y, f"{year}年")
        if room(mark).right <= scale.right + 1:
            yield mark


def _notes(bars: list[Bar], chart: SpanChart, top: float, width: float) -> tuple[Mark, ...]:
    if not bars:
        return column((NO_DATA,), EDGE, top)
    beyond = any(bar.before or bar.after for bar in bars)
    return column(balanced(_BEYOND, width - 2 * EDGE, TYPE_SIZE) if beyond else (), EDGE, top)
