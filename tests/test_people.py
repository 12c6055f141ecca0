"""Finding one's own rows, asking without a server, the station, the powers that were used."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page

from generator.model.calendar import display_window
from generator.model.catalogue import Tally
from generator.model.powers import Branch, Step
from generator.model.village import People, Record, Row, Table, VillageData
from generator.output.files import OutputFile
from generator.problems import Source
from generator.render.pages import Pages
from generator.render.pages.asking import Asking, mail_to, message_to
from generator.render.pages.inline import labelled
from generator.render.templates import Templates
from generator.views.contents import VillageContents, village_contents
from generator.views.figures.tallies import counts
from generator.views.powers import power_list, standard_power_views
from generator.views.sites import site_view, village_summary
from generator.views.stations import main_way
from tests.browsing import expect, wait_until
from tests.township import BASE_URL, TEMPLATES, TODAY, the_sample

SUBSIDIES = "v/liuxi/subsidies/2025Q3/"
LEDGER = "v/liuxi/ledger/2025-09/"
PHONE, WIDE = 360, 1280
# For what the style of a width may hide or move; how words are sought is one program at any width.
both_widths = pytest.mark.parametrize("page", [PHONE, WIDE], indirect=True)
FOUND = the_sample()
assert FOUND.shared is not None
SHARED = FOUND.shared
LIUXI = FOUND.villages["liuxi"]


def contents_of(data: VillageData, today: date = TODAY) -> VillageContents:
    return village_contents(data, SHARED, today)


def page_of(
    data: VillageData, url: str, base_url: str = BASE_URL, today: date = TODAY
) -> OutputFile:
    """A village's page at an address."""
    page = Pages(Templates(TEMPLATES), SHARED, today, base_url).one(contents_of(data, today), url)
    assert page is not None
    return page


@cache
def assets() -> tuple[OutputFile, ...]:
    return Pages(Templates(TEMPLATES), SHARED, TODAY, BASE_URL).assets()


@cache
def sample_pages() -> tuple[OutputFile, ...]:
    """The pages of the sample's first village, and of the site above it."""
    pages = Pages(Templates(TEMPLATES), SHARED, TODAY, BASE_URL)
    standard = standard_power_views(SHARED, TODAY)
    summaries = (village_summary(contents_of(LIUXI)),)
    return (
        *pages.assets(),
        *pages.village(contents_of(LIUXI)),
        *pages.site(site_view(SHARED, summaries, power_list(SHARED), standard, TODAY)),
    )


def only(data: VillageData, name: str) -> VillageData:
    """The village with no record but one: quicker to write."""
    return replace(data, records=tuple(r for r in data.records if f"{r.item}/{r.key}" == name))


def written(files: tuple[OutputFile, ...], folder: Path) -> None:
    for file in files:
        target = folder / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)


def with_record(data: VillageData, name: str, change: Callable[[Record], Record]) -> VillageData:
    """The village with one record, `item/key`, changed."""
    records = tuple(change(r) if f"{r.item}/{r.key}" == name else r for r in data.records)
    return replace(data, records=records)


def with_rows(data: VillageData, name: str, rows: list[tuple[str, str, str]]) -> VillageData:
    """The village with other rows in a list of subsidies: household, group, amount."""

    def change(record: Record) -> Record:
        assert isinstance(record.content, Table)
        model = dict(record.content.rows[0].values)
        made = tuple(
            Row(n, {**model, "户主": who, "组别": group, "金额": Decimal(amount)})
            for n, (who, group, amount) in enumerate(rows, start=2)
        )
        return replace(record, content=replace(record.content, rows=made, proofs=()))

    return with_record(only(data, name), name, change)


