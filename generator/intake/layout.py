"""Finds the table on a worksheet: titles, headings, rows, and the notes below it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from generator.intake.asides import is_signed, without_repeats
from generator.intake.decoding import Grid, GridRow, Worksheet, column_letters
from generator.intake.headings import (
    Column,
    HeadingReader,
    Headings,
    heading_rows,
    is_line_number,
    is_unit,
    reader_of,
)
from generator.intake.statements import is_statement
from generator.intake.values import parse_date, parse_number
from generator.model.rows import RowWords
from generator.model.schema import TableSchema
from generator.problems import Problem, Source, problem

_NOTHING = re.compile(r"本(?:期|月|季度?|半年|年度?)无发生(?:额|业务)?。?")
_HEAD = 30  # rows in which the headings are looked for
# 单位：万元, 金额：万元, 单位 万元, and （万元） behind a title.
_UNIT = re.compile(
    r"(?:单位|金额|计量)\s*[:：]\s*(?P<label>[^\s\d，,。;；()（）]{1,12})"
    r"|单位\s*(?P<bare>(?:人民币)?[百千万亿]{0,2}元)(?=$|[\s，,。;；()（）])"
    r"|[(（]\s*(?P<bracket>(?:人民币)?[百千万亿]{0,2}元)\s*[)）]"
)
_LABEL = re.compile(r"日期|时间|电话|编号|编码|代码|户数|人数|人口|年度|年份|期次|[:：]$")
_SENTENCE = 12  # characters from which a lone cell under the table is a sentence


@dataclass(frozen=True)
class Layout:
    """The parts of a worksheet. `heading` has the number of the first heading row and the headings as
    they were read, two rows joined; `unit` is what a title declares for the whole worksheet.

    Rows of `body` are not blank: data, proof rows, 本期无发生, 公开日期, 更正. `problems` are those of
    the layout itself; what cells hold was not looked at. `dropped` are headings of columns that are
    left behind, each with the reason.
    """

    heading: GridRow
    columns: Mapping[int, Column]
    body: Grid
    titles: Grid = ()
    notes: Grid = ()
    unit: str = ""
    problems: tuple[Problem, ...] = ()
    ignored: frozenset[int] = field(default_factory=frozenset)
    dropped: tuple[tuple[str, str], ...] = ()


def find_layout(worksheet: Worksheet, schema: TableSchema, file: str) -> Layout | Problem:
    """The parts of a worksheet as a schema knows them, or the problem that there is no table."""
    rows = [row for row in worksheet.rows if not row.is_blank]
    if not rows:
        return problem("table-empty", Source(file))
    reader = reader_of(schema)
    place = _find_headings(worksheet, rows, reader)
    if place is None:
        number = rows[0].number
        return problem("headings-none", Source(file, number), row=number)
    first, count, headings = place
    headings = reader.running(headings, rows[first + count :])
    heading = GridRow(rows[first].number, headings.cells)
    titles = tuple(rows[:first])
    below, merged = _unmerged(worksheet, rows[first + count :], headings, file)
    below = without_repeats(below, titles, rows[first : first + count])
    body, notes = _without_notes(below, headings, schema.rows)
    columns = _each_once(headings.columns)
    left = {p: why for p, cell in enumerate(headings.cells) if (why := reader.why_left(cell))}
    hidden = _hidden_columns(worksheet, columns, below) - left.keys()
    visible = replace(
        headings, cells=tuple("" if p in hidden else c for p, c in enumerate(headings.cells))
    )
    faults = [
        *_rows_above(titles, file),
        *reader.problems(heading, visible, file),
        *_hidden(worksheet, heading, hidden, [heading, *below], file),
        *merged,
        *_remarks(notes, schema.rows, file),
    ]
    named = {p for p, cell in enumerate(headings.cells) if cell}
    return Layout(
        heading,
        columns,
        body,
        titles,
        notes,
        declared_unit(titles),
        tuple(faults),
        frozenset((named | hidden) - set(columns)),
        tuple((headings.cells[place], why) for place, why in left.items()),
    )


def _each_once(columns: Mapping[int, Column]) -> dict[int, Column]:
    """The columns without a second one of the same field, which is reported."""
    first: dict[str, int] = {}
    for position, column in columns.items():
        first.setdefault(column.field.name, position)
    return {position: columns[position] for position in first.values()}


def _find_headings(
    worksheet: Worksheet, rows: Sequence[GridRow], reader: HeadingReader
) -> tuple[int, int, Headings] | None:
    """Position and number of the heading rows, and what they name: the most columns win.

    Two rows win over one when they name more: a title above the headings names nothing. Groups
    over several parts are two rows even when what they name is unknown.
    """
    head = rows[: _HEAD + 1]
    single = [(first, 1, reader.read(row.cells)) for first, row in enumerate(head[:_HEAD])]
    double = {}
    for first, (upper, lower) in enumerate(pairwise(head)):
        pairs = heading_rows(worksheet.merged, upper, lower)
        if pairs:
            double[first] = (first, 2, reader.read([reader.join(*pair) for pair in pairs]))
    likely = [c for c in (*single, *double.values()) if _is_likely(c[0], c[2])]
    best = max(likely, key=lambda choice: choice[2].score, default=None)
    if best is not None and best[0] in double and sum(map(bool, head[best[0] + 1].cells)) > 1:
        return double[best[0]]
    return best


def _is_likely(first: int, headings: Headings) -> bool:
    """Whether a row may be headings; a word that a title shares with one makes it none."""
    filled = sum(bool(cell) for cell in headings.cells)
    is_many = headings.known > 1 or headings.known * 2 >= filled or first == 0
    return bool(headings.known) and is_many


def _rows_above(titles: Grid, file: str) -> list[Problem]:
    """Rows above the headings that look like data: they would be lost."""
    for row in titles:
        label = ""
        for cell in row.cells:
            if cell and parse_number(cell) is not None and not _LABEL.search(label):
                source = Source(file, row.number)
                return [problem("rows-above", source, value=cell, row=row.number)]
            label = cell or label
    return []


def declared_unit(titles: Iterable[GridRow]) -> str:
    """The unit that a line declares; 单位 may also be an office, which is none."""
    for row in titles:
        line = " ".join(cell for cell in row.cells if cell)
        for match in _UNIT.finditer(line):
            said = match["label"] or match["bare"] or match["bracket"]
            words = re.split(r"[、,/，]", said.removeprefix("人民币"))
            if all(is_unit(word) for word in words):
                return "、".join(words)
    return ""


def _unmerged(
    worksheet: Worksheet, rows: Sequence[GridRow], headings: Headings, file: str
) -> tuple[Grid, list[Problem]]:
    """Rows in which a cell merged down a column stands in each row, and what to say of it.

    An amount is not repeated: it would count several times.
    """
    cells = {row.number: list(row.cells) for row in rows}
    faults: dict[str, Problem] = {}
    for span in worksheet.merged:
        column = headings.columns.get(span.left)
        text = cells.get(span.top, [])[span.left : span.left + 1]
        if span.bottom == span.top or column is None or not text or not text[0]:
            continue
        numbers = [n for n in range(span.top, span.bottom + 1) if n in cells]
        source = Source(file, span.top, column.field.name)
        kind = "cells-merged-number" if column.field.is_numeric else "cells-merged"
        faults.setdefault(
            f"{kind} {span.left}",
            problem(kind, source, heading=column.field.name, first=span.top, last=span.bottom),
        )
        for number in numbers if not column.field.is_numeric else ():
            line = cells[number]
            line.extend([""] * (span.left + 1 - len(line)))
            line[span.left] = text[0]
    whole = tuple(replace(row, cells=tuple(cells[row.number])) for row in rows)
    return whole, list(faults.values())


def _without_notes(rows: Grid, headings: Headings, words: RowWords) -> tuple[Grid, Grid]:
    """The rows of the table and the notes under it."""
    body = list(rows)
    notes: list[GridRow] = []
    kept: list[GridRow] = []
    while body:
        row = body.pop()
        if is_statement(row):
            kept.append(row)
        elif _is_note(row, headings, words):
            notes.append(row)
        else:
            body.append(row)
            break
    return (*body, *reversed(kept)), tuple(reversed(notes))


def first_cell(row: GridRow) -> str:
    """The first cell of a row that holds anything."""
    return next((cell for cell in row.cells if cell), "")


def _is_note(row: GridRow, headings: Headings, words: RowWords) -> bool:
    """Whether a row under the table is a note or signatures.

    With a number or a date where the table has them it is data, and so is a lone cell when the
    table asks for no other. A day alone stands under signatures.
    """
    if sum(map(bool, row.cells)) == 1 and parse_date(first_cell(row)) is not None:
        return any(c.field.constraints.required for c in headings.columns.values())
    for position, column in headings.columns.items():
        text = row.at(position)
        if column.field.is_numeric and parse_number(text) is not None:
            return False
        if column.field.type == "date" and parse_date(text) is not None:
            return False
    texts = ["".join(cell.split()) for cell in row.cells if cell]
    if is_signed(texts, words) or (len(texts) == 1 and words.is_blank(texts[0])):
        return True
    lacks = any(c.field.constraints.required and not row.at(p) for p, c in headings.columns.items())
    is_lone = len(texts) == 1 and len(texts[0]) >= _SENTENCE
    return lacks and not is_nothing(row) and (is_lone or words.is_remark(texts[0]))


def is_nothing(row: GridRow) -> bool:
    """Whether a row states that nothing happened in the period."""
    texts = [cell for cell in row.cells if cell]
    return len(texts) == 1 and bool(_NOTHING.fullmatch("".join(texts[0].split())))


def _remarks(notes: Grid, words: RowWords, file: str) -> list[Problem]:
    """Notes that say something are named, since they are not published."""
    return [
        problem("notes-unread", Source(file, row.number), value=first_cell(row))
        for row in notes
        if not is_signed(["".join(cell.split()) for cell in row.cells if cell], words)
        and not words.is_blank(first_cell(row))
    ]


def _hidden_columns(worksheet: Worksheet, columns: Mapping[int, Column], rows: Grid) -> set[int]:
    """Hidden columns that hold something which is not dropped anyway."""
    return {
        position
        for position in worksheet.hidden_columns
        if any(row.at(position) for row in rows)
        and not (position in columns and columns[position].field.mask in ("drop", "private"))
    }


def _hidden(
    worksheet: Worksheet,
    heading: GridRow,
    columns: Iterable[int],
    rows: Sequence[GridRow],
    file: str,
) -> list[Problem]:
    """What nobody sees is neither published nor left out without the clerk's word."""
    faults = []
    names = [
        f"{column_letters(p)} 列" + (f"“{heading.at(p)}”" if heading.at(p) else "")
        for p in sorted(columns)
        if not is_line_number(heading.at(p))
    ]
    if names:
        faults.append(
            problem("columns-hidden", Source(file, heading.number), columns="、".join(names))
        )
    numbers = [row.number for row in rows if row.number in worksheet.hidden_rows]
    if numbers:
        some = "、".join(str(number) for number in numbers[:8])
        more = f"等 {len(numbers)} 行" if len(numbers) > 8 else "行"
        faults.append(problem("rows-hidden", Source(file, numbers[0]), rows=f"第 {some} {more}"))
    return faults


