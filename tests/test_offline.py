"""Reading without network: what the service worker keeps, says, renews and drops."""

from __future__ import annotations

import gzip
import json
import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from generator.render.pages.assets import as_sent
from generator.render.templates import Templates
from tests.browsing import Server, expect
from tests.commands import ROOT

PHONE = {"width": 360, "height": 720}
HOME = "v/liuxi/"
RECORD = "v/liuxi/ledger/2025-09/"
NAMES = "v/liuxi/subsidies/2025Q3/"  # its display period ended in 2025
MINE_ROWS = f"{HOME}mine/rows.json"
LATER = '<meta charset="utf-8"><title>新的</title><main>新的</main>'
SAVING = "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"
# A page leaves its village alone for its first second; here that is over at once.
HURRIED = """(() => {
  const real = window.setTimeout;
  window.setTimeout = (job, ms, ...more) => real(job, Math.min(ms || 0, 20), ...more);
})()"""
LISTED = """async () => {
  const kept = {};
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    kept[name] = (await cache.keys()).map((request) => request.url);
  }
  return kept;
}"""
# The worker does one job after the other: it answers this one when others are done.
DONE = """(home) => navigator.serviceWorker.ready.then(({active}) => new Promise((done) => {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => done();
  active.postMessage({job: "look", home, thrifty: true, page: ""}, [channel.port2]);
}))"""
AGED = """async ([url, days]) => {
  const name = (await caches.keys()).find((one) => one.endsWith(" pages"));
  const cache = await caches.open(name);
  const old = await cache.match(url);
  const headers = new Headers(old.headers);
  headers.set("X-Kept", Date.now() - days * 864e5);
  await cache.put(url, new Response(await old.text(), {headers}));
}"""


class Phone:
    """A phone that visits a site; any fault on the way fails the test that uses it."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.context, self.base = context, base
        context.add_init_script(HURRIED)
        self.page = context.new_page()
        self.faults: list[str] = []
        self.page.on("console", lambda m: self.faults.append(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def visit(self, path: str) -> Page:
        self.page.goto(self.base + path)
        return self.page

    def kept(self) -> set[str]:
        """The pages and data that are kept, without those that every version brings."""
        listed = self.page.evaluate(LISTED)
        urls = [url for name, urls in listed.items() if name.endswith(" pages") for url in urls]
        return {url.removeprefix(self.base) for url in urls}

    def text(self, path: str) -> str:
        """What a kept page says."""
        found = "caches.match(url).then((kept) => kept ? kept.text() : '')"
        return str(self.page.evaluate(f"(url) => {found}", self.base + path))

    def fixed(self) -> list[list[str]]:
        listed = self.page.evaluate(LISTED)
        return [urls for name, urls in listed.items() if not name.endswith(" pages")]

    def read_village(self, home: str = HOME) -> None:
        """Visit a village's home and stay until its essentials are kept, and what is over is not."""
        self.visit(home)
        self.wait_until(lambda: f"{home}manifest.json" in self.kept())
        self.page.evaluate(DONE, home)

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        """Frames are asked for meanwhile: where none is drawn, a page may never be told that it
        has idle time, in which villages are kept."""
        for _ in range(1500):  # long only where the machine is busy with much else
            self.page.evaluate("requestAnimationFrame(() => {})")
            if is_so():
                return
            self.page.wait_for_timeout(40)
        raise AssertionError("waited in vain")

    def age(self, path: str, days: int) -> None:
        self.page.evaluate(AGED, [self.base + path, days])


@pytest.fixture
def phone(
    browser: Browser, site: Path, serve_folder: Callable[[Path], str]
) -> Iterator[Callable[..., Phone]]:
    contexts: list[BrowserContext] = []

    def start(folder: Path = site, under: str = "", base: str = "", **options: object) -> Phone:
        context = browser.new_context(viewport=PHONE, locale="zh-CN", **options)  # type: ignore[arg-type]
        contexts.append(context)
        return Phone(context, (base or serve_folder(folder)) + under)

    yield start
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def kept(browser: Browser, site_url: str) -> Iterator[Phone]:
    """A phone that has a village."""
    context = browser.new_context(viewport=PHONE, locale="zh-CN")
    visitor = Phone(context, site_url)
    visitor.read_village()
    yield visitor
    context.close()


@pytest.fixture
def reader(kept: Phone) -> Iterator[Phone]:
    """The same for one test after the other: each leaves it what it keeps, and its network."""
    kept.faults.clear()
    yield kept
    kept.context.set_offline(False)


