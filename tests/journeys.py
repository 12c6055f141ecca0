"""Five journeys of a reader, counted: `python -m tests.journeys SITE`.

By touch, on a phone of 360 by 740: taps, and screens that are looked at after the one it begins on: each
page that is opened, and each screen that one has to go down to what is tapped or read. By keyboard:
the keys that lead there. Typing a name is not counted.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page

from tests.browsing import chromium, expect, served

SIZE: Any = {"width": 360, "height": 740}
NOON = "2025-10-10T12:00:00+08:00"
HOME = "v/liuxi/"
RECORD = f"{HOME}ledger/2025-09/"
NAME, WORD = "张庆兰", "低保"
MOST_KEYS = 60
_FOCUSED = "(element) => element === document.activeElement"


@dataclass
class Walk:
    """One journey on one page; `by_keys` says how."""

    page: Page
    by_keys: bool
    taps: int = 0
    screens: int = 0
    keys: int = 0
    _seen: str = field(default="")

    def start(self, address: str) -> None:
        """The page on which it begins, as the QR code or a message opens it."""
        self.page.goto(address)
        self._seen = self.page.url

    def go(self, way: Locator) -> None:
        """Follow a link or press a button."""
        self.see(way)
        if self.by_keys:
            self._reach(way)
            self.page.keyboard.press("Enter")
            self.keys += 1
        else:
            way.tap()
        self.taps += 1

    def write(self, box: Locator, words: str) -> None:
        """Type into a field; if it does not have the focus already, that is a tap."""
        expect(box).to_be_visible()
        if not self._focused(box):
            if self.by_keys:
                self._reach(box)
            else:
                self.see(box)
                box.tap()
            self.taps += 1
        self.page.keyboard.type(words)

    def see(self, what: Locator) -> None:
        """Look at something, going down or up as far as it takes."""
        expect(what).to_be_visible()
        if self.page.url != self._seen:
            self._seen = self.page.url
            self.screens += 1
        height = self.page.evaluate("innerHeight")
        box = what.bounding_box()
        assert box is not None
        beyond = max(box["y"] + min(box["height"], height) - height, -box["y"], 0)
        self.screens += ceil(beyond / height)
        if beyond > 0:
            what.scroll_into_view_if_needed()

    def _focused(self, what: Locator) -> bool:
        return bool(what.evaluate(_FOCUSED))

    def _reach(self, what: Locator) -> None:
        for _ in range(MOST_KEYS):
            if self._focused(what):
                return
            self.page.keyboard.press("Tab")
            self.keys += 1
        raise AssertionError("not reached by keys")


def my_subsidy(walk: Walk, base: str) -> None:
    """From any sheet's QR code to all that I got."""
    page = walk.page
    walk.start(base + RECORD)
    walk.go(page.locator("main").get_by_role("link", name="我家的钱").first)
    page.wait_for_url("**/mine/")
    walk.write(page.locator("#mine"), NAME)
    card = page.locator("[data-mine-cards] .card").first
    expect(card).to_contain_text("1,640.00 元")
    walk.see(card.locator(".mine-sum").first)


def whom_to_tell(walk: Walk, base: str) -> None:
    """From any page to the number for one's question."""
    walk.start(base + RECORD)
    walk.go(walk.page.locator(".tell summary"))
    walk.see(walk.page.locator("[data-ask=accounts] a.call").first)


def what_is_late(walk: Walk, base: str) -> None:
    """From the village's home to what should have been published."""
    page = walk.page
    walk.start(base + HOME)
    walk.go(page.locator("main").get_by_role("link", name="公开日历").first)
    page.wait_for_url("**/calendar/")
    walk.see(page.get_by_role("heading", name=re.compile("到期还没有公开")))


def how_to_apply(walk: Walk, base: str) -> None:
    """From the village's home to what has to be brought for 低保."""
    page = walk.page
    walk.start(base + HOME)
    walk.go(page.locator("main .grid a[href$='powers/']"))
    page.wait_for_url("**/powers/")
    walk.write(page.locator("[data-find] input"), WORD)
    expect(page.locator(".found")).not_to_be_empty()
    walk.go(page.locator("main a[href$='minimum-living-application/']:visible").first)
    page.wait_for_url("**/minimum-living-application/")
    walk.see(page.locator("main").get_by_text("要带什么").first)


def still_valid(walk: Walk, base: str) -> None:
    """From a sheet's QR code to whether it is the current version."""
    page = walk.page
    page.goto(base + RECORD)
    code = page.locator("#about [data-code]").get_attribute("data-code")
    walk.start(f"{base}{RECORD}?c={code}")
    expect(page.locator(".verdict")).to_have_attribute("data-verdict", "current")
    walk.see(page.locator(".verdict"))


JOURNEYS: dict[str, Callable[[Walk, str], None]] = {
    "我家领了多少": my_subsidy,
    "有话找谁说": whom_to_tell,
    "哪些该公开还没有公开": what_is_late,
    "怎么申请低保": how_to_apply,
    "墙上这张还作数吗": still_valid,
}


def walked(browser: Browser, base: str, name: str, *, by_keys: bool) -> Walk:
    """A journey on a fresh phone, or with a keyboard alone."""
    touch = {} if by_keys else {"has_touch": True, "is_mobile": True}
    context = browser.new_context(viewport=SIZE, locale="zh-CN", service_workers="block", **touch)
    page = context.new_page()
    page.clock.set_fixed_time(NOON)
    walk = Walk(page, by_keys)
    try:
        JOURNEYS[name](walk, base)
    finally:
        context.close()
    return walk


def main() -> None:
    """The table of docs/performance.md."""
    parser = argparse.ArgumentParser()
    parser.add_argument("site", type=Path)
    site = parser.parse_args().site
    print("| journey | taps | screens | keys |\n|---|---|---|---|")
    with chromium() as browser, served(site) as base:
        for name in JOURNEYS:
            touch = walked(browser, base, name, by_keys=False)
            keys = walked(browser, base, name, by_keys=True)
            print(f"| {name} | {touch.taps} | {touch.screens} | {keys.keys} |")


if __name__ == "__main__":
    main()
