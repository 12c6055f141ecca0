"""The page of the search: what narrows, what is added up, what is offered, and the way there and back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
from playwright.sync_api import Browser, Page

from generator.model.schema import Field
from generator.problems import Source
from generator.publishing.publication import PublicCell, PublicRow, PublicTable
from generator.render.search import documents_by_month
from generator.views.entries import SearchEntry
from generator.views.labels import row_label
from tests.browsing import expect, wait_until
from tests.searching import load_scripts, open_site, open_village, search_files, texts_of
from tests.township import real_content

PHRASES = real_content()[0].phrases
NAME = Field("户主", "string", Source("x"), role="name", mask="name")
SUM = Field("金额", "number", Source("x"), role="amount", unit="元", total=True, sum_as="共")
IN, OUT = (
    Field(name, "number", Source("x"), role=role, unit="元", total=True)  # type: ignore[arg-type]
    for name, role in (("收入", "income"), ("支出", "expense"))
)


@pytest.fixture(scope="module")
def engine(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    load_scripts(page)
    yield page
    page.close()


# -------------------------------------------------------------------------------- what rows say


def cell(text: str, value: Any = None) -> PublicCell:
    return PublicCell(value or text, text, text)


def mark(fields: Sequence[Field], cells: Sequence[PublicCell], *masked: str) -> str:
    row = PublicRow(2, tuple(cells))
    table = PublicTable(tuple(fields), (row,), masked=frozenset(masked))
    return row_label(table, row, [one.text for one in cells], PHRASES)[1]


def label(fields: Sequence[Field], *cells: PublicCell) -> str:
    table = PublicTable(tuple(fields), (row := PublicRow(2, cells),))
    return row_label(table, row, [one.text for one in cells], PHRASES)[0]


MONEY = cell("1,200.00", Decimal("1200.00"))


def test_a_row_is_said_as_a_person_says_it() -> None:
    group, what, day, way = (
        Field(name, kind, Source("x"), role=role)  # type: ignore[arg-type]
        for name, kind, role in (
            ("组别", "string", "group"),
            ("项目", "string", "title"),
            ("日期", "date", "date"),
            ("方式", "string", ""),
        )
    )
    paid_on = PublicCell(date(2025, 9, 25), "9月25日", "2025-09-25")
    cells = (cell("张庆兰"), cell("三组"), cell("水稻大户"), MONEY, paid_on, cell("一卡通"))
    fields = (NAME, group, what, SUM, day, way)
    said = "张庆兰，三组：1,200.00 元，水稻大户，2025年9月25日"
    assert label(fields, *cells) == f"{said}\t一卡通"
    # What is nobody's is called by what it is about; a sentence that ends needs no comma.
    firm, answer = replace(NAME, mask=""), replace(way, role="answer")
    assert label((what, firm), cell("修路"), cell("安达公司")) == "修路：安达公司"
    assert label((what, OUT), cell("修路"), MONEY) == "修路：支出 1,200.00 元"
    assert label((what, answer, day), cell("几时修"), cell("冬天。"), paid_on) == (
        "几时修：冬天。2025年9月25日"
    )


def test_a_row_says_where_its_amount_is_and_whose() -> None:
    group = Field("组", "string", Source("x"), role="group")
    assert mark((NAME, group, SUM), (cell("张 三"), cell("一组"), MONEY)) == "A2,0"
    assert mark((group, SUM), (cell("一组"), MONEY)) == "A0"
    assert mark((NAME, replace(SUM, sum_as="")), (cell("𠮷三"), MONEY)) == "a1,0"
    assert mark((IN, OUT), (MONEY, cell("0.00", Decimal(0)))) == "I0"
    assert mark((IN, OUT), (cell(""), MONEY)) == "E0"


def test_an_offices_own_words_may_part_an_amount_which_then_has_no_mark(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert mark((NAME, IN), (cell("秦大海"), MONEY)) != ""
    monkeypatch.setattr("generator.views.labels.say", lambda *_, **__: "收进来的，一共")
    assert label((NAME, IN), cell("秦大海"), MONEY) == "秦大海：收进来的，一共 1,200.00 元"
    assert mark((NAME, IN), (cell("秦大海"), MONEY)) == ""


def test_what_is_masked_or_unclear_has_no_mark() -> None:
    hidden = PublicCell(None, "张*", "张*")
    assert mark((NAME, SUM), (hidden, MONEY), "户主") == "A1"
    assert mark((NAME, SUM), (cell("张三"), MONEY), "户主") == "A1"
    assert mark((NAME, SUM), (cell("张三"), PublicCell(None, "***", "***"))) == ""
    assert mark((IN, OUT), (MONEY, MONEY)) == ""
    assert mark((NAME, replace(SUM, unit="亩")), (cell("张三"), MONEY)) == ""
    assert mark((NAME, replace(SUM, unit_in="单位")), (cell("张三"), MONEY)) == ""


# ------------------------------------------------------------------------------------- the sums


def row(url: str, title: str, text: str, letter: str = "A") -> SearchEntry:
    """A row of a name and an amount."""
    name, _, amount = text.partition(" ")
    return SearchEntry(url, title, f"{name}：{amount} 元", mark=f"{letter}1,0")


def paid(url: str, *texts: str, title: str = "补贴") -> list[SearchEntry]:
    """Rows of a record, of a name and an amount."""
    rows = (row(f"{url}#r{n}", title, text) for n, text in enumerate(texts))
    return [SearchEntry(url, title, "补贴的名单"), *rows]


SUMS = """async (query) => {
    const results = await mingbaiSearch.search(engine, query);
    return mingbaiSearch.sumsOf(results, query).map((one) => [one.kind, one.side, one.rows, one.cents]);
}"""
Q1 = paid("v/a/subsidies/1/", "李明 1,200.00", "李明 0.05", "李红 9.00")
Q2 = paid("v/a/subsidies/2/", "李明 -200.00")


@pytest.mark.parametrize(
    ("entries", "query", "sums"),
    [
        ([*Q1, *Q2], "李明", [["subsidies", "a", 3, 100005]]),
        (
            [*Q1, *paid("v/a/relief/1/", "李明 3.00", title="救助")],
            "李明",
            [["subsidies", "a", 2, 120005], ["relief", "a", 1, 300]],
        ),
        (Q1, "李", []),  # not the whole name
        (Q1, "李明 1,200.00", []),
        ([*Q1, *paid("v/a/subsidies/2/", "李明华 9.00")], "李明", []),
        ([*Q1, SearchEntry("v/a/notices/1/", "通知", "李明当选")], "李明", []),  # no row
        ([*Q1, SearchEntry("v/a/subsidies/2/#r1", "补贴", "王五 李明代领")], "李明", []),
        (
            [*Q1, row("v/a/x/2/#r1", "账", "李明 9.00", "a")],
            "李明",
            [],
        ),
        ([*Q1, SearchEntry("v/a/x/2/#r1", "账", "李明 ***")], "李明", []),
        ([*Q1, *paid("v/b/subsidies/2/", "李明 9.00")], "李明", []),  # of another village
        (
            [
                row("v/a/x/2/#r1", "账", "李明 9.00", "I"),
                row("v/a/x/2/#r2", "账", "李明 4.00", "E"),
            ],
            "李明",
            [["x", "i", 1, 900], ["x", "e", 1, 400]],
        ),
    ],
)
def test_only_what_is_surely_one_payees_is_added_up(
    engine: Page, entries: list[SearchEntry], query: str, sums: list[Any]
) -> None:
    open_village(engine, entries)
    found = engine.evaluate(SUMS, query)
    assert sorted(found) == sorted(sums)


# ------------------------------------------------------------------------------------ narrowing

KINDS = ["ledger", "notices", "relief"]
MANY = {
    village: [
        SearchEntry(
            f"v/{village}/{KINDS[n % 3]}/{n}/",
            f"第{n}份",
            f"路灯维修第{n}号",
            day=date(2023 + n % 2, n % 12 + 1, 3) if n % 7 else None,
        )
        for n in range(40)
    ]
    for village in ("a", "b", "c")
}
NARROWED = """async ([query, filter]) => {
    const { kinds, year, village } = filter;
    const passes = (one) => (!year || one.year === year) && (!village || one.village === village);
    const finding = mingbaiSearch.find(engine, query, undefined, { kinds, passes }), found = [];
    const survey = await finding.survey();
    const before = (await finding.take(1), finding.count());
    found.push(...await finding.take(Infinity));
    while (finding.goesOn()) found.push(...await finding.take(Infinity));
    return [found.length + 1, before, survey && survey.places.length, survey && survey.isExact];
}"""


@pytest.mark.parametrize(
    "filter_",
    [
        {"kinds": ["relief"]},
        {"kinds": ["relief", "ledger"], "village": "b"},
        {"year": "2024"},
        {"year": "2023", "village": "c", "kinds": ["notices"]},
        {"year": ""},
    ],
)
@pytest.mark.parametrize("query", ["路灯", "路灯维修", "第1"])
def test_a_filter_finds_what_passes_it_and_numbers_are_right(
    engine: Page, filter_: dict[str, Any], query: str
) -> None:
    open_site(engine, tuple(search_files(MANY, head=30)))
    expected = [
        entry
        for village, entries in MANY.items()
        for entry in entries
        if query in entry.text
        and entry.url.split("/")[2] in filter_.get("kinds", KINDS)
        and filter_.get("village") in (None, village)
        and filter_.get("year") in (None, "", str(entry.day.year) if entry.day else "-")
    ]
    number, before, surveyed, is_exact = engine.evaluate(NARROWED, [query, filter_])
    assert number == len(expected)
    if before.get("isExact"):
        assert before["number"] == number
    if surveyed is not None:
        assert surveyed >= number
        assert surveyed == number or not is_exact


def test_a_whole_amount_comes_before_a_part_and_codes_stay_out(engine: Page) -> None:
    entries = [
        SearchEntry("a/", "账", "编号 912005 核验码 1200ABCD"),
        SearchEntry("b/", "账", "付 11,200.00 核验码 ABCD1234", day=date(2025, 3, 1)),
        SearchEntry("c/", "账", "付 1,200.00", day=date(2025, 2, 1)),
        SearchEntry("d/", "账", "核验码 1200XYZW"),
        SearchEntry("d/#r1", "账", "电话 13512001234"),
        SearchEntry("d/#r2", "账", "收 1,200.00 电话 13512001234"),
        SearchEntry("e/", "账", "核验码 1200QQQQ"),
    ]
    open_village(engine, entries)
    results = engine.evaluate("mingbaiSearch.search(engine, '1200')")
    assert {one["url"] for one in results[:2]} == {"c/", "d/"}
    hits = {one["url"]: [hit[0] for hit in one["hits"]] for one in results}
    assert hits["d/"] == ["r2"]
    assert "e/" not in hits  # nobody looks for a code who looks for an amount
    assert hits["a/"] == [""]
    assert [one["url"] for one in engine.evaluate("mingbaiSearch.search(engine, '1200QQQQ')")] == [
        "e/"
    ]


NEAR = """([names, query]) => mingbaiSearch.near(names, query)"""


def test_names_that_are_near(engine: Page) -> None:
    names = ["周建国", "周健", "吴德福", "鸿运建筑公司"]
    for query, near in {
        "周建过": ["周建国"],
        "建国": ["周建国"],
        "周建": ["周建国", "周健"],
        "鸿云建筑": ["鸿运建筑公司"],
        "周建国": [],
        "王": [],
    }.items():
        assert engine.evaluate(NEAR, [names, query]) == near, query


# ------------------------------------------------------------------------- the way there and back


@pytest.fixture
def phone(browser: Browser, serve_folder: Callable[[Path], str]) -> Iterator[Page]:
    """A page on a phone, which is closed before the server is: else what it still asks for is a fault."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, service_workers="block")
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    yield page
    context.close()
    assert faults == []


