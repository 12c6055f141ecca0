"""A lease whose rent for a unit is far below that of the village's others."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from statistics import median

from generator.model.warnings import WarningRule
from generator.views.warnings.looking import Finding, Looked, grouped, size_of


def find(looked: Looked, rule: WarningRule) -> Iterator[Finding]:
    """Compared are leases that run, by the same unit; of a few nothing is said."""
    today = looked.records.today
    running = [
        row
        for row in looked.leases(rule)
        if looked.is_current(row) and (end := row.day("end")) is not None and not end < today
    ]
    for unit, rows in grouped(running, lambda row: size_of(row)[0] or None).items():
        rents = {
            row.target: (row.amount("amount") or Decimal(0)) / size
            for row in rows
            if (size := size_of(row)[1])
        }
        for row in rows:
            others = [rent for target, rent in rents.items() if target != row.target]
            rent = rents.get(row.target, Decimal(0))
            usual = median(others) if len(others) >= rule.count else Decimal(0)
            if rent and rent * 100 < usual * (100 - rule.percent):
                yield Finding.at(
                    [row],
                    what=row.shown("leased"),
                    unit=unit,
                    rent=rent,
                    usual=usual,
                    count=len(others),
                )
