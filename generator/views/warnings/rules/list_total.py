"""A list of recipients that comes to another sum than what a book paid for it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.model.village import Record
from generator.model.warnings import WarningRule
from generator.views.linking import Reference
from generator.views.warnings.looking import Finding, Looked, paid, total


def find(looked: Looked, rule: WarningRule) -> Iterator[Finding]:
    """By a document that links one list, of one benefit, and the entries by which it was paid."""
    for references in looked.records.outgoing.values():
        of_document = [r for r in references if not r.row]
        lists = {r.target.record.name: r.target.record for r in of_document if _is_list(r, looked)}
        linked = (looked.row(r.target) for r in of_document)
        payments = [row for row in linked if row and row.schema.is_book and paid(row) > 0]
        if len(lists) != 1 or not payments:
            continue
        (record,) = lists.values()
        listed, booked = _sum(record, looked), total(payments)
        if listed is not None and abs(booked - listed) >= rule.amount:
            facts = {"listed": listed, "paid": booked}
            others = (of_document[0].source, record)
            yield Finding(payments[-1].record, tuple(payments), facts, others)


def _is_list(reference: Reference, looked: Looked) -> bool:
    target = reference.target
    return not target.row and looked.records.shared.catalogue.item(target.record.item).personal


def _sum(record: Record, looked: Looked) -> Decimal | None:
    """What a list comes to, while its rows are there to be seen and are about one thing."""
    publication = looked.records.publication(record)
    field = publication.table.with_role("amount")
    own = (row for row in looked.rows if row.record is record)
    sums = {t.column: t.value for t in publication.totals}
    is_one = len({row.text("title") for row in own}) == 1
    return sums.get(field.name) if field and is_one else None
