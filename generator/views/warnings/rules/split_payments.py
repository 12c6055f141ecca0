"""Several payments below a threshold that together are above it, to the same one or for the same thing."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.warnings import WarningRule
from generator.views.affairs.rows import PublishedRow
from generator.views.warnings.looking import Finding, Looked, day_of, grouped, paid, runs, total


def find(looked: Looked, rule: WarningRule) -> Iterator[Finding]:
    """What is paid by parts under one contract, or was decided as a whole, is not split."""

    def is_split(run: list[PublishedRow]) -> bool:
        affairs = {a.head.target for row in run for a in looked.affairs_of(row)}
        is_one = len(affairs) == 1 and all(looked.affairs_of(row) for row in run)
        return len(run) >= rule.count and total(run) >= rule.amount and not is_one

    small = (
        row
        for row in looked.payments(rule)
        if 0 < paid(row) < rule.amount and not looked.is_decided(row)
    )
    for rows in grouped(small, lambda row: looked.whom(row) or None).values():
        for run in runs(rows, rule.days, is_split):
            facts = {"whom": looked.other_side(run[0]), "what": run[0].text("title")}
            days = {"first": day_of(run[0]), "last": day_of(run[-1])}
            yield Finding.at(run, count=len(run), amount=total(run), **days, **facts)
