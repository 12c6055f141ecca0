"""`serve` in a process of its own, with a real browser: what is saved is seen, what is wrong is said,
and nothing of either reaches the site."""

from __future__ import annotations

import http.client
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import monotonic
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Locator, Page

from generator import serving
from generator.build import BuildResult, Settings
from generator.output.draft import Changes, Draft
from generator.output.files import OutputFile
from generator.serving import answers
from generator.serving.news import News
from generator.serving.server import listen
from tests.browsing import expect, wait_until
from tests.commands import hear_keys
from tests.township import ROOT, small_content, township, write

LEDGER = "v/xicun/ledger/2025Q3/"


@dataclass(frozen=True)
class Served:
    process: subprocess.Popen[str]
    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def ledger(self) -> Path:
        return self.folder / "villages/qingshi/xicun/ledger/2025Q3.csv"

    def change(self, old: str, new: str) -> None:
        text = self.ledger.read_text("utf-8-sig")
        assert old in text
        self.ledger.write_text(text.replace(old, new), "utf-8")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("serving")
    villages, content, port = township(folder), small_content(folder), free_port()
    words = {"--villages": villages, "--content": content, "--out": folder / "site"}
    words |= {"--cache": folder / "kept", "--port": port, "--today": "2025-10-10", "--jobs": 1}
    options = [str(word) for pair in words.items() for word in pair]
    hear_keys()
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "publish.py"), "serve", "--no-browser", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    )
    with process:
        assert process.stdout is not None
        line = next(line for line in process.stdout if "请在浏览器里打开" in line)
        assert f"http://127.0.0.1:{port}/" in line
        next(line for line in process.stdout if "网页做好了" in line)
        yield Served(process, folder, port)
        process.kill()


@pytest.fixture
def page(live: Served, browser: Browser) -> Iterator[Page]:
    # A service worker shows what it kept where an answer takes seconds, as it may while one builds.
    context = browser.new_context(viewport={"width": 360, "height": 640}, service_workers="block")
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    assert wrong == []


def asked(live: Served, path: str, host: str = "127.0.0.1") -> tuple[int, bytes]:
    with closing(http.client.HTTPConnection("127.0.0.1", live.port, timeout=60)) as connection:
        connection.request("GET", path, headers={"Host": f"{host}:{live.port}"})
        answer = connection.getresponse()
        return answer.status, answer.read()


def sees(page: Page, words: str) -> None:
    """Wait until these words stand on the page, however often it is loaded again."""
    expect(page.get_by_text(words).first).to_be_attached()


def strip(page: Page, words: str = "") -> Locator:
    """The strip, or a part of it with these words; what is within its shadow is found as well."""
    found = page.locator("#mingbai-live section")
    return found.get_by_text(words).first if words else found


def test_a_saved_cell_is_seen_by_itself(live: Served, page: Page) -> None:
    page.goto(live.url + LEDGER)
    page.evaluate("scrollTo(0, 200)")
    live.change("修水渠工钱", "修水渠人工费")
    sees(page, "修水渠人工费")
    page.wait_for_load_state()
    wait_until(page, "scrollY === 200")
    live.change("修水渠人工费", "修水渠的")  # saved twice in a moment
    live.change("修水渠的", "修水渠工钱")
    sees(page, "修水渠工钱")
    assert strip(page).count() == 0


