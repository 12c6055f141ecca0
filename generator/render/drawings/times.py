"""The geometry of time: moments under each other, in the order of their days."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise

from generator.publishing.text import day
from generator.render.drawings.chartparts import (
    EDGE,
    LETTER,
    TYPE_SIZE,
    Box,
    Drawing,
    Fill,
    Legend,
    Mark,
    Say,
    Series,
    column,
    legend,
    tall,
)
from generator.render.drawings.textwidths import balanced, measure, phrased
from generator.views.charts import Milestone, State, TimeLine

_RAIL = 12.0  # where the line runs on which moments are marked
_LEFT = 32.0  # where their words begin
_GAP = 15.0
_APART = 10.0  # between the words of a moment's first line
_BAR = 10.0
_LONGEST = 240.0  # the bar of a whole
_FILLS: tuple[Fill, Fill, Fill] = ("outline", "hatch", "solid")


@dataclass(frozen=True)
class Sign:
    """A moment's mark on the line."""

    x: float
    y: float
    state: State


@dataclass(frozen=True)
class Rail:
    """A piece of the line between two moments; dashed where the second is still to come."""

    x: float
    top: float
    bottom: float
    is_dashed: bool


@dataclass(frozen=True)
class MomentsDrawing(Drawing):
    """A time line ready to be written."""

    rails: tuple[Rail, ...]
    signs: tuple[Sign, ...]
    days: tuple[Mark, ...]
    gaps: tuple[Mark, ...]
    states: tuple[Mark, ...]
    labels: tuple[Mark, ...]
    texts: tuple[Mark, ...]
    series: tuple[Series, ...]
    legend: Legend
    note: Mark | None


@dataclass(frozen=True)
class _Placed:
    sign: Sign
    heads: tuple[Mark, Mark | None, Mark | None]  # day, distance, state
    label: tuple[Mark, ...]
    text: tuple[Mark, ...]
    bars: tuple[Box, ...]
    bottom: float


def moments_drawing(chart: TimeLine, width: float, say: Say) -> MomentsDrawing:
    """Day, label and words of each moment, and how many days lie between them."""
    moments = sorted(chart.moments, key=lambda moment: moment.day)
    has_states = any(moment.state != "done" for moment in moments)
    counted = any(_is_counted(moment, chart) for moment in moments)
    key = legend(tuple(zip(_FILLS, chart.counted, strict=False)) if counted else (), width)
    placed: list[_Placed] = []
    bottom, before = key.bottom, moments[0].day if moments else None
    for moment in moments:
        apart = (moment.day - before).days if before else 0
        distance = say("apart", days=apart) if apart else ""
        state = say("moment", state=moment.state) if has_states else ""
        placed.append(_moment(moment, chart, (distance, state), bottom, width))
        bottom, before = placed[-1].bottom, moment.day
    return MomentsDrawing(
        id=chart.id,
        title=chart.title,
        description=chart.description,
        width=width,
        height=bottom - 4 if placed else bottom + 24,
        rails=_rails(tuple(each.sign for each in placed)),
        signs=tuple(each.sign for each in placed),
        days=tuple(each.heads[0] for each in placed),
        gaps=tuple(each.heads[1] for each in placed if each.heads[1]),
        states=tuple(each.heads[2] for each in placed if each.heads[2]),
        labels=tuple(mark for each in placed for mark in each.label),
        texts=tuple(mark for each in placed for mark in each.text),
        series=tuple(
            Series(fill, tuple(each.bars[n] for each in placed if len(each.bars) > n))
            for n, fill in enumerate(_FILLS)
        ),
        legend=key,
        note=None if placed else Mark(EDGE, EDGE + LETTER, say("no_data")),
    )


def _moment(
    moment: Milestone, chart: TimeLine, words: tuple[str, str], top: float, width: float
) -> _Placed:
    inner = width - _LEFT - EDGE
    heads = _heads(day(moment.day), words, top, width)
    y = max(mark.y for mark in heads if mark) - LETTER + tall(1)
    label = balanced(moment.label, inner, TYPE_SIZE)
    text = phrased(moment.text, inner, TYPE_SIZE)
    below = y + tall(len(label))
    bottom = below + tall(len(text))
    bars = _bars(moment, bottom, min(inner - 1, _LONGEST)) if _is_counted(moment, chart) else ()
    return _Placed(
        sign=Sign(_RAIL, heads[0].y - LETTER / 2, moment.state),
        heads=heads,
        label=column(label, _LEFT, y),
        text=column(text, _LEFT, below),
        bars=bars,
        bottom=bottom + (_BAR + 5 if bars else 0) + _GAP,
    )


def _heads(
    date: str, words: tuple[str, str], top: float, width: float
) -> tuple[Mark, Mark | None, Mark | None]:
    """The day, and after it its distance and its state: on further lines without room."""
    first = last = Mark(_LEFT, top + LETTER, date)
    found: list[Mark | None] = []
    for word in words:
        if not word:
            found.append(None)
            continue
        x, y = last.x + measure(last.text, TYPE_SIZE) + _APART, last.y
        if x + measure(word, TYPE_SIZE) > width - EDGE:
            x, y = _LEFT, y + tall(1)
        last = Mark(x, y, word)
        found.append(last)
    return first, found[0], found[1]


def _is_counted(moment: Milestone, chart: TimeLine) -> bool:
    """Whether the counts can be drawn within each other."""
    counts = moment.counts
    within = all(one >= other for one, other in pairwise((*counts, 0)))
    return (
        0 < len(counts) <= len(_FILLS)
        and len(counts) == len(chart.counted)
        and within
        and (counts[0] > 0)
    )


def _bars(moment: Milestone, top: float, longest: float) -> tuple[Box, ...]:
    whole = moment.counts[0]
    ends = (_LEFT + longest * count / whole for count in moment.counts)
    return tuple(Box(_LEFT, top + 1, end, top + 1 + _BAR) for end in ends)


def _rails(signs: tuple[Sign, ...]) -> tuple[Rail, ...]:
    """Whole up to the last moment that is done; neighbours of one kind are one piece."""
    pieces = [Rail(_RAIL, one.y, other.y, other.state != "done") for one, other in pairwise(signs)]
    runs = (tuple(run) for _, run in groupby(pieces, key=lambda piece: piece.is_dashed))
    return tuple(Rail(_RAIL, run[0].top, run[-1].bottom, run[0].is_dashed) for run in runs)
