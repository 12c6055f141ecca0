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

# All rules that axe-core has, with contrast 7:1, which it leaves off by default. What has 7:1 has
# 4.5:1 too, which need not be measured once more. Contrast is measured apart, since it takes
# longest: of words that look alike on the same ground once. Our own probe asks more of targets than
# axe-core does: 44 px, not 24.
AXE_OPTIONS = {
    "resultTypes": ["violations"],
    "selectors": False,  # a fault is told by its HTML
    "rules": {
        "color-contrast-enhanced": {"enabled": False},
        "color-contrast": {"enabled": False},
        "target-size": {"enabled": False},
    },
}
AXE_CONTRAST = {
    "resultTypes": ["violations"],
    "selectors": False,
    "runOnly": ["color-contrast-enhanced"],
}
PHONE, NARROWEST, ZOOMED, WIDE = 360, 320, 640, 1280
# What may not be at any width, and what must hold where text has its proper size.
ALWAYS = ("sideways", "clipped")
LEGIBLE = ("smallText", "smallTargets")
PROPER = (*LEGIBLE, *ALWAYS)
ELDER = """() => {
  document.documentElement.style.fontSize = "";
  document.querySelector("[data-elder]").click();
}"""

Faults = Mapping[str, list[str]]


class Look:
    """Asks a page in the browser and notes what is wrong."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._met: list[str] = []  # looks of words
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

    def readable(self, mode: str) -> None:
        """Put the questions of a size of type at all widths."""
        self.ask(PHONE, (*LEGIBLE, "moving"), mode)
        self.contrast(mode)
        self.ask(NARROWEST, ALWAYS, mode)
        self.ask(WIDE, PROPER, mode)

    def axe(self) -> None:
        """Run axe-core, which was brought to the page, over the page as it stands."""
        script = "options => axe.run(options).then(results => results.violations)"
        self._judge("", self._page.evaluate(script, AXE_OPTIONS))

    def contrast(self, mode: str) -> None:
        """Measure the contrast of words that look like none that were measured before."""
        script = f"""async ([met, options]) => {{
          const include = {PROBES}.newLooks(met);
          return [met, include.length ? (await axe.run({{include}}, options)).violations : []];
        }}"""
        self._met, violations = self._page.evaluate(script, [self._met, AXE_CONTRAST])
        self._judge(mode, violations)

    def _judge(self, mode: str, violations: list[dict[str, Any]]) -> None:
        for rule in violations:
            for node in rule["nodes"]:
                self._note("axe", f"{mode} {rule['id']}: {node['html'][:160]}")


@pytest.fixture(scope="session")
def seen(site: Path, site_url: str, browser: Browser) -> Faults:
    """What is wrong with the pages when scripts run, by question."""
    context = browser.new_context(locale="zh-CN", reduced_motion="reduce", service_workers="block")
    context.add_init_script(Axe().axe_script)  # sent once, not with each page
    page = context.new_page()
    look = Look(page)
    for url in pages_of_all_kinds(site):
        page.set_viewport_size({"width": PHONE, "height": 740})
        page.goto(site_url + url)
        look.axe()
        look.readable("normal")
        # The browser zoomed to 200 %, and its type alone set to 200 %.
        look.ask(ZOOMED, ALWAYS, "zoom")
        page.evaluate("document.documentElement.style.fontSize = '225%'")
        look.ask(PHONE, ALWAYS, "large type")
        page.evaluate(ELDER)
        look.readable("elder")
        page.evaluate("localStorage.clear()")  # the next page begins with its usual type
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
        look.ask(PHONE, (*PROPER, "deadControls", "empty"), "no script")
        look.ask(WIDE, ALWAYS, "no script")
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
