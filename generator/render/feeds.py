"""Atom feeds (RFC 4287): of the site, of each town, of each village and of each of its items."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from generator.model.phrases import Phrases
from generator.output.files import OutputFile
from generator.views.contents import VillageContents
from generator.views.news import MOST, News
from generator.views.said import say
from generator.views.sites import SiteView

_NOTHING_YET = date(1970, 1, 1)  # a feed must say when it changed, even before its first entry


def village_feeds(contents: VillageContents, words: Phrases, base_url: str) -> Iterator[OutputFile]:
    """The feed of a village and those of its items; also of an item with nothing in it yet, for
    whoever waits for the first."""
    place, news = contents.place, contents.news
    name = place.village.name
    yield _feed(place.url, say(words, "feeds", "village", village=name), name, news, base_url)
    for item in contents.items:
        own = [n for n in news if n.item == item.item.id]
        title = say(words, "feeds", "item", village=name, item=item.item.title)
        yield _feed(item.url, title, name, own, base_url)


def site_feeds(site: SiteView, base_url: str) -> Iterator[OutputFile]:
    """The feed of the whole site and those of its towns."""
    settings, words = site.shared.site, site.shared.phrases
    title = say(words, "feeds", "site", site=settings.name)
    yield _feed("", title, settings.publisher, _with_villages(site.news, words), base_url)
    for own in site.towns:
        title, news = (
            say(words, "feeds", "town", town=own.card.town.name),
            _with_villages(own.news, words),
        )
        yield _feed(own.card.url, title, own.card.town.publisher, news, base_url)


def _with_villages(news: Sequence[News], words: Phrases) -> list[News]:
    """Above the villages a title alone does not say whose it is."""
    titles = (say(words, "feeds", "entry", village=n.village, title=n.title) for n in news)
    return [replace(n, title=title) for n, title in zip(news, titles, strict=True)]


def _feed(url: str, title: str, author: str, news: Sequence[News], base_url: str) -> OutputFile:
    """The feed that lies beside a page."""
    entries = news[:MOST]
    home = f"{base_url}/{url}"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
        f"<title>{escape(title)}</title>",
        f"<id>{escape(_id(url, base_url))}</id>",
        f"<link href={quoteattr(home)}/>",
        f'<link rel="self" href={quoteattr(home + "feed.xml")}/>',
        f"<updated>{_moment(entries[0].changed if entries else _NOTHING_YET)}</updated>",
        f"<author><name>{escape(author)}</name></author>",
    ]
    for entry in entries:
        lines += [
            "<entry>",
            f"<title>{escape(entry.title)}</title>",
            f"<id>{escape(_id(entry.url, base_url))}</id>",
            f"<link href={quoteattr(f'{base_url}/{entry.url}')}/>",
            f"<published>{_moment(entry.published)}</published>",
            f"<updated>{_moment(entry.changed)}</updated>",
            f"<summary>{escape(entry.summary)}</summary>",
            "</entry>",
        ]
    lines.append("</feed>")
    return OutputFile(f"{url}feed.xml", ("\n".join(lines) + "\n").encode())


def _id(url: str, base_url: str) -> str:
    """The address, which is permanent; a name in its place where the site's is not known."""
    return f"{base_url}/{url}" if base_url else uuid.uuid5(uuid.NAMESPACE_URL, url).urn


def _moment(day: date) -> str:
    """Midnight in China, as RFC 3339."""
    return f"{day.isoformat()}T00:00:00+08:00"
