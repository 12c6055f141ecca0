"""Cash that went out by the same hand again and again."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.warnings import WarningRule
from generator.views.affairs.rows import PublishedRow
from generator.views.warnings.looking import Finding, Looked, day_of, grouped, runs, total


def find(looked: Looked, rule: WarningRule) -> Iterator[Finding]:
    """By the columns that say how it was paid and whose hand it was."""

    def hand(row: PublishedRow) -> str | None:
        is_shown = row.publication.table.shows(rule.by)
        return row.said(rule.by) or None if is_shown else None

    def is_often(run: list[PublishedRow]) -> bool:
        return len(run) >= rule.count and total(run) >= rule.amount

    cash = (row for row in looked.payments(rule) if row.said(rule.column) in rule.values)
    for name, rows in grouped(cash, hand).items():
        for run in runs(rows, rule.days, is_often):
            days = {"first": day_of(run[0]), "last": day_of(run[-1])}
            yield Finding.at(run, name=name, count=len(run), amount=total(run), **days)
