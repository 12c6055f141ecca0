"""Flow charts: boxes sized by their words, placed and joined by `layout`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from math import hypot, sqrt
from typing import Literal

from generator.model.powers import Edge, Step, StepKind, edges_of
from generator.render.drawings.layout import Link, Point, Route, Size, place
from generator.render.drawings.text import balanced, measure

TITLE_SIZE = 17.0
BODY_SIZE = 15.0
_SMALLEST = 16.0
_TITLE_LINE = 24.0
_BODY_LINE = 22.0
_PAD = 14.0
_ROUND = 26.0  # corners of starts and ends
_CUT = 34.0  # the slanted part of a decision, at each side
_MARGIN = 10.0
_LABEL_PAD = 4.0
_HEAD = 10.0

# Boxes are tried from wide to narrow until the chart is no wider than asked.
_WORDS_ACROSS = (352.0, 312.0, 272.0, 232.0, 192.0, 162.0)
_LEAST_ACROSS = 152.0
_READABLE = 7 * BODY_SIZE  # text in a narrower column than this is set below its name

_SIGN_ROOM = 26.0  # the eye beside the word
_SUPERVISED = "监督点："

LineKind = Literal["title", "name", "body", "sign"]


@dataclass(frozen=True)
class Line:
    """A line of text on its baseline; titles are placed by their middle, others by their start."""

    x: float
    y: float
    text: str
    kind: LineKind


@dataclass(frozen=True)
class Box:
    """One step as drawn; `lines`, `rule` and `sign` are measured from its left top corner."""

    id: str
    kind: StepKind
    width: float
    height: float
    lines: tuple[Line, ...]
    rule: float | None = None
    sign: Point | None = None
    x: float = 0.0
    y: float = 0.0

    @property
    def supervised(self) -> bool:
        """Whether supervision looks at this step."""
        return self.sign is not None

    @property
    def rule_left(self) -> float:
        """Where the rule above the supervision point begins."""
        return _side_room(self.kind)

    @property
    def rule_right(self) -> float:
        """Where that rule ends."""
        return self.width - _side_room(self.kind)

    @property
    def radius(self) -> float:
        """The radius of the corners."""
        return min(_ROUND, self.height / 2) if self.kind in ("start", "end") else 4.0

    @property
    def outline(self) -> tuple[Point, ...]:
        """The corners of a decision, from its left point clockwise."""
        right, bottom, middle = self.x + self.width, self.y + self.height, self.y + self.height / 2
        return (
            (self.x, middle),
            (self.x + _CUT, self.y),
            (right - _CUT, self.y),
            (right, middle),
            (right - _CUT, bottom),
            (self.x + _CUT, bottom),
        )


@dataclass(frozen=True)
class Label:
    """A branch's label: its room, and its text by the middle of the baseline."""

    x: float
    y: float
    width: float
    height: float
    text: Line


@dataclass(frozen=True)
class Arrow:
    """An arrow between two steps."""

    start: str
    end: str
    returns: bool
    points: tuple[Point, ...]
    label: Label | None

    @property
    def head(self) -> tuple[Point, ...]:
        """The corners of its head. (Drawn outright: WeasyPrint turns markers the wrong way.)"""
        (ax, ay), (x, y) = self.points[-2:]
        length = hypot(x - ax, y - ay) or 1.0
        dx, dy = (x - ax) / length * _HEAD, (y - ay) / length * _HEAD
        return (x, y), (x - dx - dy / 2, y - dy + dx / 2), (x - dx + dy / 2, y - dy - dx / 2)


@dataclass(frozen=True)
class FlowDrawing:
    """A flow chart ready to be written."""

    id: str
    title: str
    description: str
    width: float
    height: float
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]

    @property
    def shown_width(self) -> float:
        """Its width on a page, where no text may be smaller than 16 px."""
        return self.width * _SMALLEST / BODY_SIZE

    @property
    def shown_height(self) -> float:
        """Its height on a page."""
        return self.height * _SMALLEST / BODY_SIZE


