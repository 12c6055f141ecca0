"""Budgets of bytes, for old phones on weak networks."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from generator.render.pages.assets import as_sent
from generator.render.templates import Templates
from tests.weights import Weight, compressed, weigh

TEMPLATES = Templates(Path(__file__).parent.parent / "templates")
FIRST, SCRIPT, SECOND = 100_000, 34_500, 25_000


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
