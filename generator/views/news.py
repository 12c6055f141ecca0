"""Lists what was published or changed lately, for feeds, and when each page last changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from generator.model.phrases import Phrases
from generator.views.corrections import WithdrawnView
from generator.views.places import Place
from generator.views.records import RecordView
from generator.views.said import say

MOST = 50
"""Maximum number of entries in a feed."""


@dataclass(frozen=True)
class News:
    """A record in a feed. `changed` is the day of publication, or of the last change."""

    url: str
    title: str
    village: str
    item: str
    summary: str
    published: date
    changed: date


def village_news(
    views: Iterable[RecordView], withdrawn: Iterable[WithdrawnView], phrases: Phrases
) -> tuple[News, ...]:
    """The records whose day of publication is known, those that changed last on top."""
    news = [_news(view) for view in views if view.publication.changed]
    return newest([*news, *(_withdrawal(view, phrases) for view in withdrawn)])


def newest(news: Iterable[News]) -> tuple[News, ...]:
    """Sorts news for a feed."""
    ordered = sorted(news, key=lambda n: n.url)
    return tuple(sorted(ordered, key=lambda n: (n.changed, n.published), reverse=True))


def changes(place: Place, news: Iterable[News]) -> dict[str, date]:
    """When the village's home, its items' pages and its records last changed, by address."""
    days: dict[str, date] = {}
    for each in news:
        for url in (place.url, f"{place.url}{each.item}/", each.url):
            days[url] = max(days.get(url, each.changed), each.changed)
    return days


def _news(view: RecordView) -> News:
    publication = view.publication
    published = publication.window.start or date.min
    return News(
        url=publication.url,
        title=publication.official,
        village=view.place.village.name,
        item=publication.item,
        summary=view.sentence or publication.official,
        published=published,
        changed=max(
            publication.changed or published, *(v.day for v in view.history[1:]), published
        ),
    )


def _withdrawal(view: WithdrawnView, phrases: Phrases) -> News:
    """Readers of the feed learn that the record was withdrawn, and why."""
    return News(
        url=view.url,
        title=say(phrases, "search", "withdrawn", title=view.title),
        village=view.place.village.name,
        item=view.item.id,
        summary=view.reason,
        published=view.published,
        changed=view.withdrawn,
    )
