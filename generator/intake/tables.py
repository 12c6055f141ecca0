"""A sheet becomes a table of typed rows, by its schema."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.intake.files import GridRow, Sheet, unprintable
from generator.intake.headings import Column
from generator.intake.layout import Layout, find_layout, first_cell, is_nothing
from generator.intake.statements import corrected_texts, published_texts
from generator.intake.values import CellContext, Refusal, kind_of, read_value
from generator.model.catalogue import Field, TableSchema
from generator.model.masks import MaskProfile
from generator.model.period import Period
from generator.model.village import Correction, Proof, Row, Table, Value
from generator.problems import Problem, Source, problem

_LONGEST = 2_000  # characters of a cell; a page of text belongs into a document
_SUBTOTALS = frozenset(
    ("小计", "本页小计", "本页合计", "累计", "本年累计", "累计数", "过次页", "承前页", "转下页")
)
_FAILED = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|#+)|Err:\d{3}|=.+")
_TITLE_MONTH = re.compile(r"(20\d{2})年(\d{1,2})月(?!\d*[日\d])")
_PROOF = Literal["", "opening", "total", "closing"]


@dataclass(frozen=True)
class TableReading:
    """What a file said: the table, when it was made public, what was corrected since, and what
    is wrong."""

    table: Table
    published: date | None
    problems: tuple[Problem, ...]
    corrections: tuple[Correction, ...] = ()


def read_table(
    sheet: Sheet, schema: TableSchema, file: str, masks: MaskProfile, period: Period | None = None
) -> TableReading:
    """Read a sheet by a schema. All faults of the sheet are reported, not only the first.

    `period` is the file's: it completes dates without a year.
    """
    layout = find_layout(sheet, schema, file)
    if isinstance(layout, Problem):
        return TableReading(Table(schema.name, (), ()), None, (layout,))
    reader = _TableReader(schema, file, masks, period, layout)
    table, published = reader.read()
    return TableReading(table, published, tuple(reader.problems), tuple(reader.corrections))


class _TableReader:
    """Holds what the steps of reading one file share; lives for one call."""

    def __init__(
        self,
        schema: TableSchema,
        file: str,
        masks: MaskProfile,
        period: Period | None,
        layout: Layout,
    ) -> None:
        self.schema = schema
        self.file = file
        self.masks = masks
        self.period = period
        self.layout = layout
        self.columns = layout.columns
        self.problems: list[Problem] = list(layout.problems)
        self.corrections: list[Correction] = []

    def read(self) -> tuple[Table, date | None]:
        """The table and the day on which it was made public."""
        self._period_of_titles()
        rows: list[Row] = []
        proofs: list[Proof] = []
        published = self._published_above()
        nothing = False
        for row in self.layout.body:
            texts, changed = published_texts(row), corrected_texts(row)
            if texts:
                published = self._published(row, texts)
            elif changed:
                self._correction(row, changed)
            elif is_nothing(row):
                nothing = True
            else:
                proof = self._proof(row)
                self._extra_cells(row, "" if proof is None else proof.label)
                if proof is not None:
                    proofs.append(proof)
                elif not self._is_subtotal(row):
                    rows.append(Row(row.number, dict(self._values(row))))
        self._nothing_or_rows(rows, nothing)
        self._unique(rows)
        names = {column.field.name for column in self.columns.values()}
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
        self._add(kind, Source(self.file, row, field.name), value=shown, **facts)

    def _period_of_titles(self) -> None:
        """A copied sheet often keeps the title of the month before."""
        for row in self.layout.titles:
            for match in _TITLE_MONTH.finditer("".join("".join(row.cells).split())):
                month = (int(match[1]), int(match[2]))
                if self.period is None or self.period.kind == "standing":
                    continue
                start, end = self.period.start, self.period.end
                if not (start.year, start.month) <= month <= (end.year, end.month):
                    source = Source(self.file, row.number)
                    self._add("title-period", source, value=match[0], period=self.period.title)

    def _published_above(self) -> date | None:
        """The day that a title row gives."""
        for row in self.layout.titles:
            cells = [cell for cell in row.cells if cell]
            for position, cell in enumerate(cells):
                texts = published_texts(GridRow(row.number, (cell, *cells[position + 1 :])))
                if texts:
                    return self._published(row, texts)
        return None

    def _published(self, row: GridRow, texts: list[str]) -> date | None:
        if len(texts) == 1:
            source = Source(self.file, row.number, texts[0])
            self._add("{table}-required", source, heading=texts[0], example="2025-10-08")
            return None
        return self._day(row, texts[0], texts[1])

    def _day(self, row: GridRow, label: str, text: str) -> date | None:
        day = read_value(text, "date")
        if isinstance(day, Refusal):
            source = Source(self.file, row.number, label)
            self._add(f"{{table}}-{day.kind}", source, value=text, heading=label, **day.facts)
            return None
        return day if isinstance(day, date) else None

    def _correction(self, row: GridRow, texts: list[str]) -> None:
        """更正, the day, and what was changed."""
        source = Source(self.file, row.number, texts[0])
        if len(texts) == 1:
            self._add("{table}-required", source, heading="更正的日期", example="2025-10-09")
            return
        day = self._day(row, texts[0], texts[1])
        what = "，".join(texts[2:])
        if not what:
            example = "第7行支出误写为 420.00，应为 240.00"
            self._add("{table}-required", source, heading="更正了什么", example=example)
        elif day is not None:
            self._text_faults(row.number, Field(texts[0], "string", source), what)
            self.corrections.append(Correction(day, what, source))

    def _extra_cells(self, row: GridRow, label: str) -> None:
        """Cells under no heading; the label of a proof may stand anywhere."""
        known = self.columns.keys() | self.layout.ignored
        for position, cell in enumerate(row.cells):
            if cell and position not in known and cell != label:
                self._add("cells-extra", Source(self.file, row.number), value=cell)

    def _proof(self, row: GridRow) -> Proof | None:
        """The row as a proof, if its label says so; of a proof only the numbers count."""
        kind, label = self._proof_label(row)
        if kind == "":
            return None
        numbers: dict[str, Value] = {}
        for position, column in self.columns.items():
            text = row.at(position)
            if column.field.is_numeric and text not in self.schema.missing_values:
                numbers[column.field.name] = self._parse(row.number, column, text)
        return Proof(kind, label, row.number, numbers)

    def _labels(self, row: GridRow) -> Iterator[str]:
        """Cells in which the words that say what a row is may stand: in a column of words, or
        first in the row in a column that is not ours (序号)."""
        yield first_cell(row)
        for position, column in self.columns.items():
            if column.field.type in ("string", "date") and row.at(position):
                yield row.at(position)

    def _proof_label(self, row: GridRow) -> tuple[_PROOF, str]:
        """What kind of proof a row is, and the words that say so."""
        proofs = self.schema.proofs
        for label in self._labels(row):
            word = _word(label)
            if word in proofs.opening:
                return "opening", label
            if word in proofs.total:
                return "total", label
            if word in proofs.closing:
                return "closing", label
        return "", ""

    def _is_subtotal(self, row: GridRow) -> bool:
        """Whether a row adds up some of the others, which would count them twice."""
        label = next((text for text in self._labels(row) if _word(text) in _SUBTOTALS), "")
        if label:
            self._add("row-subtotal", Source(self.file, row.number), value=label)
        return bool(label)

    def _values(self, row: GridRow) -> Iterator[tuple[str, Value]]:
        for position, column in self.columns.items():
            text, field = row.at(position), column.field
            if text in self.schema.missing_values:
                if field.constraints.required:
                    self._cell_fault("{table}-required", row.number, field)
                yield field.name, None
            else:
                yield field.name, self._parse(row.number, column, text)

    def _parse(self, row: int, column: Column, text: str) -> Value:
        field = column.field
        if _FAILED.fullmatch(text):
            self._cell_fault("cell-formula", row, field, text)
            return None
        if field.type == "string":
            self._text_faults(row, field, text)
        # A title's unit is meant for columns that have one; a number of people has none.
        unit = column.unit or (self.layout.unit if field.unit else "")
        # The file's year is that of what happened, not of when a contract ends.
        period = self.period if field.role == "date" else None
        value = read_value(text, kind_of(field), CellContext(period, unit, field.unit))
        if isinstance(value, Refusal):
            self._cell_fault(f"{{table}}-{value.kind}", row, field, text, **value.facts)
            return None
        self._constrain(row, field, text, value)
        return value

    def _text_faults(self, row: int, field: Field, text: str) -> None:
        if len(text) > _LONGEST:
            self._cell_fault("cell-long", row, field, text, length=len(text), limit=_LONGEST)
        character = unprintable(text)
        if character:
            place = text.index(character) + 1
            self._cell_fault("cell-characters", row, field, _visible(text), place=place)

    def _constrain(self, row: int, field: Field, text: str, value: Value) -> None:
        limits = field.constraints
        if limits.enum and str(value) not in limits.enum:
            self._cell_fault("{table}-choice", row, field, text, choices="、".join(limits.enum))
        if limits.pattern and not re.fullmatch(limits.pattern, str(value)):
            self._cell_fault("{table}-pattern", row, field, text)
        if field.is_numeric:
            low, high = limits.minimum, limits.maximum
            if (low is not None and value < low) or (high is not None and value > high):  # type: ignore[operator]
                ends = (
                    f"不小于 {low}" if low is not None else "",
                    f"不大于 {high}" if high is not None else "",
                )
                self._cell_fault(
                    "{table}-range", row, field, text, range="，".join(filter(None, ends))
                )

    def _nothing_or_rows(self, rows: list[Row], nothing: bool) -> None:
        if nothing and rows:
            self._add("table-nothing", Source(self.file, rows[0].number))
        elif not nothing and not rows and not self._has_errors():
            self._add("table-empty", Source(self.file, self.layout.heading.number))

    def _unique(self, rows: list[Row]) -> None:
        for field in self.schema.fields:
            if not (field.constraints.unique or field.name == self.schema.primary_key):
                continue
            seen: dict[Value, int] = {}
            for row in rows:
                value = row.values.get(field.name)
                if value is not None and value in seen:
                    self._cell_fault(
                        "{table}-duplicate", row.number, field, str(value), other=seen[value]
                    )
                elif value is not None:
                    seen[value] = row.number

    def _has_errors(self) -> bool:
        return any(p.severity == "error" for p in self.problems)


def _word(text: str) -> str:
    """A label without white space and what stands after it in brackets or a colon."""
    return "".join(text.split()).rstrip(":：")


def _visible(text: str) -> str:
    """A text in which the characters that must not be there show as boxes."""
    return "".join("□" if unprintable(c) else c for c in text)
