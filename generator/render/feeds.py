"""Atom feeds (RFC 4287): of the site, of each town, of each village and of each of its items."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from generator.output.files import OutputFile
from generator.views.contents import VillageContents
from generator.views.news import MOST, News, village_news
from generator.views.sites import SiteView

_NOTHING_YET = date(1970, 1, 1)  # a feed must say when it changed, even before its first entry


def village_feeds(contents: VillageContents, base_url: str) -> Iterator[OutputFile]:
    """The feed of a village and those of its items; also of an item with nothing in it yet, for
    whoever waits for the first."""
    place, news = contents.place, village_news(contents.records, contents.withdrawn)
    name = place.village.name
    yield _feed(place.url, f"{name} 公开信息", name, news, base_url)
    for item in contents.items:
        own = [n for n in news if n.item == item.item.id]
        yield _feed(item.url, f"{name} {item.item.title}", name, own, base_url)


def site_feeds(site: SiteView, base_url: str) -> Iterator[OutputFile]:
    """The feed of the whole site and those of its towns."""
    settings = site.shared.site
    title = f"{settings.name} 最近公开"
    yield _feed("", title, settings.publisher, _with_villages(site.news), base_url)
    for town in site.towns:
        name, publisher = town.town.name, town.town.publisher
        yield _feed(town.url, f"{name} 最近公开", publisher, _with_villages(town.news), base_url)


def _with_villages(news: Sequence[News]) -> list[News]:
    """Above the villages a title alone does not say whose it is."""
    return [replace(n, title=f"{n.village} {n.title}") for n in news]


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
