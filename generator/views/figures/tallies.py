"""Counts published rows: problems found, mended, answered."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.catalogue import Item, Tally
from generator.publishing.publication import Publication, PublicTable
from generator.publishing.text import NOTHING


@dataclass(frozen=True)
class Count:
    """A tally with its number."""

    label: str
    unit: str
    number: int


def counts(item: Item, publications: tuple[Publication, ...]) -> tuple[Count, ...]:
    """The item's tallies over the rows of publications. None for lists of persons, whose rows
    come down, and none where a table lacks a column that is counted by."""
    if item.personal or not publications:
        return ()
    tables = [publication.table for publication in publications]
    told = (tally for tally in item.tallies if all(_has(tally, table) for table in tables))
    return tuple(
        Count(tally.label, tally.unit, sum(_number(tally, table) for table in tables))
        for tally in told
    )


def _has(tally: Tally, table: PublicTable) -> bool:
    names = {field.name for field in table.columns}
    return table.nothing or {*tally.filled, tally.column} - {""} <= names


def _number(tally: Tally, table: PublicTable) -> int:
    return sum(
        all(table.cell(row, name).text not in NOTHING for name in tally.filled)
        and (not tally.column or table.cell(row, tally.column).text in tally.values)
        for row in table.rows
    )
