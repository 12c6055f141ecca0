"""Rent that was due and did not come in."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.warnings import WarningRule
from generator.views.warnings.looking import Finding, Looked


def find(looked: Looked, rule: WarningRule) -> Iterator[Finding]:
    """In the newest register, from an amount and a share of a year's rent on."""
    for row in looked.leases(rule):
        owed, rent = row.amount("owed") or 0, row.amount("amount") or 0
        if looked.is_current(row) and owed >= rule.amount and owed * 100 >= rule.percent * rent:
            yield Finding.at([row], what=row.text("title"), owed=owed, due=row.amount("due"))