def payee(site: Path, village: str) -> tuple[str, str]:
    """Somebody of a village whose rows are added up, and the sum as it is told."""
    passages = [p for _, _, _, own in texts_of(site, village) for p in own]
    marked = [p for p in passages if len(p) > 3 and p[3].startswith("A") and p[3].endswith(",0")]

    def piece(passage: list[Any], which: int) -> str:
        part = int(passage[3][1:].split(",")[which])
        return str(re.split("[：，\t]", passage[1])[part]).removesuffix(" 元")

    for passage in marked:
        name = piece(passage, 1)
        rows = [p for p in passages if name in p[1]]
        if len(rows) > 1 and all(p in marked and piece(p, 1) == name for p in rows):
            cents = sum(Decimal(piece(p, 0).replace(",", "")) for p in rows)
            return name, f"共 {len(rows)} 笔，合计 {cents:,.2f} 元"
    raise AssertionError("nobody")


def test_names_are_offered_by_how_they_are_read(
    phone: Page, site: Path, serve_folder: Callable[[Path], str]
) -> None:
    phone.goto(f"{serve_folder(site)}search/")
    box, offered = phone.locator("input[name=q]"), phone.locator(".choices button")
    for letters in ("lx", "liux", "liuxi", "liu xi"):
        box.fill("")
        box.press_sequentially(letters, delay=10)
        expect(offered.filter(has_text="柳溪村")).to_have_count(1)
    box.press("Enter")
    expect(phone.locator(".choices")).to_be_hidden()


