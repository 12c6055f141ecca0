"""Flow charts: boxes sized by their words, placed and joined by `flowlayout`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from generator.model.powers import Edge, Step, StepKind, edges_of
from generator.render.drawings.chartparts import Box, Mark, Say
from generator.render.drawings.flowlayout import Link, Point, Route, Size, least_width, place
from generator.render.drawings.shapes import (
    BODY_SIZE,
    TITLE_SIZE,
    Outline,
    description,
    details,
    head_of,
)
from generator.render.drawings.textwidths import balanced, measure

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


@dataclass(frozen=True)
class StepBox:
    """One step as drawn; `lines`, `rule` and `sign` are measured from its left top corner. The
    `rule` stands above the supervision point, which has the `sign`."""

    id: str
    outline: Outline
    lines: tuple[Mark, ...]
    rule: float | None = None
    sign: Point | None = None

    @property
    def rule_left(self) -> float:
        """Where the rule above the supervision point begins."""
        return _side_room(self.outline.kind)

    @property
    def rule_right(self) -> float:
        """Where that rule ends."""
        return self.outline.width - self.rule_left


@dataclass(frozen=True)
class Arrow:
    """An arrow between two steps; `room` and `label` are those of its label, if it has one."""

    start: str
    end: str
    returns: bool
    points: tuple[Point, ...]
    room: Box | None = None
    label: Mark | None = None

    @property
    def head(self) -> tuple[Point, ...]:
        """The corners of its head."""
        return head_of(self.points, _HEAD)


@dataclass(frozen=True)
class FlowDrawing:
    """A flow chart ready to be written."""

    id: str
    title: str
    description: str
    width: float
    height: float
    boxes: tuple[StepBox, ...]
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
def flow_drawing(
    steps: tuple[Step, ...], say: Say, *, id: str, title: str, width: float
) -> FlowDrawing:
    """The chart of a flow of one step or more, at most `width` wide where its boxes allow."""
    edges = edges_of(steps)
    natural = max(_natural_width(step, say) for step in steps)
    drawing = FlowDrawing(id, title, description(steps, edges, say), 0, 0, (), ())
    tried = (max(min(across, natural), _LEAST_ACROSS) for across in _WORDS_ACROSS)
    for across in (widths := tuple(dict.fromkeys(tried))):
        boxes = tuple(_box(step, across, say) for step in steps)
        if across != widths[-1] and least_width(*_sized(boxes, edges)) + 2 * _MARGIN > width:
            continue
        drawing = _placed(drawing, boxes, edges)
        if drawing.width <= width:
            break
    return drawing


# ------------------------------------------------------------------------------------ boxes


def _side_room(kind: StepKind) -> float:
    return _CUT + 4 if kind == "decision" else _PAD


def _natural_width(step: Step, say: Say) -> float:
    """The width of its words if no line were broken."""
    widths = [measure(step.title, TITLE_SIZE)]
    widths += [measure(name + text, BODY_SIZE) for name, text in details(step, say)]
    if step.supervised:
        widths.append(_SIGN_ROOM + measure(say("watched") + step.supervised, BODY_SIZE))
    return max(widths) + 1


def _box(step: Step, inner: float, say: Say) -> StepBox:
    """The box of a step with `inner` room across for its words."""
    side = _side_room(step.kind)
    width = inner + 2 * side
    y = _PAD
    lines: list[Mark] = []
    for title in balanced(step.title, inner, TITLE_SIZE):
        lines.append(Mark(width / 2, y + TITLE_SIZE, title, "title"))
        y += _TITLE_LINE
    for name, text in details(step, say):
        row = _row(name, text, side, y, inner)
        lines += row
        y = row[-1].y + _BODY_LINE - BODY_SIZE
    rule, sign = None, None
    if step.supervised:
        rule = y + 5
        row = _supervision(say("watched"), step.supervised, side, rule + 5, inner)
        lines += row
        sign = (side, row[0].y - 11)
        y = row[-1].y + _BODY_LINE - BODY_SIZE
    outline = Outline(step.kind, 0.0, 0.0, width, y + _PAD - 4, _CUT, _ROUND, 4.0)
    return StepBox(step.id, outline, tuple(lines), rule, sign)


def _supervision(word: str, text: str, x: float, y: float, width: float) -> list[Mark]:
    """The word beside the sign, then what is looked at: beside it, or below if that is narrow."""
    beside = width - _SIGN_ROOM - measure(word, BODY_SIZE)
    if measure(text, BODY_SIZE) <= beside or beside >= _READABLE:
        row = _row(word, text, x + _SIGN_ROOM, y, width - _SIGN_ROOM)
        return [replace(row[0], kind="sign"), *row[1:]]
    sign = Mark(x + _SIGN_ROOM, y + BODY_SIZE, word, "sign")
    return [sign, *_column(text, x, sign.y + _BODY_LINE, width)]


def _row(name: str, text: str, x: float, y: float, width: float) -> list[Mark]:
    """A name and, hanging beside it, its text; y is the top of the first line."""
    indent = measure(name, BODY_SIZE)
    base = y + BODY_SIZE
    return [Mark(x, base, name, "name"), *_column(text, x + indent, base, width - indent)]


def _column(text: str, x: float, base: float, width: float) -> list[Mark]:
    return [
        Mark(x, base + place * _BODY_LINE, line, "body")
        for place, line in enumerate(balanced(text, width, BODY_SIZE))
    ]


# ---------------------------------------------------------------------------------- placing


def _placed(
    drawing: FlowDrawing, boxes: tuple[StepBox, ...], edges: tuple[Edge, ...]
) -> FlowDrawing:
    """The chart with its boxes and arrows placed, in the positive corner."""
    sizes, links = _sized(boxes, edges)
    layout = place(sizes, links)
    rooms = [_room(centre, size) for centre, size in zip(layout.centres, sizes, strict=True)]
    corners = [(room.left, room.top) for room in rooms]
    for route, link in zip(layout.routes, links, strict=True):
        rooms += (Box(x, y, x, y) for x, y in route.points)
        if route.label and link.label:
            rooms.append(_room(route.label, link.label))
    left = min(room.left for room in rooms) - _MARGIN
    top = min(room.top for room in rooms) - _MARGIN
    placed = tuple(
        replace(box, outline=replace(box.outline, x=x - left, y=y - top))
        for box, (x, y) in zip(boxes, corners, strict=True)
    )
    return replace(
        drawing,
        width=max(room.right for room in rooms) + _MARGIN - left,
        height=max(room.bottom for room in rooms) + _MARGIN - top,
        boxes=placed,
        arrows=tuple(
            _arrow(edge, link, _moved(route, -left, -top), placed)
            for edge, link, route in zip(edges, links, layout.routes, strict=True)
        ),
    )


def _sized(
    boxes: tuple[StepBox, ...], edges: tuple[Edge, ...]
) -> tuple[tuple[Size, ...], tuple[Link, ...]]:
    """What is to be laid out: the sizes of the boxes, and their links with those of labels."""
    index = {box.id: position for position, box in enumerate(boxes)}
    links = tuple(Link(index[e.start], index[e.end], _label_size(e.label)) for e in edges)
    return tuple(Size(box.outline.width, box.outline.height) for box in boxes), links


def _moved(route: Route, dx: float, dy: float) -> Route:
    label = (route.label[0] + dx, route.label[1] + dy) if route.label else None
    return Route(tuple((x + dx, y + dy) for x, y in route.points), label)


def _label_size(label: str) -> Size | None:
    if not label:
        return None
    return Size(measure(label, BODY_SIZE) + 2 * _LABEL_PAD, BODY_SIZE + 2 * _LABEL_PAD)


def _room(centre: Point, size: Size) -> Box:
    x, y = centre
    return Box(x - size.width / 2, y - size.height / 2, x + size.width / 2, y + size.height / 2)


def _arrow(edge: Edge, link: Link, route: Route, boxes: tuple[StepBox, ...]) -> Arrow:
    first, *between, last = route.points
    start, end = boxes[link.start].outline, boxes[link.end].outline
    arrow = Arrow(
        edge.start, edge.end, link.returns, (start.met_by(first), *between, end.met_by(last))
    )
    if not route.label or not link.label:
        return arrow
    room = _room(route.label, link.label)
    middle, base = (room.left + room.right) / 2, (room.top + room.bottom) / 2 + BODY_SIZE * 0.36
    return replace(arrow, room=room, label=Mark(middle, base, edge.label, "label"))
