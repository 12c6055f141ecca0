"""The packed site: opens from a stick by double click, asks nothing of the network."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from generator.model.filenames import is_sheet_file
from generator.packer.filenames import LONGEST_PATH, safe_names
from tests.browsing import expect
from tests.commands import publish_here

ADDRESS = re.compile(r'<[^<>]* (?:href|src|action)="([^"]*)"')
ONLINE = "https://qingshi.example/"


@pytest.fixture(scope="module")
def village_pack(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("pack") / "柳溪村.zip"
    result = publish_here(
        "pack", str(site), "--village", "柳溪村", "--out", str(out), "--no-posters"
    )
    assert result.returncode == 0, result.stderr
    assert "双击" in result.stdout
    sheets = [p for p in site.rglob("*") if re.fullmatch(r"(poster|wall)\b.*", p.name)]
    mine = [p for p in sheets if p.is_file() and not re.match(r"[tv]/(?!liuxi/)", told(p, site))]
    assert f"没有装进去的：公示单（{len(mine)} 个文件）；" in result.stdout
    assert "别的 3 个村的内容" in result.stdout
    return out


def told(path: Path, site: Path) -> str:
    return path.relative_to(site).as_posix()


@pytest.fixture(scope="module")
def unpacked(village_pack: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stick") / "我的 U 盘 #1" / "柳溪村 公开"
    with zipfile.ZipFile(village_pack) as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    """A page that must ask the network nothing, and find every file that it asks for."""
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: faults.append(str(e)))
    page.on("requestfailed", lambda r: faults.append(r.url))
    page.on(
        "request", lambda r: None if r.url.startswith(("file:", "data:")) else faults.append(r.url)
    )
    yield page
    context.close()
    assert faults == []


def test_a_double_click_leads_to_records_powers_and_search(unpacked: Path, desk: Page) -> None:
    desk.goto((unpacked / "打开公开栏.html").as_uri())
    desk.wait_for_url("**/site/v/liuxi/index.html")
    assert "离线版，内容到2025年10月10日为止" in desk.locator(".kept").inner_text()
    assert desk.evaluate("getComputedStyle(document.querySelector('.kept')).fontWeight") == "700"
    assert not desk.locator("[data-keep]").is_visible()

    desk.goto(desk.url.replace("index.html", "decisions/index.html"))
    desk.locator("main a[href*='2025-08-20-ludeng']").first.click()
    assert "路灯" in desk.locator("main").inner_text()
    desk.locator("#about > summary").click()
    desk.locator("main a[href*='powers/']").first.click()
    desk.wait_for_url("**/powers/**/index.html")
    assert desk.locator("h1").inner_text()

    desk.locator("a.find").click()
    desk.wait_for_url("**/v/liuxi/search/index.html")
    desk.locator("input[name=q]").fill("路灯维修")
    results = desk.locator("ol[data-results] > li > a")
    expect(results.first).to_be_visible()
    hrefs = [results.nth(n).get_attribute("href") or "" for n in range(results.count())]
    results.nth(next(n for n, h in enumerate(hrefs) if "2025-09/index.html#r" in h)).click()
    desk.wait_for_url("**/ledger/2025-09/index.html#r*")
    assert "路灯" in desk.locator(":target").inner_text()
    assert desk.locator(":target mark").first.inner_text() == "路灯维修"
    assert desk.locator(".walk").is_visible()
    desk.go_back()
    expect(results.first).to_be_visible()
    assert desk.locator("input[name=q]").input_value() == "路灯维修"


def test_the_form_on_the_home_page_asks_the_search(unpacked: Path, desk: Page) -> None:
    desk.goto((unpacked / "site/v/liuxi/index.html").as_uri())
    desk.locator("input[name=q]").fill("路灯")
    desk.keyboard.press("Enter")
    expect(desk.locator("ol[data-results] > li").first).to_be_visible()
    assert desk.url.endswith(f"search/index.html?q={quote('路灯')}")
    desk.goto(desk.url.partition("?")[0] + "?q=ludeng")
    expect(desk.locator("ol[data-results] mark").first).to_have_text("路灯")


def test_ones_own_rows_are_found_while_they_are_on_display(unpacked: Path, desk: Page) -> None:
    desk.clock.set_fixed_time("2025-10-10T12:00:00+08:00")
    desk.goto((unpacked / "site/v/liuxi/index.html").as_uri())
    desk.locator("#mine").fill("张庆兰")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/mine/index.html")
    expect(desk.locator(".found")).to_contain_text("张庆兰：1 笔")
    desk.locator("[data-mine-cards] a").first.click()
    desk.wait_for_url("**/subsidies/2025Q3/index.html#r*")


def test_names_are_not_shown_after_their_day(unpacked: Path, desk: Page) -> None:
    """The sample's lists of 2025 are over; the copy on the stick is not taken down by anyone."""
    page = unpacked / "site/v/liuxi/subsidies/2025Q3/index.html"
    cell = re.search(r'data-label="户主">([^<]+)<', page.read_text("utf-8"))
    assert cell
    desk.goto(page.as_uri())
    assert "公示期已满" in desk.locator("main").inner_text()
    assert cell[1] not in desk.locator("main").inner_text()
    desk.goto((unpacked / "site/v/liuxi/search/index.html").as_uri() + f"?q={quote(cell[1])}")
    expect(desk.locator("[data-results-count][data-count='0']")).to_be_visible()
    desk.goto((unpacked / "site/v/liuxi/mine/index.html").as_uri())
    desk.locator("#mine").fill(cell[1])
    expect(desk.locator(".found")).to_contain_text("没有找到")