def test_from_the_first_letter_to_the_row_and_back(
    phone: Page, site: Path, serve_folder: Callable[[Path], str]
) -> None:
    base = serve_folder(site)
    search = f"{base}v/liuxi/search/"
    phone.clock.set_fixed_time(datetime(2025, 10, 12))  # names are shown until January
    phone.goto(search)
    expect(phone.locator("[data-listed] a").first).to_be_visible()
    box, items = phone.locator("input[name=q]"), phone.locator("ol[data-results] > li")

    # Letter by letter: what may be meant, and what there is.
    box.press_sequentially("诸", delay=30)
    offered = phone.locator(".choices button")
    expect(offered.first).to_contain_text("诸葛")
    assert offered.count() <= 6
    assert min(one.bounding_box()["height"] for one in offered.all()) >= 44  # type: ignore[index]
    box.press_sequentially("葛", delay=30)
    expect(items.first.locator("mark").first).to_have_text("诸葛")  # and no more of one sign alone
    expect(items).to_have_count(5)
    expect(phone.locator("[data-listed]")).to_be_hidden()
    phone.keyboard.press("ArrowDown")
    expect(offered.first).to_be_focused()
    phone.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    phone.keyboard.press("Enter")
    expect(phone.locator(".choices")).to_be_hidden()
    phone.keyboard.press("ArrowDown")
    expect(items.first.locator("a").first).to_be_focused()

    # Narrow, with numbers that hold.
    phone.locator(".narrow summary").click()
    field = phone.locator("select[aria-label=内容]")
    option = field.locator("option", has_text="党费（1）")
    field.select_option(option.get_attribute("value"))
    expect(items).to_have_count(1)
    assert "kind=dues" in phone.url
    chip = phone.locator(".chosen button")
    expect(chip).to_have_text("党费 ✕")
    expect(chip).to_be_focused()

    # To the row, from mark to mark, and back to the same list.
    items.locator("p a").nth(1).click()
    phone.wait_for_url("**/dues/2025Q3/#r*")
    assert "q=" not in phone.url
    expect(phone.locator(".walk span")).to_have_text("2 / 2")
    assert phone.locator(":target mark").inner_text() == "诸葛"
    first = phone.url
    phone.get_by_role("button", name="下一处").click()
    expect(phone.locator(".walk span")).to_have_text("1 / 2")
    assert phone.url != first
    expect(phone.locator(":target mark")).to_be_in_viewport()
    phone.go_back()
    expect(phone.locator(".chosen button")).to_have_text("党费 ✕")
    expect(items).to_have_count(1)
    phone.locator(".chosen button").click()
    expect(items).to_have_count(5)
    assert "kind" not in phone.url

    # What was asked is known here, until it is cleared.
    box.fill("")
    expect(phone.locator(".choices button").first).to_have_text("诸葛")
    phone.get_by_role("button", name="清除", exact=True).click()
    expect(phone.locator(".choices")).to_be_hidden()
    assert phone.evaluate("localStorage.getItem('mingbai-asked')") is None

    # In letters: what begins so at each step, and the characters are marked there as well.
    told = phone.locator("[data-results-count][data-count]")
    steps = ("找到 ", "找到 ", "读“zhu”的", "找到 ", "找到 5")  # first what has the letters
    for letter, said in zip("zhuge", steps, strict=True):
        box.press(letter)
        expect(told).to_contain_text(said)
        expect(told).not_to_contain_text("没有")
    expect(offered.filter(has_text="诸葛").first).to_be_visible()
    expect(items).to_have_count(5)
    items.first.locator("p a").first.click()
    expect(phone.locator(":target mark")).to_have_text("诸葛")
    phone.get_by_role("button", name="关闭").click()
    expect(phone.locator("main mark")).to_have_count(0)
    expect(phone.locator(".walk")).to_have_count(0)


