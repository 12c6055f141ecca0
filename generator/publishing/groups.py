"""Decides which numbers of a table would speak of single households.

A total over one or two hidden rows reveals what they hide. A group counts by its persons, where the
table names them: four payments to one household are one household.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.model.masks import MaskProfile
from generator.model.schema import TableSchema
from generator.model.village import Row, Table


@dataclass(frozen=True)
class Groups:
    """Which numbers of a table may be shown.

    `hides_rows` says that the rows came down, `masked` are the columns that do not show what
    they hold. A row on display shows its own amount, with the name masked or not.
    """

    minimum: int
    name: str
    hides_rows: bool
    masked: frozenset[str]
    rows: tuple[Row, ...]

    @property
    def words(self) -> str:
        """What stands in place of the numbers."""
        return f"不足 {self.minimum} 户，不单列"

    @property
    def is_small(self) -> bool:
        """Whether the whole table is about too few households to show any of its numbers."""
        return self.hides_rows and self.too_few(self.rows)

    def too_few(self, rows: Iterable[Row]) -> bool:
        """Whether rows are about somebody, and about fewer than the minimum."""
        found = list(rows)
        names = {row.values.get(self.name) for row in found} if self.name else set()
        persons = len(names) if names - {None} else len(found)
        return 0 < persons < self.minimum

    def withholds(self, column: str) -> bool:
        """Whether a column's sum would speak of too few; empty cells and zeros are about nobody."""
        if self.is_small:
            return True
        if not self.hides_rows and column not in self.masked:
            return False
        return self.too_few(row for row in self.rows if row.values.get(column))


def groups_of(table: Table, schema: TableSchema, masks: MaskProfile, *, is_expired: bool) -> Groups:
    """The groups of a record's table as it is published on a day."""
    name = schema.with_role("name")
    hidden = {field.name for field in schema.fields if not masks.shows(field)}
    return Groups(
        minimum=masks.minimum,
        name=name.name if name else "",
        hides_rows=is_expired,
        masked=frozenset(hidden),
        rows=table.rows,
    )
