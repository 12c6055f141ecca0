"""Reads a table file as worksheets, whatever program wrote it."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from generator.intake.decoding import GridRow, Worksheet, clean, decode, read_bytes
from generator.intake.workbooks import MOST_CELLS, read_workbook
from generator.problems import Problem, Source, problem

TABLE_ENDINGS = (".csv", ".xlsx", ".xls", ".et", ".ods")
_SEPARATORS = (",", "\t", ";", "，")
_HEAD = 30  # rows from which the way of writing is judged


def read_worksheets(path: Path, file: str) -> tuple[Worksheet, ...] | Problem:
    """The worksheets of a CSV file or a workbook, hidden and empty ones too."""
    raw = read_bytes(path, file)
    return raw if isinstance(raw, Problem) else worksheets_in(raw, path.suffix.lower(), file)


def worksheets_in(raw: bytes, ending: str, file: str) -> tuple[Worksheet, ...] | Problem:
    """The same of bytes."""
    return read_csv(raw, file) if ending == ".csv" else read_workbook(raw, ending, file)


def read_csv(raw: bytes, file: str) -> tuple[Worksheet, ...] | Problem:
    """The one worksheet of a text file."""
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return problem("file-disguised", Source(file), ending=".csv", actual="工作簿")
    text = decode(raw, file)
    if isinstance(text, Problem):
        return text
    rows: list[list[str]] = []
    cells = 0
    try:
        # Strict: an unpaired quotation mark would quietly swallow the rows below it.
        reader = csv.reader(
            io.StringIO(text, newline=""), delimiter=separator_of(text), strict=True
        )
        for row in reader:
            rows.append(row)
            cells += len(row)
            if cells > MOST_CELLS:
                reason = f"格子超过了 {MOST_CELLS // 10_000} 万个"
                return problem("file-large", Source(file, len(rows)), reason=reason)
    except csv.Error:
        row_number = len(rows) + 1
        reason = f"从第 {row_number} 行起引号不成对，或者有一格太长"
        return problem("file-unreadable", Source(file, row_number), reason=reason)
    cleaned = _apart([tuple(clean(cell) for cell in row) for row in rows])
    return (Worksheet("", tuple(GridRow(n, row) for n, row in enumerate(cleaned, start=1))),)


def separator_of(text: str) -> str:
    """The separator that the most lines at the head of a file have; titles have none.

    A tab behind every cell is padding: web exports write it to keep long numbers whole.
    """
    lines = [line for line in text[:50_000].splitlines() if line.strip()][:_HEAD]
    padded = next((s for s in _SEPARATORS if s != "\t" and _is_padded(lines, s)), "")
    if padded:
        return padded
    return max(_SEPARATORS, key=lambda s: (sum(s in line for line in lines), text.count(s)))


def _is_padded(lines: Sequence[str], separator: str) -> bool:
    """Whether a tab stands before each separator and at each line's end, and nowhere else."""
    parted = [line for line in lines if separator in line]
    return bool(parted) and all(
        line.endswith("\t")
        and line.count("\t") == line.count(f"\t{separator}") + 1 == line.count(separator) + 1
        for line in lines
    )


def _apart(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Split headings into which full-width commas were pasted.

    Such a row is one cell short for each of them. Data is left alone: it has digits.
    """
    widths = Counter(len(row) for row in rows if any(row))
    width = max(widths, key=lambda w: (widths[w], w), default=0)
    result = list(rows)
    for number, row in enumerate(rows[:_HEAD]):
        parts = tuple(clean(part) for cell in row for part in cell.split("，"))
        has_digit = any(c.isdigit() for cell in row for c in cell)
        if len(row) < len(parts) == width and not has_digit:
            result[number] = parts
    return result
