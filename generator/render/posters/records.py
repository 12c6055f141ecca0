"""Decides in which ways the sheet of a record may be set, and with what parts."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TypeVar

from generator.model.papers import Paper
from generator.publishing.publication import Publication, PublicDocument, PublicTable
from generator.render.drawings import Drawings
from generator.render.markup import sheet_pictures
from generator.render.posters.charts import Figure, figure, figure_rows
from generator.render.posters.choosing import Parts, Way, until_sure
from generator.render.posters.columns import NO_MARKS, Marks
from generator.render.posters.filters import one_line
from generator.render.posters.fitting import BROAD, TABLE_SHARE, Setter
from generator.render.posters.tables import Line, SheetTable, sheet_table
from generator.render.posters.typeface import Measure
from generator.views.charts import TimeLine
from generator.views.records import RecordView
from generator.views.sheets import SheetView
from generator.views.sheets.blocks import ProjectBlock

_BESIDE = 50.0  # ems: from this width on a time line stands beside the steps
_SHORT = 7  # steps that stay on one page beside it
_ABOVE = 24.0  # ems: what stands above the steps, and their heads
_COURSE = 0.36  # of the width is the time line's
_TALL = 48.0  # ems: lower pages would stay half empty if no block were divided
_BAR = 0.47  # of the width is the bar's of what is paid
_PERCENT = re.compile(r"，[+\N{MINUS SIGN}][\d.]+%(?=）)")
# Of the usual height: set tight, and without the drawing. Less than that is never had.
_TIGHTER, _BARE = 0.75, 0.6
_STEPS_TIGHTER, _STEPS_BARE = 0.8, 0.65  # of decisions
_APART, _NEAR = 2.4, 0.8  # ems between names
_FEWEST = 8  # rows; shorter lists of households are read at a glance
T = TypeVar("T")


def record_parts(sheet: SheetView, view: RecordView, drawings: Drawings, measure: Measure) -> Parts:
    """The facts and ways that the layout of a record needs."""
    layout, paper, document = sheet.layout, sheet.paper, view.publication.document
    facts: dict[str, object] = {
        "view": view,
        "publication": view.publication,
        "document": document,
        "pictures": sheet_pictures(document.attachments if document else ()),
    }
    if document is not None:
        counted = any(count is not None for step in document.steps for count in step.counts)
        ways = _document_ways(layout, view, document, paper, drawings)
        return Parts({**facts, "counted": counted}, ways)
    if layout == "answers":
        rows = figure_rows(view.charts, paper, drawings)[:1]
        setting: dict[str, object] = {"rows_of_charts": rows, "setting": ""}
        return Parts({**facts, "register": sheet.blocks}, _ways(setting, "rows_of_charts", ()))
    if layout == "roll" and (groups := _named_groups(view.publication)):
        return Parts({**facts, "named_groups": groups}, _name_ways(groups, paper, measure))
    if layout == "project":
        whole = paper.tall >= _TALL
        facts |= {"works": _work_parts(sheet, drawings), "whole": whole}
        usual, tight = {"setting": ""}, {"setting": " tight"}
        return Parts(facts, (Way(usual), Way(tight, _TIGHTER)) if whole else (Way(tight),))
    return Parts(facts, _table_ways(sheet, view, drawings, measure))


def _ways(
    usual: dict[str, object],
    drawn: str,
    nothing: object,
    tighter: float = _TIGHTER,
    least: float = _BARE,
) -> tuple[Way, ...]:
    """As usual, tight, and tight without the drawing where there is one."""
    tight = {**usual, "setting": " tight"}
    bare = (Way({**tight, drawn: nothing}, least),) if usual[drawn] else ()
    return (Way(usual), Way(tight, tighter), *bare)


def _name_ways(
    groups: tuple[tuple[str, tuple[str, ...]], ...], paper: Paper, measure: Measure
) -> tuple[Way, ...]:
    """Names side by side, as many in a line as there is room for the longest."""
    longest = max(measure(name) for _, names in groups for name in names)
    ways = []
    for setting, apart, height in (("", _APART, 1.0), (" tight", _NEAR, _TIGHTER)):
        count = max(1, int(paper.inner / (longest + apart)))
        ways.append(Way({"setting": setting, "wide": f"{paper.inner / count:.2f}"}, height))
    return tuple(ways)


def _document_ways(
    layout: str, view: RecordView, document: PublicDocument, paper: Paper, drawings: Drawings
) -> tuple[Way, ...]:
    lines = [chart for chart in view.charts if isinstance(chart, TimeLine)]
    course: Figure | None = None
    if lines and paper.inner >= _BESIDE and len(document.steps) <= _SHORT:
        beside = figure(lines[0], _COURSE, paper, drawings)
        course = beside if beside.height + _ABOVE <= paper.tall else None
    setting: dict[str, object] = {"course": course, "setting": ""}
    if layout == "notice":
        return _ways(setting, "course", None)
    if layout == "decision":
        return _ways(setting, "course", None, _STEPS_TIGHTER, _STEPS_BARE)
    return _ways(setting, "course", None)


def _work_parts(
    sheet: SheetView, drawings: Drawings
) -> tuple[tuple[ProjectBlock, Figure | None], ...]:
    blocks = sheet.blocks if isinstance(sheet.blocks, tuple) else ()
    return tuple(
        (block, figure(block.share, _BAR, sheet.paper, drawings) if block.share else None)
        for block in blocks
    )


def _table_ways(
    sheet: SheetView, view: RecordView, drawings: Drawings, measure: Measure
) -> tuple[Way, ...]:
    layout, paper, marks = sheet.layout, sheet.paper, sheet.marks
    lay = _grouped if layout == "roll" else sheet_table
    table, narrow = lay(view, paper.inner, measure, marks), None
    if view.charts and paper.is_landscape and paper.inner >= BROAD:
        narrow = lay(view, paper.inner * TABLE_SHARE, measure, marks)
    compared = _fitting(view.compared, paper, measure) if layout == "finance" else ""
    marked = view.publication.corrections or sheet.is_draft
    title = one_line(sheet.title, sheet.official, paper, marked, measure)
    setter = Setter(view, layout, table, narrow, compared, paper, drawings, measure, title)
    return until_sure(setter.ways(), paper)


def _fitting(sentences: tuple[str, ...], paper: Paper, measure: Measure) -> str:
    """The first comparison, where one line holds it, if need be without its percentages: what
    they start from stands beside them."""
    size = 1.1
    ways = (way for first in sentences[:1] for way in (first, _PERCENT.sub("", first)))
    return next((way for way in ways if measure(way) * size <= paper.inner), "")


# ------------------------------------------------------------------- lists of households


def _grouped(
    view: RecordView, width: float, measure: Measure, marks: Marks = NO_MARKS
) -> SheetTable:
    """The table with the column of groups before all others and its rows by group, since everyone
    looks for their own group first.

    Every row says its group: a line over each group would be missed on the next page.
    """
    publication = view.publication
    place = _group_column(publication)
    if place is None:
        return sheet_table(view, width, measure, marks)
    names = list(dict.fromkeys(row.cells[place].text for row in publication.rows))
    ordered = sorted(publication.rows, key=lambda row: names.index(row.cells[place].text))
    turned = _with_first(replace(publication.table, rows=tuple(ordered)), place)
    table = sheet_table(view, width, measure, marks, turned)
    groups = iter([row.cells[place].text for row in ordered])
    lines, last = [], None
    for line in table.lines:
        if line.kind == "row":
            group = next(groups)
            lines.append(line if group == last else _marked(line))
            last = group
        else:
            lines.append(line)
    return replace(table, lines=tuple(lines))


def _named_groups(publication: Publication) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The groups in their order with their names, where a list says no more than names."""
    roles = [field.role for field in publication.columns]
    if sorted(roles) != ["group", "name"]:
        return ()
    group, name = roles.index("group"), roles.index("name")
    names: dict[str, list[str]] = {}
    for row in publication.rows:
        names.setdefault(row.cells[group].text, []).append(row.cells[name].text)
    return tuple((title, tuple(found)) for title, found in names.items())


def _marked(line: Line) -> Line:
    """A group's first line."""
    cells = tuple(replace(cell, kind=f"{cell.kind} first") for cell in line.cells)
    return replace(line, cells=cells)


def _group_column(publication: Publication) -> int | None:
    """The column of groups, where there are rows enough in each."""
    places = [n for n, field in enumerate(publication.columns) if field.role == "group"]
    if not places or len(publication.rows) < _FEWEST:
        return None
    count = len({row.cells[places[0]].text for row in publication.rows})
    return places[0] if 1 < count <= len(publication.rows) / 2 else None


def _with_first(table: PublicTable, place: int) -> PublicTable:
    """The table with one of its columns before the others."""
    return replace(
        table,
        columns=_turned(table.columns, place),
        rows=tuple(replace(row, cells=_turned(row.cells, place)) for row in table.rows),
        proofs=tuple(replace(p, cells=_turned(p.cells, place)) for p in table.proofs),
    )


def _turned(parts: tuple[T, ...], place: int) -> tuple[T, ...]:
    return (parts[place], *parts[:place], *parts[place + 1 :])
