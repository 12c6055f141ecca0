"""The same amount paid twice on one day, to the same one or for the same thing, in any of the books."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.warnings import WarningRule
from generator.views.affairs.rows import PublishedRow
from generator.views.warnings.looking import Finding, Looked, day_of, grouped, paid, total


def find(looked: Looked, rule: WarningRule) -> Iterator[Finding]:
    """What was booked back counts against what was paid."""

    def key(row: PublishedRow) -> tuple[object, ...] | None:
        day, amount, whom = row.day("date"), abs(paid(row)), looked.whom(row)
        return (day, amount, whom) if day and whom and amount >= rule.amount else None

    for alike in grouped(looked.payments(rule), key).values():
        amount = abs(paid(alike[0]))
        times = int(total(alike) / amount)
        if times > 1:
            rows = [row for row in alike if paid(row) > 0]
            facts = {"whom": looked.other_side(rows[0]), "what": rows[0].text("title")}
            yield Finding.at(rows, day=day_of(rows[0]), times=times, amount=amount, **facts)
