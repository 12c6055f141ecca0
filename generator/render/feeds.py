"""Feeds and maps for programs: Atom per village, sitemap, robots."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from generator.output.files import OutputFile
from generator.views.places import Place
from generator.views.records import RecordView

_MOST_ENTRIES = 50


def village_feed(place: Place, views: Iterable[RecordView], base_url: str) -> OutputFile:
    """The newest records of a village as an Atom feed (RFC 4287)."""
    home = f"{base_url}/{place.url}"
    dated = [(v.publication.window.start, v) for v in views if v.publication.window.start]
    dated.sort(key=lambda pair: (pair[0], pair[1].publication.url), reverse=True)
    newest = _moment(dated[0][0]) if dated else _moment(date(1970, 1, 1))
    name = place.village.name
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
        f"<title>{escape(name)} 公开信息</title>",
        f"<id>{escape(home)}</id>",
        f"<link href={quoteattr(home)}/>",
        f'<link rel="self" href={quoteattr(home + "feed.xml")}/>',
        f"<updated>{newest}</updated>",
        f"<author><name>{escape(name)}</name></author>",
    ]
    for day, view in dated[:_MOST_ENTRIES]:
        address = f"{base_url}/{view.publication.url}"
        lines += [
            "<entry>",
            f"<title>{escape(view.publication.title)}</title>",
            f"<id>{escape(address)}</id>",
            f"<link href={quoteattr(address)}/>",
            f"<updated>{_moment(day)}</updated>",
            f"<summary>{escape(view.sentence or view.publication.title)}</summary>",
            "</entry>",
        ]
    lines.append("</feed>")
    return OutputFile(f"{place.url}feed.xml", ("\n".join(lines) + "\n").encode())


def sitemap(pages: Iterable[str], base_url: str) -> tuple[OutputFile, OutputFile]:
    """sitemap.xml over the pages (paths of index.html files), and robots.txt that names it."""
    addresses = sorted(f"{base_url}/{path.removesuffix('index.html')}" for path in pages)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        *(f"<url><loc>{escape(address)}</loc></url>" for address in addresses),
        "</urlset>",
    ]
    robots = f"User-agent: *\nAllow: /\nSitemap: {base_url}/sitemap.xml\n"
    return (
        OutputFile("sitemap.xml", ("\n".join(lines) + "\n").encode()),
        OutputFile("robots.txt", robots.encode()),
    )


def _moment(day: date) -> str:
    """Midnight in China, as RFC 3339."""
    return f"{day.isoformat()}T00:00:00+08:00"
