"""Which pages of a built site the tests of quality look at: every kind, and every part.

A page says in `data-kind` which template made it. Its parts are the elements and classes that it
has. The fewest pages that show every kind and every part are visited, so that a new template or a
new section is looked at from its first day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROBES = (ROOT / "tests" / "probes.js").read_text("utf-8")
_KIND = re.compile(r'<body[^>]* data-kind="([^"]+)"')
_TAG = re.compile(r"<([a-z0-9]+)((?:\s[^<>]*)?)>", re.IGNORECASE)
_CLASS = re.compile(r'\sclass="([^"]*)"')


def templates_of_pages() -> set[str]:
    """The templates that are pages, by their names: those that extend another one."""
    folder = ROOT / "templates" / "pages"
    return {p.stem for p in folder.glob("*.html") if "{% extends" in p.read_text("utf-8")}


def kind_of(html: str) -> str:
    """The template that made a page."""
    found = _KIND.search(html)
    return found[1] if found else ""


def address(site: Path, path: Path) -> str:
    """A page's address below the site."""
    return path.relative_to(site).as_posix().removesuffix("index.html")


@cache
def all_pages(site: Path) -> Mapping[str, str]:
    """Address -> HTML of every page."""
    return {address(site, p): p.read_text("utf-8") for p in sorted(site.rglob("*.html"))}


def _parts(html: str) -> frozenset[tuple[str, ...]]:
    parts: set[tuple[str, ...]] = {(kind_of(html),)}
    for tag, attributes in _TAG.findall(html):
        classes = _CLASS.search(attributes)
        parts |= {(tag, name) for name in (classes[1].split() if classes else [""])}
    return frozenset(parts)


@cache
def pages_of_all_kinds(site: Path) -> tuple[str, ...]:
    """The fewest pages (nearly) that together have every kind and every part, large ones first."""
    pages = all_pages(site)
    parts = {url: _parts(html) for url, html in pages.items()}
    missing = frozenset().union(*parts.values())
    chosen = []
    while missing:
        url = max(parts, key=lambda u: (len(parts[u] & missing), len(pages[u]), u))
        chosen.append(url)
        missing -= parts[url]
    return tuple(sorted(chosen))
