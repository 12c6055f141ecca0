"""The clerk's desk with a real browser: a cell is mended, workbooks are taken in, what was replaced comes back,
and nobody but the desk's own page may ask for any of it."""

from __future__ import annotations

import http.client
import json
import pickle
import re
import shutil
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing
from copy import deepcopy
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any, ClassVar
from urllib.parse import quote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from generator.clerk.backroom import BackRoom
from generator.clerk.csvtext import CsvText, changes, opened, opened_lines, written
from generator.clerk.forming import FORMED, filled, form_values
from generator.clerk.saving import ChangedMeanwhileError, print_of, save, version, versions
from generator.clerk.shelves import file_at, files_of
from generator.intake.folders import find_villages
from generator.output.draft import UNCHANGED
from generator.progress import Step
from generator.serving import answers
from generator.serving.desk import Desk
from generator.serving.news import News
from generator.serving.server import listen
from generator.settings import TEMPLATES, CannotBuildError, Settings
from tests.browsing import expect, served
from tests.township import ROOT, TODAY, real_content, small_content, township, workbook, write

LEDGER = "qingshi/xicun/ledger/2025Q3.csv"
NO_HEADS: Mapping[str, str] = {}
PATIENCE = 60_000  # ms; machines may be slow
PAUSE = 0.02  # s
BOOK = (
    ("西村2025年10月财务收支",),
    ("日期", "凭证号", "摘要", "科目", "收入", "支出", "余额"),
    ("", "", "上期结余", "", "", "", 800),
    ("2025-10-08", "4-01", "山林租金", "经营收入", 500, "", 1300),
)


@dataclass(frozen=True)
class Office:
    """A desk that is served, and the folder of its township."""

    desk: Desk
    folder: Path
    port: int
    news: News

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/__mingbai/"

    @property
    def ledger(self) -> Path:
        return self.folder / "villages" / LEDGER

    def ask(self, name: str, asked: object = None, **head: str) -> tuple[int, dict[str, Any]]:
        """What is answered to a question, with the token unless another is given."""
        usual = {"x-mingbai-token": self.desk.token, "content-type": "application/json"}
        heads = {**usual, **{key.replace("_", "-"): value for key, value in head.items()}}
        address = f"/__mingbai/api/{name}"
        status, content = self.fetch("POST", address, json.dumps(asked or {}), heads)
        return status, json.loads(content or b"{}")

    def fetch(
        self, method: str, address: str, sent: str = "", heads: Mapping[str, str] = NO_HEADS
    ) -> tuple[int, bytes]:
        """A request as any program may make it."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as line:
            line.request(method, address, sent or None, dict(heads))
            answer = line.getresponse()
            return answer.status, answer.read()


class NearRoom(BackRoom):
    """Does the work in this process, where the engine is warm; what goes to and fro is packed as for
    another. How processes begin and end is asked by publishing, and by tests/test_serving.py."""

    _one_at_a_time = Lock()  # also of several rooms: sheets cannot be drawn side by side

    def ask(self, name: str, *given: object, tells: bool = False) -> Any:
        module, _, function = name.partition(".")
        work = getattr(import_module(f"generator.clerk.{module}"), function)
        hearing = (self._hear,) if tells else ()
        with self._one_at_a_time:
            try:
                return _sent(work(*_sent(given), *hearing))
            finally:
                self.step = None

    def _hear(self, step: Step) -> None:
        self.step = _sent(step)


class TellingRoom(BackRoom):
    """Remembers each step of which it was told, however soon the next one followed."""

    told: ClassVar[list[Step]] = []

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "step" and value is not None:
            self.told.append(value)
        super().__setattr__(name, value)


def _sent(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    villages, content = township(folder), small_content(folder)
    settings = Settings(
        content,
        villages,
        TEMPLATES,
        folder / "site",
        TODAY,
        sheets="none",
        cache=folder / "kept",
    )
    write(folder, "desk/drop-left/names.csv", "of a desk that was ended by the system")
    news = News(folder / "nothing")
    rooms = {"quick": NearRoom(), "slow": NearRoom(), "press": TellingRoom()}
    desk = Desk(lambda: settings, lambda: news.number, **rooms)
    with listen(answers(folder / "nothing", news, desk), 0) as server:
        server.begin()
        yield Office(desk, folder, server.port, news)
        news.end()
        desk.close()


@pytest.fixture(autouse=True)
def _as_it_was(office: Office) -> None:
    """The ledger as a clerk's program wrote it: GB18030, and CRLF."""
    plain = (
        "日期,凭证号,摘要,科目,收入,支出,余额\r\n,,上期结余,,,,1500.00\r\n"
        "2025-08-19,3-01,修水渠工钱,公益支出,,700.00,800.00\r\n公开日期,2025-10-08\r\n"
    )
    office.ledger.write_bytes(plain.encode("gb18030"))


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


