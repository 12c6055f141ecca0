"""The numbers behind the drawings. Each drawing is shown beside the table that it was made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

# Meaning never rides on colour alone: each state has its own mark and its own word.
State = Literal["done", "soon", "late", "open"]


@dataclass(frozen=True)
class _Picture:
    """What every drawing has: an id, a title, and a description for those who do not see it."""

    id: str
    title: str
    description: str


@dataclass(frozen=True)
class Point:
    """One value of a chart; `text` is the value as it is written beside the mark."""

    label: str
    value: Decimal
    text: str


@dataclass(frozen=True)
class BarChart(_Picture):
    """Horizontal bars from zero, in the order given. Values are zero or more."""

    unit: str
    bars: tuple[Point, ...]


@dataclass(frozen=True)
class LineChart(_Picture):
    """A line over time, oldest first. Values may be below zero."""

    unit: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Pair:
    """Two values of one label, written as `texts`; None where one is not known."""

    label: str
    values: tuple[Decimal | None, Decimal | None]
    texts: tuple[str, str]


@dataclass(frozen=True)
class PairChart(_Picture):
    """Two bars beside each other for each label, such as income and expense of each month.
    `names` say what the two are. Values are zero or more."""

    unit: str
    names: tuple[str, str]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class Share:
    """How much of a whole is reached; `part` may be more than `whole`."""

    label: str
    whole: Decimal
    part: Decimal
    text: str


@dataclass(frozen=True)
class ShareChart(_Picture):
    """Filled parts within outlined wholes: spent of a budget, paid of a price, published of
    what is due. `names` are those of the whole and of the part, empty where the words beside it say so
    already. All wholes are drawn on one scale, or each on its own where `is_relative`."""

    unit: str
    names: tuple[str, str]
    shares: tuple[Share, ...]
    is_relative: bool = False


@dataclass(frozen=True)
class Milestone:
    """What a time line marks on a day; `text` are counts, votes or sums.
    `counts` are numbers of which each is within the one before: entitled, present, agreed."""

    day: date
    label: str
    text: str
    state: State = "done"
    counts: tuple[int, ...] = ()


@dataclass(frozen=True)
class TimeLine(_Picture):
    """Milestones from top to bottom in the order of their days, with the days between them.
    `counted` are up to three names for what their counts are."""

    moments: tuple[Milestone, ...]
    counted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Span:
    """A time from one day to another; `text` says what is to be known of it."""

    label: str
    start: date
    end: date
    text: str
    state: State = "open"


@dataclass(frozen=True)
class SpanChart(_Picture):
    """Terms of leases on one scale of years, with a line at `today`; what ends first on top."""

    today: date
    spans: tuple[Span, ...]


Chart = BarChart | LineChart | PairChart | ShareChart | TimeLine | SpanChart
