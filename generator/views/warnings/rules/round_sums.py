"""A period in which nearly all larger payments are round sums."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.warnings import WarningRule
from generator.views.warnings.looking import Finding, Looked, grouped, paid


def find(looked: Looked, rule: WarningRule) -> Iterator[Finding]:
    """Larger are those of a step or more, round those that are multiples of it."""
    large = (row for row in looked.payments(rule) if paid(row) >= rule.step)
    for rows in grouped(large, lambda row: row.record.name).values():
        even = [row for row in rows if paid(row) % rule.step == 0]
        if len(even) >= rule.count and len(even) * 100 >= rule.percent * len(rows):
            yield Finding.at(even, count=len(rows), even=len(even), step=rule.step)
