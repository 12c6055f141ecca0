"""Decides which column of a table a heading names, and the unit it declares."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from generator.intake.decoding import GridRow, Span
from generator.intake.nearest import nearest_heading
from generator.intake.values import CellContext, Refusal, kind_of, read_value
from generator.model.equations import parse_equation
from generator.model.schema import Field, FieldType, TableSchema
from generator.problems import Problem, Source, problem, without_numbers

# A bare running number says nothing; offices put it first in any table.
LINE_NUMBERS = frozenset(("序号", "序", "行次", "行号", "顺序号", "次序"))
# These are running numbers only where the table has no such column and they count from 1.
_MAY_COUNT = frozenset(("编号", "号", "编码", "户号", "户编号", "登记号"))
_ABOUT = ("基本情况", "具体情况", "情况", "信息", "明细")
_BRACKET = re.compile(r"[(\[【〔](?:(?:计量)?单位:)?([^()\[\]【】〔〕]{1,8})[)\]】〕]$")
_LOOSE_UNIT = re.compile(r"(.{2,}?)[/:,、-]?(元|万元|千元|亩|公顷|平方米|㎡|人|户)")
_SAMPLE = 6000  # comes out even in every unit that a column may have


@dataclass(frozen=True)
class Column:
    """A column of a worksheet: the schema's field, and the unit that its heading declares.

    Columns from which the schema's are made (`joins`, `offers`, `sides`) have a field of their own,
    which no table has.
    """

    field: Field
    unit: str = ""


@dataclass(frozen=True)
class Headings:
    """Heading cells: the columns by position, and how many of the cells are known."""

    cells: tuple[str, ...]
    columns: Mapping[int, Column]

    @property
    def known(self) -> int:
        """How many columns of the schema stand here."""
        return len({column.field.name for column in self.columns.values()})

    @property
    def score(self) -> int:
        """How well the row does as headings; running numbers count, they are no title."""
        return self.known + sum(is_line_number(cell) for cell in self.cells)


class HeadingReader:
    """The names by which the columns of a schema are known."""

    def __init__(self, schema: TableSchema) -> None:
        self.schema = schema
        self.names = {
            heading_key(name)[0]: field
            for field in (*makings(schema), *schema.fields)
            for name in (field.name, *field.aliases)
        }
        self.parts = {
            (equation.result, term)
            for equation in map(parse_equation, schema.equations)
            if equation is not None
            for term in equation.terms
        }

    def read(self, cells: Sequence[str]) -> Headings:
        """The columns that the cells of one row name."""
        found = ((position, self.column(cell)) for position, cell in enumerate(cells))
        return Headings(tuple(cells), {p: column for p, column in found if column})

    def column(self, text: str) -> Column | None:
        """The column that a heading names."""
        key, unit = heading_key(text)
        field = self.names.get(key)
        if field is None:
            loose = _LOOSE_UNIT.fullmatch(key)
            field, unit = (self.names.get(loose[1]), loose[2]) if loose else (None, "")
        if field is None:
            return None
        return Column(field, unit if field.is_numeric and is_unit(unit) else "")

    def join(self, group: str, part: str) -> str:
        """One heading of a group heading and the part under it, by the name that is known.

        收入 over 金额 is 收入 where that is a column, and 住址 under 户主信息 is 住址; when both
        are columns of their own, nobody can say which is meant, and both words stay. So they do
        where the group changes what the part means, as 上年 does.
        """
        if not group or not part or is_unit_cell(part):
            return group + part
        together = f"{group}{part}"
        for text in (together, f"{part}{group}"):
            if self.column(text):
                return text
        told = self._told(group, part)
        if told:
            return told
        outer, inner = self.column(group), self.column(part)
        if outer and heading_key(part)[0] == "金额":
            return group
        changes = outer is None and self.schema.words.changes_parts(heading_key(group)[0])
        if inner and not changes and (outer is None or outer.field == inner.field):
            return self._with_units(group, part, inner)
        if inner and outer and (outer.field.name, inner.field.name) in self.parts:
            # 基本工资 under 应发工资, of which it is a part
            return self._with_units(group, part, inner)
        return together

    def _with_units(self, group: str, part: str, column: Column) -> str:
        """A heading that has the unit of the group over it, where it declares none itself: 收支情况
        （万元） counts 收入 in 万元, too, but not the persons beside it."""
        unit = heading_key(group)[1]
        is_lost = not heading_key(part)[1] and is_unit(unit) and column.field.is_numeric
        is_meant = is_lost and bool(column.field.unit) and fits(unit, column.field)
        return f"{part}（{unit}）" if is_meant else part

    def _told(self, group: str, part: str) -> str:
        """The heading under a group that only says what its parts are about: under 租金情况, 本年应收 is
        本年应收租金, and 年租金 says it itself. Nothing where that names no column."""
        word = heading_key(group)[0]
        about = next((word.removesuffix(end) for end in _ABOUT if word.endswith(end)), "")
        if not about:
            return ""
        if about in heading_key(part)[0] and self.column(part):
            return part
        whole = (f"{heading_key(part)[0]}{about}", f"{about}{heading_key(part)[0]}")
        return next((text for text in whole if self.column(text)), "")

    def running(self, headings: Headings, rows: Sequence[GridRow]) -> Headings:
        """The headings with 序号 for a column that is none of the table's and counts its rows, though
        it is called 编号."""
        cells = list(headings.cells)
        for position, text in enumerate(cells):
            if position not in headings.columns and heading_key(text)[0] in _MAY_COUNT:
                numbers = [cell for row in rows if (cell := row.at(position)).isdecimal()]
                if numbers and numbers == [str(n) for n in range(1, len(numbers) + 1)]:
                    cells[position] = "序号"
        return replace(headings, cells=tuple(cells))

    def problems(self, heading: GridRow, headings: Headings, file: str) -> list[Problem]:
        """The problems of a heading row."""
        faults = []
        seen: set[str] = set()
        meanings = self._missing_meanings(headings)
        for position, text in enumerate(headings.cells):
            column = headings.columns.get(position)
            source = Source(file, heading.number, without_numbers(text))
            if column is None:
                reason = self.why_left(text)
                if reason:
                    faults.append(problem("heading-left", source, value=text, reason=reason))
                elif text and not is_line_number(text):
                    hint = nearest_heading(heading_key(text)[0], meanings, self.schema.words)
                    faults.append(problem("heading-unknown", source, value=text, nearest=hint))
            elif column.field.name in seen:
                name = column.field.name
                faults.append(problem("heading-duplicate", source, value=text, heading=name))
            else:
                seen.add(column.field.name)
                faults += _unit_problems(column, headings, source)
        place = Source(file, heading.number)
        faults += [
            missing_column(field, place)
            for field in self.schema.fields
            if field.constraints.required and field.name not in seen
        ]
        return faults

    def why_left(self, text: str) -> str:
        """Why a column that is none of the table's is left behind; nothing when nobody knows it."""
        return "" if self.column(text) else self.schema.words.why_left(heading_key(text)[0])

    def _missing_meanings(self, headings: Headings) -> dict[str, str]:
        """What may be proposed: names of the table's columns that do not stand there, with what they
        mean."""
        there = {column.field.name for column in headings.columns.values()}
        return {
            name: _meaning(field)
            for field in self.schema.fields
            if field.name not in there
            for name in (field.name, *field.aliases)
        }


