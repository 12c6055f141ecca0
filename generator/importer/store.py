"""Where a clean file goes, what is there already, and the writing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.intake.sheets import TABLE_ENDINGS
from generator.intake.tables import TableReading
from generator.model.catalogue import Field
from generator.model.period import Period, parse_period
from generator.model.village import Proof, Row, Value


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
    """What a table that is there and a new one do not share; columns that stay private apart."""
    names = tuple(field.name for field in fields)
    before, after = (_rows(reading.table.rows, names) for reading in (old, new))
    facts = [(*_facts(reading), _rows(reading.table.proofs, names)) for reading in (old, new)]
    return Difference(
        len(old.table.rows),
        len(new.table.rows),
        (after - before).total(),
        (before - after).total(),
        facts[0] != facts[1],
    )


def _facts(reading: TableReading) -> tuple[object, ...]:
    corrections = [(entry.date, entry.what) for entry in reading.corrections]
    return reading.table.nothing, reading.published, corrections


def _rows(rows: Iterable[Row | Proof], names: tuple[str, ...]) -> Counter[tuple[Value, ...]]:
    return Counter(tuple(row.values.get(name) for name in names) for row in rows)


def write(path: Path, content: bytes) -> None:
    """A whole file or none: it is filled beside its place and then moved there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(content)
    beside.replace(path)
