"""The worksheets of a workbook, of whatever program, or why it cannot be read.

Libraries read the values: calamine (by pandas) .xlsx and .ods, olefile and xlrd .xls. What calamine does not
say is read from the file's own parts by `intake/marks.py`. pandas takes longer to load than all else here, so
it is imported when there is a workbook to read and not before.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import olefile
import xlrd
from xlrd.biffh import XLRDError

from generator.intake.decoding import GridRow, Span, Worksheet, clean, decode
from generator.intake.looks.covered import with_covered
from generator.intake.looks.oldstyles import OldStyles
from generator.intake.looks.styles import Styled, seen_cell
from generator.intake.marks import Marks, book_marks
from generator.intake.packages import Package, RefusedError, unpack
from generator.problems import Problem, Source, problem

MOST_CELLS = 1_000_000  # of a worksheet, empty ones between filled ones included

# The least that can be seen, in the units of .xls: twentieths of a point, and 256ths of a character.
_TWIPS, _THIN = 20, 47
_BROAD = 256  # columns; no table of an office has as many
_UNSTYLED = Styled()
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_workbook(raw: bytes, ending: str, file: str) -> tuple[Worksheet, ...] | Problem:
    """The worksheets of a workbook; what it is, is judged by its bytes and not by its name."""
    source = Source(file)
    try:
        if raw.startswith(_ZIP):
            return _modern_worksheets(unpack(raw))
        if raw.startswith(_OLE):
            return _old_worksheets(raw)
    except RefusedError as refused:
        return problem(refused.kind, source, **{"ending": ending, **refused.facts})
    except Exception:  # a library's way to say that the file is not whole
        return problem("file-damaged", source)
    if not raw or raw.startswith((_ZIP[:2], _OLE[:4])) or isinstance(decode(raw, file), Problem):
        return problem("file-damaged", source)
    return problem("file-disguised", source, ending=ending, actual=_text_kind(raw))


def _text_kind(raw: bytes) -> str:
    """What a text that calls itself a workbook is; government systems export web pages."""
    head = raw[:4096].lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        return "XML 表格"
    if b"<html" in head or b"<table" in head or head.startswith(b"mime-version"):
        return "网页"
    return "文字（CSV）"


def _modern_worksheets(package: Package) -> tuple[Worksheet, ...]:
    """Worksheets of .xlsx and .ods. pandas names the worksheets; charts are none."""
    import pandas as pd

    marks = book_marks(package, MOST_CELLS)
    # Nothing is taken for a missing value here: that is for the table's schema to say.
    frames = pd.read_excel(
        io.BytesIO(package.packed()),
        sheet_name=None,
        header=None,
        dtype=object,
        na_filter=False,
        engine="calamine",
    )
    return tuple(
        _worksheet(str(name), frame.itertuples(index=False), marks[str(name)])
        for name, frame in frames.items()
    )


def _worksheet(name: str, lines: Iterable[Sequence[object]], marks: Marks) -> Worksheet:
    rows = []
    for number, line in enumerate(lines, start=1):
        shown, styled = marks.shown.get(number, {}), marks.styled.get(number, {})
        cells, looks = [], {}
        for column, value in enumerate(line):
            text = shown.get(column) or clean(_cell_text(value))
            own = styled.get(column, _UNSTYLED)
            if text and column not in shown and (own is not _UNSTYLED or isinstance(value, float)):
                text, look = seen_cell(value, text, own)
                if look is not None:
                    looks[column] = look
            cells.append(text)
        rows.append(GridRow(number, _ended(cells), looks))
    rows += _rows_below(len(rows), marks.shown)
    return Worksheet(
        name,
        with_covered(rows, marks.merged),
        marks.is_hidden,
        marks.hidden_rows,
        marks.hidden_columns,
        marks.merged,
    )


def _ended(cells: list[str]) -> tuple[str, ...]:
    """The cells of a row; of a broad one, up to the last that holds something: one stray cell far to
    the right makes every row of a worksheet as broad as itself."""
    if len(cells) <= _BROAD:
        return tuple(cells)
    width = next((n for n in range(len(cells), 0, -1) if cells[n - 1]), 0)
    return tuple(cells[:width])


def _rows_below(last: int, shown: Mapping[int, Mapping[int, str]]) -> list[GridRow]:
    """Rows that hold nothing but cells without a value, and so did not come with the values."""
    rows = []
    for number in range(last + 1, max(shown, default=0) + 1):
        cells = shown.get(number, {})
        width = max(cells, default=-1) + 1
        rows.append(GridRow(number, tuple(cells.get(column, "") for column in range(width))))
    return rows


def _cell_text(value: object) -> str:
    """A workbook's cell as a clerk would type it; numbers to the 15 digits that Excel keeps."""
    if value is None or value != value:  # NaN, and pandas' word for no day
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:.15g}" if abs(value) < 1e15 else str(value)
    if isinstance(value, datetime):
        return value.strftime(
            "%Y-%m-%d" if value.time() == datetime.min.time() else "%Y-%m-%d %H:%M"
        )
    return str(value)


