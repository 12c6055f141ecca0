"""The look of a step in both kinds of flow: its outline, the heads of arrows, its details."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, sqrt

from generator.model.powers import Edge, Step, StepKind
from generator.render.drawings.chartparts import Say

TITLE_SIZE = 17.0
BODY_SIZE = 15.0

Point = tuple[float, float]


@dataclass(frozen=True)
class Outline:
    """The shape of a step in its rectangle: a decision is slanted at its sides by `cut`, the
    corners of starts and ends are round by `rounding`, of others by `corner`."""

    kind: StepKind
    x: float
    y: float
    width: float
    height: float
    cut: float
    rounding: float
    corner: float

    @property
    def radius(self) -> float:
        """The radius of the corners."""
        is_round = self.kind in ("start", "end")
        return min(self.rounding, self.height / 2) if is_round else self.corner

    @property
    def corners(self) -> tuple[Point, ...]:
        """The corners of a decision, from its left point clockwise."""
        right, bottom, middle = self.x + self.width, self.y + self.height, self.y + self.height / 2
        return (
            (self.x, middle),
            (self.x + self.cut, self.y),
            (right - self.cut, self.y),
            (right, middle),
            (right - self.cut, bottom),
            (self.x + self.cut, bottom),
        )

    def left_at(self, y: float) -> float:
        """Where a line at this height meets the left side."""
        from_end = min(y - self.y, self.y + self.height - y)
        return self.x + self._depth(from_end, self.height / 2, self.cut)

    def met_by(self, point: Point) -> Point:
        """A point of the rectangle moved straight on to the shape that is drawn in it."""
        x, y = point
        right, bottom = self.x + self.width, self.y + self.height
        to_side, to_end = min(x - self.x, right - x), min(y - self.y, bottom - y)
        if to_end < to_side:  # on the top or bottom border
            inward = self._depth(to_side, self.cut, self.height / 2)
            return x, y + (inward if y - self.y < bottom - y else -inward)
        inward = self._depth(to_end, self.height / 2, self.cut)
        return x + (inward if x - self.x < right - x else -inward), y

    def _depth(self, along: float, cut: float, deep: float) -> float:
        """How far inside its rectangle the shape begins, `along` from the nearer corner."""
        if self.kind == "decision":
            return max(0.0, 1 - along / cut) * deep
        missing = self.radius - along
        return self.radius - sqrt(self.radius**2 - missing**2) if missing > 0 else 0.0


def head_of(points: tuple[Point, ...], size: float) -> tuple[Point, ...]:
    """The corners of the head at the end of an arrow. (Drawn outright: WeasyPrint turns markers
    the wrong way.)"""
    (ax, ay), (x, y) = points[-2:]
    length = hypot(x - ax, y - ay) or 1.0
    dx, dy = (x - ax) / length * size, (y - ay) / length * size
    return (x, y), (x - dx - dy / 2, y - dy + dx / 2), (x - dx + dy / 2, y - dy - dx / 2)


def details(step: Step, say: Say) -> tuple[tuple[str, str], ...]:
    """Who acts, how long it may take and what is needed, each after its name."""
    named = (
        (say("who"), step.actor),
        (say("limit"), step.limit),
        (say("materials"), "、".join(step.materials)),
    )
    return tuple((name, text) for name, text in named if text)


def description(steps: tuple[Step, ...], edges: tuple[Edge, ...], say: Say) -> str:
    """The flow in words, for those who cannot see the chart."""
    titles = {step.id: step.title for step in steps}
    ways = ((titles[edge.start], edge.label, titles[edge.end]) for edge in edges)
    return say("flow", count=len(steps), ways=tuple(ways))
