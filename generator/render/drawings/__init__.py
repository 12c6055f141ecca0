"""Drawings as inline SVG, for pages and sheets alike.

The modules beside this one compute geometry; templates write it. Colours and type sizes are
presentation attributes, so that a drawing needs no style sheet and passes a strict content
policy; classes (`ch-…`, `fc-…`) let a page restyle it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

from markupsafe import Markup

from generator.model.phrases import Phrases
from generator.model.powers import Step
from generator.render.drawings.bars import bar_drawing, pair_drawing
from generator.render.drawings.boards import board_drawing
from generator.render.drawings.chartparts import Say
from generator.render.drawings.flowchart import flow_drawing
from generator.render.drawings.lines import line_drawing
from generator.render.drawings.shares import share_drawing
from generator.render.drawings.spans import spans_drawing
from generator.render.drawings.steps import step_drawings
from generator.render.drawings.times import moments_drawing
from generator.render.templates import Templates, faults_named
from generator.render.theme import ACCENT
from generator.views.charts import (
    BarChart,
    Chart,
    LineChart,
    PairChart,
    ShareChart,
    SpanChart,
    TimeLine,
)
from generator.views.said import say
from generator.views.templating import strict_environment
from generator.views.walls.plans import BoardPicture

__all__ = ["PHONE", "SHEET", "Drawings", "drawing_words"]

PHONE = 280  # on a screen of 360 pixels type of 15 units is then larger than 16 pixels
SHEET = 520
_FLOW = 700
# Each kind of chart: its template, and the function that lays it out.
_KINDS: dict[type[Chart], tuple[str, Callable[[Any, float, Say], object]]] = {
    BarChart: ("rows.svg", bar_drawing),
    LineChart: ("line.svg", line_drawing),
    PairChart: ("rows.svg", pair_drawing),
    ShareChart: ("rows.svg", share_drawing),
    TimeLine: ("moments.svg", moments_drawing),
    SpanChart: ("spans.svg", spans_drawing),
}


class Drawings:
    """Writes drawings with the templates of a folder. Same input, same bytes."""

    def __init__(self, templates: Templates, accent: str = ACCENT) -> None:
        """`accent` is the one colour beside black: hatching, signs."""
        self._env = strict_environment(
            templates.loader("drawings"), autoescape=True, trim_blocks=True, lstrip_blocks=True
        )
        self._env.filters.update(n=_number, whole=round)
        self._env.globals["accent"] = accent
        self._say = drawing_words(templates)

    def chart(self, chart: Chart, width: int = PHONE, *, is_low: bool = False) -> Markup:
        """Any chart; type is 15 units whatever the width. Lines are drawn low where they must
        not take much height."""
        if is_low and isinstance(chart, LineChart):
            return self._write("line.svg", chart=line_drawing(chart, width, self._say, is_low=True))
        template, draw = _KINDS[type(chart)]
        return self._write(template, chart=draw(chart, width, self._say))

    def flow_chart(
        self, steps: tuple[Step, ...], *, id: str, title: str, width: int = _FLOW
    ) -> Markup:
        """A flow from top to bottom. Boxes narrow until the chart is at most `width` wide, or
        as narrow as words allow. Every branch must lead to a step of the flow."""
        return self._write(
            "flow.svg", flow=flow_drawing(steps, self._say, id=id, title=title, width=width)
        )

    def step_charts(
        self,
        steps: tuple[Step, ...],
        *,
        id: str,
        title: str,
        width: float,
        first: float,
        other: float,
    ) -> tuple[Markup, ...]:
        """A flow for a sheet, in as many parts as pages: the first part is at most `first`
        high, the others `other`. Type is 15 units whatever the width."""
        parts = step_drawings(
            steps, self._say, id=id, title=title, width=width, first=first, other=other
        )
        return tuple(self._write("steps.svg", part=part) for part in parts)

    def board(self, picture: BoardPicture) -> Markup:
        """A board on a wall with the places of its sheets."""
        return self._write("board.svg", chart=board_drawing(picture, self._say))

    def _write(self, template: str, **data: object) -> Markup:
        with faults_named("drawings", template):
            return Markup(self._env.get_template(template).render(**data))


def drawing_words(templates: Templates) -> Say:
    """The words within drawings; the same few are asked for again and again."""
    text = templates.find("words/drawings.txt").read_text("utf-8")
    words = templates.wording.said(text) if templates.wording else text
    return lru_cache(1024)(partial(say, Phrases({"drawings": words}), "drawings"))


def _number(value: float) -> str:
    """A coordinate, to a tenth of a unit."""
    return f"{round(value, 1) + 0.0:g}"  # adding zero turns -0 into 0
