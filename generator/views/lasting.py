"""Decides whether a document that lasts is in force, and which one replaced which."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.village import Document, Record
from generator.views.linking import VillageRecords
from generator.views.places import Link
from generator.views.said import say


@dataclass(frozen=True)
class Force:
    """The `mark` beside the title in a list, and sentences with the documents that they name."""

    mark: str
    told: tuple[tuple[str, Link], ...]


def force_of(record: Record, records: VillageRecords) -> Force | None:
    """None for a document that neither lasts nor replaces or was replaced."""
    if not isinstance(record.content, Document):
        return None
    later = [r.source for r in records.incoming.get(record.name, ()) if _replaces(r.source, record)]
    earlier = [
        r.target.record
        for r in records.outgoing.get(record.name, ())
        if _replaces(record, r.target.record)
    ]
    is_lasting = records.shared.catalogue.item(record.item).lasting
    if not (is_lasting or later or earlier):
        return None
    told = [_told("replaced", max(later, key=lambda r: r.period), records)] if later else []
    told += [_told("replaces", r, records) for r in earlier[:1]]
    facts = {"is_lasting": is_lasting, "is_over": bool(later)}
    return Force(say(records.shared.phrases, "lasting", "mark", **facts), tuple(told))


def _replaces(later: Record, earlier: Record) -> bool:
    return isinstance(later.content, Document) and later.content.front.replaces == earlier.name


def _told(phrase: str, other: Record, records: VillageRecords) -> tuple[str, Link]:
    publication = records.publication(other)
    facts = {"title": publication.title, "published": publication.window.start}
    words = say(records.shared.phrases, "lasting", phrase, **facts)
    return words, Link(publication.title, publication.url)
