"""Lists what was changed after publication: corrected records, and withdrawn ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from generator.model.catalogue import Board, Item
from generator.publishing.digest import code_of, digest_of
from generator.views.linking import VillageRecords
from generator.views.places import Link, Place
from generator.views.records import RecordView


@dataclass(frozen=True)
class WithdrawnView:
    """The page that stays at the address of a record that was taken back."""

    place: Place
    board: Board
    item: Item
    key: str
    url: str
    title: str
    published: date
    withdrawn: date
    reason: str
    source: str

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the notice; no sheet carries its code."""
        return digest_of(self.content)

    @cached_property
    def code(self) -> str:
        """The short form of the digest."""
        return code_of(self.digest)

    @property
    def content(self) -> dict[str, Any]:
        """What the notice says."""
        return {
            "village": self.place.village.id,
            "item": self.item.id,
            "key": self.key,
            "title": self.title,
            "published": self.published.isoformat(),
            "withdrawn": self.withdrawn.isoformat(),
            "reason": self.reason,
        }


@dataclass(frozen=True)
class Change:
    """One change; `what` is empty where its words came down with the rows."""

    link: Link
    village: str
    date: date
    what: str
    is_withdrawn: bool


def withdrawn_views(records: VillageRecords) -> tuple[WithdrawnView, ...]:
    """The pages of all withdrawn records, newest first."""
    catalogue, place = records.shared.catalogue, records.place
    views = [
        WithdrawnView(
            place=place,
            board=catalogue.board_of(entry.item),
            item=catalogue.item(entry.item),
            key=entry.key,
            url=f"{place.url}{entry.name}/",
            title=entry.title,
            published=entry.published,
            withdrawn=entry.date,
            reason=entry.reason,
            source=entry.source.file,
        )
        for entry in records.data.withdrawn
    ]
    return tuple(sorted(views, key=lambda view: (view.withdrawn, view.url), reverse=True))


def village_changes(
    views: Iterable[RecordView], withdrawn: Iterable[WithdrawnView]
) -> tuple[Change, ...]:
    """Everything that was changed in a village, newest first."""
    lines = []
    for view in views:
        link, village = Link.to(view.publication), view.place.village.name
        for correction in view.publication.corrections:
            lines.append(Change(link, village, correction.date, correction.what, False))
    for gone in withdrawn:
        link, village = Link(gone.title, gone.url), gone.place.village.name
        lines.append(Change(link, village, gone.withdrawn, gone.reason, True))
    return newest_changes(lines)


def newest_changes(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Newest first, those of one day by address."""
    ordered = sorted(changes, key=lambda change: change.link.url)
    return tuple(sorted(ordered, key=lambda change: change.date, reverse=True))
