"""Flows for sheets: one step below the other, with who, how long and what beside each.

A chart of boxes alone would be two sheets high: paper has less room than a page that scrolls.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from generator.model.powers import Step, edges_of
from generator.render.drawings.chartparts import Say
from generator.render.drawings.shapes import description
from generator.render.drawings.steprows import Frame, Row, step_row
from generator.render.drawings.stepways import (
    Way,
    goes_on,
    lanes_of,
    room_for,
    straight_ways,
    ways_around,
)

_GAP, _LABELLED_GAP = 12.0, 21.0  # between two rows, without and with words beside the arrow
_EDGE = 2.0  # white above the first row and below the last, for thick borders


@dataclass(frozen=True)
class StepDrawing:
    """A part of a flow that fits one page, ready to be written; `top` is where it begins."""

    id: str
    title: str
    description: str
    width: float
    top: float
    height: float
    rows: tuple[Row, ...]
    ways: tuple[Way, ...]
    rules: tuple[float, ...]
    rule_left: float


def step_drawings(
    steps: tuple[Step, ...],
    say: Say,
    *,
    id: str,
    title: str,
    width: float,
    first: float,
    other: float,
) -> tuple[StepDrawing, ...]:
    """A flow of one step or more, cut between steps into parts that are at most `first`, then
    `other` high."""
    edges = edges_of(steps)
    index = {step.id: place for place, step in enumerate(steps)}
    lanes = lanes_of(edges, index)
    frame = Frame(room_for(lanes), width)
    labelled = {index[e.start] for e in edges if goes_on(e, index) and e.label}
    rows: list[Row] = []
    top = 0.0
    for place, step in enumerate(steps):
        ports = sum((place == lane.end) + lane.starts.count(place) for lane in lanes)
        row = step_row(step, place + 1, frame, top, ports, say)
        rows.append(row)
        top = row.bottom + (_LABELLED_GAP if place in labelled else _GAP)
    ways = (*straight_ways(edges, index, rows), *ways_around(lanes, rows, index))
    whole = StepDrawing(
        id=id,
        title=title,
        description=description(steps, edges, say) + _watched(steps, say),
        width=width,
        top=0.0,
        height=rows[-1].bottom,
        rows=tuple(rows),
        ways=ways,
        rules=tuple((a.bottom + b.top) / 2 for a, b in pairwise(rows)),
        rule_left=frame.words,
    )
    return tuple(_parts(whole, first, other))


def _watched(steps: tuple[Step, ...], say: Say) -> str:
    watched = tuple((step.title, step.supervised) for step in steps if step.supervised)
    return say("points", steps=watched) if watched else ""


def _parts(whole: StepDrawing, first: float, other: float) -> Iterator[StepDrawing]:
    """The chart cut above rows where it is too high; ways go on over the cut."""
    ends = [*(row.top - _EDGE for row in whole.rows[1:]), whole.height + _EDGE]
    begin, top, room = 0, -_EDGE, first
    while begin < len(whole.rows):
        end = begin + 1
        while end < len(ends) and ends[end] - top <= room:
            end += 1
        bottom = ends[end - 1]
        yield replace(
            whole,
            id=f"{whole.id}-{begin + 1}",
            top=top,
            height=bottom - top,
            rows=whole.rows[begin:end],
            ways=tuple(w for w in whole.ways if _meets(w, top, bottom)),
            rules=tuple(y for y in whole.rules if top < y < bottom),
        )
        begin, top, room = end, bottom, other


def _meets(way: Way, top: float, bottom: float) -> bool:
    heights = [y for _, y in way.points]
    return max(heights) > top and min(heights) < bottom
