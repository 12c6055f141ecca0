"""A lease that ended, and no other of the same thing after it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from generator.model.warnings import WarningRule
from generator.views.figures.terms import has_ended
from generator.views.warnings.looking import Finding, Looked


def find(looked: Looked, rule: WarningRule) -> Iterator[Finding]:
    """Days must have gone by since: a new lease takes its time."""
    leases = looked.leases(rule)
    for row in leases:
        end, what = row.day("end"), row.shown("leased")
        if end is None or not what or not looked.is_current(row):
            continue
        is_over = has_ended(end + timedelta(days=rule.days), looked.records.today)
        later = (
            other
            for other in leases
            if other is not row
            and other.shown("leased") == what
            and not has_ended(other.day("end"), end + timedelta(days=1))
        )
        if is_over and not any(later):
            yield Finding.at([row], what=what, end=end)
