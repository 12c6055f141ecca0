"""The numbers of a table, as far as they may be told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from generator.model.books import ZERO
from generator.model.catalogue import TableSchema
from generator.model.sentences import TERM, Place
from generator.model.village import Record, Row, Table
from generator.views.figures.terms import term_of
from generator.views.groups import Groups, groups_of
from generator.views.linking import VillageRecords
from generator.views.text import NOTHING, cell_text, money, number


@dataclass(frozen=True)
class Told:
    """A table, and what may be told of it on the day of the build. `day` is the last one of which
    it speaks: that of its last version where that came before the end of its period."""

    schema: TableSchema
    table: Table
    groups: Groups
    day: date


def told(record: Record, records: VillageRecords) -> Told | None:
    """What may be told of a record's table; None where it is none."""
    if not isinstance(record.content, Table):
        return None
    shared = records.shared
    schema = shared.tables[record.content.schema]
    masks = shared.masks[records.data.village.masks or shared.site.masks]
    publication = records.publication(record)
    groups = groups_of(record.content, schema, masks, is_expired=publication.is_expired)
    day = min(record.period.end, publication.changed or records.today)
    return Told(schema, record.content, groups, day)


def only(rows: tuple[Row, ...], part: Told) -> Told:
    """The same table with some of its rows."""
    table = replace(part.table, rows=rows)
    return replace(part, table=table, groups=replace(part.groups, rows=rows))


def is_withheld(place: Place, part: Told) -> bool:
    """Whether a number would tell of too few: the rows that it counts, or those that the whole
    leaves when they are taken away."""
    groups = part.groups
    if groups.is_small:
        return True
    counted, others = _split(place, part)
    if place.kind == "sum":
        if groups.withholds(place.column):
            return True
        is_hidden = groups.hides_rows or bool(place.columns & groups.masked)
        about = ([r for r in rows if r.values.get(place.column)] for rows in (counted, others))
        return bool(place.where) and is_hidden and any(groups.too_few(rows) for rows in about)
    if place.kind == "distinct":
        return groups.hides_rows and 0 < _distinct(place, counted) < groups.minimum
    is_hidden = groups.hides_rows or bool(place.columns & groups.masked)
    return (
        is_hidden and bool(place.where or place.column) and groups.too_few(_told_of(place, counted))
    )


def rows_of(place: Place, part: Told) -> tuple[Row, ...]:
    """The rows that meet a place's condition."""
    return tuple(_split(place, part)[0])


def value_of(place: Place, part: Told) -> Decimal | None:
    """The number of a place; None where its columns are not there or nobody filled them in."""
    if part.table.nothing:
        return ZERO
    columns = place.columns - {TERM} if _is_by_term(place, part) else place.columns
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
    return Decimal(len(_told_of(place, counted)))


def number_of(place: Place, part: Told) -> Decimal | None:
    """The number of a place where it is known and may be told."""
    return None if is_withheld(place, part) else value_of(place, part)


def amount_text(amount: Decimal, unit: str) -> str:
    """A number as it is written: yuan with two decimals, others without idle zeros."""
    return money(amount) if unit == "元" else number(amount)


def column_text(place: Place, amount: Decimal, schema: TableSchema) -> str:
    """A place's number as its column writes it."""
    field = schema.find(place.column) if place.kind == "sum" else None
    return number(amount) if field is None else cell_text(amount, field)


def _is_used(column: str, table: Table) -> bool:
    """Whether a column is in the file and anything stands in it."""
    return column in table.columns and any(row.values.get(column) is not None for row in table.rows)


def changed_households(place: Place, now: Told, then: Told) -> int:
    """Over how many households, or rows where no household is named, a sum differs."""
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


def _split(place: Place, part: Told) -> tuple[list[Row], list[Row]]:
    """The rows that meet the place's conditions, and the others."""
    counted: list[Row] = []
    others: list[Row] = []
    for row in part.table.rows:
        is_by_term = _is_by_term(place, part)
        term = term_of(row, part.schema, part.day) if is_by_term else ""
        meets = term in place.equals if is_by_term else _is(row, place.where, place.equals, part)
        meets = meets and all(_is(row, column, values, part) for column, values in place.further)
        (counted if meets else others).append(row)
    return counted, others


def _is(row: Row, column: str, values: tuple[str, ...], part: Told) -> bool:
    """Whether a cell has one of some values; what asks for no column of the table is met."""
    field = part.schema.find(column)
    return field is None or cell_text(row.values.get(column), field) in values


def _is_by_term(place: Place, part: Told) -> bool:
    return place.where == TERM and part.schema.affair == "contract"


def _distinct(place: Place, rows: list[Row]) -> int:
    return len({row.values.get(place.column) for row in rows} - {None})


def _told_of(place: Place, rows: list[Row]) -> list[Row]:
    """The rows that a count counts."""
    if place.kind != "filled":
        return rows
    cells = ((row, row.values.get(place.column)) for row in rows)
    return [row for row, cell in cells if cell is not None and cell not in NOTHING]
