"""Pages are short, and what stands behind a tap is reached: lengths on a phone, fewer rows in 长辈版,
charts that are seen whole, words that are found in folds, tables that are sorted where there is room.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.browsing import expect
from tests.lengths import Length, lengths
from tests.visits import all_pages, kind_of

VOTERS = "v/meiling/voters/2025-09-22/"
LEDGER, CONTRACTS, POWER = (
    "v/liuxi/ledger/2025-09/",
    "v/liuxi/contracts/2025/",
    "powers/asset-lease/",
)


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A phone; every test goes where it begins by itself."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, locale="zh-CN", service_workers="block"
    )
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def measured(site: Path, site_url: str, page: Page) -> tuple[Length, ...]:
    """Of each kind of page, and of each item's records, the one with most to say."""
    by_size = sorted(all_pages(site).items(), key=lambda entry: len(entry[1]))
    longest: dict[str, str] = {}
    for url, text in by_size:
        parts = url.split("/")
        is_record = len(parts) == 5 and parts[0] == "v" and parts[2] != "powers"
        longest[f"{kind_of(text)} {parts[2] if is_record else ''}"] = url
    found = tuple(lengths(page, site_url, sorted(longest.values())))
    page.evaluate("localStorage.clear()")
    return found


def test_no_page_is_longer_than_a_reader_has_patience_for(measured: tuple[Length, ...]) -> None:
    assert len(measured) > 50
    assert {one.url: one.normal for one in measured if one.normal > 7} == {}
    assert {one.url: one.elder for one in measured if one.elder > 7} == {}


def test_a_record_has_its_first_row_and_a_number_to_ring_near_its_top(
    measured: tuple[Length, ...],
) -> None:
    records = [one for one in measured if one.kind == "record"]
    assert len(records) > 25
    assert {one.url: one.elder for one in records if one.elder > 6} == {}
    assert {one.url: one.row for one in records if one.row and one.row > 1.5} == {}
    assert {one.url: one.phone for one in records if not one.phone or one.phone > 1} == {}


def test_most_of_a_notices_page_is_the_notice(site: Path, site_url: str, page: Page) -> None:
    notices = [
        url
        for url, text in all_pages(site).items()
        if "/notices/20" in url and kind_of(text) == "record"
    ]
    found = tuple(lengths(page, site_url, sorted(notices)))
    assert len(found) > 8
    assert median(one.notice or 0 for one in found) >= 0.6
    assert max(one.phone or 9 for one in found) < 1.2


def test_names_alone_stand_in_a_roll_and_are_found_in_it(page: Page, site_url: str) -> None:
    page.goto(site_url + VOTERS)
    names, seen = page.locator(".roll li"), page.locator(".roll li").filter(visible=True)
    count, some = names.count(), seen.count()
    assert 20 < some < count
    expect(page.locator(".all")).to_have_text(f"全部列出（还有 {count - some} 条）")
    page.get_by_role("searchbox").fill("上岭组")
    own = page.locator(".roll ul").first.locator("li").count()
    expect(page.locator(".found")).to_have_text(f"上岭组：{own} 条。")
    assert seen.count() == own
    page.get_by_role("button", name="清除").click()
    page.locator(".all").click()
    assert seen.count() == count


def _shown(page: Page) -> int:
    return page.locator(".rows tr.row").filter(visible=True).count()


def test_larger_type_shows_fewer_rows_and_all_at_a_tap(page: Page, site_url: str) -> None:
    page.goto(site_url + LEDGER)
    rows = _shown(page)
    assert rows > 5
    page.get_by_role("button", name="长辈版").click()
    expect(page.locator(".all")).to_have_text(f"全部列出（还有 {rows - 4} 条）")
    assert _shown(page) == 4
    page.locator(".all").click()
    assert _shown(page) == rows
    page.locator(".all").click()
    page.get_by_role("button", name="回到普通版").click()
    expect(page.locator(".all")).to_have_text("每一条的全部内容")
    assert _shown(page) == rows


