"""Decides what happened in an affair on which day, and which record says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, get_args

from generator.model.days import leading_day
from generator.model.village import Record
from generator.views.affairs.belonging import Affair, BookedRow
from generator.views.affairs.costs import is_lease
from generator.views.affairs.rows import PublishedRow
from generator.views.charts import State
from generator.views.linking import VillageRecords
from generator.views.places import Link
from generator.views.said import say

MomentKind = Literal[
    # in the order of what happens on one day
    "decided",
    "announced",
    "opened",
    "begins",
    "started",
    "finished",
    "accepted",
    "paid",
    "received",
    # after these, as they are found
    "paid_back",
    "received_back",
    "document",
    "agreed",
    "ends",
]
_ORDER: tuple[MomentKind, ...] = get_args(MomentKind)
_LAST = _ORDER.index("received") + 1


@dataclass(frozen=True)
class Moment:
    """Something that happened, or is to happen: `day` is None where the record gives none.

    `text` is who, how many, with what result; `votes` the count of votes and `amount` the sum as
    they are written; `link` leads to where it stands.
    """

    kind: MomentKind
    day: date | None
    label: str
    text: str
    link: Link
    votes: str = ""
    amount: str = ""
    state: State = "done"


def moments_of(affair: Affair, records: VillageRecords) -> tuple[Moment, ...]:
    """All that happened in an affair by days; what has no day comes last."""
    found = [_document(record, records) for record in affair.documents]
    for row in affair.rows:
        if row.schema.affair == "tender":
            found += _tender(row, records)
        elif row.schema.affair == "contract":
            found += _contract(row, affair, records)
        else:
            found += _project(row, records)
    for booked in affair.booked:
        found += _payment(booked, records)
    return tuple(sorted(found, key=_order))


def accepted_on(row: PublishedRow) -> tuple[date | None, str]:
    """The day with which the words on a project's acceptance begin, and the words after it."""
    return leading_day(row.text("accepted"))


def _order(moment: Moment) -> tuple[bool, date, int]:
    rank = min(_ORDER.index(moment.kind), _LAST)
    return moment.day is None, moment.day or date.max, rank


def _document(record: Record, records: VillageRecords) -> Moment:
    """A decision on the day on which it was taken, with that day's votes; any other document on
    the day on which it was made public."""
    publication = records.publication(record)
    link = Link.to(publication)
    document = publication.document
    if document is not None and document.steps:
        step = next((s for s in document.steps if s.date == record.period.start), None)
        step = step or document.steps[-1]
        facts = {"text": step.step, "votes": step.votes}
        return _at(step.date, "decided", link, records, state="done", **facts)
    shown, item = publication.window.start or record.period.start, _item_title(record, records)
    return _at(shown, "document", link, records, state="done", item=item)


def _tender(row: PublishedRow, records: VillageRecords) -> Iterator[Moment]:
    link = _row_link(row, records)
    announced, opened = row.day("announced"), row.day("date")
    if announced is not None:
        yield _at(announced, "announced", link, records)
    if opened is not None:
        facts = {"bidders": row.text("bidders"), "winner": row.text("name")}
        text = say(records.shared.phrases, "moments", "opened", **facts)
        sum_ = _sum(row.amount("amount"), records)
        yield _at(opened, "opened", link, records, text=text, amount=sum_)


def _contract(row: PublishedRow, affair: Affair, records: VillageRecords) -> Iterator[Moment]:
    link, today = _row_link(row, records), records.today
    start, end = row.day("date"), row.day("end")
    if start is not None:
        sum_ = _sum(row.amount("price") or row.amount("amount"), records, yearly=is_lease(row))
        yield _at(start, "begins", link, records, text=row.text("name"), amount=sum_)
    projects = affair.newest("project")
    if end is None or any(project.day("finished") for project in projects):
        return
    if projects and end < today:
        text = say(records.shared.phrases, "moments", "overdue")
        yield _at(end, "agreed", link, records, text=text, state="late")
    elif projects:
        yield _at(end, "agreed", link, records)
    else:
        near = end <= today + timedelta(days=records.rules.expiring_days)
        state: State = "done" if end < today else "soon" if near else "open"
        yield _at(end, "ends", link, records, state=state)


def _project(row: PublishedRow, records: VillageRecords) -> Iterator[Moment]:
    link = _row_link(row, records)
    begun, finished = row.day("date"), row.day("finished")
    if begun is not None:
        yield _at(begun, "started", link, records, text=row.text("name"))
    if finished is not None:
        yield _at(finished, "finished", link, records)
    if row.text("accepted"):
        day, words = accepted_on(row)
        yield _at(day, "accepted", link, records, text=words, state="done")


def _payment(booked: BookedRow, records: VillageRecords) -> Iterator[Moment]:
    row, phrases = booked.row, records.shared.phrases
    expense = row.amount("expense")
    amount = expense or row.amount("income")
    if not amount:
        return
    kind: MomentKind = "paid" if expense else "received"
    if amount < 0:
        kind = "paid_back" if expense else "received_back"
    book, number = row.publication.title, row.text("reference")
    title = say(phrases, "moments", "voucher", book=book, number=number)
    text = say(phrases, "moments", "payment", title=row.text("title"), shared=booked.is_shared)
    link, sum_ = Link(title, row.url), _sum(abs(amount), records)
    yield _at(row.day("date"), kind, link, records, text=text, amount=sum_, state="done")


def _row_link(row: PublishedRow, records: VillageRecords) -> Link:
    """A row by what it is about, with its register and number."""
    item, number = _item_title(row.record, records), row.text("reference")
    facts = {"item": item, "title": row.text("title"), "number": number}
    title = say(records.shared.phrases, "moments", "row", **facts)
    return Link(title, row.url)


def _item_title(record: Record, records: VillageRecords) -> str:
    return records.shared.catalogue.item(record.item).called


def _sum(amount: Decimal | None, records: VillageRecords, *, yearly: bool = False) -> str:
    if amount is None:
        return ""
    return say(records.shared.phrases, "moments", "sum", amount=amount, yearly=yearly)


def _at(
    day: date | None,
    kind: MomentKind,
    link: Link,
    records: VillageRecords,
    *,
    text: str = "",
    votes: str = "",
    amount: str = "",
    item: str = "",
    state: State | None = None,
) -> Moment:
    """A moment; unless said otherwise it is done once its day is there."""
    if state is None:
        state = "open" if day is not None and day > records.today else "done"
    label = say(records.shared.phrases, "moments", "label", kind=kind, item=item)
    return Moment(kind, day, label, text, link, votes, amount, state)
