"""Bytes of a file become text or a grid of cells, with the row numbers that a clerk sees."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pandas as pd

from generator.problems import Problem, Source, problem

_SEPARATORS = (",", "\t", ";", "，")
_MOST_CELLS = 1_000_000
_LARGEST_WORKBOOK = 100_000_000  # bytes, unpacked
_FILLED_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>')
_ZERO_WIDTH = "\u200b\ufeff"  # come along when one copies from web pages and chats


@dataclass(frozen=True)
class GridRow:
    """A row of cells; `number` is the row that the spreadsheet program shows."""

    number: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        """Whether no cell holds anything."""
        return not any(self.cells)


Grid = tuple[GridRow, ...]


def decode(raw: bytes, file: str) -> str | Problem:
    """Text of a file in UTF-8, UTF-16 (with its mark) or GB18030; never with replacements."""
    has_utf16_mark = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if has_utf16_mark else ["utf-8-sig", "gb18030"]
    start = 0
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError as error:
            start = max(start, error.start)
    row = raw.count(b"\n", 0, start) + 1
    return problem("file-encoding", Source(file, row), row=row)


def read_bytes(path: Path, file: str) -> bytes | Problem:
    """Bytes of a file, which another program may be holding."""
    try:
        return path.read_bytes()
    except OSError:
        reason = "它不是文件，或者正被别的程序占用，或者没有权限读"
        return problem("file-unreadable", Source(file), reason=reason)


def read_text(path: Path, file: str) -> str | Problem:
    """Decoded text of a file with its line ends made one kind."""
    raw = read_bytes(path, file)
    text = raw if isinstance(raw, Problem) else decode(raw, file)
    if isinstance(text, Problem):
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_grid(path: Path, file: str) -> Grid | Problem:
    """Cells of a CSV file or of a workbook's first sheet."""
    raw = read_bytes(path, file)
    if isinstance(raw, Problem):
        return raw
    return _csv_grid(raw, file) if path.suffix.lower() == ".csv" else _workbook_grid(raw, file)


def _csv_grid(raw: bytes, file: str) -> Grid | Problem:
    text = decode(raw, file)
    if isinstance(text, Problem):
        return text
    heading = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=heading.count)
    rows: list[list[str]] = []
    try:
        # Strict: an unpaired quotation mark would quietly swallow the rows below it.
        rows.extend(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        row = len(rows) + 1
        reason = f"从第 {row} 行起引号不成对，或者有一格太长"
        return problem("file-unreadable", Source(file, row), reason=reason)
    return _grid(rows)


def _workbook_grid(raw: bytes, file: str) -> Grid | Problem:
    try:
        oversize = _oversize(raw)
        if oversize:
            return problem("file-unreadable", Source(file), reason=oversize)
        # Nothing is taken for a missing value here: that is for the table's schema to say.
        frame = pd.read_excel(
            io.BytesIO(raw), header=None, dtype=object, na_filter=False, engine="calamine"
        )
    except Exception:
        return problem("file-unreadable", Source(file), reason="不是完好的工作簿，或者加了密码")
    rows = [[_cell_text(value) for value in row] for row in frame.itertuples(index=False)]
    return _grid(rows)


def _oversize(raw: bytes) -> str:
    """Why a workbook is too much to read, or nothing.

    One stray cell far off makes the sheet a rectangle of billions of cells, which the reading
    library asks memory for; that would end the whole build and not only this file.
    """
    if not zipfile.is_zipfile(io.BytesIO(raw)):
        return ""
    with zipfile.ZipFile(io.BytesIO(raw)) as book:
        if sum(part.file_size for part in book.infolist()) > _LARGEST_WORKBOOK:
            return "工作簿太大"
        for name in book.namelist():
            if not name.startswith("xl/worksheets/"):
                continue
            cells = [(_column(m[1]), int(m[2])) for m in _FILLED_CELL.finditer(book.read(name))]
            width, height = (max(sizes) for sizes in zip(*cells, strict=True)) if cells else (0, 0)
            if width * height > _MOST_CELLS:
                return f"表格太大，或者有一格写到了很远的地方（第 {height} 行，第 {width} 列）"
    return ""


def _column(letters: bytes) -> int:
    """The number of a column: A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _cell_text(value: object) -> str:
    """A workbook's cell as a clerk would type it; numbers to the 15 digits that Excel keeps."""
    if value is None or value is pd.NaT or (isinstance(value, float) and value != value):
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


def _grid(rows: list[list[str]]) -> Grid:
    """Number the rows; cells without invisible characters and outer white space."""
    return tuple(
        GridRow(number, tuple(_clean(cell) for cell in row))
        for number, row in enumerate(rows, start=1)
    )


def _clean(cell: str) -> str:
    kept = "".join(
        " " if c in "\n\r\t" else c
        for c in cell
        if c in "\n\r\t" or (unicodedata.category(c) != "Cc" and c not in _ZERO_WIDTH)
    )
    return kept.strip()
