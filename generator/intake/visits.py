"""Reads content/visits.csv, which the command visits writes: counts of visits by month."""

from __future__ import annotations

from pathlib import Path

from generator.intake.values import parse_integer
from generator.intake.worksheets import read_worksheets
from generator.model.period import parse_period
from generator.model.visits import VISIT_COLUMNS, VisitCount
from generator.problems import Problem, Source, problem


def read_visits(path: Path, file: str, faults: list[Problem]) -> tuple[VisitCount, ...]:
    """The counts, without those lines that cannot be read, which are reported."""
    sheets = read_worksheets(path, file)
    if isinstance(sheets, Problem):
        faults.append(sheets)
        return ()
    rows = [row for row in sheets[0].rows if any(row.cells)] if sheets else []
    if not rows or rows[0].cells != VISIT_COLUMNS:
        wanted = {
            "expected": "、".join(VISIT_COLUMNS) + " 四列",
            "example": ",".join(VISIT_COLUMNS),
        }
        first = ",".join(rows[0].cells) if rows else ""
        faults.append(problem("key-value", Source(file, 1), value=first, **wanted))
        return ()
    counts = []
    for row in rows[1:]:
        month, village, item, written = (*row.cells, "", "", "")[:4]
        period, count = parse_period(month), parse_integer(written)
        if period is None or period.kind != "month" or not item or count is None or count < 0:
            wanted = {"expected": "月份、村、事项和次数", "example": "2025-10,liuxi,ledger,120"}
            value = ",".join((month, village, item, written))
            faults.append(problem("key-value", Source(file, row.number), value=value, **wanted))
        else:
            counts.append(VisitCount(month, village, item, count))
    return tuple(counts)
