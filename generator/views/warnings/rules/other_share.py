"""A period in which much of what a book paid is under a subject that says nothing."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.books import ZERO
from generator.model.warnings import WarningRule
from generator.views.figures.shares import percent_of
from generator.views.warnings.looking import Finding, Looked


def find(looked: Looked, rule: WarningRule) -> Iterator[Finding]:
    """By the names of subjects in the chart of accounts."""
    for record, book in looked.books:
        sums, paid = looked.by_subject(record), book.total_expense
        amount = sum((sums.get(name, ZERO) for name in rule.values), ZERO)
        if paid > 0 and amount >= rule.amount and amount * 100 >= rule.percent * paid:
            facts = {"amount": amount, "paid": paid, "subject": rule.values[0]}
            yield Finding(record, facts={**facts, "percent": percent_of(amount, paid)})
