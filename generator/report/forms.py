"""Writes a report as Markdown and as a workbook."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from generator.views.supervising.report import Cell, Grid, ReportView, cell_text

_SIGNS = re.compile(r"([\\`*_\[\]<>|~])|^(\s*)([#+-])", re.MULTILINE)
_NARROW, _WIDE = 10, 46  # characters of a column
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


def as_markdown(view: ReportView) -> str:
    """The report as Markdown. Words of villages are words: what would be a mark is escaped."""
    return "\n\n".join(_parts(view)) + "\n"


def _parts(view: ReportView) -> Iterator[str]:
    yield f"# {_plain(view.title)}"
    yield f"> {_plain(view.mark)}"
    yield from map(_plain, view.lines)
    for block in view.blocks:
        yield f"## {_plain(block.heading)}"
        lines = tuple(map(_plain, block.lines))
        yield from ("\n".join(lines),) if block.id == "agenda" else lines
        if block.grid:
            yield _table(block.grid)
    yield "---"
    yield from map(_plain, view.notes)


def _table(grid: Grid) -> str:
    rows = (grid.heads, ("---",) * len(grid.heads))
    told = [rows[0], rows[1], *(tuple(_plain(cell_text(c)) for c in row) for row in grid.rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in told)


def _plain(text: str) -> str:
    return _SIGNS.sub(lambda m: f"{m[2] or ''}\\{m[1] or m[3]}", " ".join(text.split()))


def as_workbook(view: ReportView) -> bytes:
    """The report as a workbook: its words on the first sheet, and a sheet for each table."""
    book = Workbook()
    words = book.active
    assert words is not None
    words.title = "报告"
    _append(words, (view.title,), is_head=True)
    for line in (view.mark, *view.lines):
        _append(words, (line,))
    for block in view.blocks:
        _append(words, ("",))
        _append(words, (block.heading,), is_head=True)
        for line in block.lines:
            _append(words, (line,))
        if block.grid:
            sheet = book.create_sheet(_FORBIDDEN.sub("", block.heading)[:31])
            _append(sheet, block.grid.heads, is_head=True)
            for row in block.grid.rows:
                _append(sheet, row)
            sheet.freeze_panes = "A2"
            sheet.auto_filter.ref = sheet.dimensions
            _set_widths(sheet)
    for line in ("", *view.notes):
        _append(words, (line,))
    words.column_dimensions["A"].width = 100
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _append(sheet: Worksheet, cells: tuple[Cell, ...], *, is_head: bool = False) -> None:
    """A row; a text that begins like a formula is none."""
    sheet.append([])
    number = sheet._current_row
    for place, value in enumerate(cells, start=1):
        cell: SheetCell = sheet.cell(number, place)
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
        if isinstance(value, str):
            cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(bold=is_head)


def _set_widths(sheet: Worksheet) -> None:
    for column in sheet.columns:
        longest = max(len(str(cell.value or "")) for cell in column)
        width = min(max(longest * 2, _NARROW), _WIDE)
        sheet.column_dimensions[column[0].column_letter].width = width
