"""Reads tables of a village's private folder, of which nothing is ever published.

Headings that nobody knows and notes do not matter there. What loses an amount does, and is told by kind and
row alone: no problem repeats what a cell says.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import partial
from pathlib import Path, PurePosixPath

from generator.intake.decoding import Worksheet, read_bytes
from generator.intake.doubts import NO_ANSWERS, Answers
from generator.intake.layout import choose_worksheet
from generator.intake.onecolumn import BY_SIGN
from generator.intake.recalling import Recall
from generator.intake.tablefiles import TableFile
from generator.intake.tables import TableReading, read_table
from generator.intake.worksheets import worksheets_in
from generator.model.books import Book, decimal
from generator.model.masks import MaskProfile
from generator.model.period import Period
from generator.model.schema import TableSchema
from generator.model.village import Table
from generator.problems import Problem, Source, problem

_HARMLESS = ("heading-", "columns-", "notes-", "sheet-")  # how codes begin that lose no amount
_NEEDED = "heading-missing"
_LAYOUT = ("headings-", "table-", "sheets-", "file-", "rows-above", _NEEDED)


def read_private(
    path: Path,
    file: str,
    schema: TableSchema,
    masks: MaskProfile,
    period: Period | None,
    recall: Recall,
) -> Table | Problem:
    """The table in a file, or the one problem that it cannot be read as a whole."""
    raw = read_bytes(path, file)
    if isinstance(raw, Problem):
        return unread(file, "打不开")
    known_by = (file, period.text if period else "", schema.name, masks.id, "private")
    found = recall(known_by, raw, partial(_table_file, raw, file, schema, masks, period))
    if found.reading is None or found.problems:
        return unread(file, _reason(found.problems))
    return found.reading.table


def _table_file(
    raw: bytes, file: str, schema: TableSchema, masks: MaskProfile, period: Period | None
) -> TableFile:
    worksheets = worksheets_in(raw, PurePosixPath(file).suffix.lower(), file)
    if isinstance(worksheets, Problem):
        return TableFile(None, (worksheets,))
    worksheet, _ = choose_worksheet(worksheets, schema, file)
    if isinstance(worksheet, Problem):
        return TableFile(None, (worksheet,))
    reading = _sided(worksheet, schema, file, masks, period)
    lost = tuple(p for p in reading.problems if p.severity == "error" and not _is_harmless(p))
    return TableFile(TableReading(reading.table, None, ()), lost)


def _is_harmless(found: Problem) -> bool:
    return found.code != _NEEDED and found.code.startswith(_HARMLESS)


def _sided(
    worksheet: Worksheet,
    schema: TableSchema,
    file: str,
    masks: MaskProfile,
    period: Period | None,
) -> TableReading:
    """The reading in which every amount has its side. Where words leave it open the balances decide,
    and without balances signs do: nobody writes those to accounts for fun."""

    def read(answers: Answers) -> TableReading:
        return read_table(worksheet, schema, file, masks, period, answers)

    first = read(NO_ANSWERS)
    if len(first.doubts) != 1 or first.doubts[0].problem.code != "sides-unknown":
        return first
    doubt = first.doubts[0]
    tried = [(c.answer, read({doubt.about: c.answer})) for c in doubt.choices]
    right = [one for _, one in tried if _follows(one.table, schema)]
    if right and all(_changes(one, schema) == _changes(right[0], schema) for one in right):
        return right[0]
    by_sign = [one for answer, one in tried if answer == BY_SIGN and not _has_balances(one, schema)]
    return by_sign[0] if by_sign else first


def _follows(table: Table, schema: TableSchema) -> bool:
    """Whether the last balance is the first one with all that came and went."""
    book = Book.of(table, schema)
    last = table.rows[-1].values.get(book.balance) if book and table.rows else None
    return book is not None and last is not None and book.closing == decimal(last)


def _changes(reading: TableReading, schema: TableSchema) -> tuple[Decimal, ...]:
    book = Book.of(reading.table, schema)
    return tuple(book.change(row.values) for row in reading.table.rows) if book else ()


def _has_balances(reading: TableReading, schema: TableSchema) -> bool:
    book = Book.of(reading.table, schema)
    rows = reading.table.rows
    return book is not None and any(row.values.get(book.balance) is not None for row in rows)


def _reason(problems: Iterable[Problem]) -> str:
    """What keeps a table from being read, without a word of it."""
    every = tuple(problems)
    if any(p.code.startswith("sides-") or p.code == "side-unknown" for p in every):
        return "分不清哪些是收进来的、哪些是付出去的"
    rows = sorted({p.source.row for p in every if p.source.row})
    if not rows or any(p.code.startswith(_LAYOUT) for p in every):
        return "没有认出表头"
    some = "、".join(map(str, rows[:8]))
    return f"第 {some} 行{'等' if len(rows) > 8 else ''}的日期或金额读不出来"


def unread(file: str, reason: str) -> Problem:
    """The problem of a file that is not used."""
    return problem("private-unread", Source(file), reason=reason)
