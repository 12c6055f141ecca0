"""The geometry of bar and line charts. Templates write it down; they do not compute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from generator.render.drawings.text import balanced, measure, shorten
from generator.views.charts import BarChart, LineChart, Point

TYPE_SIZE = 15.0
_LINE = 19.0  # from one line of a label to the next
_EDGE = 4.0  # nothing is nearer to the edge of the drawing
_NO_DATA = "没有可画的数字"


@dataclass(frozen=True)
class Mark:
    """A line of text; `x`, `y` are its start on the baseline."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Bar:
    """One bar with its label's lines and its value."""

    x: float
    y: float
    width: float
    height: float
    label: tuple[Mark, ...]
    value: Mark


@dataclass(frozen=True)
class BarDrawing:
    """A bar chart ready to be written."""

    id: str
    title: str
    description: str
    width: float
    height: float
    bars: tuple[Bar, ...]
    axis_x: float
    axis_top: float
    axis_bottom: float
    note: Mark


@dataclass(frozen=True)
class Box:
    """The room that something takes: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether two boxes share any room."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True)
class Dot:
    """A marked point of a line."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class LineDrawing:
    """A line chart ready to be written."""

    id: str
    title: str
    description: str
    width: float
    height: float
    points: tuple[tuple[float, float], ...]
    dots: tuple[Dot, ...]
    values: tuple[Mark, ...]
    times: tuple[Mark, ...]
    zero: Mark
    axis_left: float
    axis_right: float
    axis_y: float
    note: Mark


# ------------------------------------------------------------------------------------- bars

_BAR = 18.0
_ROW_GAP = 14.0
_LABEL_SHARE = 0.28  # of the width, at most: about six characters on a phone


def bar_drawing(chart: BarChart, width: float) -> BarDrawing:
    """Horizontal bars from a zero axis: label on the left, value at the end."""
    labels = [_label_lines(bar.label, width * _LABEL_SHARE) for bar in chart.bars]
    lines = max((len(label) for label in labels), default=1)
    row = max(_BAR, (lines - 1) * _LINE + TYPE_SIZE) + _ROW_GAP
    left = 10 + max((measure(line, TYPE_SIZE) for label in labels for line in label), default=0)
    value_room = max((measure(bar.text, TYPE_SIZE) for bar in chart.bars), default=0) + 8
    longest = max(width - left - value_room - _EDGE, 20.0)
    largest = max((bar.value for bar in chart.bars), default=Decimal(0))
    bottom = _EDGE + row * max(len(chart.bars), 1)
    bars = tuple(
        _bar(bar, label, left, _EDGE + row * place, row, _scaled(bar.value, largest, longest))
        for place, (bar, label) in enumerate(zip(chart.bars, labels, strict=True))
    )
    return BarDrawing(
        id=chart.id,
        title=chart.title,
        description=chart.description,
        width=width,
        height=bottom + 26,
        bars=bars,
        axis_x=left,
        axis_top=_EDGE,
        axis_bottom=bottom,
        note=_note(left, bottom + 20, chart.unit, bool(chart.bars)),
    )


def _bar(
    bar: Point, lines: tuple[str, ...], left: float, top: float, row: float, length: float
) -> Bar:
    middle = top + row / 2
    first = middle - (len(lines) - 1) * _LINE / 2 + TYPE_SIZE * 0.36
    return Bar(
        x=left,
        y=middle - _BAR / 2,
        width=length,
        height=_BAR,
        label=tuple(
            Mark(left - 8 - measure(line, TYPE_SIZE), first + place * _LINE, line)
            for place, line in enumerate(lines)
        ),
        value=Mark(left + length + 6, middle + TYPE_SIZE * 0.36, bar.text),
    )


def _label_lines(label: str, width: float) -> tuple[str, ...]:
    """At most two lines; what does not fit stands in the table beside the chart."""
    lines = balanced(label, width, TYPE_SIZE)
    if len(lines) <= 2:
        return lines
    full = balanced(label, width + 0.1, TYPE_SIZE)
    return full[0], shorten("".join(full[1:]), width, TYPE_SIZE)


def _scaled(value: Decimal, largest: Decimal, longest: float) -> float:
    return float(value / largest) * longest if largest > 0 else 0.0


def _note(x: float, y: float, unit: str, has_data: bool) -> Mark:
    return Mark(x, y, f"单位：{unit}" if has_data else _NO_DATA)


# ------------------------------------------------------------------------------------- line

_PLOT_LEFT = 22.0  # room for the axis's 0
_PLOT_TOP = 30.0  # room for a value above the highest point
_PLOT_SHARE = 0.42  # height of the plot, of the width
_LETTER = TYPE_SIZE * 0.8  # height of figures above the baseline


