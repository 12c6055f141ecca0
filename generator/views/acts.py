"""Which power a document names, and whether the document is a use of it or only speaks of one.

A power is used once by a matter, however many documents tell of it: a decision is the use, the
announcements of what became of it are not. A document of rules is no use of anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.model.village import Document, Record
from generator.views.affairs.belonging import Affair
from generator.views.linking import VillageRecords, name_of
from generator.views.places import Link


def power_of(record: Record, records: VillageRecords) -> Link | None:
    """The power that a document names, on the village's own page where it has one."""
    wanted = _named(record)
    if not wanted:
        return None
    for override in records.data.overrides:
        if override.power.id == wanted:
            return Link(override.power.title, f"{records.place.url}powers/{wanted}/")
    for power in records.shared.powers:
        if power.id == wanted:
            return Link(power.title, f"powers/{wanted}/")
    return None


def is_use(record: Record, records: VillageRecords, affairs: Iterable[Affair]) -> bool:
    """Whether the power that a document names was used by what it tells: a decision's was. Of
    other documents on one matter that name the same power it is the earliest, and none where
    there is a decision."""
    wanted = _named(record)
    item = records.shared.catalogue.find(record.item)
    if not wanted or item is None or not item.acts:
        return False
    if _decides(record):
        return True
    return not any(
        _named(other) == wanted
        and _acts(other, records)
        and (_decides(other) or _order(other) < _order(record))
        for other in _of_one_matter(record, records, affairs)
    )


def _of_one_matter(
    record: Record, records: VillageRecords, affairs: Iterable[Affair]
) -> Iterator[Record]:
    """The documents that a document is linked with, and those of its affairs."""
    for reference in records.outgoing.get(name_of(record), ()):
        yield reference.target.record
    for reference in records.incoming.get(name_of(record), ()):
        yield reference.source
    for affair in affairs:
        if any(name_of(document) == name_of(record) for document in affair.documents):
            yield from affair.documents


def _named(record: Record) -> str:
    return record.content.front.power if isinstance(record.content, Document) else ""


def _decides(record: Record) -> bool:
    return isinstance(record.content, Document) and bool(record.content.front.steps)


def _acts(record: Record, records: VillageRecords) -> bool:
    item = records.shared.catalogue.find(record.item)
    return item is not None and item.acts


def _order(record: Record) -> tuple[object, ...]:
    return record.period.start, record.item, record.key
