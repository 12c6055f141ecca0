"""Decides which of a record's charts a sheet shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.model.papers import Paper
from generator.render.drawings import Drawings
from generator.views.charts import BarChart, Chart, LineChart, PairChart, ShareChart, SpanChart

UNITS = 15.0  # of a drawing, in an em of the paper's type
_IN_SANS = '<svg font-family="Mingbai Sans" '
_HALF = 0.47  # of the width of the text: two charts and a gap
_SIDE = 0.285  # of the width: a column of charts beside a table
_HEADED = 2.2  # ems: a chart's heading, and the white around a row of charts
_HEIGHT = re.compile(r'viewBox="[-\d.]+ [-\d.]+ [\d.]+ ([\d.]+)"')


@dataclass(frozen=True)
class Figure:
    """A drawing with its heading, `height` ems high with it."""

    title: str
    drawing: Markup
    height: float


@dataclass(frozen=True)
class FigureRow:
    """Figures beside each other, or one over the whole width."""

    figures: tuple[Figure, ...]
    is_wide: bool

    @property
    def height(self) -> float:
        """In ems, with the white above and below."""
        return max(figure.height for figure in self.figures)


def figure(
    chart: Chart, share: float, paper: Paper, drawings: Drawings, *, is_low: bool = False
) -> Figure:
    """A chart over a share of the text's width, its type as large as the text's."""
    drawing = in_sans(drawings.chart(chart, round(paper.inner * share * UNITS), is_low=is_low))
    return Figure(chart.title, drawing, height_of(drawing) + _HEADED)


def in_sans(drawing: Markup) -> Markup:
    """A drawing in the sheets' type: the engine gives it no font from the style sheets."""
    return Markup(_IN_SANS.join(str(drawing).split("<svg ", 1)))


def height_of(drawing: Markup) -> float:
    """The height of a drawing in ems of its own type."""
    found = _HEIGHT.search(drawing)
    return float(found[1]) / UNITS if found else 0.0


def figure_rows(
    charts: Sequence[Chart], paper: Paper, drawings: Drawings, *, is_low: bool = False
) -> tuple[FigureRow, ...]:
    """Charts in rows, the most telling first. Where height is scarce, charts that can be low
    are."""
    rows: list[FigureRow] = []
    for group in _grouped(_ordered(charts)):
        share = 1.0 if _is_wide(group[0]) else _HALF
        figures = tuple(figure(chart, share, paper, drawings, is_low=is_low) for chart in group)
        rows.append(FigureRow(figures, _is_wide(group[0])))
    return tuple(rows)


def figures_beside(
    charts: Sequence[Chart], paper: Paper, drawings: Drawings, *, is_low: bool
) -> tuple[FigureRow, ...]:
    """Charts under each other in a column beside the table."""
    return tuple(
        FigureRow((figure(chart, _SIDE, paper, drawings, is_low=is_low),), is_wide=False)
        for chart in _ordered(charts)
        if not _is_wide(chart)
    )


def _ordered(charts: Sequence[Chart]) -> tuple[Chart, ...]:
    """Charts of the parts of a whole and of its course come first, beside each other; the others
    follow in the record's order."""
    parts = [chart for chart in charts if isinstance(chart, BarChart | ShareChart)]
    times: list[Chart] = [chart for chart in charts if isinstance(chart, LineChart)]
    times = times or [chart for chart in charts if isinstance(chart, PairChart)]
    first = (*parts[:1], *times[:1]) if parts and times else ()
    return (*first, *(chart for chart in charts if chart not in first))


def _grouped(charts: Iterable[Chart]) -> list[list[Chart]]:
    """Charts two by two; those that need the whole width alone."""
    groups: list[list[Chart]] = []
    for chart in charts:
        is_full = not groups or len(groups[-1]) == 2
        if is_full or _is_wide(chart) or _is_wide(groups[-1][0]):
            groups.append([chart])
        else:
            groups[-1].append(chart)
    return groups


def _is_wide(chart: Chart) -> bool:
    return isinstance(chart, SpanChart)