def desk_page(context: BrowserContext, office: Office, wrong: list[str] | None = None) -> Page:
    page = context.new_page()
    if wrong is not None:
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: said.type == "error" and wrong.append(said.text))
    page.goto(office.url)
    page.locator("#village").select_option("xicun")
    expect(page.locator("#list summary").first).to_be_visible()
    return page


def open_ledger(page: Page) -> None:
    part = page.locator("#list details", has_text="财务收支")
    expect(part).to_be_visible()
    if part.get_attribute("open") is None:
        part.locator("summary").click()
    part.locator(f'button[data-path="{LEDGER}"]').click()
    expect(page.locator("#work .problems li").first).to_be_visible()


def type_into(page: Page, row: int, column: int, text: str) -> None:
    """Choose a cell as a clerk does, and write over it. The first key opens it; what an input method
    composes comes after that."""
    choose(page, row, column)
    write_over(page, text)


def choose(page: Page, row: int, column: int) -> None:
    cell = page.locator(f".tabulator-row:nth-child({row}) [tabulator-field=c{column}]")
    cell.click()
    expect(cell).to_have_class(re.compile("tabulator-range-selected"))
    expect(page.locator(".tabulator-tableholder")).to_be_focused()


def write_over(page: Page, text: str) -> None:
    write_in(page, text)
    page.keyboard.press("Enter")