_MOST = 200  # schemas, several times those of content/
_READERS: dict[int, HeadingReader] = {}  # by their schemas, which they hold


def reader_of(schema: TableSchema) -> HeadingReader:
    """The reader of a schema's headings, made once: each form that is tried asks those of all tables."""
    reader = _READERS.get(id(schema))
    if reader is None:
        if len(_READERS) == _MOST:
            _READERS.clear()
        reader = _READERS[id(schema)] = HeadingReader(schema)
    return reader


def makings(schema: TableSchema) -> Iterator[Field]:
    """Columns of a worksheet from which columns of the table are made."""
    sides = schema.sides
    words: list[tuple[str, FieldType, tuple[str, ...]]] = []
    if sides is not None:
        money = (sides.debit, sides.credit, sides.amount)
        words += [(names[0], "number", names[1:]) for names in money if names]
        words += [
            (names[0], "string", names[1:]) for names in (sides.kind, sides.standing) if names
        ]
    for join in schema.joins:
        words += [(part.name, "string", part.aliases) for part in join.parts]
    words += [(offer.name, "string", offer.aliases) for offer in schema.offers]
    for name, kind, aliases in words:
        unit = "元" if kind == "number" else ""
        yield Field(name, kind, schema.source, aliases=aliases, unit=unit)


