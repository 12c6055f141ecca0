"""The records, shared content and day that a check works on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from generator.model.links import LinkMap
from generator.model.schema import TableSchema
from generator.model.shared import Shared
from generator.model.village import Record, Table, VillageData
from generator.problems import Source


@dataclass(frozen=True, eq=False)
class Context:
    """One village's records, what all villages share, and the day; equal to none but itself."""

    data: VillageData
    shared: Shared
    today: date

    @cached_property
    def links(self) -> LinkMap:
        """The records by the names that links use."""
        return LinkMap.of(self.data.records, self.shared.tables, self.data.village.accounts)

    def tables(self) -> Iterator[tuple[Record, Table, TableSchema]]:
        """Table records with their schemas."""
        for record in self.data.records:
            if isinstance(record.content, Table):
                yield record, record.content, self.shared.tables[record.content.schema]


def cell(record: Record, row: int, column: str) -> Source:
    """The place of a cell of a record's file."""
    return Source(record.source.file, row, column)