@pytest.fixture
def page(
    browser: Browser, request: pytest.FixtureRequest, serve_folder: Callable[[Path], str]
) -> Iterator[Page]:
    """A page, on a phone unless told otherwise; errors in the console fail the test. It is closed before
    the server is."""
    width = getattr(request, "param", PHONE)
    context = browser.new_context(viewport={"width": width, "height": 740}, service_workers="block")
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: faults.append(str(e)))
    yield page
    context.close()
    assert faults == []


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the pages of the sample."""
    folder = tmp_path_factory.mktemp("sample")
    written(sample_pages(), folder)
    return folder


@pytest.fixture
def visit(
    page: Page, sample: Path, tmp_path: Path, serve_folder: Callable[[Path], str]
) -> Callable[[VillageData, str], Page]:
    """A function that opens a village's page, written first, and no other, if it is not the sample's."""

    def go(data: VillageData, url: str) -> Page:
        if data is not LIUXI:
            written((*assets(), page_of(data, url.partition("#")[0])), tmp_path)
        page.goto(serve_folder(sample if data is LIUXI else tmp_path) + url)
        return page

    return go


def ask(page: Page, words: str) -> str:
    page.fill("[data-find] input", words)
    expect(page.locator(".found")).not_to_be_empty()  # what looks is fetched at the first touch
    return page.inner_text(".found")


LOOKS = "window.mingbaiNames"  # what looks is there
VISIBLE = """rows => rows.filter(row => {
  const box = row.getBoundingClientRect();
  return box.width && box.height && getComputedStyle(row).visibility === "visible";
}).map(row => row.id)"""


def visible_rows(page: Page) -> list[str]:
    """Asked at once: a question for each row would take as long as all the rest."""
    found: list[str] = page.locator("tr.row").evaluate_all(VISIBLE)
    return found


# ---------------------------------------------------------------------------------- my family


def test_names_and_groups_have_their_rows_and_their_exact_sum(
    visit: Callable[[VillageData, str], Page],
) -> None:
    page = visit(LIUXI, SUBSIDIES)
    table = next(r.content for r in LIUXI.records if f"{r.item}/{r.key}" == "subsidies/2025Q3")
    assert isinstance(table, Table)
    for column in ("组别", "户主"):
        values = [*dict.fromkeys(str(row.values[column]) for row in table.rows)]
        for value in values if column == "组别" else values[:: len(values) // 12]:
            own = [row for row in table.rows if row.values[column] == value]
            total = sum(Decimal(str(row.values["金额"])) for row in own)
            assert ask(page, value).startswith(f"{value}：{len(own)} 笔，共 {total:,.2f} 元。")
            assert visible_rows(page) == [f"r{row.number}" for row in own]


def test_sums_are_not_rounded(visit: Callable[[VillageData, str], Page]) -> None:
    amounts = ["0.10", "0.20", "1000000.05", "8.30", "-0.15", "19.99"]
    rows = [("周建国", "三组", amount) for amount in amounts]
    page = visit(with_rows(LIUXI, "subsidies/2025Q3", [*rows, ("张三", "一组", "5")]), SUBSIDIES)
    assert ask(page, "周建国") == "周建国：6 笔，共 1,000,028.49 元。"
    page.get_by_role("button", name="清除").click()
    assert page.inner_text(".found") == ""
    assert len(visible_rows(page)) == 7


GROUPS = (
    "3组",
    "三组",
    "第三村民小组",
    "三",
    "３",
    "３组",
    "叁组",
    " 三 组 ",
    "3 组",
    "第三组",
    "三小组",
)


@both_widths
def test_a_group_is_found_however_it_is_written(visit: Callable[[VillageData, str], Page]) -> None:
    rows = [
        ("周建国", "三组", "10"),
        ("张三", "一组", "7"),
        ("刘金", "三组", "5"),
        ("王万", "十三组", "1"),
    ]
    page = visit(with_rows(LIUXI, "subsidies/2025Q3", rows), SUBSIDIES)
    for words in GROUPS:
        assert ask(page, words) == "三组：2 笔，共 15.00 元。", words
        assert visible_rows(page) == ["r2", "r4"]


NAMES = (
    ("张三", ["r3"], "张三：1 笔，共 7.00 元。"),
    ("周", ["r2", "r5", "r6"], "周：2 个姓名、3 笔，共 13.01 元。"),
    ("周 建国", ["r2", "r5"], "周 建国：2 笔，共 11.01 元。分在 2 个组，同名的不一定是一家。"),
    ("一组 周建国", ["r5"], "一组 周建国：1 笔，共 1.01 元。"),
    ("十三组", ["r8"], "十三组：1 笔，共 4.00 元。"),
    ("13", ["r8"], "十三组：1 笔，共 4.00 元。"),
    ("陆", ["r7"], "陆：1 笔，共 6.00 元。"),
    ("陆组", ["r9"], "6组：1 笔，共 8.00 元。"),
    ("艾力买买提", ["r10"], "艾力买买提：1 笔，共 9.00 元。"),
    ("赵六", [], "没有找到“赵六”。看看字对不对，也可以只输一个姓。"),
    ("，", [], "没有找到“，”。看看字对不对，也可以只输一个姓。"),
    ("<b>周", [], "没有找到“<b>周”。看看字对不对，也可以只输一个姓。"),
)


def test_names_are_found_as_people_type_them(
    visit: Callable[[VillageData, str], Page],
) -> None:
    data = with_rows(
        LIUXI,
        "subsidies/2025Q3",
        [
            ("周建国", "三组", "10"),
            ("张三", "一组", "7"),
            ("刘金", "三组", "5"),
            ("周建国", "一组", "1.01"),
            ("周芳", "一组", "2"),
            ("陆平", "一组", "6"),
            ("王万", "十三组", "4"),
            ("李小花", "6组", "8"),
            ("艾力·买买提", "二组", "9"),
        ],
    )
    page = visit(data, SUBSIDIES)
    for words, rows, told in NAMES:
        assert ask(page, words) == told
        assert visible_rows(page) == rows


def test_a_full_name_finds_masked_ones_as_possible(
    visit: Callable[[VillageData, str], Page],
) -> None:
    masked = replace(LIUXI, village=replace(LIUXI.village, masks="names-masked"))
    rows = [
        ("周建国", "三组", "10"),
        ("周芳", "一组", "7"),
        ("欧阳玉梅", "二组", "5"),
        ("欧文", "二组", "3"),
    ]
    page = visit(with_rows(masked, "subsidies/2025Q3", rows), SUBSIDIES)
    assert ask(page, "周建国") == "周建国：2 笔，共 17.00 元。姓名遮盖了，可能是别家的。"
    assert visible_rows(page) == ["r2", "r3"]
    assert ask(page, "欧阳玉梅").startswith("欧阳玉梅：2 个姓名、2 笔，")
    assert ask(page, "张三") == "没有找到“张三”。看看字对不对，也可以只输一个姓。"
    assert ask(page, "二组") == "二组：2 笔，共 8.00 元。"


@both_widths
def test_notes_stay_with_their_row(visit: Callable[[VillageData, str], Page]) -> None:
    def decided(record: Record) -> Record:
        assert isinstance(record.content, Table)
        rows = tuple(
            replace(row, values={**row.values, "决议": f"2025-0{n}-01-jian"})
            for n, row in enumerate(record.content.rows, start=1)
        )
        columns = tuple(dict.fromkeys((*record.content.columns, "决议")))
        return replace(record, content=replace(record.content, columns=columns, rows=rows))

    name = "homestead/2025Q3"
    data = with_record(only(LIUXI, name), name, decided)
    content = data.records[0].content
    assert isinstance(content, Table)
    page = visit(data, f"v/liuxi/{name}/")
    notes = page.locator("tr.because")
    assert notes.count() == len(content.rows) > 1
    assert ask(page, str(content.rows[1].values["户主"])).endswith("平方米。")
    assert [note.is_visible() for note in notes.all()] == [n == 1 for n in range(len(content.rows))]


@both_widths
def test_totals_say_that_they_are_those_of_the_whole_list(
    visit: Callable[[VillageData, str], Page],
) -> None:
    page = visit(LIUXI, SUBSIDIES)
    assert not page.get_by_text("（整张表）").is_visible()
    ask(page, "三组")
    assert page.locator("tfoot tr").first.is_visible()
    assert page.get_by_text("（整张表）").is_visible()


def test_nothing_leaves_the_page(visit: Callable[[VillageData, str], Page]) -> None:
    """No request while typing, no address, no history, no cookie; the tab keeps whose village's
    page it is and nothing of what was typed."""
    page = visit(LIUXI, SUBSIDIES)
    before = (page.url, page.evaluate("history.length"))
    page.wait_for_load_state("networkidle")
    requests: list[str] = []
    page.focus("#mine")
    page.wait_for_function(LOOKS)
    page.on("request", lambda r: requests.append(r.url))
    page.context.set_offline(True)
    page.locator("#mine").press_sequentially("郑永华")
    page.locator("#mine").press("Enter")
    assert page.inner_text(".found").startswith("郑永华：")
    page.fill("#mine", "三组")
    page.locator("#mine").press("Enter")
    page.get_by_role("button", name="清除").click()
    assert page.evaluate("document.activeElement.id") == "mine"
    assert (page.url, page.evaluate("history.length")) == before
    assert requests == []
    kept = page.evaluate(
        "[document.cookie, Object.keys(localStorage), Object.keys(sessionStorage)]"
    )
    assert kept == ["", [], ["mingbai-village"]]
    held = page.evaluate("sessionStorage.getItem('mingbai-village')")
    assert json.loads(held).keys() == {"home", "name", "words", "phone", "own", "asks"}
    assert "郑永华" not in held
    assert page.get_attribute("#mine", "name") is None


def test_an_input_method_is_left_alone_until_it_is_done(
    visit: Callable[[VillageData, str], Page],
) -> None:
    page = visit(LIUXI, SUBSIDIES)
    page.focus("#mine")
    page.wait_for_function(LOOKS)
    keyboard = page.context.new_cdp_session(page)
    keyboard.send(
        "Input.imeSetComposition", {"text": "zheng", "selectionStart": 5, "selectionEnd": 5}
    )
    assert page.inner_text(".found") == ""
    keyboard.send("Input.insertText", {"text": "郑永华"})
    assert page.inner_text(".found").startswith("郑永华：1 笔")


@both_widths
def test_the_result_is_announced_and_the_field_has_a_name(
    visit: Callable[[VillageData, str], Page],
) -> None:
    page = visit(LIUXI, SUBSIDIES)
    assert page.locator(".found").get_attribute("role") == "status"
    assert page.get_by_label("找自己家：户主姓名或组别，如一组").count() >= 1
    for control in page.locator(".find-form input, .find-form button").all():
        box = control.bounding_box()
        assert box is None or box["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_form_is_there_for_lists_of_persons_only() -> None:
    pages = {f.path: f.content.decode() for f in sample_pages() if f.path.endswith(".html")}
    asks = {p for p, html in pages.items() if 'data-find="rows"' in html}
    items = {path.split("/")[2] for path in asks}
    # lists come down, so that older periods have no form; what is seen at once has none
    assert items == {"subsidies", "minimum-living", "relief", "homestead", "dues"}
    assert "v/liuxi/ledger/2025-09/index.html" not in asks
    expired = pages["v/liuxi/subsidies/2025Q1/index.html"]
    assert "名单已经撤下" in expired
    assert "0000-1234567" in expired.split("找自己家的")[1].split("</section>")[0]
    assert "找自己家的" not in pages["v/liuxi/contracts/2025/index.html"]
    assert not any("找自己家的" in html for path, html in pages.items() if "/cadres/" in path)


# ------------------------------------------------------------------------------ without scripts


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


def test_without_scripts_the_list_is_whole_and_the_slip_is_there(
    plain_page: Page, sample: Path, serve_folder: Callable[[Path], str]
) -> None:
    base = serve_folder(sample)
    plain_page.goto(base + SUBSIDIES)
    assert not plain_page.locator("[data-find]").is_visible()
    assert not plain_page.locator("[data-copy]").is_visible()
    assert plain_page.locator("tr.row").last.is_visible()
    assert not plain_page.locator("#slip").is_visible()
    plain_page.get_by_role("link", name="写一张反映单").click()
    assert plain_page.locator("#slip").is_visible()
    assert not plain_page.locator("main").is_visible()
    plain_page.get_by_role("link", name="回到公开的内容").click()
    assert plain_page.locator("main").is_visible()
    plain_page.goto(base + "v/liuxi/powers/")
    assert not plain_page.locator("[data-find]").is_visible()
    assert plain_page.locator(".lines > li").first.is_visible()


# ------------------------------------------------------------------------ mail, message and slip


ODD = Asking(
    "甲村《a&b=c? #1》有疑问",
    "甲村公开的《a&b=c?\n#1 100%“+”》",
    "https://x.example/a/",
    "XXXX",
    (
        "我看了甲村公开的《a&b=c?\n#1 100%“+”》，有疑问。",
        "网址：https://x.example/a/",
        "核验码：XXXX",
    ),
    "我想问的是：",
)


@pytest.mark.parametrize("address", ["gongkai@qingshi.example", "a+b&c@x.example"])
def test_mail_is_encoded_as_the_standard_asks(address: str) -> None:
    link = mail_to(address, ODD)
    assert re.fullmatch(
        r"mailto:[A-Za-z0-9._~@%-]+\?subject=[A-Za-z0-9._~%-]+&body=[A-Za-z0-9._~%-]+", link
    )
    assert not re.search("%(?![0-9A-F]{2})", link)
    parts = urlsplit(link)
    assert unquote(parts.path) == address
    fields = parse_qs(parts.query, strict_parsing=True)
    assert fields["subject"] == [ODD.subject]
    assert fields["body"][0].startswith(
        f"我看了{ODD.about}，有疑问。\r\n网址：{ODD.address}\r\n核验码：XXXX\r\n"
    )
    assert mail_to("a@x.example") == "mailto:a@x.example"


def test_messages_are_encoded() -> None:
    link = message_to("0000-88 00103", ODD)
    number, _, body = link.partition("?&body=")
    assert number == "sms:00008800103"
    assert re.fullmatch(r"[A-Za-z0-9._~%-]+", body)
    assert unquote(body).splitlines()[-1] == "我想问的是："
    assert ODD.address in unquote(body)
    assert message_to("+86 0000") == "sms:+860000"


def test_each_record_is_asked_about_by_its_own_title_address_and_code() -> None:
    contents = contents_of(LIUXI)
    views = {view.publication.url: view.publication for view in contents.records}
    for file in sample_pages():
        publication = views.get(file.path.removesuffix("index.html"))
        if publication is None:
            continue
        html = file.content.decode().replace("&amp;", "&")
        mails = re.findall(r'href="(mailto:[^"]*)"', html)
        messages = re.findall(r'href="(sms:[^"]*)"', html)
        assert (len(mails), len(messages)) == (1, 1)
        for link in (*mails, *messages):
            text = unquote(link)
            assert f"柳溪村公开的《{publication.title}》" in text
            assert f"{BASE_URL}/{publication.url}" in text
            assert f"{publication.code[:4]} {publication.code[4:]}" in text
        assert "<form" not in html.split('id="ask"')[1], "nothing can be sent from the page"


def test_without_a_known_host_nothing_false_is_said() -> None:
    publication = contents_of(LIUXI).records[0].publication
    data = only(LIUXI, f"{publication.item}/{publication.key}")
    html = page_of(data, publication.url, base_url="").content.decode()
    assert "<dt>网址</dt>" not in html
    letters = re.findall(r'href="((?:mailto|sms):[^"]*)"', html)
    assert letters
    assert not any("网址" in unquote(letter) for letter in letters)


def pdf_pages(page: Page) -> list[str]:
    document = pypdfium2.PdfDocument(io.BytesIO(page.pdf(format="A4")))
    return [p.get_textpage().get_text_range() for p in document]


@pytest.mark.parametrize("url", [LEDGER, SUBSIDIES, "v/liuxi/decisions/2025-08-20-ludeng/"])
def test_the_slip_alone_is_one_sheet(visit: Callable[[VillageData, str], Page], url: str) -> None:
    page = visit(LIUXI, f"{url}#slip")
    sheets = pdf_pages(page)
    assert len(sheets) == 1
    told = re.sub(r"\s", "", sheets[0])
    publication = next(
        v.publication for v in contents_of(LIUXI).records if v.publication.url == url
    )
    for words in (f"{BASE_URL}/{url}", publication.title, publication.code[:4], "不留姓名也可以"):
        assert re.sub(r"\s", "", words) in told
    assert "10天内答复" in told
    assert "意见箱（村委会门口公开栏旁）" in told
    assert page.get_by_role("button", name="打印这张单子").is_visible()
    page.goto(page.url.split("#")[0])
    assert not any("反映单" in sheet and "收件日期" in sheet for sheet in pdf_pages(page))


def test_copying_gives_title_and_address(visit: Callable[[VillageData, str], Page]) -> None:
    page = visit(LIUXI, LEDGER)
    page.evaluate("""() => {
        window.copied = [];
        navigator.clipboard.writeText = (text) => { copied.push(text); return Promise.resolve(); };
    }""")
    page.locator("#ask > summary").click()
    page.get_by_role("button", name="复制本页网址和标题").click()
    assert page.evaluate("copied") == [f"柳溪村公开的《2025年9月收支账》\n{BASE_URL}/{LEDGER}"]
    assert "已经复制" in page.inner_text("[data-copied]")
    page.evaluate("""() => {
        navigator.clipboard.writeText = () => Promise.reject(new Error("no"));
        document.execCommand = () => false;
    }""")
    page.get_by_role("button", name="复制本页网址和标题").click()
    wait_until(page, "document.querySelector('[data-copied]').textContent.includes('长按')")


def test_the_kind_of_days_of_an_answer_is_told() -> None:
    item = next(i for i in SHARED.catalogue.items if i.id == "ledger")
    rules = replace(SHARED.rules["national"], answer_counted="working", answer_days=5)
    for published in (date(2025, 10, 8), None):
        window = display_window(published, None, item, rules, SHARED.holidays)
        assert window.answer_time == "5 个工作日"
    natural = display_window(None, None, item, SHARED.rules["national"], SHARED.holidays)
    assert natural.answer_time == "10 天"


# ------------------------------------------------------------------------------------ stations


def year_of(item: str) -> list[Row]:
    """What the sample's village wrote down of an item this year."""
    keyed = (r for r in LIUXI.records if r.item == item and r.key.startswith(str(TODAY.year)))
    return [row for r in keyed if isinstance(r.content, Table) for row in r.content.rows]