def missing_column(field: Field, place: Source) -> Problem:
    """The problem of a column that must be there."""
    return problem("heading-missing", place, heading=field.name, meaning=_meaning(field))


def _meaning(field: Field) -> str:
    """A column's meaning, to be put into a sentence."""
    return field.description.split("；")[0].rstrip("。") or field.name


def _unit_problems(column: Column, headings: Headings, source: Source) -> list[Problem]:
    """A unit that the column's cannot be made of, or that would be lost."""
    field, unit = column.field, column.unit
    if not unit:
        return []
    if not field.unit:
        has_units = any(c.field.name == "单位" for c in headings.columns.values())
        return (
            [] if has_units or field.unit_in else [problem("heading-unit-lost", source, value=unit)]
        )
    if fits(unit, field):
        return []
    return [problem("heading-unit", source, value=unit, expected=field.unit)]


@lru_cache(4096)  # the same few hundred words in every file
def heading_key(text: str) -> tuple[str, str]:
    """A heading without white space, width and unit, so that 收 入（元） is 收入; and the unit."""
    squeezed = "".join(unicodedata.normalize("NFKC", text).split()).strip("*:")
    match = _BRACKET.search(squeezed)
    return (squeezed[: match.start()], match[1]) if match else (squeezed, "")


def is_line_number(text: str) -> bool:
    """Whether a heading is that of the running numbers."""
    return heading_key(text)[0] in LINE_NUMBERS


def is_unit_cell(text: str) -> bool:
    """Whether a cell under a heading holds nothing but its unit."""
    key, unit = heading_key(text)
    return (not key and is_unit(unit)) or is_unit(key)


@lru_cache(1024)
def is_unit(word: str) -> bool:
    """Whether a word is a unit of anything."""
    value = _sample(word, "amount", "元") if word else None
    return value is not None and (not isinstance(value, Refusal) or value.kind == "unit")


def fits(unit: str, field: Field) -> bool:
    """Whether numbers in a unit can be converted into the column's."""
    return not isinstance(_sample(unit, kind_of(field), field.unit), Refusal)


def _sample(unit: str, kind: str, column_unit: str) -> object:
    return read_value(f"{_SAMPLE}{unit}", kind, CellContext(column_unit=column_unit))


@lru_cache(1024)  # a worksheet is read by the tables of all items in turn
def heading_rows(
    merged: tuple[Span, ...], upper: GridRow, lower: GridRow
) -> tuple[tuple[str, str], ...]:
    """Pairs of a group heading and the part under it, when two rows can be that.

    A group stands over several parts: its cell is merged across them or followed by empty ones.
    Parts stand only under groups, and have no digits. Empty when the rows are something else.
    """
    groups = _groups(merged, upper, max(len(upper.cells), len(lower.cells)))
    parts = [p for p, cell in enumerate(lower.cells) if cell]
    for position in parts:
        part, group = lower.cells[position], groups[position]
        is_under_group = group >= 0 and groups.count(group) > 1
        if upper.at(position) and not is_under_group and not is_unit_cell(part):
            return ()
    if any(any(c.isdigit() for c in lower.cells[position]) for position in parts):
        return ()
    return tuple(
        (upper.at(group) if lower.at(position) or position == group else "", lower.at(position))
        for position, group in enumerate(groups)
    )


def _groups(merged: tuple[Span, ...], row: GridRow, width: int) -> list[int]:
    """For each column, the one in which its heading stands; -1 when it has none."""
    across = [s for s in merged if s.top <= row.number <= s.bottom and s.right > s.left]
    groups: list[int] = []
    for position in range(width):
        span = next((s for s in across if s.left <= position <= s.right), None)
        if row.at(position):
            groups.append(position)
        elif span is not None:
            groups.append(span.left)
        else:  # a CSV file lost what was merged
            groups.append(groups[-1] if groups and not across else -1)
    return groups
