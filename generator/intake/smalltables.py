"""Reads an attachment that is one small table, as a spreadsheet program shows it, so that page and sheet
can show it too."""

from __future__ import annotations

from generator.intake.decoding import GridRow
from generator.intake.worksheets import worksheets_in
from generator.problems import Problem

_ENDINGS = (".csv", ".xlsx")
_MOST_ROWS, _MOST_COLUMNS = 20, 8
_LONGEST = 60  # characters of a cell
Rows = tuple[tuple[str, ...], ...]


def small_table(content: bytes, ending: str) -> Rows:
    """The rows of the one table in a file, its headings first; nothing where there are several, where
    it is large, or where it is not sure what a cell shows."""
    if ending not in _ENDINGS:
        return ()
    sheets = worksheets_in(content, ending, "")
    if isinstance(sheets, Problem):
        return ()
    filled = [sheet for sheet in sheets if not sheet.is_empty]
    if len(filled) != 1 or filled[0].merged:
        return ()
    rows = [_shown(row) for row in filled[0].rows if not row.is_blank]
    wide = max(map(_width, rows))
    if not (1 < len(rows) <= _MOST_ROWS + 1 and 1 < wide <= _MOST_COLUMNS):
        return ()
    whole = tuple(tuple(row[:wide]) + ("",) * (wide - len(row)) for row in rows)
    is_sound = all(whole[0]) and all(len(cell) <= _LONGEST for row in whole for cell in row)
    return whole if is_sound else ()


_UNSURE = "\N{REPLACEMENT CHARACTER}" * (_LONGEST + 1)


def _shown(row: GridRow) -> tuple[str, ...]:
    """The cells as they are seen; what is not sure is too long for a small table."""
    cells = list(row.cells)
    for place, look in row.looks.items():
        is_sure = look.shown and not look.struck and not look.unseen
        cells[place] = look.shown if is_sure else _UNSURE
    return tuple(cells)


def _width(row: tuple[str, ...]) -> int:
    """The number of columns up to the last that is filled."""
    return max((n for n, cell in enumerate(row, start=1) if cell), default=0)