def filled(rows: list[Row], *columns: str) -> int:
    return sum(all(row.values.get(c) not in (None, "", "无") for c in columns) for row in rows)


def test_the_station_says_who_supervises_and_what_they_did() -> None:
    view = contents_of(LIUXI).station
    assert (view.name, view.where) == ("柳溪村监察联络站", "村委会一楼东侧")
    assert [m.name for m in view.members if m.is_head] == ["何守田"] == [view.members[0].name]
    assert len(view.members) == len(LIUXI.village.supervisors)
    assert {m.section.title for m in view.members if m.section} == {
        "村纪检委员",
        "村务监督委员会主任",
        "村务监督委员会成员",
        "监察联络员",
    }
    works = {work.item.id: {c.label: c.number for c in work.counts} for work in view.works}
    checked, told, asked = (year_of(item) for item in ("inspections", "feedback", "hearings"))
    assert works["inspections"] == {
        "监督检查": len(checked),
        "发现问题": filled(checked, "发现问题"),
        "已经改好": filled(checked, "发现问题", "完成日期"),
    }
    assert works["feedback"]["收到反映"] == len(told)
    assert works["feedback"]["已经办结"] == filled(told, "办结日期") < len(told)
    assert works["hearings"] == {
        "村民提问": len(asked),
        "公开答复": filled(asked, "答复"),
        "已经办结": filled(asked, "办结日期"),
    }
    assert [link.url for link in view.answers] == [
        f"v/liuxi/{item}/" for item in ("feedback", "account-requests", "hearings")
    ]
    handling = next(h for h in view.handlings if h.url == "lists/problem-handling/")
    assert [s.id for s in handling.way][:3] == ["start", "record", "grade"]
    assert handling.way[-1].kind == "end"


