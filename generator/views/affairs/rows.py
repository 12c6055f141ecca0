"""A row of a table as everybody may see it, with what its columns mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from generator.model.books import decimal
from generator.model.schema import Role, TableSchema
from generator.model.targets import Target
from generator.model.village import Record, Table
from generator.publishing.publication import Publication, PublicCell, PublicRow
from generator.views.linking import VillageRecords


@dataclass(frozen=True)
class PublishedRow:
    """A row that anyone may see; what is masked in it has a text and no value."""

    record: Record
    schema: TableSchema
    publication: Publication
    row: PublicRow

    @property
    def target(self) -> Target:
        """The row as links name it."""
        return Target(self.record, self.row.number)

    @property
    def url(self) -> str:
        """The row on its page."""
        return f"{self.publication.url}#{self.row.anchor}"

    @property
    def is_money(self) -> bool:
        """Whether it is a row of a book, which says what was paid."""
        return self.schema.with_role("expense") is not None

    @property
    def number(self) -> str:
        """Its number in the register; empty where there is none, or it is masked."""
        table = self.publication.table
        key = self.schema.link_key
        return table.cell(self.row, key).data if table.shows(key) else ""

    def text(self, role: Role) -> str:
        """A cell as it is shown; empty where there is no such column."""
        return self._cell(role).text

    def shown(self, role: Role) -> str:
        """A text that is shown as it is; empty where it is masked, since then many look alike."""
        value = self._cell(role).value
        return value.strip() if isinstance(value, str) else ""

    def said(self, column: str) -> str:
        """A cell of a column as it is shown."""
        return self.publication.table.cell(self.row, column).text

    @property
    def words(self) -> str:
        """All that the row says in words."""
        columns = self.publication.columns
        cells = zip(columns, self.row.cells, strict=True)
        return " ".join(cell.text for field, cell in cells if field.type == "string")

    def amount(self, role: Role) -> Decimal | None:
        """A number that everybody may see."""
        value = self._cell(role).value
        is_number = isinstance(value, Decimal | int) and not isinstance(value, bool)
        return decimal(value) if is_number else None

    def day(self, role: Role) -> date | None:
        """A day that everybody may see."""
        value = self._cell(role).value
        return value if isinstance(value, date) else None

    def _cell(self, role: Role) -> PublicCell:
        table = self.publication.table
        field = table.with_role(role)
        return table.cell(self.row, field.name if field else "")


def published_rows(records: VillageRecords) -> Iterator[PublishedRow]:
    """Every row of the village that is shown."""
    for record in records.data.records:
        publication = records.publication(record)
        if isinstance(record.content, Table):
            schema = records.shared.tables[record.content.schema]
            for row in publication.rows:
                yield PublishedRow(record, schema, publication, row)