def test_the_search_of_all_villages_is_narrowed_with_numbers(
    phone: Page, site: Path, serve_folder: Callable[[Path], str]
) -> None:
    phone.goto(f"{serve_folder(site)}search/?q={quote('收支')}")
    items = phone.locator("ol[data-results] > li")
    expect(items.first).to_be_visible()
    phone.locator(".narrow summary").click()
    option = phone.locator("select[aria-label=村] option", has_text="梅岭村")
    number = re.fullmatch(r"梅岭村（(\d+)）", option.inner_text())
    assert number
    phone.locator("select[aria-label=村]").select_option("meiling")
    expect(phone.locator("[data-results-count]")).to_have_text(f"找到 {number[1]} 条")
    assert "village=meiling" in phone.url
    expect(phone.locator(".chosen button")).to_have_text("梅岭村 ✕")
    phone.goto(phone.url)  # it can be shared
    expect(phone.locator("[data-results-count]")).to_have_text(f"找到 {number[1]} 条")
    assert all("梅岭村" in text for text in items.locator("> a").all_inner_texts())


def test_a_long_list_is_as_it_was_when_one_comes_back(
    phone: Page, site: Path, serve_folder: Callable[[Path], str]
) -> None:
    for where, shown in (("v/liuxi/search/", 100), ("search/", 15)):
        phone.goto(f"{serve_folder(site)}{where}?q={quote('年')}")
        items, more = phone.locator("ol[data-results] > li"), phone.locator("[data-results-more]")
        while (count := items.count()) < shown:
            more.click()
            expect(items.nth(count)).to_be_visible()
        link = items.nth(shown - 1).locator("a").first
        link.scroll_into_view_if_needed()
        before, title = phone.evaluate("scrollY"), link.inner_text()
        link.click()
        expect(phone.locator("[data-record], article, main h1").first).to_be_visible()
        phone.go_back()
        expect(items.nth(shown - 1).locator("a").first).to_have_text(title)
        wait_until(phone, f"Math.abs(scrollY - {before}) < 40")