@pytest.fixture
def copy(site: Path, tmp_path: Path) -> Path:
    """A copy of one village's site that a test may change."""
    folder = tmp_path / "site"
    others = [p.name for p in (site / "v").iterdir() if p.name != "liuxi"]
    shutil.copytree(site, folder, ignore=shutil.ignore_patterns("poster.*", *others))
    return folder


# ------------------------------------------------------------------------------------- visited


def test_a_visited_village_is_read_and_searched_without_network(
    site: Path, tmp_path: Path, phone: Callable[..., Phone]
) -> None:
    """In a sub-folder of a host; in its root is where the other tests stand."""
    (tmp_path / "gongkai").symlink_to(site)
    visitor = phone(tmp_path, under="gongkai/")
    visitor.read_village()
    assert {HOME, RECORD, f"{HOME}powers/", f"{HOME}ledger/", f"{HOME}search/"} <= visitor.kept()
    expect(visitor.page.locator(".kept")).to_have_count(0)

    visitor.context.set_offline(True)
    page = visitor.visit(RECORD)
    assert "105,230.00" in page.locator("main").inner_text()
    bar = page.locator(".kept")
    assert bar.inner_text().startswith("没有网络，这是今天")
    assert page.evaluate("document.styleSheets[0].cssRules.length") > 50

    for words in ("ludeng", "路燈維修", "路灯维修"):
        page = visitor.visit(f"{HOME}search/?q={quote(words)}")
        expect(page.locator("ol[data-results] > li").first).to_be_visible()
        assert "存下的资料" in page.locator("[data-results-count]").inner_text()
    assert not [path for path in visitor.kept() if "?" in path]  # what was asked is not stored
    page.locator("ol[data-results] a", has_text="收支账").first.click()
    expect(page.locator(".walk")).to_have_count(1)
    expect(page.locator("main mark").first).to_be_visible()

    visitor.context.set_offline(False)
    expect(visitor.visit(RECORD).locator(".kept")).to_have_count(0)
    assert visitor.faults == []


def test_the_worker_leaves_to_the_browser_what_it_does_not_keep(reader: Phone) -> None:
    """And keeps a page of an earlier version, which names no styles and scripts."""
    (worker,) = reader.context.service_workers
    fault = """(url) => {
        let fault = "";
        self.onerror = (message) => { fault = String(message); };
        self.dispatchEvent(new FetchEvent("fetch", {request: new Request(url)}));
        self.onerror = null;
        return fault;
    }"""
    for path in (f"{HOME}manifest.json", f"{RECORD}data.csv", f"{RECORD}poster.png"):
        assert worker.evaluate(fault, reader.base + path) == "", path
    other = "v/meiling/"
    ask = DONE.replace('page: ""', "page").replace("(home)", "([home, page])")
    assert other not in reader.kept()
    reader.page.evaluate(ask, [HOME, reader.base + other])
    assert other in reader.kept()


def test_ones_own_rows_are_found_without_network(phone: Callable[..., Phone]) -> None:
    visitor = phone()
    visitor.page.clock.set_fixed_time("2025-10-10T12:00:00+08:00")
    visitor.read_village()
    assert {f"{HOME}mine/", MINE_ROWS} <= visitor.kept()
    rows = visitor.page.evaluate(
        "(url) => fetch(url).then((one) => one.json())", visitor.base + MINE_ROWS
    )
    lasting = [record for record in rows if not record["until"]]
    name = next(part[3][0] for part in lasting[0]["parts"] if part[0] == "name")
    visitor.context.set_offline(True)
    page = visitor.visit(HOME)
    page.locator("#mine").fill(name)
    page.locator("#mine").press("Enter")
    expect(page.locator(".found")).to_contain_text(f"{name}：")
    # By the worker's clock, which is the machine's, the other names came down long ago.
    assert len(lasting) < len(rows)
    assert json.loads(visitor.text(MINE_ROWS)) == lasting
    page.locator("[data-mine-form] input").fill("张庆兰")
    expect(page.locator(".found")).to_contain_text("没有找到")
    expect(page.locator("[data-mine-copy]")).to_contain_text("没有连上网，这是")
    assert visitor.faults == []


def test_what_was_not_kept_says_so(reader: Phone) -> None:
    reader.context.set_offline(True)
    page = reader.visit("v/meiling/ledger/2025-09/?c=VTTJ9Q3F")
    assert page.locator("h1").inner_text() == "这一页没有存在手机里"
    assert page.evaluate("document.styleSheets[0].cssRules.length") > 50
    page.get_by_role("link", name="柳溪村").click()
    page.wait_for_url(reader.base + HOME)
    assert reader.faults == []