def test_nobody_is_named_when_the_list_is_not_published() -> None:
    """A fault in a person's entry keeps the lists of persons out: the station's page as well."""
    data = replace(
        LIUXI, records=tuple(r for r in LIUXI.records if not isinstance(r.content, People))
    )
    view = contents_of(data).station
    assert view.members == ()
    assert view.published is None
    html = page_of(data, "v/liuxi/station/").content.decode()
    assert "罗永福" not in html
    assert "还没有公开" in html


def test_a_village_without_a_station_has_the_page_all_the_same() -> None:
    data = FOUND.villages["xintang"]
    html = page_of(data, "v/xintang/station/").content.decode()
    assert "<h1>谁在监督、怎么监督</h1>" in html
    assert "做了什么</h2>" not in html, "nothing is published of it"
    assert data.village.supervisors[0].name in html
    home = page_of(data, "v/xintang/").content.decode()
    assert 'href="station/"' in home


@both_widths
def test_the_station_page_reads_well(visit: Callable[[VillageData, str], Page]) -> None:
    page = visit(LIUXI, "v/liuxi/station/")
    assert page.locator("h1").inner_text() == "柳溪村监察联络站"
    assert page.get_by_role("link", name="0000-1234504").get_attribute("href") == "tel:00001234504"
    assert page.get_by_text("发现问题 ").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def step(id: str, kind: str = "step", *ways: str) -> Step:
    source = Source("x")
    return Step(id, id, source, kind, next=tuple(Branch(way) for way in ways))  # type: ignore[arg-type]