@lru_cache(256)  # villages that change a power's words mostly leave its flow as it is
def flow_drawing(steps: tuple[Step, ...], *, id: str, title: str, width: float) -> FlowDrawing:
    """The chart of a flow of one step or more, at most `width` wide where its boxes allow."""
    edges = edges_of(steps)
    natural = max(_natural_width(step) for step in steps)
    drawing = FlowDrawing(id, title, description(steps, edges), 0, 0, (), ())
    for across in _WORDS_ACROSS:
        boxes = tuple(_box(step, max(min(across, natural), _LEAST_ACROSS)) for step in steps)
        drawing = _placed(drawing, boxes, edges)
        if drawing.width <= width:
            break
    return drawing


def description(steps: tuple[Step, ...], edges: tuple[Edge, ...]) -> str:
    """The flow in words, for those who cannot see the chart."""
    titles = {step.id: step.title for step in steps}
    ways = (
        f"{titles[edge.start]}{f'（{edge.label}）' if edge.label else ''}→{titles[edge.end]}"
        for edge in edges
    )
    return f"共 {len(steps)} 步。{'；'.join(ways)}。"


# ------------------------------------------------------------------------------------ boxes


def _rows(step: Step) -> tuple[tuple[str, str], ...]:
    rows = (
        ("谁办：", step.actor),
        ("时限：", step.limit),
        ("材料：", "、".join(step.materials)),
    )
    return tuple(row for row in rows if row[1])


def _side_room(kind: StepKind) -> float:
    return _CUT + 4 if kind == "decision" else _PAD


def _natural_width(step: Step) -> float:
    """The width of its words if no line were broken."""
    widths = [measure(step.title, TITLE_SIZE)]
    widths += [measure(name + text, BODY_SIZE) for name, text in _rows(step)]
    if step.supervised:
        widths.append(_SIGN_ROOM + measure(_SUPERVISED + step.supervised, BODY_SIZE))
    return max(widths) + 1


def _box(step: Step, inner: float) -> Box:
    """The box of a step with `inner` room across for its words."""
    side = _side_room(step.kind)
    width = inner + 2 * side
    y = _PAD
    lines: list[Line] = []
    for title in balanced(step.title, inner, TITLE_SIZE):
        lines.append(Line(width / 2, y + TITLE_SIZE, title, "title"))
        y += _TITLE_LINE
    for name, text in _rows(step):
        row = _row(name, text, side, y, inner)
        lines += row
        y = row[-1].y + _BODY_LINE - BODY_SIZE
    rule, sign = None, None
    if step.supervised:
        rule = y + 5
        row = _supervision(step.supervised, side, rule + 5, inner)
        lines += row
        sign = (side, row[0].y - 11)
        y = row[-1].y + _BODY_LINE - BODY_SIZE
    return Box(step.id, step.kind, width, y + _PAD - 4, tuple(lines), rule, sign)


def _supervision(text: str, x: float, y: float, width: float) -> list[Line]:
    """The word beside the sign, then what is looked at: beside it, or below if that is narrow."""
    beside = width - _SIGN_ROOM - measure(_SUPERVISED, BODY_SIZE)
    if measure(text, BODY_SIZE) <= beside or beside >= _READABLE:
        row = _row(_SUPERVISED, text, x + _SIGN_ROOM, y, width - _SIGN_ROOM)
        return [replace(row[0], kind="sign"), *row[1:]]
    word = Line(x + _SIGN_ROOM, y + BODY_SIZE, _SUPERVISED, "sign")
    return [word, *_column(text, x, word.y + _BODY_LINE, width)]


def _row(name: str, text: str, x: float, y: float, width: float) -> list[Line]:
    """A name and, hanging beside it, its text; y is the top of the first line."""
    indent = measure(name, BODY_SIZE)
    base = y + BODY_SIZE
    return [Line(x, base, name, "name"), *_column(text, x + indent, base, width - indent)]


