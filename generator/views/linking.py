"""Links between a village's records, written on one side and shown on both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from generator.model.catalogue import Field
from generator.model.links import LinkMap
from generator.model.shared import RulePack, Shared
from generator.model.targets import Target
from generator.model.village import Document, Record, Row, Table, VillageData
from generator.views.places import Link, Place, place_of
from generator.views.publication import Publication
from generator.views.publishing import publish
from generator.views.text import short_day


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

    Publications and references are by `item/key` of their record.
    """

    data: VillageData
    shared: Shared
    today: date
    place: Place
    publications: Mapping[str, Publication]
    outgoing: Mapping[str, tuple[Reference, ...]]
    incoming: Mapping[str, tuple[Reference, ...]]

    def publication(self, record: Record) -> Publication:
        """What is published of a record."""
        return self.publications[name_of(record)]

    @property
    def rules(self) -> RulePack:
        """The rules that hold in the village."""
        return self.shared.rules[self.data.village.rules or self.shared.site.rules]


def village_records(data: VillageData, shared: Shared, today: date) -> VillageRecords:
    """Publish every record of a village and map the links between them."""
    outgoing: dict[str, tuple[Reference, ...]] = {}
    incoming: dict[str, tuple[Reference, ...]] = {}
    links = LinkMap.of(data.records, shared.tables, data.village.accounts)
    for record in data.records:
        for reference in _references(record, links):
            source, target = name_of(record), name_of(reference.target.record)
            outgoing[source] = (*outgoing.get(source, ()), reference)
            incoming[target] = (*incoming.get(target, ()), reference)
    publications = {name_of(r): publish(r, data.village, shared, today) for r in data.records}
    own = tuple(o.power.id for o in data.overrides if not o.added)
    place = place_of(data.village, shared, own)
    return VillageRecords(data, shared, today, place, publications, outgoing, incoming)


def cell_links(record: Record, records: VillageRecords) -> dict[tuple[int, str], Link]:
    """Where the cells of linking columns lead, by row number and column."""
    visible = {row.number for row in records.publication(record).rows}
    return {
        (reference.row, reference.column): link_to(reference.target, records, numbered=True)
        for reference in records.outgoing.get(name_of(record), ())
        if reference.row in visible and not reference.is_mention
    }


def row_links(record: Record, records: VillageRecords) -> dict[int, tuple[Spoken, ...]]:
    """Documents that speak of a row, by row number."""
    found: dict[int, tuple[Spoken, ...]] = {}
    for reference in records.incoming.get(name_of(record), ()):
        if reference.target.row and not reference.row:
            publication = records.publication(reference.source)
            start = publication.window.start
            title = f"{short_day(start)} {publication.title}" if start else publication.title
            row = reference.target.row
            is_basis = _rests_on(record, row, reference.source, records)
            found[row] = (*found.get(row, ()), Spoken(Link(title, publication.url), is_basis))
    return found


def _rests_on(record: Record, number: int, source: Record, records: VillageRecords) -> bool:
    """Whether a document tells a decision that was taken by the day of a row."""
    content, table = source.content, record.content
    if not isinstance(content, Document) or not content.front.steps or not isinstance(table, Table):
        return False
    field = records.shared.tables[table.schema].with_role("date")
    row = next((row for row in table.rows if row.number == number), None)
    day = row.values.get(field.name) if row and field else None
    return isinstance(day, date) and content.front.date <= day


def related(record: Record, records: VillageRecords) -> tuple[Link, ...]:
    """Where the record's head leads, and what links to the record as a whole."""
    links = [
        link_to(reference.target, records)
        for reference in records.outgoing.get(name_of(record), ())
        if not reference.row
    ]
    links += [
        link_to(Target(reference.source, reference.row), records)
        for reference in records.incoming.get(name_of(record), ())
        if not reference.target.row
    ]
    return tuple({link.url: link for link in links}.values())


def name_of(record: Record) -> str:
    """A record as `item/key`."""
    return f"{record.item}/{record.key}"


def _references(record: Record, links: LinkMap) -> Iterator[Reference]:
    """Every link of a record that leads somewhere."""
    content = record.content
    if isinstance(content, Document):
        for text in content.front.links:
            target = links.find(text)
            if target is not None:
                yield Reference(record, 0, "", target)
    elif isinstance(content, Table):
        for field in links.tables[content.schema].fields:
            is_linking = (field.link or field.mentions) and not field.mask
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
    content = target.record.content
    visible = {row.number for row in publication.rows}
    if not isinstance(content, Table) or target.row not in visible:
        return Link(publication.title, publication.url)
    schema = records.shared.tables[content.schema]
    row = next(row for row in content.rows if row.number == target.row)
    heading = schema.with_role("title") or schema.find(schema.link_key)
    url = f"{publication.url}#r{target.row}"
    if heading is None or heading.mask:
        return Link(publication.title, url)
    name = str(row.values.get(heading.name) or "")
    key = schema.find(schema.link_key)
    if numbered and key is not None and key is not heading and not key.mask:
        name = f"{row.values.get(key.name) or ''} {name}".strip()
    return Link(f"{name}（{publication.title}）", url)
