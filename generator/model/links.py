"""Links from one record of a village to another: `item/key` or `item/key#row`."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.catalogue import TableSchema
from generator.model.village import Record, Table


@dataclass(frozen=True)
class Target:
    """Where a link leads: a record, and the row of its table when one was named."""

    record: Record
    row: int = 0


@dataclass(frozen=True)
class LinkMap:
    """The records of a village by the names that links use."""

    records: dict[str, Record]
    tables: dict[str, TableSchema]

    @classmethod
    def of(cls, records: tuple[Record, ...], tables: dict[str, TableSchema]) -> LinkMap:
        """The map of these records."""
        return cls({f"{r.item}/{r.key}": r for r in records}, tables)

    def find(self, text: str) -> Target | None:
        """The target of a link; None when it leads nowhere."""
        name, _, wanted = text.strip().partition("#")
        record = self.records.get(name)
        if record is None or not wanted:
            return None if record is None else Target(record)
        if not isinstance(record.content, Table):
            return None
        key = self.tables[record.content.schema].link_key
        for row in record.content.rows:
            if key and str(row.values.get(key)) == wanted:
                return Target(record, row.number)
        return None
