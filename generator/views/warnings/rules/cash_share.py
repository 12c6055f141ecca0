"""A period in which much of what a book paid was paid in cash."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.warnings import WarningRule
from generator.views.figures.shares import percent_of
from generator.views.warnings.looking import Finding, Looked, grouped, total


def find(looked: Looked, rule: WarningRule) -> Iterator[Finding]:
    """By the column that says how it was paid."""
    every = (row for row in looked.payments(rule) if row.said(rule.column) in rule.values)
    by_book = grouped(every, lambda row: row.record.name)
    for record, book in looked.books:
        cash, paid = by_book.get(record.name, []), book.total_expense
        amount = total(cash)
        if paid > 0 and amount >= rule.amount and amount * 100 >= rule.percent * paid:
            facts = {"amount": amount, "paid": paid, "percent": percent_of(amount, paid)}
            yield Finding.at(cash, count=len(cash), **facts)
