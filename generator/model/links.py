"""Links from one record of a village to another: `item/key`, `item/key#row`, a register number."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.mentions import Numbers
from generator.model.schema import ANY_RECORD, Field, TableSchema
from generator.model.targets import Target
from generator.model.village import Account, Record, Table


@dataclass(frozen=True)
class LinkMap:
    """The records of a village by the names that links use."""

    records: dict[str, Record]
    tables: dict[str, TableSchema]
    numbers: Numbers

    @classmethod
    def of(
        cls,
        records: tuple[Record, ...],
        tables: dict[str, TableSchema],
        accounts: tuple[Account, ...] = (),
    ) -> LinkMap:
        """The map of these records."""
        named = {f"{r.item}/{r.key}": r for r in records}
        return cls(named, tables, Numbers.of(records, tables, accounts))

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

    def cell(self, field: Field, value: str, source: Record) -> Target | None:
        """Where a cell of a linking column leads: to a record of the item, or to the row of its
        registers that has this number."""
        if not value:
            return None
        if field.link == ANY_RECORD:
            rows = (self.numbers.row(item, value, source) for item in self.numbers.registers)
            return self.find(value) or next(filter(None, rows), None)
        return self.numbers.row(field.link, value, source) or self.find(f"{field.link}/{value}")

    def mentioned(self, field: Field, text: str, source: Record) -> tuple[Target, ...]:
        """The rows whose numbers stand within a cell's text."""
        found = (t for item in field.mentions for t in self.numbers.within(item, text, source))
        return tuple(dict.fromkeys(found))
