"""Decides which power a document names, and whether it is a use of that power or only speaks of it.

However many documents speak of a matter, it uses a power once: the decision is the use, the
announcements of what came of it are not. A document that sets rules uses no power.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.model.powers import Power
from generator.model.village import Document, Record
from generator.views.affairs.belonging import Affair
from generator.views.linking import VillageRecords
from generator.views.places import Link


def power_of(record: Record, records: VillageRecords) -> Link | None:
    """The power that a document names, on the village's own page where it has one."""
    found = power_named(record, records)
    return Link(found[0].title, found[1]) if found else None


def power_named(record: Record, records: VillageRecords) -> tuple[Power, str] | None:
    """The power that a document names, with the address of its page."""
    wanted = _named(record)
    own = ((override.power, records.place.url) for override in records.data.overrides)
    shared = ((power, "") for power in records.shared.powers)
    found = ((power, home) for power, home in (*own, *shared) if power.id == wanted)
    return next(((power, f"{home}powers/{wanted}/") for power, home in found), None)


def is_use(record: Record, records: VillageRecords, affairs: Iterable[Affair]) -> bool:
    """Whether a document is a use of the power that it names. A decision is one. Of other documents
    on the same matter only the earliest is, and none where there is a decision."""
    wanted = _named(record)
    if not wanted or not _acts(record, records):
        return False
    if record.is_decision:
        return True
    return not any(
        _named(other) == wanted
        and _acts(other, records)
        and (other.is_decision or _order(other) < _order(record))
        for other in _of_one_matter(record, records, affairs)
    )


def _of_one_matter(
    record: Record, records: VillageRecords, affairs: Iterable[Affair]
) -> Iterator[Record]:
    """The documents that a document is linked with, and those of its affairs."""
    for reference in records.outgoing.get(record.name, ()):
        yield reference.target.record
    for reference in records.incoming.get(record.name, ()):
        yield reference.source
    for affair in affairs:
        if any(document.name == record.name for document in affair.documents):
            yield from affair.documents


def _named(record: Record) -> str:
    return record.content.front.power if isinstance(record.content, Document) else ""


def _acts(record: Record, records: VillageRecords) -> bool:
    return records.shared.catalogue.item(record.item).acts


def _order(record: Record) -> tuple[object, ...]:
    return record.period.start, record.item, record.key
