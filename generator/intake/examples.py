"""The row with which a blank shows how a table is filled in. Each of its cells begins with a mark, so that
none can pass for data: a row of nothing else is left out, and one in which some of it is left is a fault.
Where somebody took the marks away and left what they stood before, nobody knows whether it is meant."""

from __future__ import annotations

import re
from dataclasses import replace

from generator.intake.decoding import GridRow, Worksheet
from generator.intake.doubts import Choice, Doubt
from generator.intake.likesums import title_of
from generator.intake.values import Refusal, kind_of, read_value
from generator.model.masks import MaskProfile
from generator.model.period import Period
from generator.model.rows import squeezed
from generator.model.schema import Field, TableSchema
from generator.model.village import Row, Value
from generator.problems import Problem, Source, problem

_MARKS = ("例：", "例:")
_DAY = re.compile(r"例[：:]\d{4}-\d{2}-\d{2}")
EXAMPLE = "空白表里的示例"
REAL, NO_ROW = "真有这一行", "示例"
_THIRD = 2  # days after the first of a period
_LEAST = 2  # cells that are the example's: one is so by chance
_FEWEST = 3  # cells that are the example's, or all that it has; a name and a round sum may be so by chance


def example_of(field: Field, schema: TableSchema, period: Period | None) -> str:
    """What a blank shows in a column, with the mark; nothing where the schema has no example. In a book
    the day lies in the blank's own period, as it must, and the example is an expense: nobody enters
    one thing on both sides."""
    text = field.example
    if schema.is_book and field.role == "income":
        return ""
    if schema.is_book and field.role == "date" and text and period:
        text = period.start.replace(day=1 + _THIRD).isoformat()
    return f"{_MARKS[0]}{text}" if text else ""


def is_example(row: GridRow, schema: TableSchema) -> bool:
    """Whether a row holds what a blank of a table wrote into it, and nothing else."""
    cells = [cell for cell in row.cells if cell]
    if not cells or not all(map(_is_marked, cells)):
        return False
    return all(_is_written(cell, schema) for cell in cells)


def without_examples(
    worksheet: Worksheet, schema: TableSchema, file: str
) -> tuple[Worksheet, tuple[Problem, ...]]:
    """The worksheet without rows that hold examples, and what is to be said of them."""
    marked = [row for row in worksheet.rows if any(map(_is_marked, row.cells))]
    if not marked:
        return worksheet, ()
    problems: list[Problem] = []
    for row in marked:
        source = Source(file, row.number)
        if is_example(row, schema):
            problems.append(problem("rows-left", source, why=EXAMPLE, rows=f"第 {row.number} 行"))
            continue
        # What somebody wrote behind the mark may be a name.
        marked_cells = filter(_is_marked, row.cells)
        left = (c if _is_written(c, schema) else f"{_MARKS[0]}…" for c in marked_cells)
        problems.append(problem("example-left", source, value="、".join(dict.fromkeys(left))))
    rows = tuple(row for row in worksheet.rows if row not in marked)
    return replace(worksheet, rows=rows), tuple(problems)


def is_bare_example(row: Row, schema: TableSchema) -> bool:
    """Whether all that a row says, but for its days, is what a blank shows, without the marks; an amount
    is among it where the blank shows one, since the name of a subject is everybody's."""
    shown = {field.name: _shown(field) for field in schema.fields if field.type != "date"}
    said = {name: row.values[name] for name in shown if row.values.get(name) is not None}
    if any(_tidy(value) != shown[name] for name, value in said.items()):
        return False
    there = [value for value in shown.values() if value is not None]
    has_amount = any(not isinstance(value, str) for value in said.values())
    is_enough = len(said) >= max(_LEAST, min(_FEWEST, len(there))) and (
        has_amount or all(isinstance(value, str) for value in there)
    )
    return is_enough and bool(title_of(row, schema))


def _shown(field: Field) -> Value | Refusal:
    return _tidy(read_value(field.example, kind_of(field))) if field.example else None


def _tidy(value: Value | Refusal) -> Value | Refusal:
    return squeezed(value) if isinstance(value, str) else value


def doubt_of(row: Row, schema: TableSchema, masks: MaskProfile, file: str) -> Doubt:
    """The question whether a row that says what the example says is meant."""
    text = title_of(row, schema)
    first = next(f for f in schema.fields if row.values.get(f.name) == text)
    rule = masks.rule(first.mask)
    shown = rule.apply(text) if rule.style != "drop" else "*" * len(text)
    found = problem("row-example", Source(file, row.number), value=shown, heading=first.name)
    choices = (
        Choice(REAL, "照样公开，表的最后写一行“已核对”"),
        Choice(NO_ROW, "不公开，也不算进合计"),
    )
    return Doubt(f"和示例一样的行“{squeezed(text)}”", found, choices, lasting=False)


def _is_written(cell: str, schema: TableSchema) -> bool:
    """Whether a blank of a table wrote what stands in a cell."""
    return bool(_DAY.fullmatch(cell)) or cell in (
        example_of(f, schema, None) for f in schema.fields
    )


def _is_marked(cell: str) -> bool:
    return cell.startswith(_MARKS)