def links(folder: Path) -> Iterator[tuple[str, str]]:
    for page in sorted(folder.rglob("*.html")):
        for address in ADDRESS.findall(page.read_text("utf-8")):
            yield page.relative_to(folder).as_posix(), unescape(address)


def test_every_link_leads_to_a_file_or_to_the_site(unpacked: Path, site: Path) -> None:
    ids: dict[str, set[str]] = {}
    broken, inside = [], 0
    for page, address in links(unpacked):
        parts = urlsplit(address)
        if parts.scheme:
            if address.startswith(ONLINE):
                path = unquote(parts.path).lstrip("/")
                there = (
                    site / path / "index.html" if path.endswith("/") or not path else site / path
                )
                if not there.is_file() and not path.endswith(("/poster.pdf", "/poster.png")):
                    broken.append((page, address))
            continue
        inside += 1
        path = unquote(urlsplit(urljoin(f"/{quote(page)}", parts.path)).path).lstrip("/")
        if not (unpacked / path).is_file():
            broken.append((page, address))
        elif parts.fragment and path.endswith(".html"):
            if path not in ids:
                ids[path] = set(re.findall(r' id="([^"]+)"', (unpacked / path).read_text("utf-8")))
            if unquote(parts.fragment) not in ids[path]:
                broken.append((page, address))
    assert inside > 1000
    assert broken == []


def test_a_village_pack_holds_the_village_and_what_it_needs(village_pack: Path) -> None:
    names = zipfile.ZipFile(village_pack).namelist()
    assert {"打开公开栏.html", "先看这里.txt", "site/v/liuxi/search/texts.js"} <= set(names)
    assert [n for n in names if n.startswith("site/powers/")]
    others = ("site/v/meiling", "site/t/", "site/sw.js", "site/search/start")
    assert not [n for n in names if n.startswith(others)]
    assert not [n for n in names if n.endswith("manifest.json")]
    assert not [n for n in names if re.search(r"/(poster|wall)\b[^/]*\.(pdf|png)$", n)]
    for info in zipfile.ZipFile(village_pack).infolist():
        assert info.filename.isascii() or info.flag_bits & 0x800


def test_a_document_called_like_the_round_is_no_sheet() -> None:
    assert is_sheet_file("v/liuxi/wall.pdf")
    assert is_sheet_file("v/liuxi/ledger/2025-09/poster-tiles.pdf")
    assert not is_sheet_file("v/liuxi/notices/2025-09-20-a/wall.pdf")
    assert not is_sheet_file("v/liuxi/notices/2025-09-20-a/poster.docx")


def test_what_is_not_in_a_pack_is_said_in_it(village_pack: Path, site: Path) -> None:
    with zipfile.ZipFile(village_pack) as archive:
        words = archive.read("先看这里.txt").decode("utf-8-sig")
    line = next(line for line in words.splitlines() if line.startswith("没有装进来的："))
    for left_out in ("公示单（", "别的 3 个村的内容", "manifest.json", "只有网站服务器用得着"):
        assert left_out in line