def test_the_main_way_takes_first_branches_and_ends() -> None:
    steps = (step("a", "start"), step("b", "decision", "c", "a"), step("c", "step", "b"))
    assert [s.id for s in main_way(steps)] == ["a", "b", "c"]
    assert main_way(()) == ()


# ------------------------------------------------------------------------------------- tallies


def test_tallies_count_what_says_something() -> None:
    item = next(i for i in SHARED.catalogue.items if i.id == "inspections")
    views = contents_of(LIUXI).records
    publication = next(
        v.publication for v in views if v.publication.url.endswith("inspections/2025Q3/")
    )
    tallies = (
        Tally("全部", "次"),
        Tally("查出", "个", filled=("发现问题",)),
        Tally("看工程", "次", column="方式", values=("查看工程",)),
        Tally("没有的列", "次", filled=("别的",)),
    )
    told = counts(replace(item, tallies=tallies), (publication,))
    assert [(c.label, c.number) for c in told] == [("全部", 12), ("查出", 6), ("看工程", 1)]
    personal = replace(item, tallies=tallies, personal=True)
    assert counts(personal, (publication,)) == ()
    assert counts(item, ()) == ()


def test_questions_and_answers_stand_on_the_items_page() -> None:
    item = next(i for i in contents_of(LIUXI).items if i.item.id == "feedback")
    assert item.answers[0].question == "鱼塘清淤的泥堆在田边"
    assert item.answers[0].answer == "10月15日前运到荒坡填坑。"
    assert item.answers[0].url == "v/liuxi/feedback/2025Q3/#r13"
    ledger = next(i for i in contents_of(LIUXI).items if i.item.id == "ledger")
    assert ledger.answers == ()