def write_in(page: Page, text: str) -> None:
    page.keyboard.press("9")
    expect(page.locator(".tabulator-editing input")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


def test_a_cell_is_mended_and_put_back(context: BrowserContext, office: Office) -> None:
    wrong: list[str] = []
    page = desk_page(context, office, wrong)
    open_ledger(page)
    seen = page.frame_locator("#pane iframe")
    expect(seen.get_by_text("修水渠工钱").first).to_be_attached()
    page.locator("#tab-sheet").click()
    sheet = page.locator("#pane img")
    first = sheet.get_attribute("src")

    type_into(page, 3, 5, "七百块")
    problem = page.locator("#work .problems .error", has_text="七百块")
    expect(problem).to_be_visible()
    marked = page.locator(".tabulator-cell.mark-error")
    expect(marked).to_have_text("七百块")
    problem.get_by_role("button").click()
    expect(marked).to_have_class(re.compile("tabulator-range-selected"))
    expect(page.locator(".tabulator-tableholder")).to_be_focused()
    write_over(page, "700.00")
    type_into(page, 3, 2, "修水渠人工费")
    page.get_by_role("button", name="退回").click()
    expect(page.locator(".tabulator-row:nth-child(3)")).to_contain_text("修水渠工钱")
    page.get_by_role("button", name="重做").click()
    expect(page.locator("#work .problems .good")).to_be_visible()
    expect(sheet).not_to_have_attribute("src", str(first))
    page.locator("#tab-page").click()
    expect(seen.get_by_text("修水渠人工费").first).to_be_attached()

    before = office.ledger.read_bytes()
    page.keyboard.press("Control+S")  # as with Caps Lock
    dialog = page.locator("#dialog")
    expect(dialog.locator("del")).to_have_text("修水渠工钱")
    expect(dialog.locator("ins")).to_have_text("修水渠人工费")
    axe(page)
    assert office.ledger.read_bytes() == before
    dialog.get_by_role("textbox").first.fill("李会计")
    dialog.get_by_role("button", name="存下").click()
    expect(page.locator("#said")).to_contain_text("存好了")
    after = office.ledger.read_bytes()
    assert after == before.replace("工钱".encode("gb18030"), "人工费".encode("gb18030"))

    page.get_by_role("button", name="以前的版本").click()
    expect(dialog.locator("li")).to_contain_text("李会计")
    dialog.get_by_role("button", name="看看").click()
    expect(dialog.locator("ins")).to_have_text("修水渠工钱")
    dialog.get_by_role("button", name="换回这一份").click()
    expect(page.locator("#said")).to_contain_text("换回来了")
    assert office.ledger.read_bytes() == before

    choose(page, 3, 2)
    write_in(page, "修渠")
    page.keyboard.press("Control+s")  # while the cell is written in
    expect(dialog.locator("ins")).to_have_text("修渠")
    assert wrong == []


def test_two_windows(context: BrowserContext, office: Office) -> None:
    one, other = desk_page(context, office), desk_page(context, office)
    open_ledger(one)
    open_ledger(other)
    for page, words in ((one, "甲改的"), (other, "乙改的")):
        type_into(page, 3, 2, words)
        page.get_by_role("button", name="存", exact=True).click()
        expect(page.locator("#dialog[open]")).to_be_visible()
        if page is one:
            page.locator("#dialog").get_by_role("button", name="存下").click()
            expect(page.locator("#said")).to_contain_text("存好了")
    saved = office.ledger.read_bytes()
    dialog = other.locator("#dialog")
    expect(dialog).to_contain_text("别处改过了")
    expect(dialog.locator("tr.other td").nth(2)).to_have_text("乙改的")
    expect(dialog.locator("tr.other td").nth(9)).to_have_text("甲改的")
    dialog.get_by_role("button", name="先不存").click()
    assert office.ledger.read_bytes() == saved
    other.get_by_role("button", name="存", exact=True).click()
    dialog.get_by_role("button", name="用我的换掉").click()
    expect(other.locator("#said")).to_contain_text("存好了")
    assert "乙改的" in office.ledger.read_bytes().decode("gb18030")
    kept = versions(office.folder / "villages", office.ledger)
    assert version(office.folder / "villages", office.ledger, kept[0].name) == saved


def test_books_are_taken_in_and_back(context: BrowserContext, office: Office) -> None:
    page = desk_page(context, office)
    assert not list((office.folder / "desk").glob("drop-*"))
    book = write(office.folder, "西村2025年10月财务收支.xlsx", workbook(BOOK))
    page.locator("#files").set_input_files(book)
    question = page.locator("form.box")
    expect(question).to_contain_text("没有写哪一天公开的")
    assert page.locator("table.cells td", has_text="山林租金").count() == 1
    axe(page)
    new = office.ledger.with_name("2025-10.csv")
    question.locator("input[type=date]").fill("2025-10-09")
    question.get_by_role("button", name="回答好了").click()
    seen = page.frame_locator("#pane iframe")
    expect(seen.get_by_text("2025年10月9日").first).to_be_attached()
    expect(page.locator("#list li")).to_contain_text("可以写")
    assert not new.exists()
    page.get_by_role("button", name="写进村里").click()
    page.locator("#dialog").get_by_role("button", name="写进去").click()
    expect(page.locator("#said")).to_contain_text("写好了 1 份")
    assert "2025-10-09" in new.read_text("utf-8-sig")
    assert not list((office.folder / "desk").glob("drop-*"))
    page.get_by_role("button", name="撤回上次放进来的").click()
    dialog = page.locator("#dialog")
    dialog.get_by_role("button", name="撤回", exact=True).click()
    expect(dialog).to_contain_text("拿掉了 qingshi/xicun/ledger/2025-10.csv")
    assert not new.exists()


def test_an_answer_that_is_not_understood_is_told(context: BrowserContext, office: Office) -> None:
    rows = (("西村10月财务收支",), *BOOK[1:3], ("10月8日", *BOOK[3][1:]))
    page = desk_page(context, office)
    book = write(office.folder, "10月.xlsx", workbook(rows))
    page.locator("#files").set_input_files(book)
    question = page.locator("form.box")
    expect(question).to_contain_text("看不出是哪一期")
    expect(question.locator(".bad")).to_have_count(0)
    for answer, told in (("十月", 1), ("2025-10", 0)):
        question.get_by_role("textbox").fill(answer)
        question.get_by_role("button", name="回答好了").click()
        expect(question.locator(".bad", has_text="“十月”没有看懂")).to_have_count(told)
    page.get_by_role("button", name="不要了").click()


def test_the_list_of_the_day_and_what_is_printed(context: BrowserContext, office: Office) -> None:
    page = desk_page(context, office)
    part = page.locator(".village", has_text="西村")
    expect(part).to_contain_text("该挂上")
    axe(page)
    part.get_by_role("button", name="打印要贴的").click()
    link = page.locator("#dialog a").first
    address = urlsplit(str(link.get_attribute("href"))).path
    axe(page)
    assert office.fetch("GET", address)[1].startswith(b"%PDF")
    page.keyboard.press("Escape")
    open_ledger(page)
    axe(page)


def test_a_village_begins_and_its_own_file_is_mended(
    context: BrowserContext, office: Office
) -> None:
    """By the keyboard, on a narrow screen: wrong answers stand at their fields, what is begun is opened
    as a text with the numbers of its lines, and a line is mended, saved and put back like a cell."""
    wrong: list[str] = []
    site = office.folder / "content" / "site.yaml"
    before = site.read_bytes()
    villages, away = office.folder / "villages", office.folder / "away"
    villages.rename(away)
    villages.mkdir()
    page = context.new_page()
    page.goto(office.url)
    expect(page.locator("#work h2")).to_have_text("还没有村，先建一个")
    page.close()
    villages.rmdir()
    away.rename(villages)
    page = desk_page(context, office, wrong)
    page.set_viewport_size({"width": 1024, "height": 768})
    counted = page.locator("#today-line")
    expect(counted).to_contain_text("份逾期")
    page.get_by_role("button", name="新建一个村").click()
    keys, work = page.keyboard, page.locator("#work")
    expect(work.get_by_label("哪个村")).to_be_focused()  # the site has one town
    work.get_by_label("哪个镇").fill("白鹭镇")
    work.get_by_label("哪个村").fill("双槐村/一组")
    keys.press("Enter")
    expect(work.locator("#fault-village")).to_contain_text("看不出是哪个镇的哪个村")
    work.get_by_label("哪个村").fill("双槐村")
    keys.press("Enter")
    expect(work.get_by_label("双槐村的拼音编号")).to_have_value("shuanghuai")
    for label, text in (
        ("白鹭镇的拼音编号", "bailu"),
        ("区划代码", "123"),
        ("村民小组", "一组 52户 180人；二组 48户 166人"),
        ("对外公布的电话", "0000-1234567"),
    ):
        work.get_by_label(label).fill(text)
    keys.press("Enter")
    expect(work.locator("#fault-code")).to_have_text("要 12 位数字。")
    expect(work.locator("#fault-office")).to_have_text("还没有写。")
    expect(work.get_by_label("区划代码")).to_be_focused()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1024
    assert not (office.folder / "villages/bailu").exists()
    work.get_by_label("区划代码").fill("000000101999")
    work.get_by_label("村民委员会在哪里").fill("村部一楼")
    keys.press("Enter")
    form = work.locator("form.fields")
    expect(form.get_by_label("村名")).to_have_value("双槐村")
    expect(page.locator("#village")).to_have_value("shuanghuai")
    seen = page.frame_locator("#pane iframe")
    expect(seen.get_by_text("0000-1234567").first).to_be_attached()

    file = office.folder / "villages/bailu/shuanghuai/village.yaml"
    begun = file.read_bytes()
    whole = begun.decode()
    form.get_by_role("button", name="加一条干部").click()
    keys.insert_text("张大山")  # the first field has the focus
    keys.press("Tab")
    keys.insert_text("村党支部书记")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1024
    keys.press("Control+s")
    dialog = page.locator("#dialog")
    expect(dialog.locator("ins")).to_have_count(3)
    dialog.get_by_role("button", name="再看看").click()
    work.get_by_role("button", name="填表 / 看文字").click()
    text = work.locator(".grid > textarea")
    added = "people:\n  - name: 张大山\n    title: 村党支部书记\n"
    expect(text).to_have_value(whole.replace("people: []\n", added))
    text.fill(whole.replace("households: 52", "households: 五十二", 1))
    expect(work.locator(".numbers .mark-error")).to_have_count(1)
    work.locator(".problems .error button").first.click()
    expect(text).to_be_focused()
    place = "e => e.value.slice(e.selectionStart, e.selectionEnd)"
    assert "五十二" in text.evaluate(place)
    text.fill(whole.replace("1234567", "7654321"))
    expect(work.locator(".problems .error")).to_have_count(0)
    expect(seen.get_by_text("0000-7654321").first).to_be_attached()
    keys.press("Control+s")
    expect(dialog.locator("ins")).to_have_count(1)  # a closed dialog still has its words
    expect(dialog.locator("ins")).to_contain_text("7654321")
    axe(page)
    dialog.get_by_role("button", name="存下").click()
    expect(page.locator("#said")).to_contain_text("存好了")
    assert file.read_bytes() == begun.replace(b"1234567", b"7654321")
    page.get_by_role("button", name="以前的版本").click()
    dialog.get_by_role("button", name="看看").click()
    dialog.get_by_role("button", name="换回这一份").click()
    expect(page.locator("#said")).to_contain_text("换回来了")
    assert file.read_bytes() == begun
    expect(form.get_by_label("村名")).to_have_value("双槐村")
    page.get_by_role("button", name="新建一个村").click()
    expect(work.get_by_label("哪个村")).to_be_visible()
    assert page.locator("#towns option").count() == 2
    late = counted.inner_text()
    file.write_text(re.sub("since: .*", "since: 2025-01-01", whole), "utf-8")
    office.news.tell(UNCHANGED, ())  # as the watch does when something was saved anywhere
    expect(counted).not_to_have_text(late)
    shutil.rmtree(office.folder / "villages/bailu")
    site.write_bytes(before)
    assert all("400" in one for one in wrong), wrong  # what was refused


def axe(page: Page) -> None:
    """Nothing that axe-core finds on the desk as it stands; its policy lets no script in, so it is
    brought by the browser, once to each page."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(Axe().axe_script)
    script = """() => axe.run({exclude: ['iframe', '.tabulator']}, {selectors: false})
        .then(found => found.violations)"""
    found = page.evaluate(script)
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == []


def test_no_other_site_may_ask(context: BrowserContext, office: Office, tmp_path: Path) -> None:
    before = office.ledger.read_bytes()
    save_url = f"{office.url}api/save"
    asked = {"path": LEDGER, "base": print_of(before), "rows": [["坏"]]}
    hostile = f"""<!doctype html><title>-</title><iframe src="{office.url}"></iframe><script>
    const asked = {json.dumps(json.dumps(asked))};
    const ways = [{{mode: "no-cors"}}, {{}}, {{headers: {{"x-mingbai-token": "x"}}}}];
    Promise.allSettled(ways.map(way => fetch("{save_url}", {{method: "POST", body: asked, ...way}})))
      .then(done => document.title = done.map(one => one.status + (one.value?.type ?? "")).join(" "));
    </script>"""
    write(tmp_path, "index.html", hostile)
    with served(tmp_path) as other:
        page = context.new_page()
        page.goto(other)
        expect(page).to_have_title("fulfilledopaque rejected rejected")
        framed = [frame for frame in page.frames if frame.url.startswith(office.url)]
        assert framed == []
        page.close()
    assert office.ledger.read_bytes() == before
    token = {"x_mingbai_token": office.desk.token}
    assert office.ask("towns", **token)[0] == 200
    assert office.ask("towns", x_mingbai_token="")[0] == 403
    for head in (
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "same-site"},
        {"Host": f"evil.example:{office.port}"},
        {"Host": f"localhost.evil.example:{office.port}"},
        {"Host": "[::1]x"},
        {"Host": "[::1]:1@evil.example"},
        {"Host": ""},
    ):
        assert office.ask("save", asked, **head)[0] == 403
    assert office.ledger.read_bytes() == before
    for host in ("LocalHost", "[::1]", "127.0.0.1"):
        own = f"{host}:{office.port}"
        assert office.ask("towns", Host=own, Origin=f"http://{own.lower()}")[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "qingshi/xicun/ledger/con.csv",
        "qingshi/xicun/NUL.yaml",
        "qingshi/xicun/private/bank.csv",
        "qingshi/xicun/PRIVATE/bank.csv",
        "qingshi/xicun/Approved/2025Q3.csv",
        "qingshi/xicun/ledger/" + "长" * 120 + ".csv",
        "qingshi/xicun/ledger/" + "a/" * 3000 + "a.csv",
        "qingshi/xicun/ledger/2025Q3.csv/",
        "qingshi/xicun/ledger/a:b.csv",
        "qingshi/xicun/ledger/\ud800.csv",
        "qingshi/xicun/ledger/a\0.csv",
        "",
        "qingshi/xicun/../xicun/village.yaml",
        "../content/site.yaml",
        "/etc/passwd",
        "qingshi/xicun/.hidden.csv",
        "qingshi/xicun/ledger/evil.html",
        "qingshi/xicun/approved/ledger/2025Q3.csv",
        ".history/log.csv",
        "forms.yaml",
        "qingshi/xicun/linked.csv",
        "qingshi/xicun/away/2025Q3.csv",
    ],
)
def test_only_files_of_villages_are_shown(office: Office, path: str) -> None:
    home = office.folder / "villages/qingshi/xicun"
    for name in ("private/bank.csv", "PRIVATE/bank.csv", ".hidden.csv", "ledger/evil.html"):
        write(home, name, "a,b\n")
    for link, target in (("linked.csv", office.ledger), ("away", office.ledger.parent)):
        if not (home / link).is_symlink():
            (home / link).symlink_to(target)
    for name in ("file", "look", "versions", "save"):
        status, answer = office.ask(name, {"path": path, "base": "", "rows": []})
        assert (status, list(answer)) == (400, ["fault"]), name
        assert "Errno" not in answer["fault"]
    assert path not in files_of(home, office.folder / "villages")


def test_what_is_not_understood_is_said(office: Office) -> None:
    assert office.ask("save", {"path": LEDGER})[0] == 400
    assert office.ask("save", [1])[0] == 400
    assert office.ask("plan", {"drop": "none"})[0] == 400
    assert office.ask("old", {"path": LEDGER, "name": "../log.csv"})[0] == 400


@pytest.mark.parametrize(
    "rows",
    [
        "abc",
        5,
        {"a": 1},
        [["\ud800"]],
        [["\0", 'a"\r\nb']],
        [[None, True, {}]],
        [["x"] * 3000],
        [[]],
    ],
)
def test_whatever_a_page_sends_is_answered_in_words(office: Office, rows: object) -> None:
    before = office.ledger.read_bytes()
    asked = {"path": LEDGER, "base": print_of(before), "rows": rows}
    for name in ("changes", "look"):
        status, answer = office.ask(name, asked)
        assert status == 200 or (status, list(answer)) == (400, ["fault"])
    assert office.ledger.read_bytes() == before


def test_what_is_too_much_is_not_taken(office: Office) -> None:
    token = {"x-mingbai-token": office.desk.token}
    address = "/__mingbai/api/"
    assert office.fetch("POST", f"{address}save", "[" * 100_000, token)[0] == 400
    status, said = office.fetch("POST", f"{address}save", " " * 30_000_001, token)
    assert (status, "30 MB" in said.decode()) == (400, True)
    drop = office.ask("drop")[1]["id"]
    file = f"{address}drop/{drop}/file?name="
    status, said = office.fetch("PUT", f"{file}a.csv", " " * 20_000_001, token)
    assert (status, "20 MB" in said.decode()) == (400, True)
    for name in ("a.exe", "con.csv", "aux/a.csv"):
        assert office.fetch("PUT", f"{file}{name}", " ", token)[0] == 400
    assert office.ask("drop-end", {"drop": drop})[0] == 200


def test_dropped_files_lie_in_their_own_folder_and_none_is_lost(office: Office) -> None:
    token = {"x-mingbai-token": office.desk.token}
    drop = office.ask("drop")[1]["id"]
    names = [
        *("../../../a.csv", "..\\..\\a.csv", "/a.csv", "C:\\a.csv", "a\0\n.csv", ". /.. /a.csv"),
        *(f"青石镇/{village}/资料/2025年/9月/收支.csv" for village in ("西村", "东里村")),
        *("长" * 300 + ".csv", "b.csv"),
    ]
    for number, name in enumerate(names):
        address = f"/__mingbai/api/drop/{drop}/file?name={quote(name)}"
        assert office.fetch("PUT", address, f"a,b\n{number},2\n", token)[0] == 200, name
    room = office.folder / "desk"
    laid = [path for path in room.rglob("*") if path.is_file() and path.parts[-1] != "names.csv"]
    own = [path for path in laid if path.relative_to(room).parts[0].startswith("drop-")]
    assert len(own) == len(names)
    assert len({path.read_text() for path in own}) == len(names)
    assert {path.suffix for path in own} == {".csv"}
    assert sum("西村" in path.parts for path in own) == 1
    assert not list(office.folder.glob("*.csv"))
    office.ask("drop-end", {"drop": drop})
    assert not list(room.glob("drop-*/*"))


def test_what_cannot_be_written_is_said_and_the_file_stays(office: Office) -> None:
    before = office.ledger.read_bytes()
    history = office.folder / "villages/.history"
    away = history.with_name("away")
    if history.exists():
        history.rename(away)
    history.write_text("no folder")
    rows = [["日期"], ["坏"]]
    asked = {"path": LEDGER, "base": print_of(before), "rows": rows}
    status, answer = office.ask("save", asked)
    history.unlink()
    if away.exists():
        away.rename(history)
    assert (status, list(answer)) == (400, ["fault"])
    assert "没有存下" in answer["fault"]
    assert office.ledger.read_bytes() == before
    office.ledger.unlink()
    for name in ("file", "save", "changes", "look"):
        status, answer = office.ask(name, asked)
        assert (status, list(answer)) == (400, ["fault"]), name
    assert not office.ledger.exists()


def test_the_site_is_published_when_somebody_says_so(office: Office) -> None:
    assert not (office.folder / "site").exists()
    write(office.folder, f"villages/.history/{LEDGER}/2025-10-10 101010.csv", "日期\n坏\n")
    with ThreadPoolExecutor() as pool:
        publishing = pool.submit(office.ask, "publish")
        steps = [{}]
        while not wait([publishing], PAUSE).done:  # as the page asks, more often
            steps.append(office.ask("progress", {"of": "publish"})[1])
    status, done = publishing.result()
    assert status == 200
    told = [asdict(step) for step in TellingRoom.told]
    assert [step for step in steps if step and step not in told] == []
    assert {step["total"] for step in told if step["village"]} == {2}
    assert office.ask("progress", {"of": "publish"}) == (200, {})
    assert done["records"] > 0
    assert (office.folder / "site/v/xicun/ledger/2025Q3/index.html").is_file()
    folders, faults = find_villages(office.folder / "villages", real_content()[0])
    assert [folder.id for folder in folders] == ["dongli", "xicun"]
    assert faults == ()


ROWS = (("日期", "摘要"), ("2025-10-01", '买了"好"米'), ("# 只是自己看", ""))
TEXT = '日期,摘要\r\n2025-10-01,"买了""好""米"\r\n# 只是自己看\r\n'


@pytest.mark.parametrize(
    "raw",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("gb18030"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.replace("\r\n", "\n").encode(),
        TEXT.replace(",", "\t").encode(),
        TEXT.removesuffix("\r\n").encode(),
    ],
)
def test_only_what_was_mended_is_other(raw: bytes) -> None:
    text = opened(raw, "a.csv")
    assert isinstance(text, CsvText)
    assert written(text, [[*row, "", ""] for row in text.rows]) == raw
    rows = [list(row) for row in text.rows]
    rows[1][0] = "2025-10-02"
    rows.append(["2025-10-03", "又买，了"])
    more = written(text, rows)
    assert more != raw
    again = opened(more, "a.csv")
    assert isinstance(again, CsvText)
    assert [list(row) for row in again.rows] == rows
    assert (again.encoding, again.mark, again.line_end) == (
        text.encoding,
        text.mark,
        text.line_end,
    )
    assert again.texts[0] == text.texts[0]


def test_lines_of_a_text_keep_their_ends() -> None:
    for raw in (
        b"a: 1\r\n\r\nb: 2\n",
        "\ufeffa: 一".encode(),
        "# 村民小组\nb: 2\r\n".encode("gb18030"),
    ):
        text = opened_lines(raw, "village.yaml")
        assert isinstance(text, CsvText)
        assert written(text, text.rows) == raw
        assert written(text, [("# 新",), *text.rows]).endswith(raw.removeprefix(text.mark))


@pytest.mark.parametrize("village", sorted((ROOT / "villages/qingshi").iterdir()))
def test_what_was_filled_in_is_all_that_changes(village: Path) -> None:
    """Comments, order and the way in which entries are written stay."""
    text = (village / FORMED).read_text("utf-8")
    before = form_values(FORMED, text)
    assert filled(FORMED, text, before)["text"] == text
    now = deepcopy(before)
    now["people"][1]["phone"] = "0000-9999999"
    now["people"][1]["duty"] = '看水: 3#、"5" [东]'
    now["groups"].append({"id": "g99", "title": "东湾组", "households": "3", "people": "", "x": []})
    now["population"], now["since"], now["station"] = "1111", "2025-02-02", ""
    del now["supervisors"][0]
    written = filled(FORMED, text, now)["text"]
    del now["groups"][-1]["people"], now["groups"][-1]["x"], now["station"]
    assert form_values(FORMED, written) == now
    kept = set(text.splitlines()) - set(written.splitlines())
    assert {line.partition(":")[0].strip(" -") for line in kept} <= {
        *("population", "since", "station"),  # and what was of the two persons
        *("name", "title", "duty", "phone", "since", "head", "{name", "{id"),
    }
    assert written.count("#") >= text.count("#")
    with pytest.raises(CannotBuildError, match="写法有错"):
        filled(FORMED, "a: [1\n", {})


def test_empty_rows_by_the_thousand_take_no_time() -> None:
    empty = [("", "", ""), ("", "")] * 20_000
    raw = "\r\n".join(map(",".join, [("户主", "金额"), ("张三", "1"), *empty, ("合计", "1")]))
    text = opened(raw.encode("gb18030"), "a.csv")
    assert isinstance(text, CsvText)
    rows = [list(row) for row in text.rows]
    rows[1][0], rows[-1][0] = "张山", "总计"
    assert written(text, rows).decode("gb18030") == raw.replace("三", "山").replace("合", "总")
    told = [(change.before, change.after) for change in changes(text.rows, rows)]
    assert told == [(2, 2), (40_003, 40_003)]
    del rows[100:200]
    assert len(changes(text.rows, rows)) == 102


def test_rows_that_differ_are_told_beside_each_other() -> None:
    old = (("a", "1"), ("b", "2"), ("c", "3"))
    found = changes(old, [["a", "1", ""], ["b", "5"], ["c", "3"], ["d", "4"]])
    assert [(one.before, one.after, one.old, one.new) for one in found] == [
        (2, 2, ("b", "2"), ("b", "5")),
        (0, 4, (), ("d", "4")),
    ]


def test_every_replaced_version_is_kept(tmp_path: Path) -> None:
    villages = tmp_path / "villages"
    write(villages, "a/village.yaml", "")
    file = write(villages, "a/ledger/2025.csv", b"1")
    for number in range(2, 14):
        before = file.read_bytes()
        save(villages, file, print_of(before), str(number).encode(), "甲", '=1+1,\n"')
    with pytest.raises(ChangedMeanwhileError):
        save(villages, file, print_of(b"1"), b"x")
    kept = versions(villages, file)
    assert [version(villages, file, one.name) for one in kept] == [
        str(number).encode() for number in range(12, 0, -1)
    ]
    assert {one.who for one in kept} == {"甲"}
    assert file_at(villages, "a/ledger/2025.csv") == file
    (villages / "b").symlink_to(villages / "a")
    with pytest.raises(CannotBuildError):
        file_at(villages, "b/ledger/2025.csv")