def test_a_page_tells_what_is_wrong_until_it_is_mended(live: Served, page: Page) -> None:
    page.goto(live.url + LEDGER)
    live.change("700.00", "七百元<b>")
    expect(strip(page, "villages/qingshi/xicun/ledger/2025Q3.csv 第 3 行 [支出]")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert strip(page).locator("li b").all_inner_texts() == ["提示", "错误"]
    for url in ("v/xicun/ledger/", "v/xicun/"):
        page.goto(live.url + url)
        expect(strip(page, "七百元<b>")).to_be_visible()
    strip(page).get_by_role("button").click()
    with page.expect_response("**/problems.json*") as told:
        page.goto(live.url + "v/xicun/")
    told.value.finished()
    page.evaluate("new Promise(requestAnimationFrame)")
    assert strip(page).count() == 0
    page.goto(live.url + LEDGER)  # as it was, and as it is when it is mended
    sees(page, "没能更新")
    expect(strip(page, "七百元<b>")).to_be_visible()
    live.change("七百元<b>", "700.00")
    sees(page, "修水渠工钱")
    expect(strip(page)).to_have_count(0)


def test_what_stops_the_build_is_told_on_every_page(live: Served, page: Page) -> None:
    page.goto(live.url)
    template = write(live.folder, "content/templates/pages/registration.html", "{% nonsense %}")
    expect(strip(page, "模板 pages/registration.html")).to_be_visible()
    assert asked(live, f"/{LEDGER}")[0] == 200
    template.write_text("<p>第一种写法</p>", "utf-8")
    sees(page, "第一种写法")
    assert strip(page).count() == 0
    shutil.rmtree(live.folder / "content/templates")
    expect(page.get_by_text("第一种写法")).to_have_count(0)


def test_the_day_goes_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    built: list[date] = []

    class Days(date):
        @classmethod
        def today(cls) -> date:  # type: ignore[override]
            return days.pop(0)

    def build(settings: Settings, _: object, **_known: object) -> BuildResult:
        built.append(settings.today)
        return result

    result = BuildResult((), 0, 0, 0, 0, {})
    days = [date(2025, 10, 10), date(2025, 10, 10), date(2025, 10, 11), date(2025, 10, 11)]
    monkeypatch.setattr(serving, "date", Days)
    monkeypatch.setattr(serving, "build", build)
    monkeypatch.setattr(serving, "_changes", lambda _: iter([frozenset()] * len(days)))
    settings = Settings(tmp_path, tmp_path, tmp_path, tmp_path / "site", days[0])
    serving._follow(serving._Maker(settings, result, News(settings.out), print), is_daily=True)
    assert built == [date(2025, 10, 10), date(2025, 10, 11)]


@pytest.mark.parametrize("is_made", [True, False])
def test_a_village_is_seen_before_what_stands_above_it(tmp_path: Path, is_made: bool) -> None:
    site, port = tmp_path / "site", free_port()
    write(site, "v/a/index.html", "<head></head>old")
    news, draft = News(site), Draft(site)
    draft.add([OutputFile("v/a/index.html", b"<head></head>new")])
    address, last = f"http://127.0.0.1:{port}/v/a/", news.number
    with listen(answers(site, news), port) as server:
        server.begin()
        assert b"old" in urlopen(address).read()
        news.begin(draft)
        assert news.wait("v/a/", last, 0) == (last + 1, "reload")
        assert b"new" in urlopen(address).read()
        if is_made:
            shutil.copytree(draft.files, site, dirs_exist_ok=True)
            news.tell(Changes(("index.html", "v/a/index.html"), ()), ())
        else:
            news.fail("写不进")
        shutil.rmtree(draft.files)
        assert news.wait("v/a/", last + 1, 0)[1] == ("problems" if is_made else "reload")
        assert news.wait("", last + 1, 0)[1] == ("reload" if is_made else "problems")
        assert (b"new" if is_made else b"old") in urlopen(address).read()


def test_a_page_that_lies_there_early_is_loaded_once(tmp_path: Path) -> None:
    news, draft = News(tmp_path / "site"), Draft(tmp_path / "site")
    draft.add([OutputFile("v/a/index.html", b"a")])
    news.begin(draft)
    first = news.number
    news.begin(draft)
    assert news.number == first  # nothing more lies there
    draft.add([OutputFile("v/b/index.html", b"b")])
    news.begin(draft)
    assert news.wait("v/a/", first, 0)[1] == "problems"
    assert news.wait("v/b/", first, 0)[1] == "reload"
    news.tell(Changes(("v/a/index.html", "v/b/index.html", "v/b/search/texts.json"), ()), ())
    assert news.wait("v/b/", first + 1, 0)[1] == "problems"


def test_what_another_program_saves_is_seen_at_the_desk(live: Served, browser: Browser) -> None:
    context = browser.new_context(locale="zh-CN")
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto(live.url + "__mingbai/")
    page.locator("#village").select_option("xicun")
    page.locator("#list summary", has_text="财务收支").click()
    page.locator("#list li button", has_text="2025年第三季度").first.click()
    expect(page.locator("#pane iframe")).to_be_visible()
    live.change("修水渠工钱", "修水渠人工费")
    expect(page.locator(".tabulator-cell", has_text="修水渠人工费")).to_be_visible()
    expect(page.frame_locator("#pane iframe").get_by_text("修水渠人工费").first).to_be_attached()
    live.change("修水渠人工费", "修水渠工钱")
    expect(page.locator(".tabulator-cell", has_text="修水渠工钱")).to_be_visible()
    context.close()


def test_a_desk_that_is_open_is_not_opened_twice(
    live: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    said: list[str] = []
    monkeypatch.setattr(serving.webbrowser, "open", opened.append)
    settings = Settings(live.folder, live.folder, live.folder, live.folder, date(2025, 10, 10))

    def never(_: Settings) -> BuildResult:
        raise AssertionError

    serving.serve(settings, live.port, never, said.append, is_daily=False, opens=True)
    assert opened == [live.url + "__mingbai/"]
    assert said == ["工作台已经开着，在浏览器里。"]


def test_nothing_of_it_is_in_the_site(live: Served) -> None:
    status, content = asked(live, f"/{LEDGER}")
    assert status == 200
    assert b"/__mingbai/live.js" in content
    assert not (live.folder / "site").exists()  # that is written when somebody publishes
    for path in (live.folder / "desk/site").rglob("*"):
        with suppress(OSError):  # what was saved before may just be made again
            there = path.read_bytes()
            assert b"mingbai-live" not in there, path
            assert b"__mingbai" not in there, path


def test_only_this_machine_by_its_own_name_is_answered(live: Served) -> None:
    assert asked(live, "/", "localhost")[0] == 200
    for path in ("/", "/__mingbai/problems.json", "/__mingbai/events?page=&build=0", "/__mingbai/"):
        assert asked(live, path, "evil.example") == (403, b"")
    assert asked(live, "/v/")[0] == 404


def test_an_interrupt_ends_it(live: Served, page: Page) -> None:
    """It is the last to ask the server, and reads what it said of an error that came and went."""
    page.goto(live.url + LEDGER)  # with a stream that is open
    live.change("700.00", "七百元<b>")
    expect(strip(page, "七百元<b>")).to_be_visible()
    live.change("七百元<b>", "700.00")
    expect(strip(page)).to_have_count(0)
    told, end = f"/__mingbai/problems.json?page={LEDGER}", monotonic() + 60
    while b"ledger-amount" in asked(live, told)[1]:  # the page is loaded before all is made
        assert monotonic() < end
        page.wait_for_timeout(50)
    live.process.send_signal(signal.SIGINT)
    said, _ = live.process.communicate(timeout=60)
    assert live.process.returncode == 0
    assert "2025Q3.csv:3: [支出] ledger-amount" in said
    assert "问题 0 个，新的 0 个，没有了的 2 个" in said
