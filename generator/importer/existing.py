"""Decides where a clean file goes, and compares it with what is already there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from generator.intake.decoding import Worksheet
from generator.intake.layout import choose_worksheet
from generator.intake.statements import corrected_texts, published_texts
from generator.intake.tables import TableReading, read_table
from generator.intake.worksheets import TABLE_ENDINGS, read_worksheets
from generator.model.masks import MaskProfile
from generator.model.period import Period, parse_period
from generator.model.schema import Field, TableSchema
from generator.model.village import Row, Table, Value
from generator.problems import Problem, files_with_errors


@dataclass(frozen=True)
class Difference:
    """How a new table differs from the one that is there."""

    old_rows: int
    new_rows: int
    added: int
    removed: int
    other: bool  # columns, proof rows, the day of publication or corrections

    @property
    def is_none(self) -> bool:
        """Whether both say the same."""
        return not (self.added or self.removed or self.other)


def file_name(period: Period, account: str, first_account: str) -> str:
    """The name of a table's file; the first set of books is not named."""
    return f"{period.text}.csv" if account == first_account else f"{period.text}.{account}.csv"


def same_record(folder: Path, period: Period, account: str, first_account: str) -> list[Path]:
    """The files of an item's folder that are for the same period and set of books."""
    found = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.suffix.lower() not in TABLE_ENDINGS or path.name.startswith((".", "~$")):
            continue
        text, _, named = path.stem.partition(".")
        there = parse_period(text)
        same = there is not None and (there.start, there.end) == (period.start, period.end)
        if same and (named or first_account) == account:
            found.append(path)
    return found


def difference(old: TableReading, new: TableReading, fields: Iterable[Field]) -> Difference:
    """The differences between an existing table and a new one, private columns apart."""
    names = tuple(field.name for field in fields)
    before, after = (_rows(reading.table.rows, names) for reading in (old, new))
    facts = [(*_facts(reading), _proofs(reading.table, names)) for reading in (old, new)]
    return Difference(
        len(old.table.rows),
        len(new.table.rows),
        (after - before).total(),
        (before - after).total(),
        facts[0] != facts[1],
    )


def _facts(reading: TableReading) -> tuple[object, ...]:
    corrections = [(entry.date, entry.what) for entry in reading.corrections]
    return reading.table.nothing, reading.published, corrections, reading.table.confirmed


def _proofs(table: Table, names: tuple[str, ...]) -> Counter[tuple[Value, ...]]:
    """What proof rows say, and which rows they add up, by their places: numbers of rows change."""
    places = {row.number: str(place) for place, row in enumerate(table.rows)}
    covers = {p.number: [places[row.number] for row in p.rows_of(table.rows)] for p in table.proofs}
    return Counter(
        (p.kind, ",".join(covers[p.number]), *(p.values.get(name) for name in names))
        for p in table.proofs
    )


def _rows(rows: Iterable[Row], names: tuple[str, ...]) -> Counter[tuple[Value, ...]]:
    return Counter(tuple(row.values.get(name) for name in names) for row in rows)


def with_statements(
    reading: TableReading, path: Path, schema: TableSchema, masks: MaskProfile, period: Period
) -> TableReading:
    """The reading with what the village's file at `path` says of publication and corrections.

    The first day of publication is kept, and no correction is lost, whatever a new worksheet leaves
    out.
    """
    old = _read(path, schema, masks, period)
    if old is None:
        return reading
    known = {(entry.date, entry.what) for entry in old.corrections}
    new = tuple(e for e in reading.corrections if (e.date, e.what) not in known)
    published = old.published or reading.published
    return replace(reading, published=published, corrections=(*old.corrections, *new))


def read_there(
    path: Path, schema: TableSchema, masks: MaskProfile, period: Period
) -> TableReading | None:
    """The reading of a village's file; None where it is missing or has a fault."""
    reading = _read(path, schema, masks, period)
    return None if reading is None or files_with_errors(reading.problems) else reading


def hides_statements(path: Path, schema: TableSchema, masks: MaskProfile, period: Period) -> bool:
    """Whether a village's file holds, or may hold, words on publication or corrections that cannot be
    read, so that a new file in its place would lose them."""
    worksheets = read_worksheets(path, path.name)
    if isinstance(worksheets, Problem):
        return True
    rows = [row for worksheet in worksheets for row in worksheet.rows]
    reading = _read(path, schema, masks, period)
    published = any(map(published_texts, rows))
    corrected = sum(bool(corrected_texts(row)) for row in rows)
    if reading is None:
        return published or corrected > 0
    is_lost = published and reading.published is None
    return is_lost or corrected > len(reading.corrections)


def _read(
    path: Path, schema: TableSchema, masks: MaskProfile, period: Period
) -> TableReading | None:
    """The reading of a village's file with its faults; None where no table is found in it."""
    if not path.is_file():
        return None
    worksheets = read_worksheets(path, path.name)
    if isinstance(worksheets, Problem):
        return None
    worksheet, _ = choose_worksheet(worksheets, schema, path.name)
    if isinstance(worksheet, Problem):
        return None
    return read_table(worksheet, schema, path.name, masks, period)


def reading_of(
    worksheets: tuple[Worksheet, ...],
    file: str,
    schema: TableSchema,
    masks: MaskProfile,
    period: Period,
) -> TableReading | None:
    """The reading of worksheets as a village's own file; None where it has a fault."""
    worksheet, _ = choose_worksheet(worksheets, schema, file)
    if isinstance(worksheet, Problem):
        return None
    reading = read_table(worksheet, schema, file, masks, period)
    return None if files_with_errors(reading.problems) else reading
