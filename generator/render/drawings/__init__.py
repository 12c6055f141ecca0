"""Drawings as inline SVG, for pages and sheets alike.

The modules beside this one compute geometry; templates write it. Colours and type sizes are
presentation attributes, so that a drawing needs no style sheet and passes a strict content
policy; classes (`ch-…`, `fc-…`) let a page restyle it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from generator.model.powers import Step
from generator.render.drawings.charts import bar_drawing, line_drawing
from generator.render.drawings.flowchart import flow_drawing
from generator.views.charts import BarChart, Chart, LineChart

__all__ = ["PHONE", "SHEET", "Drawings"]

PHONE = 340  # a chart of this width keeps its type readable on a narrow screen
SHEET = 520
_FLOW = 700
# Each kind of chart: its template, and the function that lays it out.
_KINDS: dict[type[Chart], tuple[str, Callable[[Any, float], object]]] = {
    BarChart: ("bars.svg", bar_drawing),
    LineChart: ("line.svg", line_drawing),
}


class Drawings:
    """Writes drawings with the templates of a folder. Same input, same bytes."""

    def __init__(self, templates: Path) -> None:
        """`templates` is the folder that has `drawings/` in it."""
        self._env = Environment(
            loader=FileSystemLoader(templates / "drawings"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._env.filters["n"] = _number

    def chart(self, chart: Chart, width: int = PHONE) -> Markup:
        """Any chart; type is 15 units whatever the width."""
        template, draw = _KINDS[type(chart)]
        return self._write(template, chart=draw(chart, width))

    def flow_chart(
        self, steps: tuple[Step, ...], *, id: str, title: str, width: int = _FLOW
    ) -> Markup:
        """A flow from top to bottom. Boxes narrow until the chart is at most `width` wide, or
        as narrow as words allow. Every branch must lead to a step of the flow."""
        return self._write("flow.svg", flow=flow_drawing(steps, id=id, title=title, width=width))

    def _write(self, template: str, **data: object) -> Markup:
        return Markup(self._env.get_template(template).render(**data))


def _number(value: float) -> str:
    """A coordinate, to a tenth of a unit."""
    return f"{round(value, 1) + 0.0:g}"  # adding zero turns -0 into 0
