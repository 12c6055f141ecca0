"""Every kind of page as its readers meet it: small phone and wide screen, 长辈版, large type,
without scripts. Each page is opened once; what was seen is sorted by the question asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.visits import PROBES, all_pages, kind_of, pages_of_all_kinds, templates_of_pages

# All rules that axe-core has, with those that it leaves off by default: contrast 7:1 and the
# size of targets. What has 7:1 has 4.5:1 too, which need not be measured once more.
AXE_OPTIONS = {
    "resultTypes": ["violations"],
    "rules": {
        "color-contrast-enhanced": {"enabled": True},
        "color-contrast": {"enabled": False},
        "target-size": {"enabled": True},
    },
}
# What larger type alone may change; the rest was asked of the page before.
AXE_OF_TYPE = {
    "resultTypes": ["violations"],
    "runOnly": ["color-contrast-enhanced", "target-size"],
}
PHONE, NARROWEST, ZOOMED, WIDE = 360, 320, 640, 1280
# What may not be at any width, and what must hold where text has its proper size.
ALWAYS = ("sideways", "clipped")
PROPER = ("smallText", "smallTargets", *ALWAYS)

Faults = Mapping[str, list[str]]


class Look:
    """Asks a page in the browser and notes what is wrong."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.faults: dict[str, list[str]] = defaultdict(list)
        page.on("console", lambda m: self._note("console", m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: self._note("console", str(e)))
        page.on("requestfailed", lambda r: self._note("requests", r.url))
        page.on("response", lambda r: self._note("requests", r.url) if r.status > 399 else None)

    def _note(self, question: str, words: str) -> None:
        width = (self._page.viewport_size or {}).get("width")
        self.faults[question].append(f"{self._page.url} at {width}: {words}")

    def ask(self, width: int, questions: tuple[str, ...], mode: str = "") -> None:
        """Put these questions to the page at a width."""
        self._page.set_viewport_size({"width": width, "height": 740})
        script = f"names => {{ const all = {PROBES}; return names.map(n => [n, all[n]()]); }}"
        for question, found in self._page.evaluate(script, list(questions)):
            for words in found:
                self._note(question, f"{mode} {words}")

    def axe(self, mode: str, options: Mapping[str, Any]) -> None:
        """Run axe-core, which was brought to the page, over the page as it stands."""
        script = "options => axe.run(options).then(results => results.violations)"
        violations: list[dict[str, Any]] = self._page.evaluate(script, options)
        for rule in violations:
            for node in rule["nodes"]:
                self._note("axe", f"{mode} {rule['id']}: {node['html'][:160]}")


@pytest.fixture(scope="session")
def seen(site: Path, site_url: str, browser: Browser) -> Faults:
    """What is wrong with the pages when scripts run, by question."""
    context = browser.new_context(locale="zh-CN", reduced_motion="reduce", service_workers="block")
    page = context.new_page()
    look = Look(page)
    axe_core = Axe().axe_script
    for url in pages_of_all_kinds(site):
        page.set_viewport_size({"width": PHONE, "height": 740})
        page.goto(site_url + url)
        page.evaluate(axe_core)
        elder = page.locator("[data-elder]")
        for mode, options in (("normal", AXE_OPTIONS), ("elder", AXE_OF_TYPE)):
            look.ask(PHONE, (*PROPER, "moving"), mode)
            look.axe(mode, options)
            look.ask(NARROWEST, ALWAYS, mode)
            look.ask(WIDE, PROPER, mode)
            elder.click()
        # The browser zoomed to 200 %, and its type alone set to 200 %.
        look.ask(ZOOMED, ALWAYS, "zoom")
        page.evaluate("document.documentElement.style.fontSize = '225%'")
        look.ask(PHONE, ALWAYS, "large type")
    context.close()
    return look.faults


@pytest.fixture(scope="session")
def seen_without_scripts(site: Path, site_url: str, browser: Browser) -> Faults:
    """The same where JavaScript is off."""
    context = browser.new_context(locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    look = Look(page)
    for url in pages_of_all_kinds(site):
        page.goto(site_url + url)
        for width in (PHONE, WIDE):
            look.ask(width, (*PROPER, "deadControls", "empty"), "no script")
    context.close()
    return look.faults


def test_every_template_has_a_page_in_the_sample(site: Path) -> None:
    kinds = {kind_of(html) for html in all_pages(site).values()}
    assert kinds == templates_of_pages()
    assert {kind_of(all_pages(site)[url]) for url in pages_of_all_kinds(site)} == kinds


@pytest.mark.parametrize(
    "question",
    ["console", "requests", "sideways", "clipped", "smallText", "smallTargets", "moving", "axe"],
)
def test_pages_with_scripts(seen: Faults, question: str) -> None:
    found = seen.get(question, [])
    assert not found, "\n".join(found[:40])


@pytest.mark.parametrize(
    "question",
    [
        "console",
        "requests",
        "sideways",
        "clipped",
        "smallText",
        "smallTargets",
        "deadControls",
        "empty",
    ],
)
def test_pages_without_scripts(seen_without_scripts: Faults, question: str) -> None:
    found = seen_without_scripts.get(question, [])
    assert not found, "\n".join(found[:40])
