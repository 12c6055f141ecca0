"""Counts of published rows: how many problems were found, how many mended, how many answered."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.catalogue import Item, Tally
from generator.views.publication import Publication, PublicRow
from generator.views.text import NOTHING


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
    told = (tally for tally in item.tallies if all(_has(tally, p) for p in publications))
    return tuple(
        Count(tally.label, tally.unit, sum(_number(tally, p) for p in publications))
        for tally in told
    )


def _has(tally: Tally, publication: Publication) -> bool:
    names = {field.name for field in publication.columns}
    wanted = {*tally.filled, tally.column} - {""}
    return publication.nothing or wanted <= names


def _number(tally: Tally, publication: Publication) -> int:
    places = {field.name: n for n, field in enumerate(publication.columns)}
    return sum(_counts(tally, row, places) for row in publication.rows)


def _counts(tally: Tally, row: PublicRow, places: dict[str, int]) -> bool:
    is_filled = all(row.cells[places[name]].text not in NOTHING for name in tally.filled)
    is_one = not tally.column or row.cells[places[tally.column]].text in tally.values
    return is_filled and is_one