def test_a_payees_rows_are_added_up(
    phone: Page, site: Path, serve_folder: Callable[[Path], str]
) -> None:
    name, told = payee(site, "liuxi")
    phone.goto(f"{serve_folder(site)}v/liuxi/search/?q={quote(name)}")
    expect(phone.locator(".sum")).to_contain_text(told)
    phone.goto(f"{serve_folder(site)}v/liuxi/search/?q={quote(name[:-1])}")
    expect(phone.locator("ol[data-results] > li").first).to_be_visible()
    expect(phone.locator(".sum")).to_have_text("")


def test_where_nothing_is_found_there_is_more_to_try(
    phone: Page, site: Path, serve_folder: Callable[[Path], str]
) -> None:
    phone.goto(f"{serve_folder(site)}v/liuxi/search/?q={quote('收支涨')}&year=2024")
    tries = phone.locator(".tries a")
    expect(tries.last).to_contain_text("到全站找")
    words = tries.all_inner_texts()
    assert words[0] == "不限“2024年”，再找一次"
    assert "是不是要找：收支账" in words
    phone.get_by_role("link", name="是不是要找：收支账").click()
    expect(phone.locator("ol[data-results] > li").first).to_be_visible()
    assert "收支账" in unquote(phone.url)


def test_how_to_comes_first_in_peoples_words_and_whom_to_ring_where_nothing_is_found(
    phone: Page, site: Path, serve_folder: Callable[[Path], str]
) -> None:
    search = f"{serve_folder(site)}v/liuxi/search/"
    links, whom = phone.locator("ol[data-results] > li > a"), phone.locator("[data-whom]")
    for query, first in (("低保怎么申请", "低保申请"), ("盖房", "宅基地"), ("举报", "监督")):
        phone.goto(f"{search}?q={quote(query)}")
        expect(links.first).to_contain_text(first)
        assert "柳溪村 20" not in links.first.inner_text()  # no record
        expect(whom).to_be_hidden()
    phone.goto(f"{search}?q={quote('火星文')}")
    expect(whom).to_be_visible()
    numbers = whom.locator("a[href^='tel:']")
    assert numbers.count() == 3
    assert all(one.is_visible() for one in numbers.all())
    expect(whom.get_by_role("link", name="村里办事")).to_be_visible()
    phone.locator("input[name=q]").fill("路灯")
    expect(links.first).to_be_visible()
    expect(whom).to_be_hidden()


