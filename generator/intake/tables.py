"""A grid of cells becomes a table of typed rows, by its schema."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.intake import values
from generator.intake.files import Grid, GridRow
from generator.intake.nearest import nearest
from generator.model.catalogue import Field, TableSchema
from generator.model.masks import MaskProfile
from generator.model.village import Proof, Row, Table, Value
from generator.problems import Problem, Source, problem, without_numbers

NOTHING = "本期无发生"
_PUBLISHED = ("公开日期", "公示日期")
_LINE_NUMBER = "序号"  # a bare running number says nothing; offices put it first in any table
_UNIT_IN_HEADING = re.compile(r"\((?:单位:)?[^()]{1,6}\)$")

_PARSERS: dict[str, tuple[Callable[[str], Value], str]] = {
    "amount": (values.parse_amount, "amount"),
    "number": (values.parse_number, "number"),
    "integer": (values.parse_integer, "number"),
    "date": (values.parse_date, "date"),
    "yearmonth": (values.parse_month, "month"),
    "boolean": (values.parse_boolean, "boolean"),
    "string": (lambda text: text, "text"),
}


@dataclass(frozen=True)
class TableReading:
    """What a file said: the table, when it was made public, and what is wrong."""

    table: Table
    published: date | None
    problems: tuple[Problem, ...]


def read_table(grid: Grid, schema: TableSchema, file: str, masks: MaskProfile) -> TableReading:
    """Read a grid by a schema. All faults of the file are reported, not only the first."""
    reader = _TableReader(schema, file, masks)
    table, published = reader.read([row for row in grid if not row.is_blank])
    return TableReading(table, published, tuple(reader.problems))


class _TableReader:
    """Holds what the steps of reading one file share; lives for one call."""

    def __init__(self, schema: TableSchema, file: str, masks: MaskProfile) -> None:
        self.schema = schema
        self.file = file
        self.masks = masks
        self.problems: list[Problem] = []

    def read(self, grid: list[GridRow]) -> tuple[Table, date | None]:
        """The table and the day on which it was made public."""
        if not grid:
            self._add("table-empty", Source(self.file))
            return Table(self.schema.name, (), ()), None
        heading, *body = grid
        columns = self._headings(heading)
        if not columns:
            self.problems = []  # of each word in what is not a heading row
            self._add("headings-none", Source(self.file, heading.number), row=heading.number)
            return Table(self.schema.name, (), ()), None
        rows: list[Row] = []
        proofs: list[Proof] = []
        published: date | None = None
        nothing = False
        for row in body:
            texts = [cell for cell in row.cells if cell]
            if texts[0] in _PUBLISHED:
                published = self._published(row, texts)
            elif texts == [NOTHING]:
                nothing = True
            else:
                self._extra_cells(row, len(heading.cells))
                proof = self._proof(row, columns)
                if proof is not None:
                    proofs.append(proof)
                else:
                    rows.append(Row(row.number, dict(self._values(row, columns))))
        self._nothing_or_rows(rows, nothing, heading.number)
        self._unique(rows)
        names = {f.name for f in columns.values()}
        ordered = tuple(f.name for f in self.schema.fields if f.name in names)
        table = Table(self.schema.name, ordered, tuple(rows), tuple(proofs), nothing)
        return table, published

    def _add(self, kind: str, source: Source, *, value: str = "", **facts: object) -> None:
        self.problems.append(problem(kind, source, value=value, table=self.schema.name, **facts))

    def _cell_fault(
        self, kind: str, row: int, field: Field, text: str = "", **facts: object
    ) -> None:
        """A fault of a cell; what is personal is shown masked."""
        rule = self.masks.rule(field.mask)
        shown = rule.apply(text) if rule.style != "drop" else "*" * len(text)
        facts = {"heading": field.name, "example": field.example or "……", **facts}
        self._add(f"{{table}}-{kind}", Source(self.file, row, field.name), value=shown, **facts)

    def _headings(self, row: GridRow) -> dict[int, Field]:
        """Fields by column position."""
        by_name = {
            _heading_key(name): field
            for field in self.schema.fields
            for name in (field.name, *field.aliases)
        }
        columns: dict[int, Field] = {}
        for position, text in enumerate(row.cells):
            key = _heading_key(text)
            field = by_name.get(key)
            source = Source(self.file, row.number, without_numbers(text))
            if not key or key == _LINE_NUMBER:
                continue
            if field is None:
                known = [f.name for f in self.schema.fields]
                self._add("heading-unknown", source, value=text, nearest=nearest(key, known))
            elif field in columns.values():
                self._add("heading-duplicate", source, value=text, heading=field.name)
            else:
                columns[position] = field
        present = {field.name for field in columns.values()}
        for field in self.schema.fields:
            if field.constraints.required and field.name not in present:
                self._add("heading-missing", Source(self.file, row.number), heading=field.name)
        return columns

    def _published(self, row: GridRow, texts: list[str]) -> date | None:
        source = Source(self.file, row.number, texts[0])
        if len(texts) == 1:
            self._add("{table}-required", source, heading=texts[0], example="2025-10-08")
            return None
        day = values.parse_date(texts[1])
        if day is None:
            self._add("{table}-date", source, value=texts[1])
        return day

    def _extra_cells(self, row: GridRow, width: int) -> None:
        for cell in row.cells[width:]:
            if cell:
                self._add("cells-extra", Source(self.file, row.number), value=cell)

    def _proof(self, row: GridRow, columns: Mapping[int, Field]) -> Proof | None:
        """The row as a proof, if its label says so; of a proof only the numbers count."""
        kind, label = self._proof_label(row, columns)
        if kind == "":
            return None
        numbers: dict[str, Value] = {}
        for position, field in columns.items():
            text = row.cells[position] if position < len(row.cells) else ""
            if field.is_numeric and text not in self.schema.missing_values:
                numbers[field.name] = self._parse(row.number, field, text)
        return Proof(kind, label, row.number, numbers)

    def _proof_label(
        self, row: GridRow, columns: Mapping[int, Field]
    ) -> tuple[Literal["", "opening", "total", "closing"], str]:
        """What kind of proof a row is, and the words that say so.

        They stand in a column of words, or first in the row in a column that is not ours (序号).
        """
        proofs = self.schema.proofs
        cells = [next(cell for cell in row.cells if cell)]
        cells += [
            row.cells[p]
            for p, f in columns.items()
            if p < len(row.cells) and f.type in ("string", "date")
        ]
        for label in cells:
            word = "".join(label.split())
            if word in proofs.opening:
                return "opening", label
            if word in proofs.total:
                return "total", label
            if word in proofs.closing:
                return "closing", label
        return "", ""

    def _values(self, row: GridRow, columns: Mapping[int, Field]) -> Iterator[tuple[str, Value]]:
        for position, field in columns.items():
            text = row.cells[position] if position < len(row.cells) else ""
            if text in self.schema.missing_values:
                if field.constraints.required:
                    self._cell_fault("required", row.number, field)
                yield field.name, None
            else:
                yield field.name, self._parse(row.number, field, text)

    def _parse(self, row: int, field: Field, text: str) -> Value:
        parse, kind = _PARSERS["amount" if field.is_money else field.type]
        value = parse(text)
        if value is None:
            has_mills = field.is_money and values.parse_number(text) is not None
            self._cell_fault("cents" if has_mills else kind, row, field, text)
        else:
            self._constrain(row, field, text, value)
        return value

    def _constrain(self, row: int, field: Field, text: str, value: Value) -> None:
        limits = field.constraints
        if limits.enum and str(value) not in limits.enum:
            self._cell_fault("choice", row, field, text, choices="、".join(limits.enum))
        if limits.pattern and not re.fullmatch(limits.pattern, str(value)):
            self._cell_fault("pattern", row, field, text)
        if field.is_numeric:
            low, high = limits.minimum, limits.maximum
            if (low is not None and value < low) or (high is not None and value > high):  # type: ignore[operator]
                ends = (
                    f"不小于 {low}" if low is not None else "",
                    f"不大于 {high}" if high is not None else "",
                )
                self._cell_fault("range", row, field, text, range="，".join(filter(None, ends)))

    def _nothing_or_rows(self, rows: list[Row], nothing: bool, heading: int) -> None:
        if nothing and rows:
            self._add("table-nothing", Source(self.file, rows[0].number))
        elif not nothing and not rows and not self.problems:
            self._add("table-empty", Source(self.file, heading))

    def _unique(self, rows: list[Row]) -> None:
        for field in self.schema.fields:
            if not (field.constraints.unique or field.name == self.schema.primary_key):
                continue
            seen: dict[Value, int] = {}
            for row in rows:
                value = row.values.get(field.name)
                if value is not None and value in seen:
                    self._cell_fault("duplicate", row.number, field, str(value), other=seen[value])
                elif value is not None:
                    seen[value] = row.number


def _heading_key(text: str) -> str:
    """A heading without white space, width and unit, so that 收 入（元） is 收入."""
    squeezed = "".join(unicodedata.normalize("NFKC", text).split())
    return _UNIT_IN_HEADING.sub("", squeezed)
