"""The geometry of parts within wholes: outlined bars, filled as far as they are reached."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from generator.render.drawings.chartparts import (
    EDGE,
    TYPE_SIZE,
    Axis,
    Box,
    Fill,
    Mark,
    RowsDrawing,
    Say,
    Series,
    column,
    legend,
    note,
    tall,
)
from generator.render.drawings.textwidths import balanced, measure, phrased
from generator.views.charts import Share, ShareChart

_BAR = 16.0
_GAP = 17.0
_FILLS: tuple[Fill, Fill, Fill] = ("outline", "hatch", "full")


@dataclass(frozen=True)
class _Words:
    """A share's words; `end` is its value where that stands at the right of the label's line."""

    label: tuple[Mark, ...]
    value: tuple[Mark, ...]
    end: tuple[Mark, ...]
    bottom: float


def share_drawing(chart: ShareChart, width: float, say: Say) -> RowsDrawing:
    """Label and value in words, below them the whole with its part. What goes beyond the whole
    is drawn full."""
    wholes = tuple(_lengths(share, chart) for share in chart.shares)
    is_over = any(part > whole for whole, part in wholes)
    names = (*chart.names, *((say("beyond_whole"),) if is_over else ()))
    is_named = chart.shares and all(chart.names)
    entries = tuple(zip(_FILLS, names, strict=False)) if is_named else ()
    key = legend(entries, width)
    scale = (width - 2 * EDGE - 1) / float(max((max(pair) for pair in wholes), default=0) or 1)
    words: list[_Words] = []
    bars: list[tuple[Box, Box, Box]] = []
    y = key.bottom
    for share, (whole, part) in zip(chart.shares, wholes, strict=True):
        words.append(_words(share, y, width))
        y = words[-1].bottom
        bars.append(_bars(y, float(whole) * scale, float(part) * scale))
        y += _BAR + _GAP
    bottom = max(y - _GAP + 8, key.bottom)
    # Wholes that are each on their own scale have no unit in common.
    has_note = not (chart.shares and chart.is_relative)
    return RowsDrawing(
        id=chart.id,
        title=chart.title,
        description=chart.description,
        width=width,
        height=bottom + (26 if has_note else 0),
        series=tuple(
            Series(fill, tuple(bar[n] for bar in bars if bar[n].width > 0))
            for n, fill in enumerate(_FILLS)
        ),
        axes=tuple(Axis(EDGE + 1, bar[0].top - 2, bar[0].bottom + 2) for bar in bars),
        labels=tuple(mark for each in words for mark in each.label),
        values=tuple(mark for each in words for mark in each.value),
        ends=tuple(mark for each in words for mark in each.end),
        legend=key,
        note=(
            note(EDGE, bottom + 20, chart.unit, say, has_data=bool(chart.shares))
            if has_note
            else None
        ),
    )


def _lengths(share: Share, chart: ShareChart) -> tuple[Decimal, Decimal]:
    """Whole and part on the chart's scale. A whole of nothing has no scale of its own."""
    whole, part = max(share.whole, Decimal(0)), max(share.part, Decimal(0))
    if not chart.is_relative:
        return whole, part
    return (Decimal(1), part / whole) if whole else (Decimal(0), Decimal(0))


def _words(share: Share, top: float, width: float) -> _Words:
    """Label and value on one line where both fit, else below each other; then the bars begin."""
    inner = width - 2 * EDGE
    if share.text and measure(f"{share.label}　{share.text}", TYPE_SIZE) <= inner:
        end = column((share.text,), width - EDGE, top)
        return _Words(column((share.label,), EDGE, top), (), end, top + tall(1))
    label = balanced(share.label, inner, TYPE_SIZE)
    lines = phrased(share.text, inner, TYPE_SIZE)
    below = top + tall(len(label))
    value = column(lines, EDGE, below)
    return _Words(column(label, EDGE, top), value, (), below + tall(len(lines)))


def _bars(top: float, whole: float, part: float) -> tuple[Box, Box, Box]:
    """The whole, what of it is reached, and what is beyond."""
    left, bottom = EDGE + 1, top + _BAR
    reached = min(whole, part)
    return (
        Box(left, top, left + whole, bottom),
        Box(left, top, left + reached, bottom),
        Box(left + whole, top, left + max(part, whole), bottom),
    )
