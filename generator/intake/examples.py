"""The row with which a blank shows how a table is filled in. Each of its cells begins with a mark, so that
none can pass for data: a row of nothing else is left out, and one in which some of it is left is a fault."""

from __future__ import annotations

import re
from dataclasses import replace

from generator.intake.decoding import GridRow, Worksheet
from generator.model.period import Period
from generator.model.schema import Field, TableSchema
from generator.problems import Problem, Source, problem

_MARKS = ("例：", "例:")
_DAY = re.compile(r"例[：:]\d{4}-\d{2}-\d{2}")
EXAMPLE = "空白表里的示例"
_THIRD = 2  # days after the first of a period


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


def _is_written(cell: str, schema: TableSchema) -> bool:
    """Whether a blank of a table wrote what stands in a cell."""
    return bool(_DAY.fullmatch(cell)) or cell in (
        example_of(f, schema, None) for f in schema.fields
    )


def _is_marked(cell: str) -> bool:
    return cell.startswith(_MARKS)
