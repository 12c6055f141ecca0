"""The ways between the steps of a flow on a sheet: straight down to the next step, all others
along lanes left of the boxes. Lengths in units of drawings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.model.powers import Edge
from generator.render.drawings.chartparts import Mark
from generator.render.drawings.shapes import BODY_SIZE, Point, head_of
from generator.render.drawings.steprows import BODY_LINE, Row
from generator.render.drawings.textwidths import balanced, measure

_LANE, _EDGE = 15.0, 8.0
_LABEL_EMS = 6.2  # of a label left of a box; longer ones take two lines
_HEAD = 9.0
_LANDING = _HEAD + 6  # what an arrow's head needs before a box


@dataclass(frozen=True)
class Way:
    """An arrow; `words` say when it is taken. One that `joins` ends in the line of another."""

    points: tuple[Point, ...]
    returns: bool
    words: tuple[Mark, ...] = ()
    joins: bool = False

    @property
    def head(self) -> tuple[Point, ...]:
        """The corners of its head."""
        return head_of(self.points, _HEAD)


@dataclass(frozen=True)
class Lane:
    """Ways to one step that share a line left of the boxes; `place` counts from the boxes."""

    edges: tuple[Edge, ...]
    end: int
    starts: tuple[int, ...]
    returns: bool
    place: int = 0

    @property
    def span(self) -> tuple[int, int]:
        """The rows between which it runs."""
        return min(self.end, *self.starts), max(self.end, *self.starts)


def goes_on(edge: Edge, index: dict[str, int]) -> bool:
    """Whether a way leads to the step below."""
    return index[edge.end] == index[edge.start] + 1


def room_for(lanes: tuple[Lane, ...]) -> float:
    """The room left of the boxes."""
    count = max((lane.place + 1 for lane in lanes), default=0)
    return _EDGE + count * _LANE + _label_room(lanes) + (_LANDING if lanes else 0)


def _label_room(lanes: tuple[Lane, ...]) -> float:
    labels = (edge.label for lane in lanes for edge in lane.edges if edge.label)
    return max((_label_width(label) for label in labels), default=0.0)


def _label_width(label: str) -> float:
    lines = balanced(label, _LABEL_EMS * BODY_SIZE, BODY_SIZE)
    return max(measure(line, BODY_SIZE) for line in lines) + 6


def straight_ways(edges: tuple[Edge, ...], index: dict[str, int], rows: list[Row]) -> Iterator[Way]:
    """Arrows to the next step, with their words at the right."""
    for edge in edges:
        if not goes_on(edge, index):
            continue
        start, end = (rows[index[step]].outline for step in (edge.start, edge.end))
        x, top, bottom = start.x + start.width / 2, start.y + start.height, end.y
        words: tuple[Mark, ...] = ()
        if edge.label:
            middle = (top + bottom) / 2 + BODY_SIZE * 0.36
            left = x + 8 + measure(edge.label, BODY_SIZE) / 2
            words = (Mark(left, middle, edge.label, "label"),)
        yield Way(((x, top), (x, bottom)), returns=False, words=words)


def lanes_of(edges: tuple[Edge, ...], index: dict[str, int]) -> tuple[Lane, ...]:
    """Lines for all other ways, those that reach least far next to the boxes."""
    groups: dict[tuple[int, bool], list[Edge]] = {}
    for edge in edges:
        if not goes_on(edge, index):
            start, end = index[edge.start], index[edge.end]
            groups.setdefault((end, end <= start), []).append(edge)
    lanes = [
        Lane(tuple(group), end, tuple(index[e.start] for e in group), returns)
        for (end, returns), group in groups.items()
    ]
    lanes.sort(key=lambda lane: (lane.span[1] - lane.span[0], lane.span))
    placed: list[Lane] = []
    for lane in lanes:
        taken = {other.place for other in placed if _overlap(lane.span, other.span)}
        free = next(n for n in range(len(lanes)) if n not in taken)
        placed.append(replace(lane, place=free))
    return tuple(placed)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def ways_around(lanes: tuple[Lane, ...], rows: list[Row], index: dict[str, int]) -> Iterator[Way]:
    """Ways along their lanes, each meeting boxes at a height of its own."""
    heights = _ports(lanes, rows)
    right = rows[0].outline.x
    nearest = right - _LANDING - _label_room(lanes)
    for lane in lanes:
        x = nearest - lane.place * _LANE
        target = rows[lane.end].outline
        arrival = heights[lane.end, lane, False]
        farthest = max(lane.edges, key=lambda edge: abs(index[edge.start] - lane.end))
        for edge in lane.edges:
            start = rows[index[edge.start]].outline
            y = heights[index[edge.start], lane, True]
            points: tuple[Point, ...] = ((start.left_at(y), y), (x, y))
            if edge is farthest:
                points = (*points, (x, arrival), (target.left_at(arrival), arrival))
            words = _label(edge.label, right - 8, y)
            yield Way(points, lane.returns, words, joins=edge is not farthest)


def _label(label: str, right: float, y: float) -> tuple[Mark, ...]:
    """Words on a way that leaves a box to the left: above the line, and below it."""
    lines = balanced(label, _LABEL_EMS * BODY_SIZE, BODY_SIZE) if label else ()
    bases = (y - 4.5, *(y + 15.5 + n * BODY_LINE for n in range(len(lines) - 1)))
    width = max((measure(line, BODY_SIZE) for line in lines), default=0.0)
    return tuple(
        Mark(right - width / 2, base, line, "label")
        for base, line in zip(bases, lines, strict=False)
    )


def _ports(lanes: tuple[Lane, ...], rows: list[Row]) -> dict[tuple[int, Lane, bool], float]:
    """At which height each lane meets a box; the last key says whether it begins there. Ordered
    so that lines cross each other no more than they must."""
    heights = {}
    for place, row in enumerate(rows):
        up = [(lane, True) for lane in lanes if place in lane.starts and lane.end < place]
        up += [(lane, False) for lane in lanes if place == lane.end and not lane.returns]
        down = [(lane, True) for lane in lanes if place in lane.starts and lane.end > place]
        down += [(lane, False) for lane in lanes if place == lane.end and lane.returns]
        up.sort(key=lambda port: port[0].place)
        down.sort(key=lambda port: -port[0].place)
        ports = (*up, *down)
        for number, (lane, begins) in enumerate(ports, start=1):
            heights[place, lane, begins] = row.outline.y + row.outline.height * number / (
                len(ports) + 1
            )
    return heights
