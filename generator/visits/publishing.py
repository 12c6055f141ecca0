"""Writes content/visits.csv: the counts that a site shows. Few visits are not told."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.model.visits import OTHER, VISIT_COLUMNS, VisitCount

_FILE = "visits.csv"


@dataclass(frozen=True)
class Told:
    """What became of the months: `written`, `unfinished` ones that wait until they are over, and
    those `kept` as they were since the logs hold less of them than what was published."""

    file: Path
    written: tuple[str, ...]
    unfinished: tuple[str, ...]
    kept: tuple[str, ...]


def publish_visits(
    visits: Mapping[tuple[str, str, str], int],
    known: Iterable[VisitCount],
    minimum: int,
    this_month: str,
    content: Path,
) -> Told:
    """Write the months that are over, in the place of what was written of them before. Others
    that are `known` stay."""
    file, earlier = content / _FILE, tuple(known)
    counted = [VisitCount(*place, count) for place, count in sorted(visits.items())]
    months = sorted({count.month for count in counted})
    unfinished = tuple(month for month in months if month >= this_month)
    fresh = {
        month: _enough([c for c in counted if c.month == month], minimum)
        for month in months
        if month < this_month
    }
    before = Counter[str]()
    for count in earlier:
        before[count.month] += count.count
    less = {month for month, new in fresh.items() if sum(c.count for c in new) < before[month]}
    written = tuple(month for month in fresh if month not in less)
    lines = [count for count in earlier if count.month not in written]
    lines += [count for month in written for count in fresh[month]]
    if written:
        lines.sort(key=lambda c: (c.month, c.village, c.item))
        file.write_text(_table(lines), "utf-8", newline="\n")
    return Told(file, written, unfinished, tuple(sorted(less)))


def _enough(counts: list[VisitCount], minimum: int) -> list[VisitCount]:
    """The counts of a month that are not too few; those that are go to the village's other pages, so
    that no total gives them away."""
    told = Counter[tuple[str, str, str]]()
    for one in counts:
        item = one.item if one.count >= minimum else OTHER
        told[one.month, one.village, item] += one.count
    return [VisitCount(*place, count) for place, count in told.items() if count >= minimum]


def _table(counts: list[VisitCount]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(VISIT_COLUMNS)
    writer.writerows((c.month, c.village, c.item, c.count) for c in counts)
    return out.getvalue()
