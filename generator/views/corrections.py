"""Lists what was changed after publication: corrected records, and withdrawn ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from generator.model.catalogue import Board, Item
from generator.model.phrases import Phrases
from generator.publishing.digest import code_of, digest_of
from generator.views.linking import VillageRecords
from generator.views.places import Link, Place
from generator.views.records import RecordView
from generator.views.said import say

FAULT = "fault"
"""The cause of what came down because its file has a fault, or is gone."""


@dataclass(frozen=True)
class WithdrawnView:
    """The page that stays at the address of a record that was taken back, by its `cause`; what came
    down without the village's doing has `FAULT`."""

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
    cause: str = ""

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
    """One change; `what` is empty where its words came down with the rows. No correction tells one
    that `is_silent`, only the repository."""

    link: Link
    village: str
    date: date
    what: str
    is_withdrawn: bool
    is_silent: bool = False


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
            cause=FAULT if entry in records.data.notices else entry.cause,
        )
        for entry in records.data.withdrawn
    ]
    return tuple(sorted(views, key=lambda view: (view.withdrawn, view.url), reverse=True))


def village_changes(
    views: Iterable[RecordView], withdrawn: Iterable[WithdrawnView], phrases: Phrases
) -> tuple[Change, ...]:
    """Everything that was changed in a village, newest first, told by the record or not."""
    lines = []
    for view in views:
        link, village = Link.to(view.publication), view.place.village.name
        for correction in view.publication.corrections:
            lines.append(Change(link, village, correction.date, correction.said, False))
        for version in view.history:
            if version.silent:
                what = say(phrases, "history", "silent", lines=version.lines)
                lines.append(Change(link, village, version.day, what, False, is_silent=True))
    for gone in withdrawn:
        link, village = Link(gone.title, gone.url), gone.place.village.name
        lines.append(Change(link, village, gone.withdrawn, gone.reason, True))
    return newest_changes(lines)


def newest_changes(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Newest first, those of one day by address."""
    ordered = sorted(changes, key=lambda change: change.link.url)
    return tuple(sorted(ordered, key=lambda change: change.date, reverse=True))
