"""Links between a village's records, written on one side and shown on both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from generator.model.links import LinkMap, Target
from generator.model.shared import Shared
from generator.model.village import Document, Record, Table, VillageData
from generator.views.places import Link, Place, place_of
from generator.views.publication import Publication
from generator.views.publishing import publish
from generator.views.text import short_day


@dataclass(frozen=True)
class Reference:
    """A link as written: by a document's head (`row` 0), or by a cell."""

    source: Record
    row: int
    column: str
    target: Target


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
        return self.publications[_name(record)]


def village_records(data: VillageData, shared: Shared, today: date) -> VillageRecords:
    """Publish every record of a village and map the links between them."""
    outgoing: dict[str, tuple[Reference, ...]] = {}
    incoming: dict[str, tuple[Reference, ...]] = {}
    links = LinkMap.of(data.records, shared.tables)
    for record in data.records:
        for reference in _references(record, links):
            source, target = _name(record), _name(reference.target.record)
            outgoing[source] = (*outgoing.get(source, ()), reference)
            incoming[target] = (*incoming.get(target, ()), reference)
    publications = {_name(r): publish(r, data.village, shared, today) for r in data.records}
    place = place_of(data.village, shared)
    return VillageRecords(data, shared, today, place, publications, outgoing, incoming)


def cell_links(record: Record, records: VillageRecords) -> dict[tuple[int, str], Link]:
    """Where the cells of linking columns lead, by row number and column."""
    visible = {row.number for row in records.publication(record).rows}
    return {
        (reference.row, reference.column): _link_to(reference.target, records)
        for reference in records.outgoing.get(_name(record), ())
        if reference.row in visible
    }


def row_links(record: Record, records: VillageRecords) -> dict[int, tuple[Link, ...]]:
    """Documents that speak of a row, by row number."""
    found: dict[int, tuple[Link, ...]] = {}
    for reference in records.incoming.get(_name(record), ()):
        if reference.target.row and not reference.row:
            publication = records.publication(reference.source)
            start = publication.window.start
            title = f"{short_day(start)} {publication.title}" if start else publication.title
            row = reference.target.row
            found[row] = (*found.get(row, ()), Link(title, publication.url))
    return found


def related(record: Record, records: VillageRecords) -> tuple[Link, ...]:
    """Where the record's head leads, and what links to the record as a whole."""
    links = [
        _link_to(reference.target, records)
        for reference in records.outgoing.get(_name(record), ())
        if not reference.row
    ]
    links += [
        _link_to(Target(reference.source, reference.row), records)
        for reference in records.incoming.get(_name(record), ())
        if not reference.target.row
    ]
    return tuple({link.url: link for link in links}.values())


def _name(record: Record) -> str:
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
            for row in content.rows if field.link else ():
                target = links.find(f"{field.link}/{row.values.get(field.name) or ''}")
                if target is not None:
                    yield Reference(record, row.number, field.name, target)


def _link_to(target: Target, records: VillageRecords) -> Link:
    """A link to a record, or to a row of it named by what the row is about.

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
    return Link(f"{row.values.get(heading.name) or ''}（{publication.title}）", url)
