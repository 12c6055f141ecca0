"""sitemap.xml and robots.txt, which search engines ask for first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from urllib.parse import quote
from xml.sax.saxutils import escape

from generator.output.files import OutputFile

# The limits of one file, by sitemaps.org; the head and the end of the file need some bytes.
_MOST_ADDRESSES = 50_000
_MOST_BYTES = 50 * 1024 * 1024 - 1024
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_PLAIN = re.compile(r"[\w./-]*", re.ASCII)  # what stands as it is in an address and in XML
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def site_map(
    paths: Iterable[str], changes: Mapping[str, date], base_url: str
) -> tuple[OutputFile, ...]:
    """sitemap.xml over the index.html files among the paths, and robots.txt that names it.

    `changes` say when a page last changed, by address. A site with more pages than one file may
    hold gets a sitemap.xml that lists sitemap-1.xml and so on.
    """
    pages = sorted(path.removesuffix("index.html") for path in pages_in(paths))
    home = escape(f"{base_url}/")
    parts = list(_parts(_entry("url", home, page, changes.get(page)) for page in pages))
    robots = f"User-agent: *\nAllow: /\nSitemap: {base_url}/sitemap.xml\n"
    files = [OutputFile("robots.txt", robots.encode())]
    if len(parts) == 1:
        return (OutputFile("sitemap.xml", _document("urlset", parts[0])), *files)
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    index = [_entry("sitemap", home, name, None) for name in names]
    for name, part in zip(names, parts, strict=True):
        files.append(OutputFile(name, _document("urlset", part)))
    return (OutputFile("sitemap.xml", _document("sitemapindex", index)), *files)


def pages_in(paths: Iterable[str]) -> Iterator[str]:
    """The pages among some paths."""
    return (path for path in paths if path == "index.html" or path.endswith("/index.html"))


def _parts(lines: Iterable[str]) -> Iterator[list[str]]:
    """The lines in parts that keep to the limits; one empty part where there is none."""
    part: list[str] = []
    size = 0
    for line in lines:
        length = len(line if line.isascii() else line.encode()) + 1
        if part and (len(part) == _MOST_ADDRESSES or size + length > _MOST_BYTES):
            yield part
            part, size = [], 0
        part.append(line)
        size += length
    yield part


def _entry(kind: str, home: str, url: str, changed: date | None) -> str:
    lastmod = f"<lastmod>{changed.isoformat()}</lastmod>" if changed else ""
    return f"<{kind}><loc>{home}{url if _PLAIN.fullmatch(url) else escape(quote(url))}</loc>{lastmod}</{kind}>"


def _document(root: str, lines: Iterable[str]) -> bytes:
    text = "\n".join((f'<{root} xmlns="{_NAMESPACE}">', *lines, f"</{root}>"))
    return f"{_HEAD}{text}\n".encode()