def test_a_result_is_read_like_a_sentence(
    phone: Page, site: Path, serve_folder: Callable[[Path], str]
) -> None:
    phone.clock.set_fixed_time(datetime(2025, 10, 12))
    phone.goto(f"{serve_folder(site)}v/liuxi/search/?q=1640")
    result = phone.locator("ol[data-results] > li")
    expect(result).to_have_count(1)
    expect(result.locator("> a")).to_have_text("2025年第三季度补贴")
    expect(result.locator("p").last).to_have_text(
        "张庆兰，三组：1,640 元，水稻种植大户补贴，2025年9月25日"
    )
    phone.goto(f"{serve_folder(site)}v/liuxi/search/?q={quote('路灯 维修')}")
    expect(result.first).to_be_visible()
    assert not any("核验码" in text for text in result.all_inner_texts())


def test_the_search_lists_what_there_is_without_a_script(site: Path) -> None:
    whole = (site / "search/index.html").read_text("utf-8")
    assert 'href="ledger/"' in whole
    item = (site / "search/ledger/index.html").read_text("utf-8")
    assert 'href="../../v/liuxi/ledger/"' in item
    assert "柳溪村" in item
    village = (site / "v/liuxi/search/index.html").read_text("utf-8")
    assert 'href="../ledger/"' in village
    listed = {p.parent.name for p in (site / "search").glob("*/index.html")}
    assert all(f'data-item="{one}"' in whole for one in listed)
    assert documents_by_month([]) == {}


def test_a_late_answer_never_replaces_a_newer_one(
    phone: Page, site: Path, serve_folder: Callable[[Path], str]
) -> None:
    phone.add_init_script(
        """const real = window.fetch;
        window.fetch = (...all) => real(...all).then((answer) => new Promise((done) => {
            if (window.late && /search.t./.test(all[0])) window.held = () => done(answer);
            else done(answer);
        }));"""
    )
    phone.goto(f"{serve_folder(site)}search/?q={quote('路灯')}")
    items, box = phone.locator("ol[data-results] > li"), phone.locator("input[name=q]")
    expect(items.first).to_contain_text("路灯")
    phone.evaluate("window.late = true")
    box.fill("低保")
    wait_until(phone, "window.held !== undefined")  # it is asked for, and the answer is under way
    box.fill("路灯")
    expect(phone).to_have_url(re.compile("q=" + quote("路灯")))
    phone.evaluate("held()")
    phone.wait_for_timeout(500)  # more than it takes to show what was held back
    assert "路灯" in items.first.inner_text()
    assert "低保" not in items.all_inner_texts()[0]
    assert "q=" + quote("路灯") in phone.url
