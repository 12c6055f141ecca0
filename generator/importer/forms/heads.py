"""Reads rows of headings for forms: for each column its own name and the group above it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from generator.importer.forms.compared import key, number
from generator.intake.decoding import GridRow, Worksheet
from generator.intake.headings import heading_rows

T = TypeVar("T")
_DEEPEST = 30  # rows in which headings are looked for


@dataclass(frozen=True)
class Head:
    """Headings of one row or two: `groups` and `names` by column, empty where nothing stands.

    `above` are the filled rows over them, `rows` the headings' own, `below` all that follow.
    """

    groups: tuple[str, ...]
    names: tuple[str, ...]
    above: tuple[GridRow, ...]
    rows: tuple[GridRow, ...]
    below: tuple[GridRow, ...]

    @property
    def titles(self) -> tuple[str, ...]:
        """The words over the headings."""
        return tuple(cell for row in self.above for cell in row.cells if cell)

    @property
    def columns(self) -> tuple[int, ...]:
        """The columns that have a name."""
        return tuple(column for column, name in enumerate(self.names) if name)


def heads(worksheet: Worksheet) -> Iterator[Head]:
    """All rows and pairs of rows that could be headings, pairs first."""
    rows = [row for row in worksheet.rows if not row.is_blank]
    for first, upper in enumerate(rows[:_DEEPEST]):
        if any(number(cell) is not None for cell in upper.cells):
            continue
        above = tuple(rows[:first])
        lower = rows[first + 1] if first + 1 < len(rows) else None
        pairs = heading_rows(worksheet.merged, upper, lower) if lower else ()
        if pairs and lower is not None:
            groups = tuple(group if part else "" for group, part in pairs)
            names = tuple(part or group for group, part in pairs)
            yield Head(groups, names, above, (upper, lower), tuple(rows[first + 2 :]))
        yield Head(("",) * len(upper.cells), upper.cells, above, (upper,), tuple(rows[first + 1 :]))


def names(worksheet: Worksheet, words: Sequence[str]) -> bool:
    """Whether one of these words stands where headings do."""
    rows = [row for row in worksheet.rows if not row.is_blank][:_DEEPEST]
    return any(key(cell) in words for row in rows for cell in row.cells if cell)


def first_fit(worksheet: Worksheet, fit: Callable[[Head], T | None]) -> T | None:
    """What the first headings that fit are made into. One row goes before two, since a title over
    headings looks like a group; two go before the first of them alone."""
    found = list(heads(worksheet))
    pairs = [head for head in found if len(head.rows) > 1]
    for head in found:
        made = fit(head) if len(head.rows) == 1 else None
        if made is not None:
            below = next((pair for pair in pairs if pair.rows[0] is head.rows[0]), None)
            both = fit(below) if below else None
            return made if both is None else both
    return next((made for pair in pairs if (made := fit(pair)) is not None), None)


def split_notes(
    rows: Sequence[GridRow], is_data: Callable[[GridRow], bool]
) -> tuple[tuple[GridRow, ...], tuple[GridRow, ...]]:
    """The rows of a table up to the last that is data, and the notes under it."""
    last = max((place for place, row in enumerate(rows) if is_data(row)), default=-1)
    return tuple(rows[: last + 1]), tuple(rows[last + 1 :])