def test_a_pack_is_the_same_bytes_again(village_pack: Path, site: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.zip"
    words = ("--village", "liuxi", "--out", str(again), "--no-posters")
    assert publish_here("pack", str(site), *words).returncode == 0
    assert again.read_bytes() == village_pack.read_bytes()


def test_the_whole_site_in_one_pack(site: Path, tmp_path: Path, desk: Page) -> None:
    out = tmp_path / "all.zip"
    assert publish_here("pack", str(site), "--out", str(out)).returncode == 0
    with zipfile.ZipFile(out) as archive:
        posters = sum(name.endswith("poster.pdf") for name in archive.namelist())
        archive.extractall(tmp_path / "全 部")
    assert posters == len(list(site.rglob("poster.pdf")))
    with zipfile.ZipFile(out) as archive:
        assert "site/v/liuxi/wall.pdf" in archive.namelist()
    wrong = [
        (page, address)
        for page, address in links(tmp_path / "全 部" / "site")
        if address.endswith("/") and not urlsplit(address).scheme
    ]
    assert wrong == []
    desk.goto((tmp_path / "全 部" / "打开公开栏.html").as_uri())
    desk.wait_for_url("**/site/index.html")
    desk.get_by_role("link", name="柳溪村").first.click()
    desk.wait_for_url("**/v/liuxi/index.html")
    desk.goto((tmp_path / "全 部/site/search/index.html").as_uri() + f"?q={quote('机耕桥')}")
    expect(desk.locator("ol[data-results] > li").first).to_be_visible()


def test_without_an_address_links_that_lead_out_are_words(site: Path, tmp_path: Path) -> None:
    """As on a site that was built before it had a base_url."""
    folder = small_site(site, tmp_path)
    page = folder / "index.html"
    page.write_text(
        '<title>村</title><main><a href="v/x/">某村</a><a href="b/">有</a></main>', "utf-8"
    )
    (folder / "b").mkdir()
    (folder / "b" / "index.html").write_text("<title>有</title>", "utf-8")
    listed(folder)
    out = tmp_path / "x.zip"
    assert publish_here("pack", str(folder), "--out", str(out)).returncode == 0
    words = zipfile.ZipFile(out).read("site/index.html").decode()
    assert '<a title="联网后在网站上看">某村</a>' in words
    assert '<a href="b/index.html">有</a>' in words
    assert "最新的以网站为准" in words


def small_site(site: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "small"
    folder.mkdir()
    shutil.copytree(site / "assets", folder / "assets")
    return folder


def listed(folder: Path) -> None:
    """A manifest that is true of the folder."""
    files = {
        p.relative_to(folder).as_posix(): {"sha256": hashlib.sha256(p.read_bytes()).hexdigest()}
        for p in folder.rglob("*")
        if p.is_file()
    }
    manifest = {"built_for": "2025-10-10", "villages": {}, "files": files}
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")


# ---------------------------------------------------------------------------------- names, faults


def test_names_suit_windows_and_sticks() -> None:
    paths = [
        "v/x/a/收据?.pdf",
        "v/x/a/收据*.pdf",
        "v/x/a/B.pdf",
        "v/x/a/b.pdf",
        "v/con/nul.txt",
        "v/x/a/末尾. ",
        "v/x/a/" + "长" * 100 + ".pdf",
        "v/" + "/".join(["a" * 90] * 3) + "/" + "长" * 100 + ".pdf",
        "v/x/index.html",
    ]
    names = safe_names(paths)
    assert names["v/x/index.html"] == "v/x/index.html"
    assert names["v/x/a/B.pdf"] == "v/x/a/B.pdf"
    assert names["v/con/nul.txt"] == "v/_con/_nul.txt"
    found = list(names.values())
    assert len({name.casefold() for name in found}) == len(paths)
    for name in found:
        assert not re.search(r'[<>:"|?*\\]', name)
        assert not [part for part in name.split("/") if part != part.rstrip(" .")]
        assert len(name) <= LONGEST_PATH, name
    assert safe_names(reversed(paths)) == names


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("nowhere",), "找不到网站文件夹"),
        ((".",), "不是生成好的网站"),
        (("SITE", "--village", "liuxy"), "没有这个村：liuxy。有的村：liuxi"),
        (("SITE", "--out", "SITE/a.zip"), "不能放在网站文件夹"),
        (("SITE", "--out", "/proc/no/a.zip"), "写不了"),
    ],
)
def test_what_cannot_be_packed_is_said(
    words: tuple[str, ...], message: str, site: Path, tmp_path: Path
) -> None:
    options = [word.replace("SITE", str(site)) for word in words]
    result = publish_here("pack", *options, cwd=tmp_path)
    assert result.returncode == 2
    assert message in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_site_that_was_changed_is_not_packed(site: Path, tmp_path: Path) -> None:
    folder = small_site(site, tmp_path)
    (folder / "index.html").write_text("<title>村</title>", "utf-8")
    listed(folder)
    (folder / "assets/LICENSES.md").write_text("changed", "utf-8")
    result = publish_here("pack", str(folder), "--out", str(tmp_path / "x.zip"))
    assert result.returncode == 2
    assert "和清单对不上" in result.stderr
    assert not (tmp_path / "x.zip").exists()
