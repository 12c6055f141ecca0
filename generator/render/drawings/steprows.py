"""The rows of a flow on a sheet: a step's box, and beside it who, how long, what, and the
supervision point. Lengths in units of drawings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from generator.model.powers import Step
from generator.render.drawings.chartparts import Mark, MarkKind, Say
from generator.render.drawings.shapes import BODY_SIZE, TITLE_SIZE, Outline, Point, details
from generator.render.drawings.textwidths import balanced, measure

BODY_LINE = 19.0
_CUT = 15.0  # the slanted sides of decisions
_TITLE_LINE = 20.5
_BOX = 225.0
_PAD, _SIDE = 7.0, 8.0  # white in a box: above and below, left and right
_ROUND = 16.0  # corners of starts and ends
_PORT = 20.0  # between two lines that meet a box at its side
_COLUMN = 15.0  # white between the columns
_SIGN = 25.0  # room of the eye

_T = TypeVar("_T")


@dataclass(frozen=True)
class Row:
    """A step: its box and all words of its row; `eye` is the left top corner of the sign."""

    id: str
    outline: Outline
    top: float
    bottom: float
    words: tuple[Mark, ...]
    eye: Point | None


@dataclass(frozen=True)
class Frame:
    """Where the boxes begin and how wide the chart is."""

    box: float
    width: float

    @property
    def words(self) -> float:
        """The start of the words beside the boxes."""
        return self.box + _BOX + _COLUMN

    @property
    def room(self) -> float:
        """The room for these words."""
        return self.width - self.words


def step_row(step: Step, number: int, frame: Frame, top: float, ports: int, say: Say) -> Row:
    """The row of a step, what stands in it centred on each other."""
    side = _CUT + 3 if step.kind == "decision" else _SIDE
    titles = balanced(f"{number}. {step.title}", _BOX - 2 * side, TITLE_SIZE)
    lines = [*_detail(step, frame.room, say), *_watched(step, frame.room, say)]
    box_height = max(len(titles) * _TITLE_LINE + 2 * _PAD, (ports + 1) * _PORT)
    height = max(box_height, len(lines) * BODY_LINE)
    middle = top + height / 2
    words = [
        Mark(frame.box + _BOX / 2, base, text, "title")
        for base, text in _stacked(titles, middle, _TITLE_LINE, TITLE_SIZE)
    ]
    for base, runs in _stacked(lines, middle, BODY_LINE, BODY_SIZE):
        words += [Mark(frame.words + x, base, text, kind) for x, text, kind in runs]
    eye = next((w for w in words if w.kind == "sign"), None)
    outline = Outline(
        step.kind, frame.box, middle - box_height / 2, _BOX, box_height, _CUT, _ROUND, 3.0
    )
    sign = (frame.words, eye.y - 11) if eye else None
    return Row(step.id, outline, top, top + height, tuple(words), sign)


_Run = tuple[float, str, MarkKind]  # from the left of the column, text, kind


def _stacked(
    lines: Iterable[_T], middle: float, leading: float, size: float
) -> Iterable[tuple[float, _T]]:
    """Lines with their baselines, centred on a height."""
    held = tuple(lines)
    top = middle - len(held) * leading / 2
    for place, line in enumerate(held):
        yield top + place * leading + (leading + size * 0.74) / 2, line


def _detail(step: Step, room: float, say: Say) -> list[tuple[_Run, ...]]:
    """Who acts, how long it may take and what is needed, beside each other where they fit."""
    lines: list[tuple[_Run, ...]] = []
    right = room + 1
    for name, text in details(step, say):
        wide = measure(name + text, BODY_SIZE)
        if right + wide <= room:
            lines[-1] += ((right, name, "name"), (right + measure(name, BODY_SIZE), text, "body"))
        else:
            lines += _named(name, "name", text, room, 0.0)
            right = 0.0 if wide <= room else room  # nothing stands beside a broken line
        right += wide + BODY_SIZE
    return lines


def _named(
    name: str, kind: MarkKind, text: str, room: float, left: float
) -> list[tuple[_Run, ...]]:
    """A name and, hanging beside it, its text."""
    indent = left + measure(name, BODY_SIZE)
    first, *others = balanced(text, room - indent, BODY_SIZE)
    lines: list[tuple[_Run, ...]] = [((left, name, kind), (indent, first, "body"))]
    return lines + [((indent, line, "body"),) for line in others]


def _watched(step: Step, room: float, say: Say) -> list[tuple[_Run, ...]]:
    """The sign's word, then what supervision looks at."""
    return _named(say("watched"), "sign", step.supervised, room, _SIGN) if step.supervised else []