def test_an_address_of_a_row_shows_it_in_larger_type(page: Page, site_url: str) -> None:
    page.goto(site_url + LEDGER)
    last = page.locator(".rows tr.row").last.get_attribute("id")
    page.get_by_role("button", name="长辈版").click()
    page.goto(f"{site_url}{LEDGER}?#{last}")
    assert page.locator(f"#{last}").is_visible()
    page.get_by_role("button", name="回到普通版").click()


def test_steps_are_one_tap_behind_in_larger_type(page: Page, site_url: str) -> None:
    page.goto(site_url + POWER)
    limits = page.locator(".step dl").filter(visible=True)
    steps = limits.count()
    assert steps > 3
    page.get_by_role("button", name="长辈版").click()
    expect(limits).to_have_count(0)
    page.locator(".step summary").first.click()
    expect(limits).to_have_count(1)
    page.get_by_role("button", name="回到普通版").click()
    expect(limits).to_have_count(steps)
    page.locator(".step summary h3").first.click(force=True)  # a heading like any other
    assert page.locator(".step summary").first.get_attribute("tabindex") == "-1"
    expect(limits).to_have_count(steps)


def _room(chart: Locator) -> tuple[float, float]:
    box = chart.bounding_box()
    assert box is not None
    return box["x"], box["x"] + box["width"]


def test_a_flow_chart_is_whole_on_a_phone_and_can_be_enlarged(page: Page, site_url: str) -> None:
    page.goto(site_url + POWER)
    chart = page.locator(".picture svg")
    assert not chart.is_visible()
    page.get_by_role("link", name="看流程图").click()
    expect(chart).to_be_visible()
    left, right = _room(chart)
    assert left >= 0
    assert right <= 360  # with the ways back, that run at its side
    assert page.locator(".fc-arrow").count() > 9
    page.get_by_role("button", name="放大看").click()
    expect(page.get_by_role("button", name="看整张")).to_be_visible()
    assert _room(chart)[1] > 360
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.get_by_role("button", name="看整张").click()
    assert _room(chart)[1] <= 360


def test_a_word_is_found_in_its_fold(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}glossary/")
    words = page.locator("dl [data-words]")
    assert words.filter(visible=True).count() == 0
    page.get_by_role("searchbox").fill("三资")
    expect(words.filter(visible=True).first).to_contain_text("三资")
    assert 0 < words.filter(visible=True).count() < words.count()
    page.get_by_role("button", name="清除").click()
    assert words.filter(visible=True).count() == 0


def test_tables_sort_where_they_stand_as_tables(browser: Browser, site_url: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, service_workers="block")
    page = context.new_page()
    page.goto(site_url + CONTRACTS)
    heading = page.get_by_role("columnheader", name="年租金")
    at = heading.evaluate("th => th.cellIndex")
    rows = page.locator(".rows tbody tr.row")

    def column() -> list[str]:
        return [row.locator("th, td").nth(at).inner_text().strip() for row in rows.all()]

    def notes() -> dict[str, str]:
        """By row what stands under it."""
        return page.evaluate(
            "Object.fromEntries([...document.querySelectorAll('.rows tr.because')]"
            ".map(note => [note.previousElementSibling.id, note.textContent]))"
        )

    button = heading.get_by_role("button")
    before, under = column(), notes()
    amounts = sorted(float(text.replace(",", "")) for text in before if text)
    assert len(amounts) > 3
    assert heading.get_attribute("aria-sort") is None
    for state, expected in (("ascending", amounts), ("descending", amounts[::-1])):
        button.press("Enter")
        expect(heading).to_have_attribute("aria-sort", state)
        now = column()
        assert [float(text.replace(",", "")) for text in now if text] == expected
        assert now[len(amounts) :] == [""] * (len(before) - len(amounts))  # blanks last
        assert notes() == under
    button.press("Enter")
    assert (heading.get_attribute("aria-sort"), column()) == (None, before)
    # Days, and words; one heading at a time says that it sorts.
    page.get_by_role("columnheader", name="终止日期").get_by_role("button").click()
    heading.get_by_role("button").click()
    assert page.locator("[aria-sort]").count() == 1
    context.close()


def test_a_phone_does_not_fetch_what_sorts(page: Page, site_url: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site_url + CONTRACTS, wait_until="load")
    assert any("/page." in url for url in asked)
    assert not any("/sort." in url for url in asked)
