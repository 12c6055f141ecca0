"""Reads the bytes of a table file by its schema, or takes what they are known to say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from generator.intake.layout import choose_worksheet
from generator.intake.tables import TableReading, read_table
from generator.intake.worksheets import worksheets_in
from generator.model.masks import MaskProfile
from generator.model.period import Period
from generator.model.schema import TableSchema
from generator.problems import Problem


@dataclass(frozen=True)
class TableFile:
    """What a table file says, if it holds a table, and what is wrong with it."""

    reading: TableReading | None
    problems: tuple[Problem, ...]


def read_table_file(
    raw: bytes, file: str, schema: TableSchema, masks: MaskProfile, period: Period
) -> TableFile:
    """A table file by its schema: a function of its bytes and of what stands before us."""
    worksheets = worksheets_in(raw, PurePosixPath(file).suffix.lower(), file)
    if isinstance(worksheets, Problem):
        return TableFile(None, (worksheets,))
    worksheet, notices = choose_worksheet(worksheets, schema, file)
    if isinstance(worksheet, Problem):
        return TableFile(None, (*notices, worksheet))
    reading = read_table(worksheet, schema, file, masks, period)
    asked = replace(reading, doubts=(), settled=())  # which only an import needs
    return TableFile(asked, (*notices, *reading.problems))
