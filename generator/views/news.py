"""What was made public or changed lately, for feeds, and when each page last changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from generator.views.corrections import WithdrawnView
from generator.views.places import Place
from generator.views.records import RecordView

MOST = 50
"""Maximum number of entries in a feed."""


@dataclass(frozen=True)
class News:
    """A record in a feed. `changed` is the day of publication, or of the last correction."""

    url: str
    title: str
    village: str
    item: str
    summary: str
    published: date
    changed: date


def village_news(
    views: Iterable[RecordView], withdrawn: Iterable[WithdrawnView]
) -> tuple[News, ...]:
    """The records whose day of publication is known, those that changed last on top."""
    news = [_news(view) for view in views if view.publication.changed]
    return newest([*news, *map(_withdrawal, withdrawn)])


def newest(news: Iterable[News]) -> tuple[News, ...]:
    """In the order of a feed."""
    ordered = sorted(news, key=lambda n: n.url)
    return tuple(sorted(ordered, key=lambda n: (n.changed, n.published), reverse=True))


def changes(
    place: Place, views: Iterable[RecordView], withdrawn: Iterable[WithdrawnView]
) -> dict[str, date]:
    """When the village's home, its items' pages and its records last changed, by address."""
    days: dict[str, date] = {}
    for news in village_news(views, withdrawn):
        for url in (place.url, f"{place.url}{news.item}/", news.url):
            days[url] = max(days.get(url, news.changed), news.changed)
    return days


def _news(view: RecordView) -> News:
    publication = view.publication
    published = publication.window.start or date.min
    return News(
        url=publication.url,
        title=publication.title,
        village=view.place.village.name,
        item=publication.item,
        summary=view.sentence or publication.title,
        published=published,
        changed=publication.changed or published,
    )


def _withdrawal(view: WithdrawnView) -> News:
    """Whoever read of the record hears that it is gone, and why."""
    return News(
        url=view.url,
        title=f"已撤回：{view.title}",
        village=view.place.village.name,
        item=view.item.id,
        summary=view.reason,
        published=view.published,
        changed=view.withdrawn,
    )
