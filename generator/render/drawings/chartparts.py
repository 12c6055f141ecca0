"""The parts of all charts: lines of text, boxes of room, fills and the legend."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from generator.render.drawings.textwidths import measure, wrap

TYPE_SIZE = 15.0
LINE = 19.0  # from one line of a label to the next
EDGE = 4.0  # nothing is nearer to the edge of the drawing
LETTER = TYPE_SIZE * 0.8  # height of figures above the baseline
MIDDLE = TYPE_SIZE * 0.36  # from the middle of a bar to the baseline of its value

Say = Callable[..., str]
"""Fills a phrase of `templates/words/drawings.txt` with facts."""

# What a line of text is in a flow; in charts marks are kept apart by their lists.
MarkKind = Literal["", "title", "label", "name", "body", "sign"]
# Fills that a printer without colour keeps apart.
Fill = Literal["solid", "hatch", "cross", "outline", "full"]


@dataclass(frozen=True)
class Mark:
    """A line of text; `x`, `y` are its start on the baseline, of titles and labels its middle."""

    x: float
    y: float
    text: str
    kind: MarkKind = ""


@dataclass(frozen=True)
class Box:
    """The room that something takes: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    def meets(self, other: Box) -> bool:
        """Whether two boxes share any room."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True)
class Axis:
    """An upright line from which bars begin."""

    x: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Series:
    """Boxes of one meaning, filled alike."""

    fill: Fill
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Legend:
    """What the fills mean, in words beside samples of them."""

    samples: tuple[Series, ...]
    words: tuple[Mark, ...]
    bottom: float


@dataclass(frozen=True)
class Drawing:
    """A chart ready to be written; each kind adds its marks."""

    id: str
    title: str
    description: str
    width: float
    height: float


@dataclass(frozen=True)
class RowsDrawing(Drawing):
    """Bars in rows with their labels and values; those in `ends` end at their `x`."""

    series: tuple[Series, ...]
    axes: tuple[Axis, ...]
    labels: tuple[Mark, ...]
    values: tuple[Mark, ...]
    ends: tuple[Mark, ...]
    legend: Legend
    note: Mark | None


def room(mark: Mark, gap: float = 0) -> Box:
    """The room of a line of text, with a gap at both sides."""
    right = mark.x + measure(mark.text, TYPE_SIZE)
    return Box(mark.x - gap, mark.y - LETTER, right + gap, mark.y + 3)


def centred(text: str, x: float, y: float, width: float) -> Mark:
    """Text around `x`, moved aside where the edge of the drawing is near."""
    wide = measure(text, TYPE_SIZE)
    return Mark(max(EDGE, min(x - wide / 2, width - EDGE - wide)), y, text)


def column(lines: tuple[str, ...], x: float, top: float) -> tuple[Mark, ...]:
    """Lines under each other; the first one's letters begin at `top`."""
    return tuple(Mark(x, top + LETTER + place * LINE, line) for place, line in enumerate(lines))


def tall(lines: int) -> float:
    """The room that lines take, the step to the next line included."""
    return lines * LINE


def note(x: float, y: float, unit: str, say: Say, *, has_data: bool) -> Mark:
    """The unit below a chart, or that there is nothing to draw."""
    return Mark(x, y, say("unit", unit=unit) if has_data else say("no_data"))


_SAMPLE = Box(0, 0, 24, 13)
_BESIDE = 7.0  # from a sample to its word
_APART = 20.0  # from a word to the next sample


def legend(entries: tuple[tuple[Fill, str], ...], width: float) -> Legend:
    """Samples with their words, in as many lines as they need, from the top."""
    samples: list[Series] = []
    words: list[Mark] = []
    x, top = EDGE, EDGE
    for fill, word in entries:
        lines = wrap(word, width - 2 * EDGE - _SAMPLE.width - _BESIDE, TYPE_SIZE)
        wide = _SAMPLE.width + _BESIDE
        wide += max((measure(line, TYPE_SIZE) for line in lines), default=0)
        if x > EDGE and (x + wide > width - EDGE or len(lines) > 1):
            x, top = EDGE, top + LINE
        samples.append(Series(fill, (Box(x, top, x + _SAMPLE.width, top + _SAMPLE.height),)))
        words += column(lines, x + _SAMPLE.width + _BESIDE, top)
        x += wide + _APART
        if len(lines) > 1:
            x, top = EDGE, top + tall(len(lines))
    bottom = top if x == EDGE else top + LINE
    return Legend(tuple(samples), tuple(words), bottom + 6 if entries else EDGE)
