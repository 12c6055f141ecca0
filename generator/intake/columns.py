"""Adds columns to a layout and removes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from generator.intake.decoding import GridRow, Look
from generator.intake.headings import Column
from generator.intake.layout import Layout, is_nothing
from generator.intake.statements import is_statement
from generator.model.schema import Field

_NO_LOOKS: Mapping[int, Look] = {}


def place_of(layout: Layout, name: str) -> int | None:
    """The place of a column, by its field's name; None where the worksheet lacks it."""
    found = (place for place, column in layout.columns.items() if column.field.name == name)
    return next(found, None)


def told_rows(layout: Layout) -> Iterator[GridRow]:
    """The rows of the body that hold cells of the columns: data and proofs, no statements."""
    return (row for row in layout.body if not is_statement(row) and not is_nothing(row))


def with_column(
    layout: Layout,
    field: Field,
    cells: Mapping[int, str],
    looks: Mapping[int, Look] = _NO_LOOKS,
) -> Layout:
    """The layout with one more column at the right; `cells` and `looks` are by the rows' numbers."""
    place = max(len(row.cells) for row in (layout.heading, *layout.body))
    heading = _put(layout.heading, place, field.name, None)
    body = tuple(
        _put(row, place, cells[row.number], looks.get(row.number)) if row.number in cells else row
        for row in layout.body
    )
    return replace(
        layout, heading=heading, body=body, columns={**layout.columns, place: Column(field)}
    )


def with_cells(layout: Layout, place: int, cells: Mapping[int, str]) -> Layout:
    """The layout with other words in cells of a column, by the rows' numbers."""
    body = tuple(
        _put(row, place, cells[row.number], row.looks.get(place)) if row.number in cells else row
        for row in layout.body
    )
    return replace(layout, body=body)


def without(layout: Layout, places: Iterable[int], reason: str = "") -> Layout:
    """The layout without columns; with a reason they are listed among what was left out."""
    gone = set(places)
    named = tuple((layout.heading.at(place), reason) for place in sorted(gone)) if reason else ()
    return replace(
        layout,
        columns={place: c for place, c in layout.columns.items() if place not in gone},
        ignored=layout.ignored | gone,
        dropped=(*layout.dropped, *named),
    )


def renamed(layout: Layout, place: int, field: Field, unit: str | None = None) -> Layout:
    """The layout with a column as another of the table's, in the unit that its heading declares, or in
    another one."""
    old = layout.columns[place]
    column = Column(field, old.unit if unit is None else unit)
    return replace(layout, columns={**layout.columns, place: column})


def _put(row: GridRow, place: int, text: str, look: Look | None) -> GridRow:
    cells = [*row.cells, *[""] * (place + 1 - len(row.cells))]
    cells[place] = text
    looks = {at: seen for at, seen in row.looks.items() if at != place}
    return replace(row, cells=tuple(cells), looks={**looks, place: look} if look else looks)
