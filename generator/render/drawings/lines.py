"""The geometry of line charts. Templates write it down; they do not compute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from generator.render.drawings.chartparts import (
    EDGE,
    LETTER,
    MIDDLE,
    TYPE_SIZE,
    Box,
    Drawing,
    Mark,
    Say,
    centred,
    note,
    room,
)
from generator.render.drawings.textwidths import measure, shorten
from generator.views.charts import LineChart, Point

_PLOT_LEFT = 22.0  # room for the axis's 0
_PLOT_TOP = 30.0  # room for a value above the highest point
_PLOT_SHARE = 0.42  # height of the plot, of the width
_PLOT_LOW = 75.0  # and where height is scarce, at most


@dataclass(frozen=True)
class Dot:
    """A marked point of a line."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class LineDrawing(Drawing):
    """A line chart ready to be written."""

    points: tuple[tuple[float, float], ...]
    dots: tuple[Dot, ...]
    values: tuple[Mark, ...]
    times: tuple[Mark, ...]
    zero: Mark
    axis_left: float
    axis_right: float
    axis_y: float
    note: Mark


def line_drawing(chart: LineChart, width: float, say: Say, *, is_low: bool = False) -> LineDrawing:
    """A line over a zero axis; the first, last, lowest and highest points carry values."""
    height = min(width * _PLOT_SHARE, _PLOT_LOW) if is_low else width * _PLOT_SHARE
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
        zero=Mark(EDGE, axis_y + MIDDLE, "0"),
        axis_left=_PLOT_LEFT - 4,
        axis_right=width - EDGE,
        axis_y=axis_y,
        note=note(_PLOT_LEFT - 4, bottom + 43, chart.unit, say, has_data=bool(chart.points)),
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
        text = shorten(data[index].label, (width - 2 * EDGE) / 2 - 8, TYPE_SIZE)
        mark = centred(text, points[index][0], y, width)
        box = room(mark, gap=6)
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
    taken = [
        Box(0, -LETTER - 24, width, 0),
        Box(0, bottom + 2, width, bottom + 60),
        Box(0, axis_y - 8, _PLOT_LEFT - 4, axis_y + 8),
    ]
    taken += [Box(x - 5, y - 5, x + 5, y + 5) for x, y in (points[index] for index in chosen)]
    segments = (*pairwise(points), ((0.0, axis_y), (width, axis_y)))
    marks: list[Mark] = []
    for index in chosen:
        rooms = {mark: room(mark) for mark in _candidates(data[index].text, *points[index], width)}
        free = [mark for mark in rooms if not any(rooms[mark].meets(box) for box in taken)]
        if free:
            crossed = {mark: sum(_crosses(rooms[mark], *s) for s in segments) for mark in free}
            best = min(free, key=crossed.__getitem__)
            marks.append(best)
            taken.append(room(best, gap=3))
    return tuple(marks)


def _candidates(text: str, x: float, y: float, width: float) -> Iterator[Mark]:
    """Places for a value, the best first: above, below, then aside and further off."""
    wide = measure(text, TYPE_SIZE)
    for distance in (9.0, 24.0):
        for aside in (0.0, -wide / 2, wide / 2):
            yield centred(text, x + aside, y - distance, width)
            yield centred(text, x + aside, y + distance + LETTER, width)


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
