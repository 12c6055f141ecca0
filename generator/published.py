"""Keeps what a village last published, for the time when its files cannot be used any more.

It lies in the village's room of the store, without what the village hides and without the bytes of
attachments, which the site has.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from generator.model.shared import Shared
from generator.model.village import Document, Record, Table, VillageData, Withdrawal
from generator.output.store import Store
from generator.packed import is_whole, pack, unpacked
from generator.publishing.kept import kept_record
from generator.publishing.publish import names_came_down

_ENTRY = "records"


@dataclass(frozen=True)
class Kept:
    """A record as it was last published. `types` are those of its columns, `files` the digests of its
    attachments; `since` is the day since which it could not be renewed. Where `is_expired` it names
    nobody any more."""

    record: Record
    types: tuple[tuple[str, str], ...]
    files: tuple[str, ...]
    is_expired: bool
    since: date | None = None

    @property
    def schema(self) -> str:
        """That of its table; empty for what is none."""
        return self.record.content.schema if isinstance(self.record.content, Table) else ""


@dataclass(frozen=True)
class Last:
    """What a village last published, and the notices of what came down without its doing."""

    records: tuple[Kept, ...] = ()
    notices: tuple[Withdrawal, ...] = ()


def last_published(store: Store | None, site: Path) -> Last | None:
    """What is kept of a village; None where what there is was kept by a version whose values were of
    another kind."""
    parts = store.get(_ENTRY) if store else None
    if not parts:
        return Last()
    last = unpacked(parts[0])
    if not isinstance(last, Last) or not is_whole(last):
        return None
    found = (_with_files(kept, site) for kept in last.records)
    return replace(last, records=tuple(kept for kept in found if kept))


def keep_published(data: VillageData, shared: Shared, today: date, store: Store | None) -> None:
    """Keep what a village publishes on a day."""
    if not store or not store.writes:
        return
    masks = shared.mask_profile(data.village.masks)
    found = []
    for record in data.records:
        content, schema = record.content, None
        files: tuple[str, ...] = ()
        types: tuple[tuple[str, str], ...] = ()
        if isinstance(content, Table):
            schema = shared.tables[content.schema]
            types = tuple((f.name, f.type) for f in schema.fields if f.name in content.columns)
        elif isinstance(content, Document):
            files = tuple(_digest(attached.content) for attached in content.attachments)
            bare = tuple(replace(attached, content=b"") for attached in content.attachments)
            record = replace(record, content=replace(content, attachments=bare))
        is_expired = names_came_down(record, data.village, shared, today)
        kept = kept_record(record, schema, masks, is_expired=is_expired)
        found.append(Kept(kept, types, files, is_expired, data.stale.get(record.name)))
    store.put(_ENTRY, (pack(Last(tuple(found), data.notices)),))


def _with_files(kept: Kept, site: Path) -> Kept | None:
    """A record with the bytes of its attachments, as the site has them; none where it has not."""
    record, content = kept.record, kept.record.content
    if not isinstance(content, Document) or not content.attachments:
        return kept
    attached = []
    for one, digest in zip(content.attachments, kept.files, strict=True):
        try:
            found = (site / "v" / record.village / record.name / one.name).read_bytes()
        except OSError:
            return None
        if _digest(found) != digest:
            return None
        attached.append(replace(one, content=found))
    whole = replace(content, attachments=tuple(attached))
    return replace(kept, record=replace(record, content=whole))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
