"""Asks for required cells that are empty, by the name of their row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from generator.intake.decoding import GridRow, Worksheet
from generator.intake.doubts import Asking, Doubt
from generator.intake.layout import Layout
from generator.intake.tables import TableReading
from generator.model.catalogue import Item
from generator.model.schema import Field, TableSchema
from generator.problems import Problem, problem

_MOST = 3  # of one column; more are a column that the office has still to fill


@dataclass(frozen=True)
class _Empty:
    """An empty cell: its column, where it stands, what its row is called, and the problem it gave."""

    field: Field
    row: int
    position: int
    title: str
    found: Problem


def filled_table(
    worksheet: Worksheet,
    layout: Layout,
    item: Item,
    schema: TableSchema,
    read: Callable[[Worksheet], TableReading],
    asking: Asking,
) -> tuple[Worksheet, TableReading]:
    """The worksheet with answers in its empty cells, and its new reading.

    The problem of a cell that is asked for is the question's, no longer the table's.
    """
    reading = read(worksheet)
    empties = list(_empties(reading, layout, schema))
    given: dict[tuple[int, int], str] = {}
    titles = Counter((empty.field.name, empty.title) for empty in empties)
    for empty in empties:
        is_only = titles[empty.field.name, empty.title] == 1
        answer = asking.settle(_doubt(empty, item, schema, is_only=is_only))
        if answer:
            given[empty.row, empty.position] = answer
    if given:
        worksheet = replace(worksheet, rows=tuple(_with(row, given) for row in worksheet.rows))
        reading = read(worksheet)
    asked = {empty.found for empty in empties}
    return worksheet, replace(
        reading, problems=tuple(p for p in reading.problems if p not in asked)
    )


def _empties(reading: TableReading, layout: Layout, schema: TableSchema) -> Iterator[_Empty]:
    places = {column.field.name: position for position, column in layout.columns.items()}
    rows = {row.number: row.values for row in reading.table.rows}
    found = [
        p
        for p in reading.problems
        if p.code == f"{schema.name}-required"
        and p.source.row in rows
        and p.source.column in places
    ]
    counts = Counter(p.source.column for p in found)
    named = [f.name for f in schema.fields if f.role in ("title", "name", "reference", "subject")]
    for p in found:
        field = schema.find(p.source.column)
        if field is None or counts[field.name] > _MOST:
            continue
        values = rows[p.source.row]
        titles = (str(values[name]) for name in named if values.get(name) is not None)
        yield _Empty(field, p.source.row, places[field.name], next(titles, ""), p)


def _doubt(empty: _Empty, item: Item, schema: TableSchema, *, is_only: bool) -> Doubt:
    """The question for an empty cell. Rows with the same name each have their own."""
    title = empty.title if empty.title and is_only else f"{empty.title}第 {empty.row} 行"
    example = empty.field.example or "……"
    asked = problem(
        "import-empty", empty.found.source, title=title, heading=empty.field.name, example=example
    )
    # Next month's 电费 is another amount on another day with another voucher. Who is on a list
    # changes, and names of persons are for no file of answers.
    is_word = empty.field.type == "string" and empty.field.role != "reference"
    is_key = empty.field.name == schema.primary_key
    lasting = is_only and bool(empty.title) and (is_word or is_key) and not item.personal
    return Doubt(f"fill {empty.field.name} {title}", asked, free=example, lasting=lasting)


def _with(row: GridRow, given: Mapping[tuple[int, int], str]) -> GridRow:
    own = {position: text for (number, position), text in given.items() if number == row.number}
    if not own:
        return row
    cells = [*row.cells, *([""] * (max(own) + 1 - len(row.cells)))]
    for position, text in own.items():
        cells[position] = text
    return replace(row, cells=tuple(cells))