def _old_worksheets(raw: bytes) -> tuple[Worksheet, ...]:
    """Worksheets of .xls, and of .et, which is the same."""
    try:
        book = xlrd.open_workbook(
            file_contents=_stream(raw),
            formatting_info=True,  # hidden rows and columns come with it
            on_demand=True,
            ragged_rows=True,
            logfile=io.StringIO(),
        )
    except XLRDError as error:
        raise RefusedError(
            "file-password" if "encrypted" in str(error) else "file-damaged"
        ) from error
    return tuple(_old_worksheet(book, position) for position in range(book.nsheets))


def _stream(raw: bytes) -> bytes:
    """The workbook within an OLE file; xlrd's own way there goes in circles in a broken one."""
    with olefile.OleFileIO(io.BytesIO(raw), raise_defects=olefile.DEFECT_INCORRECT) as package:
        if package.exists("EncryptedPackage"):
            raise RefusedError("file-password")
        if package.exists("WordDocument"):
            raise RefusedError("file-disguised", actual="文字文档（Word）")
        name = "Workbook" if package.exists("Workbook") else "Book"
        return bytes(package.openstream(name).read())


def _old_worksheet(book: xlrd.Book, position: int) -> Worksheet:
    worksheet = book.sheet_by_index(position)
    if sum(worksheet.row_len(row) for row in range(worksheet.nrows)) > MOST_CELLS:
        raise RefusedError("file-large", reason=f"工作表“{worksheet.name}”的格子太多")
    styles = OldStyles(book)
    rows = []
    for row in range(worksheet.nrows):
        cells, looks = [], {}
        for column, cell in enumerate(worksheet.row(row)):
            value = _old_value(book, cell)
            text = clean(_cell_text(value))
            if text:
                text, look = seen_cell(value, text, styles.of(worksheet, row, column))
                if look is not None:
                    looks[column] = look
            cells.append(text)
        rows.append(GridRow(row + 1, tuple(cells), looks))
    hidden_rows = (
        row + 1
        for row, info in worksheet.rowinfo_map.items()
        if info.hidden or (not info.has_default_height and (info.height or 0) < _TWIPS)
    )
    hidden_columns = (
        column
        for column, info in worksheet.colinfo_map.items()
        if info.hidden or info.width < _THIN
    )
    merged = tuple(
        Span(top + 1, end, left, stop - 1) for top, end, left, stop in worksheet.merged_cells
    )
    return Worksheet(
        worksheet.name,
        with_covered(rows, merged),
        bool(worksheet.visibility),
        frozenset(hidden_rows),
        frozenset(hidden_columns),
        merged,
    )


def _old_value(book: xlrd.Book, cell: xlrd.sheet.Cell) -> object:
    """The value of a cell: a day for what is shown as one, whole numbers without a point."""
    if cell.ctype == xlrd.XL_CELL_DATE:
        return xlrd.xldate_as_datetime(float(cell.value), book.datemode)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(int(cell.value), "#VALUE!"))
    return cell.value
