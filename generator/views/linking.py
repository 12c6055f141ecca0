"""Links between a village's records, written on one side and shown on both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from generator.model.books import Book
from generator.model.law import RulePack
from generator.model.links import LinkMap
from generator.model.schema import ANY_RECORD, Field, TableSchema
from generator.model.shared import Shared
from generator.model.targets import Target
from generator.model.village import Document, Record, Row, Table, VillageData
from generator.publishing.groups import Groups, groups_of
from generator.publishing.publication import Publication
from generator.publishing.publish import publish_all
from generator.publishing.text import short_day
from generator.views.places import Link, Place, place_of
from generator.views.series import Series, series_of


@dataclass(frozen=True)
class Reference:
    """A link as written: by a document's head (`row` 0), or by a cell, as all that it says or,
    where `is_mention`, within its text."""

    source: Record
    row: int
    column: str
    target: Target
    is_mention: bool = False


@dataclass(frozen=True)
class Spoken:
    """A document that speaks of a row. `is_basis` says that the row rests on it: a decision that
    was taken by the row's day. A notice of the result that came weeks later is no ground for it."""

    link: Link
    is_basis: bool


@dataclass(frozen=True)
class VillageRecords:
    """A village's data, its publications and the links between them: what views are made of.

    Publications and references are by `item/key` of their record, `series` by item and account.
    """

    data: VillageData
    shared: Shared
    today: date
    place: Place
    publications: Mapping[str, Publication]
    outgoing: Mapping[str, tuple[Reference, ...]]
    incoming: Mapping[str, tuple[Reference, ...]]
    series: Mapping[tuple[str, str], Series]

    def publication(self, record: Record) -> Publication:
        """What is published of a record."""
        return self.publications[record.name]

    def series_of(self, record: Record) -> Series:
        """The records of the same item and set of books."""
        return self.series[record.item, record.account]

    def book(self, record: Record) -> Book | None:
        """The record's book of accounts, if it is one."""
        return self._books.get(record.name)

    def groups(self, record: Record) -> Groups | None:
        """Which numbers of a record's table may be shown, if it is one."""
        return self._groups.get(record.name)

    def tables(self) -> Iterator[tuple[Record, Table, TableSchema]]:
        """Table records with their schemas."""
        for record in self.data.records:
            if isinstance(record.content, Table):
                yield record, record.content, self.shared.tables[record.content.schema]

    @cached_property
    def _books(self) -> dict[str, Book]:
        books = ((record, Book.of(table, schema)) for record, table, schema in self.tables())
        return {record.name: book for record, book in books if book is not None}

    @cached_property
    def _groups(self) -> dict[str, Groups]:
        masks = self.shared.mask_profile(self.data.village.masks)
        return {
            r.name: groups_of(table, schema, masks, is_expired=self.publication(r).is_expired)
            for r, table, schema in self.tables()
        }

    @property
    def rules(self) -> RulePack:
        """The rules that hold in the village."""
        return self.shared.rule_pack(self.data.village.rules)


def village_records(data: VillageData, shared: Shared, today: date) -> VillageRecords:
    """Publish every record of a village and map the links between them."""
    publications = publish_all(data, shared, today)
    outgoing: dict[str, tuple[Reference, ...]] = {}
    incoming: dict[str, tuple[Reference, ...]] = {}
    links = LinkMap.of(data.records, shared.tables, data.village.accounts)
    for record in data.records:
        for reference in _references(record, publications[record.name], links):
            source, target = record.name, reference.target.record.name
            outgoing[source] = (*outgoing.get(source, ()), reference)
            incoming[target] = (*incoming.get(target, ()), reference)
    own = tuple(o.power.id for o in data.overrides if not o.added)
    place = place_of(data.village, shared, own)
    series = series_of(data.records)
    return VillageRecords(data, shared, today, place, publications, outgoing, incoming, series)


def cell_links(record: Record, records: VillageRecords) -> dict[tuple[int, str], Link]:
    """Where the cells of linking columns lead, by row number and column."""
    table = records.publication(record).table
    return {
        (reference.row, reference.column): link_to(reference.target, records, numbered=True)
        for reference in records.outgoing.get(record.name, ())
        if table.row(reference.row) is not None and not reference.is_mention
    }


