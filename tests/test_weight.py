"""Budgets of bytes, for old phones on weak networks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from generator.render.pages.assets import as_sent
from generator.render.templates import Templates
from tests.weights import Weight, compressed, weigh

TEMPLATES = Templates(Path(__file__).parent.parent / "templates")
FIRST, SCRIPT, SECOND, RECORD = 100_000, 34_500, 25_000, 25_000


@pytest.fixture(scope="module")
def weights(site: Path, browser: Browser) -> tuple[Weight, ...]:
    return weigh(site, browser)


def test_no_kind_of_page_is_over_its_budget(weights: tuple[Weight, ...]) -> None:
    heavy = [w for w in weights if w.first > FIRST or w.script > SCRIPT or w.second > SECOND]
    assert heavy == []


def test_the_heaviest_record_of_the_sample_is_within_its_budget(site: Path) -> None:
    sizes = {p: compressed(p) for p in site.glob("v/*/*/*/index.html")}
    assert len(sizes) > 100
    assert {p: size for p, size in sizes.items() if size > SECOND} == {}


def records_of(site: Path) -> dict[Path, str]:
    pages = {path: path.read_text("utf-8") for path in site.glob("v/*/*/*/index.html")}
    return {path: html for path, html in pages.items() if 'data-kind="record"' in html}


def test_a_first_visit_to_any_record_is_within_its_budget(site: Path) -> None:
    """The page, its styles and scripts, and the service worker with what it fetches at its start."""
    linked = re.compile(r'<(?:script src|link rel="stylesheet" href)="([^"]+)"')
    sizes = {}
    for path, html in records_of(site).items():
        files = {(path.parent / address).resolve() for address in linked.findall(html)}
        sizes[path] = sum(map(compressed, {path, site / "sw.js", *files}))
    assert len(sizes) > 100
    assert {p: size for p, size in sizes.items() if size > RECORD} == {}


def test_a_record_asks_for_the_styles_of_what_it_shows_and_no_others(site: Path) -> None:
    for style, classes in (
        ("story", "people|prose|steps|chain|roll|sources|rows broad|outcome"),
        ("lines", "lines"),
        ("find", "finder"),
    ):
        shown = re.compile(rf'class="(?:card )?(?:{classes})[ "]')
        asked = {path for path, html in records_of(site).items() if f"/{style}." in html}
        needed = {path for path, html in records_of(site).items() if shown.search(html)}
        assert 0 < len(needed) < 100
        assert asked == needed, style


def test_every_script_goes_out_short() -> None:
    """One that was changed since goes out as it stands: `make scripts` is due."""
    folder = TEMPLATES.find("assets/js")
    ours = {path.name for path in folder.glob("*.js")} - {"lunr.min.js"}
    assert {path.name for path in TEMPLATES.find("assets/short").iterdir()} == ours
    long = {n for n in ours if as_sent(TEMPLATES, f"js/{n}") == (folder / n).read_bytes()}
    assert long == set()


def test_a_script_that_was_changed_goes_out_as_it_stands(tmp_path: Path) -> None:
    for name, text in (("js", "changed();\n"), ("short", f"// {'0' * 64}\nearlier();\n")):
        (tmp_path / "assets" / name).mkdir(parents=True)
        (tmp_path / "assets" / name / "own.js").write_text(text)
    assert as_sent(Templates(tmp_path), "js/own.js") == b"changed();\n"
