"""Lists of households by villager group: everyone looks for the own group first."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from generator.render.posters.tables import Line, SheetTable, sheet_table
from generator.render.posters.typeface import Measure
from generator.views.publication import Publication
from generator.views.records import RecordView

T = TypeVar("T")
_FEWEST = 8  # rows; shorter lists are read at a glance


def grouped(view: RecordView, width: float, measure: Measure) -> SheetTable:
    """The table with the column of groups before all others and its rows by group.

    Every row says its group: a line over each group would be missed on the next page.
    """
    publication = view.publication
    place = _group_column(publication)
    if place is None:
        return sheet_table(view, width, measure)
    names = list(dict.fromkeys(row.cells[place].text for row in publication.rows))
    ordered = sorted(publication.rows, key=lambda row: names.index(row.cells[place].text))
    turned = _with_first(replace(publication, rows=tuple(ordered)), place)
    table = sheet_table(replace(view, publication=turned), width, measure)
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


def _with_first(publication: Publication, place: int) -> Publication:
    """The publication with one of its columns before the others."""
    return replace(
        publication,
        columns=_turned(publication.columns, place),
        rows=tuple(replace(row, cells=_turned(row.cells, place)) for row in publication.rows),
        proofs=tuple(replace(p, cells=_turned(p.cells, place)) for p in publication.proofs),
    )


def _turned(parts: tuple[T, ...], place: int) -> tuple[T, ...]:
    return (parts[place], *parts[:place], *parts[place + 1 :])
