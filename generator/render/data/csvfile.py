"""CSV that spreadsheet programs open without harm."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from generator.model.formulas import is_formula

_BOM = "\ufeff"  # without it Excel and WPS take UTF-8 for the system's encoding


def csv_bytes(headings: Iterable[str], lines: Iterable[Iterable[str]]) -> bytes:
    """A table in UTF-8, in words that no program calculates."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for line in (headings, *lines):
        writer.writerow(map(csv_cell, line))
    return (_BOM + text.getvalue()).encode()


def csv_cell(cell: str) -> str:
    """A cell as spreadsheet programs show it: an apostrophe keeps them from calculating text.
    Numbers, dates and phone numbers stay as they are."""
    return f"'{cell}" if is_formula(cell) else cell
