"""Reads the rows of a table, each as what it is (data, proof or statement), and its cells as values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from generator.intake.asides import Asides
from generator.intake.claims import WORDLESS, Claim, Labels, tidied
from generator.intake.daydoubts import ask_of_month, day_by_year
from generator.intake.decoding import GridRow, unprintable
from generator.intake.doubts import Asking
from generator.intake.examples import EXAMPLE, NO_ROW, REAL, doubt_of, is_bare_example
from generator.intake.headings import Column
from generator.intake.layout import Layout, is_nothing
from generator.intake.likesums import title_of
from generator.intake.proofs import ProofReader
from generator.intake.statements import (
    confirmed_texts,
    corrected_texts,
    first_day,
    is_statement,
    published_texts,
    published_within,
)
from generator.intake.values import CellContext, Refusal, is_only_a_month, kind_of, read_value
from generator.model.masks import MaskProfile
from generator.model.period import Period
from generator.model.rows import squeezed
from generator.model.schema import Field, TableSchema
from generator.model.village import Correction, Proof, Row, Table, Title, Value
from generator.problems import Problem, Source, problem

_NONE = "无"
_LONGEST = 2_000  # characters of a cell; a page of text belongs into a document
_FAILED = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|#+)|Err:\d{3}|=.+")
_PICTURE = re.compile(r"=(?:_xlfn\.)?DISPIMG\(")  # how WPS keeps a picture in a cell
_TITLE_MONTH = re.compile(r"(20\d{2})年(\d{1,2})月(?!\d*[日\d])")


class TableReader:
    """Per-call state for reading one file."""

    def __init__(
        self,
        schema: TableSchema,
        file: str,
        masks: MaskProfile,
        period: Period | None,
        layout: Layout,
        asking: Asking,
    ) -> None:
        self.asking = asking
        self.schema = schema
        self.file = file
        self.masks = masks
        self.period = period
        self.layout = layout
        self.columns = layout.columns
        self.problems: list[Problem] = list(layout.problems)
        self.corrections: list[Correction] = []
        self.asides = Asides(schema, layout.columns, layout.ignored, file, asking)
        self.labels = Labels(schema, layout.columns)
        self.confirmed = [t for row in layout.body for t in confirmed_texts(row)[1:]]

    def read(self) -> tuple[Table, date | None]:
        """The table and the day on which it was made public."""
        self._period_of_titles()
        published = self._published_around()
        nothing = False
        entries: list[Row | Claim] = []
        body = [row for row in self.layout.body if not is_statement(row)]
        members = self.asides.members(body)
        for row in self.layout.body:
            texts, changed = published_texts(row), corrected_texts(row)
            if texts:
                published = self._published(row, texts)
            elif changed:
                self._correction(row, changed)
            elif is_nothing(row):
                nothing = True
            elif not is_statement(row) and row.number not in members:
                entries += self._entry(row)
        rows, proofs = self._settled(self._without_examples(entries))
        self._nothing_or_rows(rows, nothing)
        self._unique(rows)
        table = Table(self.schema.name, self._names(proofs), rows, proofs, nothing)
        titles = (Title(row.number, cell) for row in self.layout.titles for cell in row.cells)
        said = tuple(title for title in titles if title.text)
        return replace(table, titles=said, confirmed=tuple(self.confirmed)), published

    def _entry(self, row: GridRow) -> Iterator[Row | Claim]:
        """A row as data, or as what its words say; nothing where it is neither."""
        claim = self._claim(row)
        if claim is None and self.asides.is_aside(row):
            return
        self._extra_cells(row, "" if claim is None else claim.label.text)
        yield self._row(row) if claim is None else claim

    def _row(self, row: GridRow) -> Row:
        return Row(row.number, dict(self._values(row)))

    def _without_examples(self, entries: list[Row | Claim]) -> list[Row | Claim]:
        """The entries without rows that say what a blank shows, as far as the office says so."""
        kept: list[Row | Claim] = []
        for entry in entries:
            if isinstance(entry, Row) and is_bare_example(entry, self.schema):
                title = title_of(entry, self.schema)
                doubt = doubt_of(entry, self.schema, self.masks, self.file)
                is_known = squeezed(title) in map(squeezed, self.confirmed)
                answer = REAL if is_known else self.asking.settle(doubt)
                if answer == NO_ROW:
                    self.asides.leave(entry.number, "", EXAMPLE)
                    continue
                if answer == REAL and not is_known:
                    self.confirmed.append(title)
            kept.append(entry)
        return kept

    def _settled(self, entries: list[Row | Claim]) -> tuple[tuple[Row, ...], tuple[Proof, ...]]:
        """The rows and proofs, with what is to be said of them and of the rows left out."""
        reader = ProofReader(self.schema, self.file, self.asking, self._row, self.confirmed)
        rows, proofs = reader.settle(entries)
        self.problems += reader.problems
        self.confirmed += reader.data
        for number, label in reader.left:
            self.asides.leave(number, label, "按回答不公开的合计行")
        self.problems += self.asides.report()
        return rows, proofs

    def _names(self, proofs: tuple[Proof, ...]) -> tuple[str, ...]:
        """The columns, in the schema's order; a balance that a proof states has its own."""
        names = {column.field.name for column in self.columns.values()}
        balance = self.schema.with_role("balance")
        if balance and any(proof.values.get(balance.name) is not None for proof in proofs):
            names.add(balance.name)
        return tuple(f.name for f in self.schema.fields if f.name in names)

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
        """A copied worksheet often keeps the title of the month before."""
        for row in self.layout.titles:
            for match in _TITLE_MONTH.finditer("".join("".join(row.cells).split())):
                month = (int(match[1]), int(match[2]))
                if self.period is None or self.period.kind == "standing":
                    continue
                start, end = self.period.start, self.period.end
                if not (start.year, start.month) <= month <= (end.year, end.month):
                    source = Source(self.file, row.number)
                    self._add("title-period", source, value=match[0], period=self.period.title)

    def _published_around(self) -> date | None:
        """The day that a row over the table gives, or one of words under it."""
        for row in (*self.layout.titles, *self.layout.notes):
            for texts in published_within(row):
                return self._published(row, texts)
        return None

    def _published(self, row: GridRow, texts: list[str]) -> date | None:
        if len(texts) == 1:
            source = Source(self.file, row.number, texts[0])
            self._add("{table}-required", source, heading=texts[0], example="2025-10-08")
            return None
        return self._day(row, texts[0], first_day(texts[1]))

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

    def _claim(self, row: GridRow) -> Claim | None:
        """The row as a proof, if its words say so or it has none; only its numbers count."""
        label = self.labels.of(row)
        if label is None:
            return None
        numbers: dict[str, Value] = {}
        texts: dict[str, str] = {}
        for position, column in self.columns.items():
            text, field = row.at(position), column.field
            if self._is_missing(text, field):
                continue
            if field.is_numeric and _FAILED.fullmatch(text) and label is not WORDLESS:
                # The rows themselves are there, so nobody misses a total without a number.
                self._cell_fault("proof-formula", row.number, field, text)
            elif field.is_numeric:
                numbers[field.name] = self._parse(row.number, column, text)
            elif text != label.text and field.type == "string":
                texts[field.name] = text
        if label is WORDLESS and not any(numbers.values()):
            return None
        return Claim(row, label, numbers, texts)

    def _values(self, row: GridRow) -> Iterator[tuple[str, Value]]:
        for position, column in self.columns.items():
            text, field = row.at(position), column.field
            if self._is_missing(text, field):
                if field.constraints.required:
                    self._cell_fault("{table}-required", row.number, field)
                yield field.name, None
            else:
                yield field.name, self._parse(row.number, column, tidied(text, field))

    def _is_missing(self, text: str, field: Field) -> bool:
        """Whether a cell says nothing; where a number or a day belongs, 无 says that there is none."""
        return text in self.schema.missing_values or (text == _NONE and field.type != "string")

    def _parse(self, row: int, column: Column, text: str) -> Value:
        field = column.field
        if _PICTURE.match(text):
            self._cell_fault("cell-picture", row, field)
            return None
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
            return self._refused(row, field, text, value)
        self._constrain(row, field, text, value)
        return value

    def _refused(self, row: int, field: Field, text: str, refusal: Refusal) -> Value:
        """What a day that lacks its year, or a month without a day, is by the answer; else a fault."""
        source = Source(self.file, row, field.name)
        if self.period and field.role != "date" and refusal.kind == "date-year":
            return day_by_year(text, field, source, self.period, self.asking)
        if field.type == "date" and not field.constraints.required and is_only_a_month(text):
            ask_of_month(text, field, source, self.asking)
            return None
        self._cell_fault(f"{{table}}-{refusal.kind}", row, field, text, **refusal.facts)
        return None

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

    def _nothing_or_rows(self, rows: Sequence[Row], nothing: bool) -> None:
        if nothing and rows:
            self._add("table-nothing", Source(self.file, rows[0].number))
        elif not nothing and not rows and not self._has_errors():
            self._add("table-empty", Source(self.file, self.layout.heading.number))

    def _unique(self, rows: Sequence[Row]) -> None:
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


def _visible(text: str) -> str:
    """A text in which the characters that must not be there show as boxes."""
    return "".join("□" if unprintable(c) else c for c in text)
