"""What happened in an affair, each with its day and the record that says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from generator.model.days import leading_day
from generator.model.village import Document, Record
from generator.views.affairs.belonging import Affair, Entry, PublishedRow
from generator.views.affairs.costs import is_lease
from generator.views.charts import State
from generator.views.linking import VillageRecords
from generator.views.places import Link
from generator.views.text import money

# The order of what happens on one day.
_ORDER = (
    "民主决策",
    "发出公告",
    "开标、定标",
    "合同开始",
    "开工",
    "完工",
    "验收",
    "付款",
    "收款",
)


@dataclass(frozen=True)
class Moment:
    """Something that happened, or is to happen: `day` is None where the record gives none.

    `text` is who, how many, with what result; `votes` the count of votes and `amount` the sum as
    they are written; `link` leads to where it stands.
    """

    day: date | None
    label: str
    text: str
    link: Link
    votes: str = ""
    amount: str = ""
    state: State = "done"


def moments_of(affair: Affair, records: VillageRecords) -> tuple[Moment, ...]:
    """All that happened in an affair by days; what has no day stands at the end."""
    found = [_document(record, records) for record in affair.documents]
    for row in affair.rows:
        if row.schema.affair == "tender":
            found += _tender(row, records)
        elif row.schema.affair == "contract":
            found += _contract(row, affair, records)
        else:
            found += _project(row, records)
    for entry in affair.entries:
        found += _payment(entry)
    return tuple(sorted(found, key=_order))


def is_decision(record: Record) -> bool:
    """Whether a record is a document that tells the steps of a decision."""
    return isinstance(record.content, Document) and bool(record.content.front.steps)


def accepted_on(row: PublishedRow) -> tuple[date | None, str]:
    """The day with which the words on a project's acceptance begin, and the words after it."""
    return leading_day(row.text("accepted"))


def _order(moment: Moment) -> tuple[bool, date, int]:
    rank = _ORDER.index(moment.label) if moment.label in _ORDER else len(_ORDER)
    return moment.day is None, moment.day or date.max, rank


def _document(record: Record, records: VillageRecords) -> Moment:
    """A decision on the day on which it was taken, with that day's votes; any other document on
    the day on which it was made public."""
    publication = records.publication(record)
    link = Link(publication.title, publication.url)
    document = publication.document
    if document is not None and document.steps:
        step = next((s for s in document.steps if s.date == record.period.start), None)
        step = step or document.steps[-1]
        return Moment(step.date, "民主决策", step.step, link, votes=step.votes)
    item = next(i for i in records.shared.catalogue.items if i.id == record.item)
    return Moment(publication.window.start or record.period.start, item.title, "", link)


def _tender(row: PublishedRow, records: VillageRecords) -> Iterator[Moment]:
    link = _row_link(row, records)
    announced, opened = row.day("announced"), row.day("date")
    if announced is not None:
        yield _at(announced, "发出公告", "", link, records)
    if opened is not None:
        bidders, winner = row.text("bidders"), row.text("name")
        parts = (f"{bidders} 家参加" if bidders else "", f"定给{winner}" if winner else "")
        text = "，".join(part for part in parts if part)
        yield _at(opened, "开标、定标", text, link, records, amount=row.amount("amount"))


def _contract(row: PublishedRow, affair: Affair, records: VillageRecords) -> Iterator[Moment]:
    link = _row_link(row, records)
    start, end = row.day("date"), row.day("end")
    if start is not None:
        amount = row.amount("price") or row.amount("amount")
        per = "每年 " if is_lease(row) else ""
        yield _at(start, "合同开始", row.text("name"), link, records, amount=amount, per=per)
    projects = affair.newest("project")
    if end is None or any(project.day("finished") for project in projects):
        return
    if projects and end < records.today:
        text = "合同约定的日期已过，登记里还没有写完工日期"
        yield Moment(end, "合同约定的完工日期", text, link, state="late")
    elif projects:
        yield _at(end, "合同约定的完工日期", "", link, records)
    else:
        last = records.today + timedelta(days=records.rules.expiring_days)
        state: State = "soon" if end <= last else "open"
        yield Moment(end, "合同到期", "", link, state="done" if end < records.today else state)


def _project(row: PublishedRow, records: VillageRecords) -> Iterator[Moment]:
    link = _row_link(row, records)
    begun, finished = row.day("date"), row.day("finished")
    if begun is not None:
        yield _at(begun, "开工", row.text("name"), link, records)
    if finished is not None:
        yield _at(finished, "完工", "", link, records)
    if row.text("accepted"):
        day, words = accepted_on(row)
        yield Moment(day, "验收", words, link)


def _row_link(row: PublishedRow, records: VillageRecords) -> Link:
    """A row by its register and number; the title of the affair stands above already."""
    item = next(i for i in records.shared.catalogue.items if i.id == row.record.item)
    number = row.text("reference")
    return Link(f"{item.title} {number}" if number else item.title, row.url)


def _payment(entry: Entry) -> Iterator[Moment]:
    row = entry.row
    expense, income = row.amount("expense"), row.amount("income")
    amount = expense or income
    if amount:
        words = ("退回付款", "付款") if expense else ("退回收款", "收款")
        text = row.text("title") + ("（和别的事合在一笔里）" if entry.is_shared else "")
        number = row.text("reference")
        title = f"{row.publication.title}，凭证 {number}" if number else row.publication.title
        sum_ = f"{money(abs(amount))} 元"
        yield Moment(row.day("date"), words[amount > 0], text, Link(title, row.url), amount=sum_)


def _at(
    day: date,
    label: str,
    text: str,
    link: Link,
    records: VillageRecords,
    *,
    amount: Decimal | None = None,
    per: str = "",
) -> Moment:
    words = f"{per}{money(amount)} 元" if amount is not None else ""
    state: State = "open" if day > records.today else "done"
    return Moment(day, label, text, link, amount=words, state=state)
