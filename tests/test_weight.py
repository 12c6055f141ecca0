"""Budgets of bytes, for old phones on weak networks."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.weights import Weight, compressed, weigh

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
