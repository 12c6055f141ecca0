"""Decides which numbers of a table may be shown, and computes them.

They are made of the record and not of its publication: what is masked, or came down, counts.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from generator.model.books import ZERO
from generator.model.schema import TableSchema
from generator.model.sentences import Place
from generator.model.village import Record, Row, Table
from generator.publishing.groups import Groups
from generator.publishing.text import NOTHING, cell_text, number
from generator.views.figures.terms import term_of
from generator.views.linking import VillageRecords


@dataclass(frozen=True)
class Figures:
    """A table, and the groups that decide which of its numbers to publish. `day` is the last of which
    it speaks: that of its last version where that came before the end of its period."""

    schema: TableSchema
    table: Table
    groups: Groups
    day: date


def figures_of(record: Record, records: VillageRecords) -> Figures | None:
    """The numbers of a record's table; None where it is none."""
    groups = records.groups(record)
    if groups is None or not isinstance(record.content, Table):
        return None
    schema, changed = (
        records.shared.tables[record.content.schema],
        records.publication(record).changed,
    )
    return Figures(schema, record.content, groups, min(record.period.end, changed or records.today))


def only(rows: tuple[Row, ...], part: Figures) -> Figures:
    """The same table with some of its rows."""
    table = replace(part.table, rows=rows)
    return replace(part, table=table, groups=replace(part.groups, rows=rows))


def is_withheld(place: Place, part: Figures) -> bool:
    """Whether a number would speak of too few households: by the rows that it counts, or by those
    that are left of the whole without them."""
    groups = part.groups
    if groups.is_small:
        return True
    if not groups.hides_rows and not place.columns & groups.masked:
        return False
    counted, others = _split(place, part)
    if place.kind == "sum":
        about = ([r for r in rows if r.values.get(place.column)] for rows in (counted, others))
        is_part = bool(place.where) and any(groups.too_few(rows) for rows in about)
        return is_part or groups.withholds(place.column)
    if place.kind == "distinct":
        return groups.hides_rows and 0 < _distinct(place, counted) < groups.minimum
    return bool(place.where or place.column) and groups.too_few(_counted_of(place, counted))


def rows_of(place: Place, part: Figures) -> tuple[Row, ...]:
    """The rows that meet a place's condition."""
    return tuple(_split(place, part)[0])


def value_of(place: Place, part: Figures) -> Decimal | None:
    """The number of a place; None where its columns are not there or nobody filled them in."""
    if part.table.nothing:
        return ZERO
    columns = place.columns - {place.where} if _is_by_term(place, part) else place.columns
    if not all(_is_used(column, part.table) for column in columns):
        is_count = place.kind == "filled" and place.column in part.table.columns
        if not is_count:
            return None
    counted, _ = _split(place, part)
    if place.kind == "sum":
        cells = (row.values.get(place.column) for row in counted)
        return sum((Decimal(str(cell)) for cell in cells if cell is not None), ZERO)
    if place.kind == "distinct":
        return Decimal(_distinct(place, counted))
    return Decimal(len(_counted_of(place, counted)))


def number_of(place: Place, part: Figures) -> Decimal | None:
    """The number of a place where it is known and may be published."""
    return None if is_withheld(place, part) else value_of(place, part)


def column_text(place: Place, amount: Decimal, schema: TableSchema) -> str:
    """A place's number as its column writes it."""
    field = schema.find(place.column) if place.kind == "sum" else None
    return number(amount) if field is None else cell_text(amount, field)


def _is_used(column: str, table: Table) -> bool:
    """Whether a column is in the file and anything stands in it."""
    return column in table.columns and any(row.values.get(column) is not None for row in table.rows)


def changed_households(place: Place, now: Figures, then: Figures) -> int:
    """The number of households, or of rows where no household is named, in which a sum differs."""
    one, other = (
        Counter(
            (row.values.get(part.groups.name), row.values[place.column])
            for row in _split(place, part)[0]
            if row.values.get(place.column)
        )
        for part in (now, then)
    )
    changed = list(((one - other) + (other - one)).elements())
    names = {name for name, _ in changed}
    return len(names) if names - {None} else len(changed)


def _split(place: Place, part: Figures) -> tuple[list[Row], list[Row]]:
    """The rows that meet the place's conditions, and the others. What asks for no column of the
    table is met."""
    asked = [
        (field, values)
        for column, values in ((place.where, place.equals), *place.further)
        if (field := part.schema.find(column)) is not None
    ]
    lease = part.schema.lease if _is_by_term(place, part) else None
    counted: list[Row] = []
    others: list[Row] = []
    for row in part.table.rows:
        meets = all(cell_text(row.values.get(f.name), f) in values for f, values in asked)
        if lease is not None:
            term = lease.word(term_of(row, part.schema, part.day))
            meets = meets and term in place.equals
        (counted if meets else others).append(row)
    return counted, others


def _is_by_term(place: Place, part: Figures) -> bool:
    return part.schema.lease is not None and place.where == part.schema.lease.column


def _distinct(place: Place, rows: list[Row]) -> int:
    return len({row.values.get(place.column) for row in rows} - {None})


def _counted_of(place: Place, rows: list[Row]) -> list[Row]:
    """The rows that a count counts."""
    if place.kind != "filled":
        return rows
    cells = ((row, row.values.get(place.column)) for row in rows)
    return [row for row, cell in cells if cell is not None and cell not in NOTHING]
