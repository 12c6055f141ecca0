"""Separates two tables one below the other on a worksheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from generator.importer.forms.compared import is_filled, key, number
from generator.importer.forms.known import Known
from generator.intake.decoding import GridRow, Worksheet
from generator.intake.doubts import Asking, Choice, Doubt
from generator.intake.headings import HeadingReader, is_line_number, reader_of
from generator.intake.layout import declared_unit
from generator.problems import problem

FORM = "上下两张表"
_LEAST = 3  # known headings: two words of a row of data may be headings by chance
_TITLE = re.compile(r".*(表|册|台账|明细|情况|公示|公开|清单|名单)(?:[（(].*[)）])?")


def blocks_of(worksheet: Worksheet, known: Known, asking: Asking) -> tuple[Worksheet, ...]:
    """The tables of a worksheet from above to below; the worksheet itself where it has one table.

    A second row of headings begins a table when it names other columns, or when a title of its own
    stands over it; the same headings without a title are those of page two.
    """
    rows = [row for row in worksheet.rows if not row.is_blank]
    tables = [known.tables[item.table] for item in known.items if item.table in known.tables]
    readers = [reader_of(schema) for schema in tables]
    places = [n for n, row in enumerate(rows) if _is_heading(row, readers, known)]
    starts = [0]
    for earlier, place in pairwise(places):
        top = _top(rows, earlier, place, known)
        is_other = set(_words(rows[place])) != set(_words(rows[earlier]))
        has_title = any(_is_title(row, known) for row in rows[top:place])
        has_title = has_title and _lines(rows[top:place]) != _lines(rows[starts[-1] : earlier])
        if top > earlier + 1 and (has_title or is_other):
            starts.append(top)
    if len(starts) == 1:
        return (worksheet,)
    ends = [*starts[1:], len(rows)]
    parts = [rows[start:end] for start, end in zip(starts, ends, strict=True)]
    return tuple(
        replace(worksheet, rows=tuple(_with_unit(worksheet, parts[0], part, known, asking)))
        for part in parts
    )


def _is_heading(row: GridRow, readers: Sequence[HeadingReader], known: Known) -> bool:
    cells = [cell for cell in row.cells if cell]
    if len(cells) < _LEAST or any(number(cell) is not None for cell in cells):
        return False
    numbers = sum(is_line_number(cell) for cell in cells)
    for reader in readers:
        names = {found.field.name for cell in cells if (found := reader.column(cell))}
        names |= {key(cell) for cell in cells if key(cell) in known.words.amounts}
        if len(names) >= _LEAST and 2 * (len(names) + numbers) >= len(cells):
            return True
    return False


def _words(row: GridRow) -> list[str]:
    return [key(cell) for cell in row.cells if cell]


def _is_title(row: GridRow, known: Known) -> bool:
    """Whether a row is a title, or says what the rows below are: 二、应付款."""
    is_title = any(_TITLE.fullmatch("".join(cell.split())) for cell in row.cells if cell)
    return is_title or known.kind_of(row.cells) is not None


def _line(row: GridRow) -> str:
    return "".join("".join(row.cells).split())


def _lines(rows: Sequence[GridRow]) -> list[str]:
    return [_line(row) for row in rows]


def _top(rows: Sequence[GridRow], earlier: int, place: int, known: Known) -> int:
    """Where a table begins: with the lines of words over its headings, none of which is a note that
    stands directly under the table before, or signatures."""
    top = place
    while top - 1 > earlier and _is_over(rows[top - 1]):
        top -= 1
    titles = [n for n in range(top, place) if _is_title(rows[n], known)]
    gaps = [n for n in range(top, place) if rows[n].number - rows[n - 1].number > 1]
    return titles[0] if titles else gaps[0] if gaps else place


def _is_over(row: GridRow) -> bool:
    """Whether a row may stand over headings: few cells, none of them a number."""
    cells = [cell for cell in row.cells if is_filled(cell)]
    return len(cells) <= _LEAST and not any(number(cell) is not None for cell in cells)


def _with_unit(
    worksheet: Worksheet,
    first: Sequence[GridRow],
    part: Sequence[GridRow],
    known: Known,
    asking: Asking,
) -> list[GridRow]:
    """A table's rows. Where only the first table says that it counts in another unit than yuan, it
    is asked whether that is meant for the others, too."""
    unit = _unit(first)
    if part is first or _unit(part) or unit in ("", "元"):
        return list(part)
    row = part[0]
    fault = problem(
        "form-unit", known.place(worksheet, row.number), value=unit, unit=unit, row=row.number
    )
    shown = next((cell for r in part for cell in r.cells if number(cell) is not None), "")
    choices = (
        Choice(unit, f"下面一张表的 {shown} 是 {shown} {unit}"),
        Choice("元", f"下面一张表的 {shown} 是 {shown} 元"),
    )
    answer = asking.settle(Doubt(f"{FORM}：下面一张表的单位", fault, choices))
    if answer != unit:
        return list(part)
    place = next(n for n, r in enumerate(part) if len([c for c in r.cells if c]) >= _LEAST)
    line = GridRow(row.number, (*row.cells, f"单位：{unit}"), row.looks, row.origin)
    return [line, *part[1:]] if place > 0 else list(part)


def _unit(rows: Sequence[GridRow]) -> str:
    """The unit that the lines over a table declare."""
    for row in rows:
        unit = declared_unit((row,))
        if unit:
            return unit
        if len([cell for cell in row.cells if cell]) > _LEAST:
            return ""
    return ""
