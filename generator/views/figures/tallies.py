"""Counts published rows: problems found, mended, answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.model.catalogue import Item, Tally
from generator.publishing.publication import Publication, PublicRow, PublicTable
from generator.publishing.text import NOTHING


@dataclass(frozen=True)
class Count:
    """A tally with its number."""

    label: str
    unit: str
    number: int


def counts(
    item: Item, publications: tuple[Publication, ...], days: tuple[date, date] | None = None
) -> tuple[Count, ...]:
    """The item's tallies over the rows of publications, or over those of some days. None for lists of
    persons, whose rows come down, and none where a table lacks a column that is counted by."""
    if item.personal or not publications:
        return ()
    tables = [publication.table for publication in publications]
    told = (tally for tally in item.tallies if all(_has(tally, table) for table in tables))
    return tuple(
        Count(tally.label, tally.unit, sum(_number(tally, table, days) for table in tables))
        for tally in told
    )


def _has(tally: Tally, table: PublicTable) -> bool:
    names = {field.name for field in table.columns}
    return table.nothing or {*tally.filled, tally.column} - {""} <= names


def _number(tally: Tally, table: PublicTable, days: tuple[date, date] | None) -> int:
    column = table.with_role("date") if days else None

    def is_within(row: PublicRow) -> bool:
        day = table.cell(row, column.name).value if column else None
        return days is None or (isinstance(day, date) and days[0] <= day <= days[1])

    return sum(
        all(table.cell(row, name).text not in NOTHING for name in tally.filled)
        and (not tally.column or table.cell(row, tally.column).text in tally.values)
        for row in table.rows
        if is_within(row)
    )
