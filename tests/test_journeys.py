"""What readers come for is a few taps away, by touch and by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.journeys import JOURNEYS, walked

# Taps and screens by touch, keys without a mouse: no journey may become longer than this.
MOST = {
    "我家领了多少": (1, 1, 20),
    "有话找谁说": (1, 0, 8),
    "哪些该公开还没有公开": (1, 6, 60),
    "怎么申请低保": (3, 4, 60),
    "墙上这张还作数吗": (0, 0, 0),
}


@pytest.mark.parametrize("name", JOURNEYS)
def test_a_journey_is_no_longer_than_it_may_be(browser: Browser, site_url: str, name: str) -> None:
    taps, screens, keys = MOST[name]
    touch = walked(browser, site_url, name, by_keys=False)
    assert touch.taps <= taps
    assert touch.screens <= screens
    assert walked(browser, site_url, name, by_keys=True).keys <= keys
