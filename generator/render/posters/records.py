"""What the layouts of records need besides the sheet itself."""

from __future__ import annotations

import re

from generator.model.papers import Paper
from generator.render.drawings import Drawings
from generator.render.markup import sheet_pictures
from generator.render.posters.charts import Figure, figure, figure_rows
from generator.render.posters.fitting import BROAD, TABLE_SHARE, Fitting
from generator.render.posters.rolls import grouped
from generator.render.posters.tables import sheet_table
from generator.render.posters.typeface import Measure
from generator.views.charts import TimeLine
from generator.views.publication import PublicDocument
from generator.views.records import RecordView
from generator.views.sheets.entries import entries_of
from generator.views.sheets.terms import with_ends_marked, with_late_marked
from generator.views.sheets.works import Work, works_of

_BESIDE = 50.0  # ems: from this width on a time line stands beside the steps
_SHORT = 7  # steps that stay on one page beside it
_ABOVE = 24.0  # ems: what stands above the steps, and their heads
_COURSE = 0.36  # of the width is the time line's
_TALL = 48.0  # ems: lower pages would stay half empty if no block were divided
_BAR = 0.47  # of the width is the bar's of what is paid
_PERCENT = re.compile(r"，[+\N{MINUS SIGN}][\d.]+%(?=）)")
_TIGHT = {"setting": " tight"}


def record_parts(
    layout: str, view: RecordView, paper: Paper, drawings: Drawings, measure: Measure
) -> dict[str, object]:
    """Everything that one of the layouts asks for. `settings` are ways to set it that may save a
    page, each as what it changes."""
    publication = view.publication
    document = publication.document
    parts: dict[str, object] = {
        "view": view,
        "publication": publication,
        "document": document,
        "pictures": sheet_pictures(document.attachments if document else ()),
    }
    if document is not None:
        return {**parts, **_document_parts(layout, view, document, paper, drawings)}
    if layout == "answers":
        rows = figure_rows(view.charts, paper, drawings, 0.0, least=1)
        fewer = ({"rows_of_charts": rows[:n]} for n in reversed(range(len(rows))))
        settings = (_TIGHT, *({**_TIGHT, **change} for change in fewer))
        register = entries_of(view)
        return {**parts, "register": register, "rows_of_charts": rows, "settings": settings}
    if layout == "project":
        whole = paper.tall >= _TALL
        works = _work_parts(view, paper, drawings)
        return {**parts, "works": works, "whole": whole, "setting": "" if whole else " tight"}
    return {**parts, **_table_parts(view, layout, paper, drawings, measure)}


def _document_parts(
    layout: str, view: RecordView, document: PublicDocument, paper: Paper, drawings: Drawings
) -> dict[str, object]:
    lines = [chart for chart in view.charts if isinstance(chart, TimeLine)]
    course: Figure | None = None
    if lines and paper.inner >= _BESIDE and len(document.steps) <= _SHORT:
        beside = figure(lines[0], _COURSE, paper, drawings)
        course = beside if beside.height + _ABOVE <= paper.tall else None
    counted = any(count is not None for step in document.steps for count in step.counts)
    without = ({**_TIGHT, "course": None},) if course else ()
    settings = () if layout == "notice" else (_TIGHT, *without)
    return {"course": course, "counted": counted, "settings": settings}


def _work_parts(
    view: RecordView, paper: Paper, drawings: Drawings
) -> tuple[tuple[Work, Figure | None], ...]:
    return tuple(
        (work, figure(work.share, _BAR, paper, drawings) if work.share else None)
        for work in works_of(view)
    )


def _table_parts(
    view: RecordView, layout: str, paper: Paper, drawings: Drawings, measure: Measure
) -> dict[str, object]:
    marked = with_late_marked(view)
    lay, shown = (grouped, marked) if layout == "roll" else (sheet_table, with_ends_marked(marked))
    table, narrow = lay(shown, paper.inner, measure), None
    if view.charts and paper.is_landscape and paper.inner >= BROAD:
        narrow = lay(shown, paper.inner * TABLE_SHARE, measure)
    compared = _fitting(view.compared, paper, measure) if layout == "finance" else ""
    fit = Fitting(view, layout, table, narrow, compared, paper, measure).fit(drawings)
    return {
        "table": fit.table,
        "compared": compared,
        "rows_of_charts": fit.rows,
        "setting": " tight" * fit.is_tight + " side" * fit.is_beside,
        "drawings_first": fit.is_drawn_first,
    }


def _fitting(sentences: tuple[str, ...], paper: Paper, measure: Measure) -> str:
    """The first comparison, where one line holds it, if need be without its percentages: what
    they start from stands beside them."""
    size = 1.1
    ways = (way for first in sentences[:1] for way in (first, _PERCENT.sub("", first)))
    return next((way for way in ways if measure(way) * size <= paper.inner), "")
