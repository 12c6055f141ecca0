"""我家的钱: what a household finds of its own in all lists of its village, and what nobody can."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from generator.model.village import Row, Table, VillageData
from generator.output.files import OutputFile
from generator.render.data.household import household_rows
from generator.render.pages import Pages
from generator.render.templates import Templates
from generator.views.contents import village_contents
from generator.views.household import MOST_ROWS, Household
from tests.browsing import expect, served
from tests.township import BASE_URL, TEMPLATES, TODAY, the_sample

FOUND = the_sample()
assert FOUND.shared is not None
SHARED = FOUND.shared
LIUXI = FOUND.villages["liuxi"]
MINE = "v/liuxi/mine/"
NOON = f"{TODAY.isoformat()}T12:00:00+08:00"
SUBSIDIES, RELIEF, OLDER = "subsidies/2025Q3", "relief/2025Q3", "subsidies/2025Q1"

Rows = Sequence[tuple[str, str, str, str]]  # household, group, what for, amount


def with_rows(data: VillageData, name: str, rows: Rows) -> VillageData:
    """The village with other rows in one of its lists."""
    about = {SUBSIDIES: "项目", RELIEF: "救助类别"}[name]
    made = []
    for record in data.records:
        if record.name == name:
            assert isinstance(record.content, Table)
            model = dict(record.content.rows[0].values)
            lines = tuple(
                Row(n, {**model, "户主": who, "组别": group, about: what, "金额": Decimal(amount)})
                for n, (who, group, what, amount) in enumerate(rows, start=2)
            )
            record = replace(record, content=replace(record.content, rows=lines, proofs=()))
        made.append(record)
    return replace(data, records=tuple(made))


def only(data: VillageData, *names: str) -> VillageData:
    return replace(data, records=tuple(r for r in data.records if r.name in names))


def masked(data: VillageData) -> VillageData:
    return replace(data, village=replace(data.village, masks="names-masked"))


def household(data: VillageData, today: date = TODAY) -> Household:
    return village_contents(data, SHARED, today).household


def told(data: VillageData, today: date = TODAY) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(household_rows(household(data, today)).content)
    return found


def column(record: dict[str, Any], kind: str) -> list[str]:
    texts = next(part[3] for part in record["parts"] if part[0] == kind)
    return [texts] * len(record["rows"]) if isinstance(texts, str) else texts


# -------------------------------------------------------------------------------------- the file


def test_it_has_every_row_that_is_on_display_as_its_page_shows_it() -> None:
    contents = village_contents(LIUXI, SHARED, TODAY)
    shown = {
        view.publication.url: view.publication
        for view in contents.records
        if view.item.id in {"subsidies", "minimum-living", "relief", "dues", "homestead"}
        and view.publication.rows
    }
    assert len(shown) == 5
    records = {record["url"]: record for record in told(LIUXI)}
    assert {url for url in records if "/debts/" not in url} == set(shown)
    for url, publication in shown.items():
        for kind, role in (("name", "name"), ("amount", "amount")):
            place = next(n for n, f in enumerate(publication.columns) if f.role == role)
            texts = [row.cells[place].text for row in publication.rows]
            assert column(records[url], kind) == texts
        assert records[url]["until"] == str(publication.window.end)
        assert records[url]["rows"] == [row.number for row in publication.rows]
    # What says how things are counts once, as of the newest period of each set of books.
    assert [u for u in records if "/debts/" in u] == [
        "v/liuxi/debts/2025Q3/",
        "v/liuxi/debts/2025Q3.coop/",
    ]


def test_names_that_came_down_or_are_masked_are_not_in_it() -> None:
    later = told(LIUXI, date(2026, 2, 1))
    assert {record["url"].split("/")[2] for record in later} == {"debts"}
    assert all(one.is_down for one in household(LIUXI, date(2026, 2, 1)).lists if one.until)
    for record in told(masked(LIUXI)):
        assert record["masked"] == 1
        assert record["sum"] == ""
        assert all("*" in name for name in column(record, "name"))


def test_a_roll_without_amounts_is_none_of_them() -> None:
    meiling = FOUND.villages["meiling"]
    assert any(record.item == "voters" for record in meiling.records)
    assert not any("/voters/" in record["url"] for record in told(meiling))


def test_it_is_bounded_and_says_what_it_leaves_out() -> None:
    names = [
        f"{a}{b}{c}" for a in "赵钱孙李周吴郑王冯陈" for b in "国建文春" for c in "华明芳秀兰英"
    ]
    many = [
        (names[n % len(names)], f"{n % 12 + 1}组", "耕地地力保护补贴", f"{n * 7 % 900 + 100}")
        for n in range(MOST_ROWS)
    ]
    data = with_rows(only(LIUXI, SUBSIDIES, RELIEF), SUBSIDIES, many)
    whole = household_rows(household(only(data, SUBSIDIES))).content
    assert len(whole) < 250_000
    assert len(gzip.compress(whole, 6, mtime=0)) < 60_000
    lists = {one.link.url.split("/")[2]: one for one in household(data).lists}
    assert (lists["subsidies"].is_apart, lists["relief"].is_apart) == (False, True)
    assert [record["url"].split("/")[2] for record in told(data)] == ["subsidies"]
    longer = with_rows(only(LIUXI, SUBSIDIES, RELIEF), SUBSIDIES, [*many, *many[:1]])
    assert [record["url"].split("/")[2] for record in told(longer)] == ["relief"]
    assert {one.is_apart for one in household(longer).lists if "subsidies" in one.link.url} == {
        True
    }


# -------------------------------------------------------------------------------------- the page


def site_of(data: VillageData, today: date = TODAY) -> tuple[OutputFile, ...]:
    pages = Pages(Templates(TEMPLATES), SHARED, today, BASE_URL)
    contents = village_contents(data, SHARED, today)
    return (*pages.assets(), *pages.village(contents), household_rows(contents.household))


ONE = [
    ("张庆兰", "三组", "水稻种植大户补贴", "1640"),
    ("张庆兰", "三组", "耕地地力保护补贴", "820.50"),
    ("张庆兰", "三组", "耕地地力保护补贴", "0.05"),
    ("李明", "一组", "高龄津贴", "100"),
    ("李明", "二组", "高龄津贴", "200"),
    ("张国强", "三组", "高龄津贴", "300"),
]
HELP = [("张庆兰", "三组", "医疗支出", "4000")]
SMALL = with_rows(
    with_rows(only(LIUXI, SUBSIDIES, RELIEF, OLDER, "minimum-living/2025Q3"), SUBSIDIES, ONE),
    RELIEF,
    HELP,
)


def written(data: VillageData, folder: Path) -> Path:
    for file in site_of(data):
        target = folder / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)
    return folder


@pytest.fixture(scope="module")
def asked() -> list[str]:
    """Every address that the browser asked for."""
    return []


@pytest.fixture(scope="module")
def plain_url(tmp_path_factory: pytest.TempPathFactory, asked: list[str]) -> Iterator[str]:
    with served(written(SMALL, tmp_path_factory.mktemp("plain")), asked) as url:
        yield url


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """A function that opens an address on a phone on a day; errors in the console fail the test."""
    contexts, faults = [], []

    def go(address: str, when: str = NOON, **options: Any) -> Page:
        size: Any = {"width": 360, "height": 740}
        context = browser.new_context(
            viewport=size, locale="zh-CN", service_workers="block", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.clock.set_fixed_time(when)
        page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(address)
        return page

    yield go
    for context in contexts:
        context.close()
    assert faults == []


def ask(page: Page, words: str) -> str:
    expect(page.locator("[data-mine-form]")).to_be_visible()
    page.fill("#mine", words)
    return page.inner_text(".found")


def cards(page: Page) -> dict[str, str]:
    found = page.locator("[data-mine-cards] .card").all()
    return {card.locator("h2").inner_text(): card.inner_text() for card in found}


def test_a_name_has_a_card_for_each_scheme_and_exact_sums(
    plain_url: str, open_page: Callable[..., Page]
) -> None:
    page = open_page(plain_url + MINE)
    assert ask(page, "张庆兰") == "张庆兰：4 笔。补贴 共 2,460.55 元，急难救助 共 4,000.00 元。"
    found = cards(page)
    assert set(found) == {"水稻种植大户补贴", "耕地地力保护补贴", "医疗支出"}
    assert "2 笔，共 820.55 元" in found["耕地地力保护补贴"]
    assert "4,000.00 元" in found["医疗支出"]
    assert "发放日期 9月22日" in found["水稻种植大户补贴"]
    link = page.locator("[data-mine-cards] a").first
    assert (link.get_attribute("href") or "").endswith("v/liuxi/subsidies/2025Q3/#r2")
    assert page.locator("[data-mine-cards] .card").first.bounding_box()["y"] < 740  # type: ignore[index]

    # Who shares a name is not added to another.
    assert "分在 2 个组" in ask(page, "李明")
    assert "共" not in page.inner_text("[data-mine-cards]")
    assert ask(page, "一组 李明") == "一组 李明：1 笔。"
    assert "100.00 元" in page.inner_text("[data-mine-cards]")
    assert ask(page, "王五").startswith("没有找到“王五”")
    assert cards(page) == {}


def test_without_typing_a_group_leads_to_the_names(
    plain_url: str, open_page: Callable[..., Page]
) -> None:
    page = open_page(plain_url + MINE)
    page.get_by_role("button", name="三组", exact=True).click()
    expect(page.locator(".found")).to_contain_text("补贴 共 2,760.55 元")
    assert page.input_value("#mine") == "三组"
    page.get_by_role("button", name="张庆兰", exact=True).click()
    expect(page.locator(".found")).to_contain_text("张庆兰：4 笔")
    # A surname of several leads to their names and mixes no money.
    assert ask(page, "张") == ""
    assert cards(page) == {}
    assert page.get_by_role("button", name="张国强", exact=True).is_visible()


def test_nothing_is_sent_or_kept_unless_the_reader_wants_it(
    plain_url: str, asked: list[str], open_page: Callable[..., Page]
) -> None:
    stores = "JSON.stringify([{...localStorage}, {...sessionStorage}])"
    page = open_page(plain_url + "v/liuxi/")
    before = len(asked)
    page.fill("#mine", "张庆兰")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{MINE}")
    expect(page.locator(".found")).to_contain_text("张庆兰：4 笔")
    assert "?" not in page.url
    since = asked[before:]
    assert since
    assert not any("?" in address or "%" in address for address in since)
    assert "张庆兰" not in page.evaluate(stores)

    page.get_by_role("button", name="记住").click()
    assert "张庆兰" in page.evaluate("JSON.stringify({...localStorage})")
    page.reload()
    expect(page.locator(".found")).to_contain_text("张庆兰：4 笔")
    page.get_by_role("button", name="不再记住").click()
    assert "张庆兰" not in page.evaluate(stores)

    # From a list's own form the name goes on to all lists.
    page.goto(f"{plain_url}v/liuxi/subsidies/2025Q3/")
    page.fill("[data-find] input", "李明")
    page.locator(".to").get_by_role("link", name="我家的钱").click()
    expect(page.locator(".found")).to_contain_text("李明：2 笔")


def test_names_go_on_their_day_whatever_was_fetched_before(
    plain_url: str, open_page: Callable[..., Page]
) -> None:
    """The same files, kept by a phone: subsidies are on display until 10月23日, relief until the day
    before."""
    page = open_page(plain_url + MINE, "2025-10-22T23:30:00+08:00")
    assert ask(page, "张庆兰").startswith("张庆兰：4 笔")
    page.clock.set_fixed_time("2025-10-23T12:00:00+08:00")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert ask(page, "张庆兰") == "张庆兰：3 笔。补贴 共 2,460.55 元。"
    page = open_page(plain_url + MINE, "2025-10-24T00:10:00+08:00")
    assert ask(page, "张庆兰").startswith("没有找到")
    assert "张庆兰" not in page.inner_text("main").split("清除")[1].replace("“张庆兰”", "")


def test_masked_names_are_found_as_what_may_be_ones_own(
    tmp_path: Path, serve_folder: Callable[[Path], str], open_page: Callable[..., Page]
) -> None:
    page = open_page(serve_folder(written(masked(SMALL), tmp_path)) + MINE)
    for words in ("张庆兰", "张"):
        assert "可能是别家的" in ask(page, words)
        text = page.inner_text("[data-mine-cards]")
        assert "可能是您家的：名单上写的是“张*”" in text
        assert "1,640.00 元" in text
        assert "共" not in text.replace("一共", "")
    assert ask(page, "李明").endswith("写上组再找，更准，例如：一组 李明。")
    assert ask(page, "欧阳").startswith("没有找到")


def test_without_scripts_the_lists_are_links(
    plain_url: str, open_page: Callable[..., Page]
) -> None:
    page = open_page(plain_url + MINE, java_script_enabled=False)
    links = page.locator(".lines a")
    assert {link.inner_text() for link in links.all()} >= {"2025年第三季度补贴"}
    assert "姓名已经撤下" in page.inner_text("main")
    assert not page.locator("[data-mine-form]").is_visible()
    page.goto(f"{plain_url}v/liuxi/")
    page.locator("#mine").fill("张庆兰")
    page.locator("#mine").press("Enter")
    page.wait_for_url(lambda url: MINE in url)
    assert "%" not in page.url


def test_in_larger_type_the_answer_and_whom_to_ring_are_what_is_left(
    plain_url: str, open_page: Callable[..., Page]
) -> None:
    page = open_page(plain_url + MINE)
    page.locator("[data-elder]").click()
    ask(page, "张庆兰")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    box = page.locator(".found").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 740
    assert not page.locator(".mine-facts").first.is_visible()
    assert page.locator(".mine-sum").first.is_visible()