def test_a_kept_page_says_from_which_day_it_is(reader: Phone) -> None:
    reader.age(RECORD, 9)
    reader.context.set_offline(True)
    days = "const d = new Date(Date.now() - 9 * 864e5); `${d.getMonth() + 1}月${d.getDate()}日`"
    day = reader.page.evaluate(f"() => {{ {days.replace('; `', '; return `')} }}")
    assert f"{day} 存下的页面" in reader.visit(RECORD).locator(".kept").inner_text()


def test_with_little_data_only_what_is_read_is_kept(phone: Callable[..., Phone]) -> None:
    visitor = phone()
    visitor.context.add_init_script(SAVING)
    page = visitor.visit(HOME)
    visitor.wait_until(page.locator("[data-keep]").is_visible)
    visitor.visit(RECORD)
    visitor.wait_until(lambda: RECORD in visitor.kept())
    assert visitor.kept() == {HOME, RECORD}

    button = visitor.visit(HOME).locator("[data-keep] button")
    expect(button).to_have_text("把本村存到手机里")
    button.click()  # says the size first
    expect(button).to_contain_text("MB")
    assert visitor.kept() == {HOME, RECORD}


def test_the_button_keeps_every_page_of_the_village(
    site: Path, phone: Callable[..., Phone]
) -> None:
    visitor = phone()
    visitor.read_village()
    place = visitor.page.locator("[data-keep]")
    expect(place.locator("button")).to_contain_text("MB")
    place.locator("button").click()
    expect(place.locator("[role=status]")).to_contain_text("没有网络也能看")
    files = json.loads((site / HOME / "manifest.json").read_text("utf-8"))["files"]
    pages = {path.removesuffix("index.html") for path in files if path.endswith(".html")}
    assert lasting(pages, site) <= visitor.kept()
    assert not [path for path in visitor.kept() if "poster" in path]

    visitor.context.set_offline(True)
    page = visitor.visit(f"{HOME}powers/")
    page.locator("details[data-part] summary").first.click()
    page.locator("main a[href*='/powers/']").first.click()
    expect(page.locator(".kept")).to_have_count(1)
    assert "没有存在手机里" not in page.locator("h1").inner_text()
    assert visitor.faults == []


# ---------------------------------------------------------------------------- renewed, dropped


def lasting(pages: set[str], site: Path) -> set[str]:
    """Those without names that have come down since the sample's day."""
    return {p for p in pages if not p.endswith("/") or not has_names(site / p / "index.html")}


def has_names(page: Path) -> bool:
    return "data-until=" in page.read_text("utf-8")


def new_version(folder: Path) -> None:
    """As a later build leaves it: another style sheet under another name."""
    (style,) = folder.glob("assets/site.*.css")
    fresh = style.with_name("site.89abcdef.css")
    style.rename(fresh)
    for path in (*folder.rglob("*.html"), folder / "sw.js"):
        text = path.read_text("utf-8").replace(style.name, fresh.name)
        path.write_text(text.replace('const VERSION = "', 'const VERSION = "x'), "utf-8")


def test_a_new_version_takes_over_and_kept_pages_stay_readable(
    copy: Path, phone: Callable[..., Phone]
) -> None:
    visitor = phone(copy)
    visitor.read_village()
    before = visitor.kept()
    (first,) = visitor.fixed()
    new_version(copy)
    visitor.page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
    visitor.wait_until(lambda: len(visitor.fixed()) == 1 and visitor.fixed()[0] != first)
    (second,) = visitor.fixed()
    assert [url for url in second if url.endswith("site.89abcdef.css")]
    assert [url for url in second if "/early." in url]
    assert lasting(before, copy) <= visitor.kept()

    visitor.context.set_offline(True)
    page = visitor.visit(RECORD)  # asks for the style sheet of the first version
    assert "89abcdef" not in page.content()
    assert page.evaluate("document.styleSheets[0].cssRules.length") > 50
    assert visitor.faults == []


def test_old_copies_and_names_after_their_day_are_dropped(reader: Phone) -> None:
    reader.wait_until(lambda: HOME in reader.kept())
    name = reader.visit(NAMES).locator("td[data-label=户主], th[data-label=户主]").first
    words = name.inner_text()
    reader.wait_until(lambda: NAMES in reader.kept())
    reader.visit(f"{HOME}search/?q={quote(words)}")
    expect(
        reader.page.locator("ol[data-results] > li").first
    ).to_be_visible()  # the site's own word
    reader.age(RECORD, 31)

    reader.context.set_offline(True)
    for path in (RECORD, NAMES):
        assert "没有存在手机里" in reader.visit(path).locator("h1").inner_text()
        assert path not in reader.kept()
    page = reader.visit(f"{HOME}search/?q={quote(words)}")
    expect(page.locator("[data-results-count]")).to_have_attribute("data-count", "0")