def line_drawing(chart: LineChart, width: float) -> LineDrawing:
    """A line over a zero axis; the first, last, lowest and highest points carry values."""
    height = width * _PLOT_SHARE
    low = min((float(point.value) for point in chart.points), default=0.0)
    high = max((float(point.value) for point in chart.points), default=0.0)
    low, high = min(low, 0.0), max(high, 0.0)
    scale = height / ((high - low) or 1.0)
    axis_y = _PLOT_TOP + high * scale if high > low else _PLOT_TOP + height
    places = _across(len(chart.points), _PLOT_LEFT + 8, width - 14)
    points = tuple(
        (x, axis_y - float(point.value) * scale)
        for x, point in zip(places, chart.points, strict=True)
    )
    bottom = _PLOT_TOP + height + (24 if low < 0 else 0)  # room for a value below the lowest
    chosen = _chosen(chart.points)
    times = _times(chart.points, points, chosen, width, bottom + 20)
    return LineDrawing(
        id=chart.id,
        title=chart.title,
        description=chart.description,
        width=width,
        height=bottom + 50,
        points=points,
        dots=tuple(
            Dot(*points[index], 5.0 if index == len(points) - 1 else 3.5) for index in chosen
        ),
        values=_values(chart.points, points, chosen, width, axis_y, bottom),
        times=times,
        zero=Mark(_EDGE, axis_y + TYPE_SIZE * 0.36, "0"),
        axis_left=_PLOT_LEFT - 4,
        axis_right=width - _EDGE,
        axis_y=axis_y,
        note=_note(_PLOT_LEFT - 4, bottom + 43, chart.unit, bool(chart.points)),
    )


def _across(count: int, left: float, right: float) -> tuple[float, ...]:
    if count == 1:
        return ((left + right) / 2,)
    return tuple(left + (right - left) * place / (count - 1) for place in range(count))


def _chosen(points: tuple[Point, ...]) -> tuple[int, ...]:
    """The points that carry labels, the most important first."""
    if not points:
        return ()
    values = [point.value for point in points]
    picked = (len(points) - 1, 0, values.index(max(values)), values.index(min(values)))
    return tuple(dict.fromkeys(picked))


def _times(
    data: tuple[Point, ...],
    points: tuple[tuple[float, float], ...],
    chosen: tuple[int, ...],
    width: float,
    y: float,
) -> tuple[Mark, ...]:
    """Labels under the axis, each under its point, as far as they have room."""
    placed: list[tuple[Mark, Box]] = []
    for index in chosen:
        text = shorten(data[index].label, (width - 2 * _EDGE) / 2 - 8, TYPE_SIZE)
        mark = _centred(text, points[index][0], y, width)
        box = _room(mark, gap=6)
        if not any(box.meets(other) for _, other in placed):
            placed.append((mark, box))
    return tuple(mark for mark, _ in placed)


def _values(
    data: tuple[Point, ...],
    points: tuple[tuple[float, float], ...],
    chosen: tuple[int, ...],
    width: float,
    axis_y: float,
    bottom: float,
) -> tuple[Mark, ...]:
    """Values beside their points: never on one another, and off the line where possible."""
    taken = [Box(0, bottom + 2, width, bottom + 60), Box(0, axis_y - 8, _PLOT_LEFT - 4, axis_y + 8)]
    taken += [Box(x - 5, y - 5, x + 5, y + 5) for x, y in (points[index] for index in chosen)]
    segments = (*pairwise(points), ((0.0, axis_y), (width, axis_y)))
    marks: list[Mark] = []
    for index in chosen:
        free = [
            mark
            for mark in _candidates(data[index].text, *points[index], width)
            if not any(_room(mark).meets(box) for box in taken)
        ]
        if free:
            best = min(free, key=lambda mark: sum(_crosses(_room(mark), *s) for s in segments))
            marks.append(best)
            taken.append(_room(best, gap=3))
    return tuple(marks)


def _candidates(text: str, x: float, y: float, width: float) -> Iterator[Mark]:
    """Places for a value, the best first: above, below, then aside and further off."""
    wide = measure(text, TYPE_SIZE)
    for distance in (9.0, 24.0):
        for aside in (0.0, -wide / 2, wide / 2):
            yield _centred(text, x + aside, y - distance, width)
            yield _centred(text, x + aside, y + distance + _LETTER, width)


def _centred(text: str, x: float, y: float, width: float) -> Mark:
    wide = measure(text, TYPE_SIZE)
    return Mark(max(_EDGE, min(x - wide / 2, width - _EDGE - wide)), y, text)


def _room(mark: Mark, gap: float = 0) -> Box:
    right = mark.x + measure(mark.text, TYPE_SIZE)
    return Box(mark.x - gap, mark.y - _LETTER, right + gap, mark.y + 3)


def _crosses(box: Box, start: tuple[float, float], end: tuple[float, float]) -> bool:
    """Whether a straight line runs through a box (Liang and Barsky's clipping)."""
    (x, y), (dx, dy) = start, (end[0] - start[0], end[1] - start[1])
    enter, leave = 0.0, 1.0
    sides: Iterable[tuple[float, float]] = (
        (-dx, x - box.left),
        (dx, box.right - x),
        (-dy, y - box.top),
        (dy, box.bottom - y),
    )
    for direction, distance in sides:
        if direction == 0:
            if distance < 0:
                return False
        elif direction < 0:
            enter = max(enter, distance / direction)
        else:
            leave = min(leave, distance / direction)
    return enter < leave
