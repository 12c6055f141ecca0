"""What a village's lists say of its households: the records that tell what private persons get, pay or
hold, with their rows.

A reader finds their own in all of them at once, on the device alone. Which tables are such lists is
said by their columns: one for the names of private persons, which a village may mask, and one for the
amount. A roll of voters has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.model.filenames import MINE
from generator.model.schema import Field, is_villager_group
from generator.publishing.publication import Publication, PublicTable
from generator.views.places import Link, Place
from generator.views.records import RecordView

PartKind = Literal["name", "group", "title", "amount", "date", ""]

MOST_ROWS = 4000
"""Rows that a village's phone page carries, some 200 KB before they are compressed: the lists that
were published last. Older ones are looked through on their own pages."""


@dataclass(frozen=True)
class Part:
    """A column of a list: what it is for, what it is called, and its text in each row. An amount that
    says itself what it is has no label."""

    kind: PartKind
    label: str
    unit: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class HouseholdRecord:
    """The rows of a list, by their numbers. `scheme` is what the list is about, unless a column says
    it of each row; nobody is shown its rows after `until`. `sum_as` is said before the sum of several
    amounts; it is empty where they may not be added up."""

    link: Link
    scheme: str
    until: date | None
    is_masked: bool
    sum_as: str
    rows: tuple[int, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class HouseholdList:
    """A list as the page names it. `is_down` says that its rows came down, `is_apart` that they are
    too many to be looked through with the others."""

    link: Link
    day: date | None
    until: date | None
    is_down: bool
    is_apart: bool


@dataclass(frozen=True)
class Household:
    """All such lists of a village, the newest first."""

    place: Place
    records: tuple[HouseholdRecord, ...]
    lists: tuple[HouseholdList, ...]

    @property
    def url(self) -> str:
        """The page on which one finds one's own."""
        return f"{self.place.url}{MINE}/"

    @property
    def has_groups(self) -> bool:
        """Whether one can ask for a villager group."""
        return any(part.kind == "group" for record in self.records for part in record.parts)


def household_view(place: Place, views: Iterable[RecordView]) -> Household:
    """The lists of a village, and the rows of as many as one page may carry."""
    about = [view for view in views if _tells_amounts(view.publication)]
    about.sort(key=lambda view: view.publication.window.start or date.min, reverse=True)
    about = _without_older_states(about)
    records: list[HouseholdRecord] = []
    lists: list[HouseholdList] = []
    left = MOST_ROWS
    for view in about:
        publication = view.publication
        is_apart = len(publication.rows) > left  # one that is too long leaves the others their room
        if publication.rows and not is_apart:
            records.append(_record(view))
            left -= len(publication.rows)
        lists.append(_named(view, is_apart=is_apart))
    return Household(place, tuple(records), tuple(lists))


def _tells_amounts(publication: Publication) -> bool:
    """Whether it is such a list; one of a period in which there was nothing is none."""
    table = publication.table
    is_list = persons_column(table) is not None and table.with_role("amount") is not None
    return is_list and not publication.nothing


def _without_older_states(newest_first: list[RecordView]) -> list[RecordView]:
    """What is paid stands in each list; lists that never come down, such as debts, say how things
    are, so only the newest of each set of books counts."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for view in newest_first:
        book = (view.item.id, view.publication.key.partition(".")[2])
        if view.item.personal or book not in seen:
            kept.append(view)
        seen.add(book)
    return kept


def persons_column(table: PublicTable) -> Field | None:
    """The column of private persons: names that a village may mask. Tenants and officials of other
    tables are looked up by the search."""
    name = table.with_role("name")
    return name if name is not None and name.mask == "name" else None


def _named(view: RecordView, *, is_apart: bool) -> HouseholdList:
    publication = view.publication
    window = publication.window
    is_down = publication.is_expired and not publication.nothing
    return HouseholdList(Link.to(publication), window.start, _until(view), is_down, is_apart)


def _until(view: RecordView) -> date | None:
    return view.publication.window.end if view.item.personal else None


def _record(view: RecordView) -> HouseholdRecord:
    publication = view.publication
    name = persons_column(publication.table)
    is_masked = name is not None and not publication.table.shows(name.name)
    parts = tuple(_parts(publication))
    amount = publication.table.with_role("amount")
    adds = amount is not None and amount.total and amount.is_money and not is_masked
    return HouseholdRecord(
        link=Link.to(publication),
        scheme=view.item.called,
        until=_until(view),
        is_masked=is_masked,
        sum_as=amount.sum_as if amount is not None and adds else "",
        rows=tuple(row.number for row in publication.rows),
        parts=parts,
    )


def _parts(publication: Publication) -> Iterator[Part]:
    """The columns that say something, in their order: numbers of a register stand for nothing that
    a household knows."""
    table = publication.table
    for place, field in enumerate(table.columns):
        kind = _kind(field, table)
        texts = tuple(row.cells[place].text for row in table.rows)
        is_said = field.name in publication.unit_columns or field.role == "reference"
        if any(texts) and not is_said:
            unit = "" if field.unit_in else field.unit
            label = "" if kind == "amount" and field.sum_as else field.heading
            yield Part(kind, label, unit, texts)


def _kind(field: Field, table: PublicTable) -> PartKind:
    if field == persons_column(table):
        return "name"
    if is_villager_group(field):
        return "group"
    if field.role == "title" or field.role == "amount":
        return field.role
    return "date" if field.role == "date" and field.type == "date" else ""
