"""Decides where the boxes of a flow chart are and how its arrows run.

The layout is graphlay's (MIT or Apache-2.0): a layered engine with orthogonal routes that
knows the boxes' sizes and the returns, and gives the same numbers on every platform.
Only this module knows it. What is ours is the choice of the side on which returns run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any, Literal

import graphlay

Point = tuple[float, float]
Side = Literal["left", "right"]
Sides = tuple[Side | None, ...]

_OPTIONS = {
    "direction": "topbottom",
    "spacing": {"layer_gap": 26.0, "node_gap": 24.0, "port_gap": 30.0, "stub": 13.0},
    "routing": {"lane_gap": 13.0},
}
_MAIN_WEIGHT = 4.0  # the way to the step written next stays straight
_TRIED_ONE_BY_ONE = 3  # with more returns than this, all run on the same side
_SIDE_WORTH = 2  # bends that are better than a return between the boxes
_FAULTS = ("crossings", "overlaps", "node_edge_hits")


@dataclass(frozen=True)
class Size:
    """The width and height of a box or a label."""

    width: float
    height: float


@dataclass(frozen=True)
class Link:
    """An arrow between two boxes, by their places in the list; `label` is its label's size."""

    start: int
    end: int
    label: Size | None = None

    @property
    def returns(self) -> bool:
        """Whether the arrow goes back to a box written earlier."""
        return self.end < self.start


@dataclass(frozen=True)
class Route:
    """An arrow's corners from border to border, and the centre of its label."""

    points: tuple[Point, ...]
    label: Point | None


@dataclass(frozen=True)
class Layout:
    """The centres of the boxes and the routes of the arrows, in the order given."""

    centres: tuple[Point, ...]
    routes: tuple[Route, ...]


def place(sizes: tuple[Size, ...], links: tuple[Link, ...]) -> Layout:
    """The layout with the fewest crossings; of those, few bends and returns at the side."""
    drawings = [_draw(sizes, links, sides) for sides in _choices(links)]
    _, best = min(drawings, key=lambda scored: scored[0])  # the first of equals
    edges = iter(best.edges)
    labels = iter(best.nodes[len(sizes) :])
    return Layout(
        centres=tuple(_point(node["center"]) for node in best.nodes[: len(sizes)]),
        routes=tuple(
            _route((next(edges), next(edges)), next(labels))
            if link.label
            else _route((next(edges),), None)
            for link in links
        ),
    )


def least_width(sizes: tuple[Size, ...], links: tuple[Link, ...]) -> float:
    """The width where the engine runs the returns as it likes: sides of ours only add to it."""
    freely: Sides = (None,) * sum(link.returns for link in links)
    return float(graphlay.layout(_graph(sizes, links, freely), options=_OPTIONS).metrics()["width"])


def _choices(links: tuple[Link, ...]) -> Iterator[Sides]:
    """For each return the side on which it may run; None leaves it to the engine."""
    count = sum(link.returns for link in links)
    options: Sides = ("right", "left", None)
    if count <= _TRIED_ONE_BY_ONE:
        yield from product(options, repeat=count)
    else:
        yield from ((option,) * count for option in options)


def _draw(
    sizes: tuple[Size, ...], links: tuple[Link, ...], sides: Sides
) -> tuple[tuple[float, ...], graphlay.Layout]:
    graph = _graph(sizes, links, sides)
    drawing = graphlay.layout(graph, options=_OPTIONS)
    quality = drawing.metrics()
    faults = sum(quality[fault] for fault in _FAULTS)
    unsided = sum(side is None for side in sides)
    return (faults, quality["bends"] + _SIDE_WORTH * unsided, quality["width"]), drawing


def _graph(sizes: tuple[Size, ...], links: tuple[Link, ...], sides: Sides) -> dict[str, Any]:
    """The request. A label is a small box on its arrow: so nothing else comes near it, and
    nobody can take it for the label of a neighbour."""
    nodes = [_node(size) for size in sizes]
    edges: list[dict[str, Any]] = []
    remaining = iter(sides)
    for link in links:
        side = next(remaining) if link.returns else None
        common = {
            "weight": _MAIN_WEIGHT if link.end == link.start + 1 else 1.0,
            "reverse_for_ranking": link.returns,
        }
        leave = {"source": link.start, **({"source_port": {"side": side}} if side else {})}
        arrive = {"target": link.end, **({"target_port": {"side": side}} if side else {})}
        if link.label:
            enter, leave_label = ("bottom", "top") if link.returns else ("top", "bottom")
            label = len(nodes)
            nodes.append(_node(link.label))
            edges.append({**leave, "target": label, "target_port": _middle(enter), **common})
            edges.append({"source": label, "source_port": _middle(leave_label), **arrive, **common})
        else:
            edges.append({**leave, **arrive, **common})
    return {"nodes": nodes, "edges": edges}


def _node(size: Size) -> dict[str, Any]:
    return {"size": {"width": size.width, "height": size.height}}


def _middle(side: str) -> dict[str, Any]:
    return {"offset": {"side": side, "t": 0.0}}


def _point(point: dict[str, float]) -> Point:
    return point["x"], point["y"]


def _route(parts: tuple[dict[str, Any], ...], label: dict[str, Any] | None) -> Route:
    corners = _squared([_point(point) for part in parts for point in part["points"]])
    return Route(
        points=(corners[0], *_bends(corners), corners[-1]),
        label=_point(label["center"]) if label else None,
    )


def _squared(corners: list[Point]) -> list[Point]:
    """The line without the slant that rounding leaves where two tracks are half a unit apart."""
    squared = corners[:1]
    for x, y in corners[1:]:
        before_x, before_y = squared[-1]
        if abs(x - before_x) < abs(y - before_y):
            squared.append((before_x, y))
        else:
            squared.append((x, before_y))
    return squared


def _bends(corners: list[Point]) -> Iterator[Point]:
    """The corners at which a line turns."""
    for before, (x, y), after in zip(corners, corners[1:], corners[2:], strict=False):
        if not (before[0] == x == after[0] or before[1] == y == after[1]):
            yield x, y
