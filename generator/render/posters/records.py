"""What the layouts of records need besides the sheet itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import ceil

from generator.model.papers import Paper
from generator.render.drawings import Drawings
from generator.render.markup import sheet_pictures
from generator.render.posters.charts import Figure, figure, figure_rows
from generator.render.posters.rolls import grouped
from generator.render.posters.tables import SheetTable, sheet_table
from generator.views.charts import TimeLine
from generator.views.publication import PublicDocument
from generator.views.records import RecordView
from generator.views.sheets.entries import entries_of
from generator.views.sheets.terms import with_ends_marked
from generator.views.sheets.works import Work, works_of

Measure = Callable[[str], float]
# In ems: title, subtitle and line of dates; heads of the table; a line of the plain sentence, and
# one of the smaller words below it.
_HEAD, _HEADS, _SENTENCE, _PROVED = 11.6, 4.2, 2.1, 2.0
_CONTINUED, _CARRIED = 4.4, 4.2  # on later pages: the head, and the sums carried forward
_SPARE = 0.95  # of the room is trusted: lines break earlier than their widths say
_BESIDE = 50.0  # ems: from this width on a time line stands beside the steps
_SHORT = 7  # steps that stay on one page beside it
_ABOVE = 24.0  # ems: what stands above the steps, and their heads
_COURSE = 0.36  # of the width is the time line's
_TALL = 48.0  # ems: lower pages would stay half empty if no block were divided
_BAR = 0.47  # of the width is the bar's of what is paid


def record_parts(
    layout: str, view: RecordView, paper: Paper, drawings: Drawings, measure: Measure
) -> dict[str, object]:
    """Everything that one of the layouts asks for."""
    publication = view.publication
    document = publication.document
    parts: dict[str, object] = {
        "view": view,
        "publication": publication,
        "document": document,
        "pictures": sheet_pictures(document.attachments if document else ()),
    }
    if document is not None:
        return {**parts, **_document_parts(view, document, paper, drawings)}
    if layout == "answers":
        rows = figure_rows(view.charts, paper, drawings, 0.0, least=1)
        return {**parts, "register": entries_of(view), "rows_of_charts": rows}
    if layout == "project":
        whole = paper.tall >= _TALL
        return {**parts, "works": _work_parts(view, paper, drawings), "whole": whole}
    return {**parts, **_table_parts(view, layout, paper, drawings, measure)}


def _document_parts(
    view: RecordView, document: PublicDocument, paper: Paper, drawings: Drawings
) -> dict[str, object]:
    lines = [chart for chart in view.charts if isinstance(chart, TimeLine)]
    course: Figure | None = None
    if lines and paper.inner >= _BESIDE and len(document.steps) <= _SHORT:
        beside = figure(lines[0], _COURSE, paper, drawings)
        course = beside if beside.height + _ABOVE <= paper.tall else None
    counted = any(count is not None for step in document.steps for count in step.counts)
    return {"course": course, "counted": counted}


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
    if layout == "roll":
        table = grouped(view, paper.inner, measure)
    else:
        table = sheet_table(with_ends_marked(view), paper.inner, measure)
    compared = _fitting(view.compared, paper, measure) if layout == "finance" else ""
    left = _room_left(view, table, compared, paper, measure)
    first = _room_left(view, replace(table, height=0.0), compared, paper, measure)
    rows = figure_rows(view.charts, paper, drawings, left, least=int(layout == "finance"))
    return {
        "table": table,
        "compared": compared,
        "rows_of_charts": rows,
        # Drawings follow a table that leaves them room; else rows should run on, not they. Where
        # the first page has no room for them either, they would leave it half empty.
        "drawings_first": left < sum(row.height for row in rows) <= first,
    }


def _fitting(sentences: tuple[str, ...], paper: Paper, measure: Measure) -> str:
    """The first comparison, where one line holds it."""
    size = 1.1
    return next((s for s in sentences[:1] if measure(s) * size <= paper.inner), "")


def _room_left(
    view: RecordView, table: SheetTable, compared: str, paper: Paper, measure: Measure
) -> float:
    """About how many ems are free below the table on its last page."""
    sentence = ceil(measure(view.sentence) * 1.45 / paper.inner) * _SENTENCE
    small = sum(
        ceil(measure(text) * 1.1 / paper.inner) for text in ("；".join(view.checks), compared)
    )
    small += len(view.publication.corrections) + view.publication.is_expired
    room = paper.tall - _HEAD - sentence - small * _PROVED - _HEADS
    left = table.height
    while left > room:
        left -= room - _CARRIED
        room = paper.tall - _CONTINUED - _HEADS
    return (room - left) * _SPARE