def test_labelled_texts_are_told_in_parts() -> None:
    assert labelled("做什么：看账。什么时候：每月。记什么：日期。") == (
        ("做什么", "看账。"),
        ("什么时候", "每月。"),
        ("记什么", "日期。"),
    )
    for text in ("平时多看看。", "比如：一张发票。", ""):
        assert labelled(text) == (("", text),)


# -------------------------------------------------------------------------------------- powers


def test_powers_are_found_by_what_people_call_them(
    visit: Callable[[VillageData, str], Page],
) -> None:
    page = visit(LIUXI, "powers/")
    for words in ("低保", "户口簿", "申请 低保", "申请低保"):
        told = ask(page, words)
        shown = [line for line in page.locator(".lines > li").all() if line.is_visible()]
        assert any("低保申请审核" in line.inner_text() for line in shown)
        assert re.search(rf" {len(shown)} 项。", told)
    for heading in page.locator("details[data-part]").all():
        lines = heading.locator("[data-words]").all()
        assert heading.is_visible() == any(line.is_visible() for line in lines)
    assert "没有找到" in ask(page, "卖飞机票")
    page.fill("[data-find] input", "")
    assert not page.locator(".lines > li").first.is_visible()
    page.locator("details[data-part] summary").first.click()
    assert page.locator(".lines > li").first.is_visible()


