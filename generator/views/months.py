"""Sets the accounts of a year side by side: of each set of books its periods with their three sums."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.model.village import Record
from generator.views.linking import VillageRecords
from generator.views.places import Link
from generator.views.records import RecordView


@dataclass(frozen=True)
class MonthLine:
    """A period's account: the way there, its sums as the page shows them, empty where it shows none."""

    link: Link
    sums: tuple[str, ...]
    is_corrected: bool
    is_stale: bool


@dataclass(frozen=True)
class BookMonths:
    """The periods of one set of books, newest first; `headings` are those of the sums."""

    title: str
    headings: tuple[str, ...]
    lines: tuple[MonthLine, ...]


def book_months(views: Iterable[RecordView], records: VillageRecords) -> tuple[BookMonths, ...]:
    """A year's accounts by their books; nothing for what keeps none."""
    by_name = {record.name: record for record in records.data.records}
    accounts = records.data.village.accounts
    found: dict[str, list[tuple[Record, RecordView]]] = {account.id: [] for account in accounts}
    for view in views:
        record = by_name[f"{view.item.id}/{view.publication.key}"]
        if records.book(record) is None:
            return ()
        found.setdefault(record.account, []).append((record, view))
    return tuple(
        BookMonths(
            records.data.village.account(account).title,
            _headings(own[0][1]),
            tuple(_line(record, view) for record, view in own),
        )
        for account, own in found.items()
        if own
    )


def _headings(view: RecordView) -> tuple[str, ...]:
    table = view.publication.table
    fields = (table.with_role("income"), table.with_role("expense"), table.with_role("balance"))
    return tuple(field.heading for field in fields if field)


def _line(record: Record, view: RecordView) -> MonthLine:
    table = view.publication.table
    sums = []
    for role in ("income", "expense"):
        field = table.with_role(role)
        sums += [t.text for t in table.totals if field and t.column == field.name][:1] or [""]
    balance = table.with_role("balance")
    closing = next((p for p in table.proofs if p.kind == "closing"), None)
    place = table.columns.index(balance) if balance else 0
    sums.append(closing.cells[place].text if closing and balance else "")
    link = Link(record.period.short, view.publication.url)
    corrected, stale = bool(view.publication.corrections), view.stale_since is not None
    return MonthLine(link, tuple(sums), corrected, stale)
