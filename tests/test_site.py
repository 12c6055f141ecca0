"""The sample township from the outside: a villager's phone, a clerk's sheet."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pypdf
import pypdfium2
import pytest
from playwright.sync_api import Browser, Page

from tests.browsing import expect
from tests.commands import ROOT, publish_here
from tests.measuring import codes_of
from tests.township import real_content

PHONE = {"width": 360, "height": 720}
RECORD = "v/liuxi/ledger/2025-09/"


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page on a small phone; a script error, a failed request or a dialog fails the test."""
    context = browser.new_context(viewport=PHONE, locale="zh-CN", service_workers="block")
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: faults.append(str(e)))
    page.on("requestfailed", lambda r: faults.append(r.url))
    page.on("dialog", lambda d: faults.append(d.message))
    yield page
    context.close()
    assert faults == []


def test_every_item_of_the_catalogue_appears_in_the_sample(site: Path) -> None:
    items = {
        record["item"]
        for manifest in site.glob("v/*/manifest.json")
        for record in json.loads(manifest.read_text("utf-8"))["records"]
    }
    shared, _ = real_content()
    assert items == {item.id for item in shared.catalogue.items}


def test_verify_finds_nothing(site: Path) -> None:
    result = publish_here("verify", str(site))
    assert result.returncode == 0, result.stderr


def test_a_villager_finds_a_payment_by_searching(
    site: Path, phone: Page, serve_folder: Callable[[Path], str]
) -> None:
    base = serve_folder(site)
    phone.goto(base)
    phone.get_by_role("link", name="柳溪村").first.click()
    phone.locator("input[name=q]").fill("路灯维修")
    phone.keyboard.press("Enter")
    results = phone.locator("ol[data-results] > li > a[href]")
    expect(results.first).to_be_visible()
    links = [results.nth(n).get_attribute("href") or "" for n in range(results.count())]
    wanted = next(n for n, link in enumerate(links) if "ledger/2025-09/#r" in link)
    results.nth(wanted).click()
    phone.wait_for_url(f"**/{RECORD}#r*")
    row = phone.locator(":target")
    assert "路灯" in row.inner_text()
    assert "9,800.00" in row.inner_text()
    assert row.bounding_box() is not None
    box = row.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < PHONE["height"]


def test_the_whole_site_is_searched_by_name_and_by_word(
    site: Path, phone: Page, serve_folder: Callable[[Path], str]
) -> None:
    base = serve_folder(site)
    rows = csv.DictReader(
        io.StringIO((site / "v/liuxi/subsidies/2025Q3/data.csv").read_text("utf-8-sig"))
    )
    name = next(iter(rows))["户主"]
    for query in (name, "机耕桥", "四议两公开"):
        phone.goto(f"{base}search/?q={quote(query)}")
        result = phone.locator("ol[data-results] > li").first
        expect(result).to_be_visible()
        assert query in result.inner_text()
        assert phone.locator("[data-results-count]").inner_text()


def test_pages_work_without_javascript(
    site: Path, browser: Browser, serve_folder: Callable[[Path], str]
) -> None:
    base = serve_folder(site)
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(base + RECORD)
    words = page.locator("main").inner_text()
    for part in ("32,000.00", "18,450.50", "105,230.00", "路灯"):
        assert part in words
    page.goto(f"{base}v/liuxi/search/")
    assert "JavaScript" in page.locator("main").inner_text()
    context.close()


def sheet_picture(pdf: bytes) -> object:
    """The first page of a PDF as a picture, at about 150 dots an inch."""
    document = pypdfium2.PdfDocument(pdf)
    picture = document[0].render(scale=150 / 72).to_pil()
    document.close()
    return picture


def test_the_sheet_says_what_the_page_says_and_leads_back_to_it(
    site: Path, phone: Page, serve_folder: Callable[[Path], str]
) -> None:
    pdf = (site / RECORD / "poster.pdf").read_bytes()
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    words = "".join(page.extract_text() for page in reader.pages)
    rows = csv.DictReader(io.StringIO((site / RECORD / "data.csv").read_text("utf-8-sig")))
    for row in rows:
        assert "".join(row["摘要"].split()) in "".join(words.split())
    fonts = {
        str(font.get_object()["/BaseFont"]): font.get_object()
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert fonts
    for font in fonts.values():
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert "/FontFile2" in descriptor

    manifest = json.loads((site / "v/liuxi/manifest.json").read_text("utf-8"))
    record = next(r for r in manifest["records"] if r["url"] == RECORD)
    (code,) = codes_of(sheet_picture(pdf))
    assert code.text == f"https://qingshi.example/{RECORD}?c={record['code']}"

    address = urlsplit(code.text)
    base = serve_folder(site)
    phone.goto(f"{base}{address.path.lstrip('/')}?{address.query}")
    expect(phone.locator("[data-verdict=current]")).to_be_visible()


def test_after_a_correction_the_old_sheet_is_superseded(
    site: Path, tmp_path: Path, phone: Page, serve_folder: Callable[[Path], str]
) -> None:
    shutil.copytree(ROOT / "villages", tmp_path / "villages")
    shutil.copytree(ROOT / "content", tmp_path / "content")
    ledger = tmp_path / "villages/qingshi/liuxi/ledger/2025-09.csv"
    text = ledger.read_text("utf-8-sig")
    assert "路灯" in text
    ledger.write_text(text.replace("路灯", "太阳能路灯"), "utf-8")
    options = ("--today", "2025-10-10", "--no-posters", "--only", "liuxi")
    result = publish_here("build", *options, cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    old = json.loads((site / "v/liuxi/manifest.json").read_text("utf-8"))
    code = next(r["code"] for r in old["records"] if r["url"] == RECORD)

    base = serve_folder(tmp_path / "site")
    phone.goto(f"{base}{RECORD}?c={code}")
    expect(phone.locator("[data-verdict=superseded]")).to_be_visible()
    slipped = ("3" if code[0] != "3" else "4") + code[1:]
    phone.goto(f"{base}{RECORD}?c={slipped}")
    expect(phone.locator("[data-verdict=unreadable]")).to_be_visible()
    untouched = [r for r in old["records"] if r["url"] != RECORD]
    new = json.loads((tmp_path / "site/v/liuxi/manifest.json").read_text("utf-8"))
    codes = {r["url"]: r["code"] for r in new["records"]}
    assert [r["url"] for r in untouched if codes[r["url"]] != r["code"]] == []


def test_what_the_schema_drops_is_in_no_file(site: Path) -> None:
    source = ROOT / "villages/qingshi/liuxi/subsidies/2025Q3.csv"
    rows = list(csv.DictReader(io.StringIO(source.read_text("utf-8-sig"))))
    secrets = {
        row[column].encode()
        for row in rows
        for column in ("身份证号", "银行卡号")
        if row.get(column)
    }
    assert len(secrets) > 10
    any_secret = re.compile(b"|".join(map(re.escape, secrets)))
    for path in site.rglob("*"):
        if path.is_file() and path.suffix != ".pdf":
            assert not any_secret.search(path.read_bytes()), path
    for path in site.glob("v/liuxi/subsidies/*/poster.pdf"):
        words = "".join(p.extract_text() for p in pypdf.PdfReader(path).pages)
        assert not [s for s in secrets if s.decode() in words.replace("\n", "").replace(" ", "")]