def _column(text: str, x: float, base: float, width: float) -> list[Line]:
    return [
        Line(x, base + place * _BODY_LINE, line, "body")
        for place, line in enumerate(balanced(text, width, BODY_SIZE))
    ]


# ---------------------------------------------------------------------------------- placing


def _placed(drawing: FlowDrawing, boxes: tuple[Box, ...], edges: tuple[Edge, ...]) -> FlowDrawing:
    """The chart with its boxes and arrows placed, in the positive corner."""
    index = {box.id: position for position, box in enumerate(boxes)}
    links = tuple(Link(index[e.start], index[e.end], _label_size(e.label)) for e in edges)
    layout = place(tuple(Size(box.width, box.height) for box in boxes), links)
    corners = [
        (x - box.width / 2, y - box.height / 2)
        for box, (x, y) in zip(boxes, layout.centres, strict=True)
    ]
    rooms = [(x, y, x + b.width, y + b.height) for b, (x, y) in zip(boxes, corners, strict=True)]
    for route, link in zip(layout.routes, links, strict=True):
        rooms += ((x, y, x, y) for x, y in route.points)
        if route.label and link.label:
            rooms.append(_label_room(route.label, link.label))
    left = min(room[0] for room in rooms) - _MARGIN
    top = min(room[1] for room in rooms) - _MARGIN
    placed = tuple(
        replace(box, x=x - left, y=y - top) for box, (x, y) in zip(boxes, corners, strict=True)
    )
    return replace(
        drawing,
        width=max(room[2] for room in rooms) + _MARGIN - left,
        height=max(room[3] for room in rooms) + _MARGIN - top,
        boxes=placed,
        arrows=tuple(
            _arrow(edge, link, _moved(route, -left, -top), placed)
            for edge, link, route in zip(edges, links, layout.routes, strict=True)
        ),
    )


def _moved(route: Route, dx: float, dy: float) -> Route:
    label = (route.label[0] + dx, route.label[1] + dy) if route.label else None
    return Route(tuple((x + dx, y + dy) for x, y in route.points), label)


def _label_size(label: str) -> Size | None:
    if not label:
        return None
    return Size(measure(label, BODY_SIZE) + 2 * _LABEL_PAD, BODY_SIZE + 2 * _LABEL_PAD)


def _label_room(centre: Point, size: Size) -> tuple[float, float, float, float]:
    x, y = centre
    return x - size.width / 2, y - size.height / 2, x + size.width / 2, y + size.height / 2


def _arrow(edge: Edge, link: Link, route: Route, boxes: tuple[Box, ...]) -> Arrow:
    label = None
    if route.label and link.label:
        left, top, right, bottom = _label_room(route.label, link.label)
        text = Line((left + right) / 2, (top + bottom) / 2 + BODY_SIZE * 0.36, edge.label, "body")
        label = Label(left, top, right - left, bottom - top, text)
    first, *between, last = route.points
    points = (_on_outline(boxes[link.start], first), *between, _on_outline(boxes[link.end], last))
    return Arrow(edge.start, edge.end, link.returns, points, label)


def _on_outline(box: Box, point: Point) -> Point:
    """A point of the box's rectangle moved straight on to the shape that is drawn in it."""
    x, y = point
    right, bottom = box.x + box.width, box.y + box.height
    to_side, to_end = min(x - box.x, right - x), min(y - box.y, bottom - y)
    if to_end < to_side:  # on the top or bottom border
        inward = _depth(box, to_side, _CUT, box.height / 2)
        return x, y + (inward if y - box.y < bottom - y else -inward)
    inward = _depth(box, to_end, box.height / 2, _CUT)
    return x + (inward if x - box.x < right - x else -inward), y


def _depth(box: Box, along: float, cut: float, deep: float) -> float:
    """How far inside its rectangle a shape begins, `along` from the nearer corner."""
    if box.kind == "decision":
        return max(0.0, 1 - along / cut) * deep
    missing = box.radius - along
    return box.radius - sqrt(box.radius**2 - missing**2) if missing > 0 else 0.0
