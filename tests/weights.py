"""What a visit weighs: the bytes that a browser really asks for, compressed as servers do it."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, Page

from tests.browsing import served
from tests.visits import all_pages, kind_of

# Servers leave these as they are: they are compressed already.
_AS_THEY_ARE = {".png", ".jpg", ".jpeg", ".pdf", ".zip"}


@dataclass(frozen=True)
class Weight:
    """Bytes of a first visit to a page: in all, of scripts, and of what only this page needs,
    which is what it costs as a second page."""

    kind: str
    url: str
    first: int
    script: int
    second: int


@cache
def compressed(path: Path) -> int:
    """The bytes of a file on the line."""
    content = path.read_bytes()
    if path.suffix in _AS_THEY_ARE:
        return len(content)
    return len(gzip.compress(content, 6, mtime=0))


def _visit(page: Page, address: str) -> None:
    page.goto(address, wait_until="load")
    # Pictures that wait until they are seen count as well, but for what is folded away.
    page.evaluate(
        """Promise.all([...document.images].filter(i => !i.closest('details:not([open])'))
        .map(i => { i.loading = 'eager'; return i.decode(); }))"""
    )


def _files(asked: list[str]) -> frozenset[str]:
    paths = {unquote(urlsplit(one).path).lstrip("/") for one in asked}
    return frozenset(map(_file, paths))


def _file(address: str) -> str:
    return f"{address}index.html" if not address or address.endswith("/") else address


def beginning(site: Path, browser: Browser) -> frozenset[str]:
    """What the service worker fetches at its start, before it keeps any village: asked for by
    the offline page, which belongs to no village. The worker itself fetches that page later, for
    whoever stays."""
    asked: list[str] = []
    with served(site, asked) as base:
        context = browser.new_context(locale="zh-CN")
        context.add_init_script("window.requestIdleCallback = () => 0")  # no village is kept
        page = context.new_page()
        page.goto(f"{base}offline.html", wait_until="load")
        page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
        context.close()
    return _files(asked) - {"offline.html"}


def _heaviest(site: Path, pages: Mapping[str, str]) -> tuple[str, ...]:
    """The page of each kind that is the longest on the line."""
    by_size = sorted(pages, key=lambda url: compressed(site / _file(url)))
    return tuple({kind_of(pages[url]): url for url in by_size}.values())


def weigh(site: Path, browser: Browser) -> tuple[Weight, ...]:
    """The heaviest page of every kind, by kind."""
    pages = all_pages(site)
    worker = beginning(site, browser)
    found = []
    with served(site) as base:
        context = browser.new_context(
            viewport={"width": 360, "height": 740}, locale="zh-CN", service_workers="block"
        )
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        for url in _heaviest(site, pages):
            page.goto("about:blank")  # the page before asks for nothing any more
            asked.clear()
            _visit(page, base + url)
            own = _files(asked)
            page.evaluate("localStorage.clear()")
            only = {p for p in own if not p.startswith("assets/")}
            script = sum(compressed(site / p) for p in own | worker if p.endswith(".js"))
            first = sum(compressed(site / p) for p in own | worker)
            second = sum(compressed(site / p) for p in only)
            found.append(Weight(kind_of(pages[url]), url, first, script, second))
        context.close()
    return tuple(sorted(found, key=lambda w: w.kind))