def test_a_villages_use_of_a_standard_power_is_reached_from_its_list() -> None:
    contents = contents_of(LIUXI)
    lines = {
        line.id: line
        for _, groups in contents.power_list.classes
        for group in groups
        for line in group.lines
    }
    used = {view.power.url for view in contents.records if view.power and view.uses_power}
    assert used
    for url in used:
        line = next(line for line in lines.values() if line.url == url)
        records = [v for v in contents.records if v.power and v.power.url == url and v.uses_power]
        assert [link.url for link in line.used] == [v.publication.url for v in records]
    html = next(f for f in sample_pages() if f.path == "v/liuxi/powers/index.html").content.decode()
    assert "本村已用过 2 次" in html
    assert 'href="../decisions/2025-08-20-ludeng/"' in html


def test_a_power_is_used_once_by_a_matter_and_not_by_a_policy() -> None:
    """The decision is the use; what was announced of it later, and rules, only speak of the
    power. An announcement of a tender that no decision of the same power stands before is one."""
    told = {
        view.publication.url.removeprefix("v/"): (view.power.title, view.uses_power)
        for village in (LIUXI, FOUND.villages["shiqiao"])
        for view in contents_of(village).records
        if view.power is not None
    }
    assert {url: used for url, (_, used) in told.items()} == {
        "liuxi/decisions/2025-06-18-donggou/": True,
        "liuxi/decisions/2025-07-28-guoyuan/": True,
        "liuxi/decisions/2025-08-20-ludeng/": True,
        "liuxi/notices/2025-08-11-guoyuan-jingjia/": False,
        "liuxi/notices/2025-09-20-ludeng-jieguo/": False,
        "liuxi/notices/2025-09-29-donggou-zhongbiao/": True,
        "liuxi/policies/2025-06-12-linshi-jiuzhu/": False,
        "shiqiao/decisions/2025-03-14-duichang/": True,
        "shiqiao/decisions/2025-07-28-jigengqiao/": True,
        "shiqiao/notices/2025-09-24-jigengqiao-jieguo/": False,
        "shiqiao/notices/2025-09-28-jigengqiao-juesuan/": False,
        "shiqiao/policies/2025-04-10-chuantong-cunluo/": False,
    }
    files = [file for file in sample_pages() if file.path.endswith(".html")]
    pages = {file.path: file.content.decode() for file in files}
    page = pages["powers/minimum-living-application/index.html"]
    used, mentioned = page.split('id="used"')[1].split('id="mentioned"')
    assert "还没有写明用过这一项的" in used
    assert "../../v/liuxi/policies/2025-06-12-linshi-jiuzhu/" in mentioned
    assert "这里说到的权力：" in pages["v/liuxi/policies/2025-06-12-linshi-jiuzhu/index.html"]
    assert "办这件事用的权力：" in pages["v/liuxi/decisions/2025-08-20-ludeng/index.html"]


def test_many_uses_are_told_by_village() -> None:
    summary = village_summary(contents_of(LIUXI))
    cards = (replace(summary.card, name=f"{n}村", url=f"v/v{n}/") for n in range(20))
    many = tuple(replace(summary, card=card) for card in cards)
    standard = standard_power_views(SHARED, TODAY)
    few = site_view(SHARED, (summary,), power_list(SHARED), standard, TODAY)
    site = site_view(SHARED, many, power_list(SHARED), standard, TODAY)
    url = "powers/project-approval/"
    own = next(view for view in few.powers if view.url == url)
    all_of_them = next(view for view in site.powers if view.url == url)
    assert len(own.used) == 2
    assert [link.url for link in own.mentioned] == ["v/liuxi/notices/2025-09-20-ludeng-jieguo/"]
    assert own.used[0].url.startswith("v/liuxi/")
    assert all_of_them.used[0].title == "0村（2 次）"
    assert all_of_them.used[0].url == "v/v0/powers/#project-approval"
    assert len(all_of_them.used) == 20
    lines = [x for _, groups in site.power_list.classes for g in groups for x in g.lines]
    assert next(x for x in lines if x.url == url).used[0:1]
    assert sum(len(x.used) for x in lines if x.url == url) == 40
