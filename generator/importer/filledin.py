"""What an import knows of our own blanks: the day that stands above the table, and whether one was filled in
at all."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from generator.importer.forms import Flat
from generator.intake.statements import EVENT_DAY, PUBLISHED
from generator.intake.tables import TableReading
from generator.intake.values import parse_date
from generator.model.period import Period, parse_period
from generator.model.rows import squeezed
from generator.problems import Problem


def day_above(texts: Sequence[tuple[str, str]]) -> tuple[Period | None, str]:
    """The day that stands behind its label, and what said so; nothing where there is none."""
    for (_, label), (_, text) in pairwise(texts):
        day = parse_date(text) if squeezed(label) == EVENT_DAY else None
        if day is not None:
            return parse_period(day.isoformat()), f"“{EVENT_DAY}”{text}"
    return None, ""


def is_unfilled(flat: Flat, reading: TableReading) -> bool:
    """Whether nobody wrote anything into a blank."""
    errors = (p for p in reading.problems if p.severity == "error" and not lacks_day(p))
    is_bare = not (reading.table.rows or reading.table.nothing or reading.doubts)
    return flat.is_shown and is_bare and all(p.code == "table-empty" for p in errors)


def lacks_day(found: Problem) -> bool:
    """Whether a problem is that 公开日期 was left empty: an import asks for it."""
    return found.source.column in PUBLISHED and found.code.endswith("-required")


def has_wrong_day(reading: TableReading) -> bool:
    """Whether 公开日期 was written, and is no day: that is to be mended, and nothing to ask about."""
    wrong = (p for p in reading.problems if p.severity == "error" and not lacks_day(p))
    return any(found.source.column in PUBLISHED for found in wrong)