def test_a_page_that_is_gone_is_not_kept(copy: Path, phone: Callable[..., Phone]) -> None:
    visitor = phone(copy)
    visitor.read_village()
    record, other = RECORD, "v/liuxi/ledger/2025-09.coop/"
    assert {record, other} <= visitor.kept()
    shutil.rmtree(copy / record)
    visitor.visit(record)
    assert record not in visitor.kept()

    shutil.rmtree(copy / other)
    manifest = json.loads((copy / HOME / "manifest.json").read_text("utf-8"))
    manifest["files"] = {p: f for p, f in manifest["files"].items() if not p.startswith(other)}
    manifest["records"] = [r for r in manifest["records"] if r["url"] not in (record, other)]
    (copy / HOME / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    visitor.age(f"{HOME}manifest.json", 1)
    visitor.visit(HOME)
    visitor.wait_until(lambda: other not in visitor.kept())


def test_where_the_texts_cannot_be_had_the_kept_ones_are_searched(
    copy: Path, phone: Callable[..., Phone]
) -> None:
    visitor = phone(copy)
    visitor.read_village()
    (copy / HOME / "search/texts.json").unlink()
    page = visitor.visit(f"{HOME}search/?q={quote('路灯维修')}")
    expect(page.locator("ol[data-results] > li").first).to_be_visible()
    assert "存下的资料" in page.locator("[data-results-count]").inner_text()


class _Handler(SimpleHTTPRequestHandler):
    wait = threading.Event()
    broken = False

    def do_GET(self) -> None:
        if self.path.endswith("2025-09/"):
            self.wait.wait(60)
            if self.broken:
                self.send_error(502)
                return
        super().do_GET()

    def log_message(self, format: str, *args: object) -> None:
        """Keep the requests out of the report."""


def test_a_slow_or_broken_server_does_not_keep_a_reader_waiting(
    copy: Path, phone: Callable[..., Phone]
) -> None:
    class Handler(_Handler):
        wait = threading.Event()

    worker = copy / "sw.js"
    text = worker.read_text("utf-8")
    assert "(4e3)" in text  # how long a reader waits; here that is over in a tenth
    worker.write_text(text.replace("(4e3)", "(400)"), "utf-8")
    Handler.wait.set()
    server = Server(("127.0.0.1", 0), partial(Handler, directory=str(copy)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        visitor = phone(base=f"http://127.0.0.1:{server.server_port}/")
        visitor.read_village()
        (copy / RECORD / "index.html").write_text(LATER, "utf-8")
        Handler.wait.clear()
        page = visitor.visit(RECORD)
        assert "网络很慢，这是" in page.locator(".kept").inner_text()
        assert "105,230.00" in page.locator("main").inner_text()
        Handler.wait.set()
        visitor.wait_until(lambda: "新的" in visitor.text(RECORD))
        Handler.broken = True  # the fresh page came late, and was kept all the same
        page = visitor.visit(RECORD)
        assert "网站连不上，这是今天" in page.locator(".kept").inner_text()
        assert "新的" in page.locator("main").inner_text()
    finally:
        Handler.wait.set()
        server.shutdown()
        server.server_close()


# --------------------------------------------------------------------------- not there, weight


@pytest.mark.parametrize("lack", ["blocked", "absent", "refused"])
def test_pages_are_whole_without_a_service_worker(lack: str, phone: Callable[..., Phone]) -> None:
    visitor = phone(service_workers="block") if lack == "blocked" else phone()
    if lack == "absent":
        visitor.context.add_init_script(
            "Object.defineProperty(Navigator.prototype, 'serviceWorker', {value: undefined})"
        )
    elif lack == "refused":
        visitor.context.add_init_script(
            "ServiceWorkerContainer.prototype.register = () => Promise.reject(new Error('no'))"
        )
    visitor.page.clock.install()
    page = visitor.visit(HOME)
    page.clock.run_for(60_000)
    expect(page.locator("[data-keep]")).to_be_hidden()
    page.clock.resume()
    visitor.visit(f"{HOME}search/?q={quote('路灯维修')}")
    expect(page.locator("ol[data-results] > li").first).to_be_visible()
    assert visitor.faults == []


def test_the_service_worker_is_small(site: Path) -> None:
    worker = (site / "sw.js").read_bytes()
    assert len(gzip.compress(worker, 9)) <= 4096
    assert b"{{" not in worker
    page = as_sent(Templates(ROOT / "templates"), "js/keep.js")
    others = next(site.glob("assets/site.*.js")).read_bytes()
    assert page in others
    rest = others.replace(page, b"")
    assert len(gzip.compress(others, 9)) - len(gzip.compress(rest, 9)) <= 1024
