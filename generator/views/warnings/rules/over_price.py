"""More paid than a contract or a project costs."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.warnings import WarningRule
from generator.views.affairs.costs import Excess, excess, excess_of, price_of
from generator.views.affairs.rows import PublishedRow
from generator.views.warnings.looking import Finding, Looked


def find(looked: Looked, rule: WarningRule) -> Iterator[Finding]:
    """By the affair, and for projects that nothing is tied to by their register."""
    for row, more in _found(looked):
        if more and more.amount >= rule.amount and not rule.excludes(row.words):
            yield Finding.at([row], what=row.text("title"), more=more)


def _found(looked: Looked) -> Iterator[tuple[PublishedRow, Excess | None]]:
    for affair in looked.affairs:
        yield affair.head, excess_of(affair)
    for row in looked.newest("project"):
        price = price_of(row)
        if price and not looked.affairs_of(row):
            yield row, excess(price.kind, price.amount, row.amount("paid"))
