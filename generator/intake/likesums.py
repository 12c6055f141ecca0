"""Finds rows that look like sums though no word says so: 以上共 with the numbers of all rows above."""

from __future__ import annotations

from collections.abc import Sequence

from generator.intake.claims import Claim
from generator.intake.levels import numbers_of
from generator.model.proofs import stated, total_of
from generator.model.schema import TableSchema
from generator.model.village import Row

_FEWEST = 3  # rows above a row that says as much as they do: with fewer it may well be chance


def like_sums(entries: Sequence[Row | Claim], schema: TableSchema) -> frozenset[int]:
    """The rows of which nobody knows whether they are data: all their numbers are those of the rows
    above together, and they say less than those, or too many rows stand above for chance. A sum
    below that counts such a row says that it is data."""
    found: set[int] = set()
    above: list[Row] = []
    for place, entry in enumerate(entries):
        if isinstance(entry, Claim):
            continue
        numbers = stated(numbers_of(entry, schema), schema)
        is_sum = any(numbers.values()) and all(
            total_of(above, name) == total for name, total in numbers.items()
        )
        is_odd = bool(above) and (
            len(above) >= _FEWEST or _words(entry, schema) < min(_words(r, schema) for r in above)
        )
        below = entries[place + 1 :]
        if is_sum and is_odd and not any(_counts(e, (*above, entry), schema) for e in below):
            found.add(entry.number)
        else:
            above.append(entry)
    return frozenset(found)


def _words(row: Row, schema: TableSchema) -> int:
    """The number of a row's columns of words that are filled."""
    return sum(row.values.get(f.name) is not None for f in schema.fields if not f.is_numeric)


def _counts(entry: Row | Claim, rows: Sequence[Row], schema: TableSchema) -> bool:
    """Whether a row of sums below is that of these rows."""
    if not isinstance(entry, Claim) or entry.label.words.kind != "total":
        return False
    sums = stated(entry.values, schema)
    return bool(sums) and all(total_of(rows, name) == total for name, total in sums.items())


def title_of(row: Row, schema: TableSchema) -> str:
    """The first words of a row, by which the office knows it."""
    texts = (row.values.get(f.name) for f in schema.fields if not f.is_numeric)
    return next((text for text in texts if isinstance(text, str) and text), "")