def choose_worksheet(
    worksheets: Sequence[Worksheet], schema: TableSchema, file: str
) -> tuple[Worksheet | Problem, tuple[Problem, ...]]:
    """The one worksheet that is the record, and notices of the others that hold something.

    Hidden worksheets are never read. Of several, the one that has the table's headings counts.
    """
    filled = [worksheet for worksheet in worksheets if not worksheet.is_empty]
    visible = [worksheet for worksheet in filled if not worksheet.is_hidden]
    if not visible:
        return problem("table-empty", Source(file)), _unread(filled, file)
    tables = visible
    if len(visible) > 1:
        tables = [s for s in visible if not isinstance(find_layout(s, schema, file), Problem)]
    if len(tables) != 1:
        names = "、".join(worksheet.name for worksheet in tables or visible)
        return problem("sheets-several", Source(file), value=names), ()
    chosen = tables[0]
    return chosen, _unread([worksheet for worksheet in filled if worksheet is not chosen], file)


def _unread(worksheets: Iterable[Worksheet], file: str) -> tuple[Problem, ...]:
    return tuple(
        problem(
            "sheet-unread",
            Source(file),
            value=worksheet.name,
            state="隐藏着" if worksheet.is_hidden else "没有这张表的表头",
        )
        for worksheet in worksheets
    )