def row_links(record: Record, records: VillageRecords) -> dict[int, tuple[Spoken, ...]]:
    """Documents that speak of a row, and rows that name it as what they come from, by row number."""
    found: dict[int, tuple[Spoken, ...]] = {}
    for reference in records.incoming.get(record.name, ()):
        if reference.target.row and _is_about(reference, records):
            spoken = Spoken(link_to(Target(reference.source, reference.row), records), False)
            found[reference.target.row] = (*found.get(reference.target.row, ()), spoken)
        elif reference.target.row and not reference.row:
            publication = records.publication(reference.source)
            start = publication.window.start
            title = f"{short_day(start)} {publication.title}" if start else publication.title
            row = reference.target.row
            is_basis = _rests_on(records.publication(record), row, reference.source)
            found[row] = (*found.get(row, ()), Spoken(Link(title, publication.url), is_basis))
    return found


def _is_about(reference: Reference, records: VillageRecords) -> bool:
    """Whether a cell says what its row is about or comes from, whatever record that is."""
    content = reference.source.content
    if not reference.row or reference.is_mention or not isinstance(content, Table):
        return False
    field = records.shared.tables[content.schema].find(reference.column)
    return field is not None and field.link == ANY_RECORD


def _rests_on(publication: Publication, number: int, source: Record) -> bool:
    """Whether a document is a decision taken by the day of a row."""
    content, table = source.content, publication.table
    row, column = table.row(number), table.with_role("date")
    if not isinstance(content, Document) or not content.front.steps or not row or not column:
        return False
    day = table.cell(row, column.name).value
    return isinstance(day, date) and content.front.date <= day


def related(record: Record, records: VillageRecords) -> tuple[Link, ...]:
    """Links in the record's head, and records that link to it as a whole."""
    links = [
        link_to(reference.target, records)
        for reference in records.outgoing.get(record.name, ())
        if not reference.row
    ]
    links += [
        link_to(Target(reference.source, reference.row), records)
        for reference in records.incoming.get(record.name, ())
        if not reference.target.row
    ]
    return tuple({link.url: link for link in links}.values())


def _references(record: Record, publication: Publication, links: LinkMap) -> Iterator[Reference]:
    """Every link of a record that leads somewhere. Masked columns give no links."""
    content = record.content
    if isinstance(content, Document):
        for text in filter(None, (*content.front.links, content.front.replaces)):
            target = links.find(text)
            if target is not None:
                yield Reference(record, 0, "", target)
    elif isinstance(content, Table):
        for field in publication.columns:
            is_linking = (field.link or field.mentions) and publication.table.shows(field.name)
            for row in content.rows if is_linking else ():
                yield from _of_cell(record, row, field, links)


def _of_cell(record: Record, row: Row, field: Field, links: LinkMap) -> Iterator[Reference]:
    text = str(row.values.get(field.name) or "")
    target = links.cell(field, text, record) if field.link else None
    if target is not None:
        yield Reference(record, row.number, field.name, target)
    for mentioned in links.mentioned(field, text, record) if text else ():
        if mentioned != Target(record, row.number):
            yield Reference(record, row.number, field.name, mentioned, is_mention=True)


def link_to(target: Target, records: VillageRecords, *, numbered: bool = False) -> Link:
    """A link to a record, or to a row of it named by what the row is about, and where
    `numbered` by its register number too.

    A row that is not shown any more, or whose name is masked, is not named.
    """
    publication = records.publication(target.record)
    table, content = publication.table, target.record.content
    row = table.row(target.row)
    if row is None or not isinstance(content, Table):
        return Link.to(publication)
    schema = records.shared.tables[content.schema]
    url = f"{publication.url}#{row.anchor}"
    number = schema.link_key
    title = schema.with_role("title")
    heading = title.name if title else number
    if not table.shows(heading):
        return Link(publication.title, url)
    name = table.cell(row, heading).data
    if numbered and heading != number and table.shows(number):
        code = table.cell(row, number).data
        return Link(
            f"{name}（{code}，{publication.title}）" if code else f"{name}（{publication.title}）",
            url,
        )
    return Link(f"{name}（{publication.title}）", url)
