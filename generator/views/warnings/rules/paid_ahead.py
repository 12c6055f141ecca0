"""Most of a project's price paid before the project is done."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.warnings import WarningRule
from generator.views.affairs.costs import paid_for, price_of
from generator.views.figures.shares import percent_of
from generator.views.warnings.looking import Finding, Looked


def find(looked: Looked, rule: WarningRule) -> Iterator[Finding]:
    """Done is what has a day on which it was finished, or words on its acceptance."""
    for row in looked.newest("project"):
        heads = [a for a in looked.affairs_of(row) if a.head.target == row.target]
        price = price_of(row)
        paid = paid_for(heads[0]).amount if heads else row.amount("paid")
        is_done = row.day("finished") is not None or bool(row.text("accepted"))
        if is_done or not looked.is_current(row) or rule.excludes(row.words):
            continue
        if not price or not paid or price.amount <= 0:
            continue
        if paid * 100 >= rule.percent * price.amount:
            facts = {"price": price.amount, "paid": paid, "what": row.text("title")}
            yield Finding.at([row], percent=percent_of(paid, price.amount), **facts)
