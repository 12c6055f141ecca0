"""The numbers behind the drawings. Each drawing stands beside the table that it was made from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Point:
    """One value of a chart; `text` is the value as it is written beside the mark."""

    label: str
    value: Decimal
    text: str


@dataclass(frozen=True)
class BarChart:
    """Horizontal bars from zero, in the order given. Values are zero or more."""

    id: str
    title: str
    description: str
    unit: str
    bars: tuple[Point, ...]


@dataclass(frozen=True)
class LineChart:
    """A line over time, oldest first. Values may be below zero."""

    id: str
    title: str
    description: str
    unit: str
    points: tuple[Point, ...]


Chart = BarChart | LineChart
