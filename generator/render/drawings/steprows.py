"""The rows of a flow on a sheet: a step's box, and beside it who, how long, what, and the
supervision point. Lengths in units of drawings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from operator import itemgetter
from typing import TypeVar

from generator.model.powers import Step, StepKind
from generator.render.drawings.text import balanced, measure

TITLE_SIZE = 17.0
BODY_SIZE = 15.0
BODY_LINE = 19.0
CUT = 15.0  # the slanted sides of decisions
_TITLE_LINE = 20.5
_BOX = 225.0
_PAD, _SIDE = 7.0, 8.0  # white in a box: above and below, left and right
_ROUND = 16.0  # corners of starts and ends
_PORT = 20.0  # between two lines that meet a box at its side
_COLUMN = 15.0  # white between the columns
_SIGN = 25.0  # room of the eye
_SUPERVISED = "监督点："

Point = tuple[float, float]
_T = TypeVar("_T")


@dataclass(frozen=True)
class Words:
    """A line of text on its baseline. `kind` is `title`, `label`, `name`, `body` or `sign`;
    titles and labels are placed by their middle."""

    x: float
    y: float
    text: str
    kind: str


@dataclass(frozen=True)
class Row:
    """A step: its box and all words of its row; `eye` is the left top corner of the sign."""

    id: str
    kind: StepKind
    x: float
    y: float
    width: float
    height: float
    top: float
    bottom: float
    words: tuple[Words, ...]
    eye: Point | None

    @property
    def radius(self) -> float:
        """The radius of the box's corners."""
        return min(_ROUND, self.height / 2) if self.kind in ("start", "end") else 3.0

    @property
    def outline(self) -> tuple[Point, ...]:
        """The corners of a decision, from its left point clockwise."""
        right, bottom, middle = self.x + self.width, self.y + self.height, self.y + self.height / 2
        across = (self.x + CUT, right - CUT)
        return (
            (self.x, middle),
            (across[0], self.y),
            (across[1], self.y),
            (right, middle),
            (across[1], bottom),
            (across[0], bottom),
        )

    def left_at(self, y: float) -> float:
        """Where a line at this height meets the left side."""
        from_end = min(y - self.y, self.y + self.height - y)
        if self.kind == "decision":
            return self.x + CUT * (1 - from_end / (self.height / 2))
        missing = self.radius - from_end
        return self.x + (self.radius - sqrt(self.radius**2 - missing**2) if missing > 0 else 0)


@dataclass(frozen=True)
class Frame:
    """Where the boxes begin and how wide the chart is."""

    box: float
    width: float

    @property
    def words(self) -> float:
        """Where the words beside the boxes begin."""
        return self.box + _BOX + _COLUMN

    @property
    def room(self) -> float:
        """How much room these words have."""
        return self.width - self.words


def step_row(step: Step, number: int, frame: Frame, top: float, ports: int) -> Row:
    """The row of a step, what stands in it centred on each other."""
    side = CUT + 3 if step.kind == "decision" else _SIDE
    titles = balanced(f"{number}. {step.title}", _BOX - 2 * side, TITLE_SIZE)
    lines = [*_detail(step, frame.room), *_watched(step, frame.room)]
    box_height = max(len(titles) * _TITLE_LINE + 2 * _PAD, (ports + 1) * _PORT)
    height = max(box_height, len(lines) * BODY_LINE)
    middle = top + height / 2
    words = [
        Words(frame.box + _BOX / 2, base, text, "title")
        for base, text in _stacked(titles, middle, _TITLE_LINE, TITLE_SIZE)
    ]
    for base, runs in _stacked(lines, middle, BODY_LINE, BODY_SIZE):
        words += [Words(frame.words + x, base, text, kind) for x, text, kind in runs]
    eye = next((w for w in words if w.kind == "sign"), None)
    return Row(
        id=step.id,
        kind=step.kind,
        x=frame.box,
        y=middle - box_height / 2,
        width=_BOX,
        height=box_height,
        top=top,
        bottom=top + height,
        words=tuple(words),
        eye=(frame.words, eye.y - 11) if eye else None,
    )


_Run = tuple[float, str, str]  # from the left of the column, text, kind


def _stacked(
    lines: Iterable[_T], middle: float, leading: float, size: float
) -> Iterable[tuple[float, _T]]:
    """Lines with their baselines, centred on a height."""
    held = tuple(lines)
    top = middle - len(held) * leading / 2
    for place, line in enumerate(held):
        yield top + place * leading + (leading + size * 0.74) / 2, line


def _detail(step: Step, room: float) -> list[tuple[_Run, ...]]:
    """Who acts, how long it may take and what is needed, beside each other where they fit."""
    lines: list[tuple[_Run, ...]] = []
    right = room + 1
    parts = ("谁办：", step.actor), ("时限：", step.limit), ("材料：", "、".join(step.materials))
    for name, text in filter(itemgetter(1), parts):
        wide = measure(name + text, BODY_SIZE)
        if right + wide <= room:
            lines[-1] += ((right, name, "name"), (right + measure(name, BODY_SIZE), text, "body"))
        else:
            lines += _named(name, text, room)
            right = 0.0 if wide <= room else room  # nothing stands beside a broken line
        right += wide + BODY_SIZE
    return lines


def _named(name: str, text: str, room: float) -> list[tuple[_Run, ...]]:
    """A name and, hanging beside it, its text."""
    indent = measure(name, BODY_SIZE)
    first, *others = balanced(text, room - indent, BODY_SIZE)
    lines: list[tuple[_Run, ...]] = [((0.0, name, "name"), (indent, first, "body"))]
    return lines + [((indent, line, "body"),) for line in others]


def _watched(step: Step, room: float) -> list[tuple[_Run, ...]]:
    """The sign's word, then what supervision looks at."""
    if not step.supervised:
        return []
    indent = _SIGN + measure(_SUPERVISED, BODY_SIZE)
    first, *others = balanced(step.supervised, room - indent, BODY_SIZE)
    lines: list[tuple[_Run, ...]] = [((_SIGN, _SUPERVISED, "sign"), (indent, first, "body"))]
    return lines + [((indent, line, "body"),) for line in others]
