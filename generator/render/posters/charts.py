"""Which of a record's charts a sheet shows, and how many of them it has room for."""

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
_HEIGHT = re.compile(r'viewBox="0 0 [\d.]+ ([\d.]+)"')


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
    drawn = str(drawings.chart(chart, round(paper.inner * share * UNITS), is_low=is_low))
    found = _HEIGHT.search(drawn)
    height = float(found[1]) / UNITS if found else 0.0
    # The engine gives drawings no font from the style sheets.
    return Figure(chart.title, Markup(_IN_SANS.join(drawn.split("<svg ", 1))), height + _HEADED)


def figure_rows(
    charts: Sequence[Chart],
    paper: Paper,
    drawings: Drawings,
    room: float,
    *,
    least: int,
    apart: float = 0.0,
    is_low: bool = False,
) -> tuple[FigureRow, ...]:
    """Rows of charts that fit into `room` ems, but at least so many; what says most comes first.

    `apart` is the white above each row; where height is scarce, charts that can be are low.
    """
    rows: list[FigureRow] = []
    for group in _grouped(_ordered(charts)):
        share = 1.0 if _is_wide(group[0]) else _HALF
        figures = tuple(figure(chart, share, paper, drawings, is_low=is_low) for chart in group)
        row = FigureRow(figures, _is_wide(group[0]))
        room -= row.height + apart
        if room < 0 and len(rows) >= least:
            break
        rows.append(row)
    return tuple(rows)


def figures_beside(
    charts: Sequence[Chart],
    paper: Paper,
    drawings: Drawings,
    room: float,
    *,
    apart: float,
    is_low: bool,
) -> tuple[FigureRow, ...]:
    """Charts under each other in a column beside the table: as many as fit into `room` ems."""
    rows: list[FigureRow] = []
    for chart in _ordered(charts):
        if _is_wide(chart):
            continue
        row = FigureRow((figure(chart, _SIDE, paper, drawings, is_low=is_low),), is_wide=False)
        room -= row.height + apart
        if room < 0:
            break
        rows.append(row)
    return tuple(rows)


def _ordered(charts: Sequence[Chart]) -> tuple[Chart, ...]:
    """What the whole consists of and how it came about stand beside each other; the others
    follow as the record orders them."""
    parts = [chart for chart in charts if isinstance(chart, BarChart | ShareChart)]
    times: list[Chart] = [chart for chart in charts if isinstance(chart, LineChart)]
    times = times or [chart for chart in charts if isinstance(chart, PairChart)]
    first = (*parts[:1], *times[:1]) if parts and times else ()
    return (*first, *(chart for chart in charts if chart not in first))


def _grouped(charts: Iterable[Chart]) -> list[list[Chart]]:
    """Two by two; what needs the whole width alone."""
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
