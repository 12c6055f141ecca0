"""Rent that is lower than in the lease before of the same thing, without a tender."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from generator.model.warnings import WarningRule
from generator.views.affairs.rows import PublishedRow
from generator.views.warnings.looking import Finding, Looked, day_of, grouped, size_of


def find(looked: Looked, rule: WarningRule) -> Iterator[Finding]:
    """By the unit where both leases say how much they are about, else as a whole."""
    known = (row for row in looked.leases(rule) if row.day("date") and row.amount("amount"))
    for rows in grouped(known, lambda row: row.shown("leased") or None).values():
        for before, now in pairwise(sorted(rows, key=day_of)):
            has_tender = any(affair.newest("tender") for affair in looked.affairs_of(now))
            if has_tender or (before.day("end") or day_of(now)) > day_of(now):
                continue
            unit, was, rent = _compared(before, now)
            if rent * 100 < was * (100 - rule.percent):
                facts = {"what": now.shown("leased"), "unit": unit, "was": was, "rent": rent}
                yield Finding.at([before, now], **facts)


def _compared(before: PublishedRow, now: PublishedRow) -> tuple[str, Decimal, Decimal]:
    """The unit, empty for the whole, and both rents."""
    (unit, size), (other, later) = size_of(before), size_of(now)
    was, rent = before.amount("amount") or Decimal(0), now.amount("amount") or Decimal(0)
    is_by_unit = unit and unit == other and size > 0 and later > 0
    return (unit, was / size, rent / later) if is_by_unit else ("", was, rent)
