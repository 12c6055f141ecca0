"""Recognises rows of an outline: the number of 一、 is the sum of 1. and 2. below it, and would count twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.model.proofs import stated, total_of
from generator.model.schema import TableSchema
from generator.model.village import Row, Value


@dataclass(frozen=True)
class Outline:
    """What an outline says of a table's rows, by number: the rows below it that a row adds up, the rows
    of which nobody knows whether they add anything to what others say, and what rows are called."""

    sums: Mapping[int, tuple[int, ...]]
    unsure: frozenset[int]
    titles: Mapping[int, str]


def outline(rows: Sequence[Row], schema: TableSchema) -> Outline:
    """The outline of a table; empty where its rows have no levels."""
    field = schema.with_role("title") or schema.with_role("subject")
    if field is None or schema.is_book:
        return Outline({}, frozenset(), {})
    titles = {row.number: str(row.values.get(field.name) or "") for row in rows}
    levels = [schema.rows.level(titles[row.number]) for row in rows]
    if not any(levels):
        return Outline({}, frozenset(), titles)
    sums: dict[int, tuple[int, ...]] = {}
    unsure: set[int] = set()
    # From the deepest level up, so that a sum is held against rows that are no sums themselves.
    for place in sorted(range(len(rows)), key=lambda n: (-levels[n], n)):
        below = _below(place, levels)
        if not levels[place] or not below:
            continue
        row = rows[place]
        leaves = [rows[n] for n in below if rows[n].number not in sums]
        numbers = stated(numbers_of(row, schema), schema)
        if not any(numbers.values()):
            continue
        if all(total_of(leaves, name) == total for name, total in numbers.items()):
            sums[row.number] = tuple(leaf.number for leaf in leaves)
        elif any(levels[n] for n in below) and _share(leaves, numbers):
            unsure.add(row.number)
    parts = {rows[n].number for n, level in enumerate(levels) if schema.rows.is_part(level)}
    added = {number for numbers in sums.values() for number in numbers}
    return Outline(sums, frozenset(unsure | (parts - added)), titles)


def _below(place: int, levels: Sequence[int]) -> list[int]:
    """The rows under a row, to the next one of its level or above."""
    found = []
    for n in range(place + 1, len(levels)):
        if 0 < levels[n] <= levels[place]:
            break
        found.append(n)
    return found


def numbers_of(row: Row, schema: TableSchema) -> dict[str, Value]:
    """The cells of a row in columns of numbers."""
    return {f.name: row.values.get(f.name) for f in schema.fields if f.is_numeric}


def _share(rows: Sequence[Row], numbers: Mapping[str, object]) -> bool:
    """Whether rows fill any of these columns."""
    return any(row.values.get(name) for row in rows for name in numbers)
