"""A village's place in its town with its channels, and links that many views share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.model.shared import Channel, Question, Shared, Town
from generator.model.village import Village
from generator.publishing.publication import Publication


@dataclass(frozen=True)
class Link:
    """A title and where it leads, relative to the site's root."""

    title: str
    url: str

    @classmethod
    def to(cls, publication: Publication) -> Link:
        """The link to a publication, by its title."""
        return cls(publication.title, publication.url)


@dataclass(frozen=True)
class Ask:
    """A question that somebody may have, and whom to tell."""

    question: Question
    channel: Channel


@dataclass(frozen=True)
class Place:
    """A village in its town, with every way to ask or complain, nearest first; `asks` says which of
    them is for what. `own_powers` are the ids of standard powers of which it has its own form."""

    village: Village
    town: Town
    channels: tuple[Channel, ...]
    own_powers: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()

    @property
    def url(self) -> str:
        """The village's home."""
        return f"v/{self.village.id}/"

    @property
    def phone(self) -> Channel | None:
        """The supervision phone that stands on every page and sheet."""
        return next((c for c in self.channels if c.kind == "phone"), None)

    def channel(self, channel_id: str) -> Channel | None:
        """The channel with this id."""
        return next((c for c in self.channels if c.id == channel_id), None)


def place_of(village: Village, shared: Shared, own_powers: tuple[str, ...] = ()) -> Place:
    """The village's place; channels of village, town and site, the first of an id wins."""
    town = shared.site.town(village.town) or shared.site.towns[0]
    channels: dict[str, Channel] = {}
    for channel in (*village.channels, *town.channels, *shared.site.channels):
        channels.setdefault(channel.id, channel)
    ways = tuple(channels.values())
    return Place(village, town, ways, own_powers, asks_of(shared.site.questions, ways))


def asks_of(questions: Iterable[Question], channels: Iterable[Channel]) -> tuple[Ask, ...]:
    """Whom to tell what: for each question the first of its channels that there is."""
    known = {channel.id: channel for channel in channels}
    found = (
        (asked, next(filter(None, map(known.get, asked.channels)), None)) for asked in questions
    )
    return tuple(Ask(question, channel) for question, channel in found if channel is not None)
