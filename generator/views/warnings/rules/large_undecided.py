"""A large payment of which no decision speaks."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.warnings import WarningRule
from generator.views.warnings.looking import Finding, Looked, paid


def find(looked: Looked, rule: WarningRule) -> Iterator[Finding]:
    """Neither a decision that names the payment nor one on its contract or project."""
    for row in looked.payments(rule):
        amount = paid(row)
        if amount >= rule.amount and not looked.is_decided(row):
            yield Finding.at([row], amount=amount, what=row.text("title"))
