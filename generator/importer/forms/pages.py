"""Reads a worksheet's headings with the schema that fits it best."""

from __future__ import annotations

from dataclasses import dataclass

from generator.importer.forms.bench import Cover
from generator.importer.forms.compared import key, number
from generator.importer.forms.heads import Head, heads, split_notes
from generator.importer.forms.known import Known
from generator.intake.decoding import GridRow, Worksheet
from generator.intake.headings import HeadingReader, is_line_number, reader_of
from generator.intake.layout import declared_unit
from generator.intake.statements import is_statement
from generator.model.schema import Field, TableSchema

_LEAST = 2  # columns that a table is known by


@dataclass(frozen=True)
class Page:
    """A worksheet with its headings as a table knows them."""

    cover: Cover
    head: Head
    schema: TableSchema
    reader: HeadingReader
    body: tuple[GridRow, ...]
    notes: tuple[GridRow, ...]

    @property
    def name(self) -> str:
        """The worksheet's name."""
        return self.cover.worksheet.name

    @property
    def shape(self) -> tuple[str, ...]:
        """The headings by which pages of one list are known."""
        return tuple(key(self.head.names[column]) for column in self.head.columns)

    @property
    def unit(self) -> str:
        """The units that the lines over the table declare; yuan where they declare none."""
        return declared_unit(self.head.above) or "元"

    def heading(self, column: int) -> str:
        """A column's heading, two rows in one."""
        return self.reader.join(self.head.groups[column], self.head.names[column])

    def field(self, column: int) -> Field | None:
        """The field of the table that a column is."""
        found = self.reader.column(self.heading(column))
        return found.field if found else None

    def column(self, name: str) -> int | None:
        """The column of a field of the table."""
        for column in self.head.columns:
            found = self.reader.column(self.heading(column))
            if found and found.field.name == name:
                return column
        return None


def page_of(worksheet: Worksheet, schema: TableSchema) -> Page | None:
    """The worksheet's headings as a schema knows them best."""
    reader = reader_of(schema)
    best: tuple[int, Head] | None = None
    for head in sorted(heads(worksheet), key=lambda head: len(head.rows)):
        known = {
            found.field.name
            for column in head.columns
            if (found := reader.column(reader.join(head.groups[column], head.names[column])))
        }
        if len(known) >= _LEAST and (best is None or len(known) > best[0]):
            best = (len(known), head)
    if best is None:
        return None
    head = best[1]
    body, notes = split_notes(head.below, lambda row: _is_data(row, head))
    return Page(Cover(worksheet), head, schema, reader, body, notes)


def _is_data(row: GridRow, head: Head) -> bool:
    """Whether a row holds a number that is not its own."""
    own = [column for column in head.columns if not is_line_number(head.names[column])]
    return not is_statement(row) and any(number(row.at(column)) is not None for column in own)


def best_page(worksheet: Worksheet, known: Known) -> tuple[str, Page] | None:
    """The item whose table knows the most headings of a worksheet, and the worksheet as it knows it; the
    first in the catalogue where several know as many."""
    best: tuple[int, str, Page] | None = None
    for item in known.items:
        schema = known.tables.get(item.table)
        if schema is None or not known.may_be(item.id):
            continue
        page = page_of(worksheet, schema)
        count = sum(page.field(c) is not None for c in page.head.columns) if page else 0
        if page is not None and (best is None or count > best[0]):
            best = (count, item.id, page)
    return (best[1], best[2]) if best else None
