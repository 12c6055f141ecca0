"""What a check sees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.model.catalogue import TableSchema
from generator.model.shared import Shared
from generator.model.village import Record, Table, VillageData
from generator.problems import Source


@dataclass(frozen=True)
class Context:
    """One village's records, what all villages share, and the day.

    `faulty` are records that were read and are not published: what their columns hide is not
    told elsewhere either.
    """

    data: VillageData
    shared: Shared
    today: date
    faulty: tuple[Record, ...] = ()

    def tables(self) -> Iterator[tuple[Record, Table, TableSchema]]:
        """Table records with their schemas."""
        for record in self.data.records:
            if isinstance(record.content, Table):
                yield record, record.content, self.shared.tables[record.content.schema]


def cell(record: Record, row: int, column: str) -> Source:
    """The place of a cell of a record's file."""
    return Source(record.source.file, row, column)
