"""The pictures of the handbook, taken of the program at work: `make pictures` makes them anew.

A town with a single village is at the desk, a workbook is taken in, a wrong cell is seen, and a round of
the boards is drawn; then its page on a phone.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page

from generator.serving import answers
from generator.serving.desk import Desk
from generator.serving.news import News
from generator.serving.server import listen
from generator.settings import TEMPLATES, Settings
from tests.browsing import chromium, expect, served
from tests.commands import publish_here
from tests.township import TODAY, small_content, township, workbook, write

OUT = Path(__file__).resolve().parents[1] / "docs" / "handbook" / "pictures"
BOOK = (
    ("西村2025年10月财务收支",),
    ("日期", "凭证号", "摘要", "科目", "收入", "支出", "余额"),
    ("", "", "上期结余", "", "", "", 800),
    ("2025-10-08", "4-01", "山林租金", "经营收入", 500, "", 1300),
)
_COLOURS, _WAIT = 96, 120_000


def main() -> None:
    """Take all of them."""
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place, chromium() as browser:
        folder = Path(place)
        villages, content = township(folder), small_content(folder)
        site, kept = folder / "site", folder / "kept"
        settings = Settings(content, villages, TEMPLATES, site, TODAY, sheets="none", cache=kept)
        with _desk(settings) as address:
            _at_the_desk(browser, address, folder)
        day = TODAY.isoformat()
        publish_here("build", "--no-posters", "--today", day, cwd=folder)
        with served(site) as base:
            page = browser.new_page(viewport={"width": 360, "height": 740}, locale="zh-CN")
            page.goto(f"{base}v/xicun/ledger/2025Q3/")
            _keep(page, "phone.png")
        publish_here("wall", "西村", "--all", "--today", day, cwd=folder)
        (batch,) = folder.glob("*-wall.pdf")
        pdf = pypdfium2.PdfDocument(batch)
        first = pdf[0].render(scale=640 / pdf[0].get_width()).to_pil()
        pdf.close()
        _save(first, "wall.png")
    print(f"手册的图片在 {OUT}")


@contextmanager
def _desk(settings: Settings) -> Iterator[str]:
    news = News(settings.out)
    desk = Desk(lambda: settings, lambda: news.number)
    with listen(answers(settings.out, news, desk), 0) as server:
        server.begin()
        try:
            yield f"http://127.0.0.1:{server.port}/__mingbai/"
        finally:
            news.end()
            desk.close()


def _at_the_desk(browser: Browser, address: str, folder: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 760}, locale="zh-CN")
    page.set_default_timeout(_WAIT)
    page.goto(address)
    expect(page.locator(".village").first).to_be_visible(timeout=_WAIT)
    _keep(page, "today.png")
    _begin_a_village(page)
    page.locator("#village").select_option("xicun")
    expect(page.locator(".village").first).to_be_visible(timeout=_WAIT)
    page.locator("#files").set_input_files(
        write(folder, "西村2025年10月财务收支.xlsx", workbook(BOOK))
    )
    expect(page.locator("form.box")).to_be_visible(timeout=_WAIT)
    _keep(page, "question.png")
    page.locator("form.box input[type=date]").fill("2025-10-09")
    page.get_by_role("button", name="回答好了").click()
    seen = page.frame_locator("#pane iframe").get_by_text("2025年10月9日")
    expect(seen.first).to_be_attached(timeout=_WAIT)
    _keep(page, "ready.png")


def _begin_a_village(page: Page) -> None:
    """One answer will not do at first; then what was begun."""
    page.get_by_role("button", name="新建一个村").click()
    work = page.locator("#work")
    work.get_by_label("哪个镇").fill("青石镇")
    work.get_by_label("哪个村").fill("双槐村")
    page.keyboard.press("Enter")
    work.get_by_label("区划代码").fill("1234")
    for label, text in (
        ("村民小组", "一组 52户 180人；二组 48户 166人"),
        ("对外公布的电话", "0000-1234567"),
        ("村民委员会在哪里", "村部一楼"),
    ):
        work.get_by_label(label).fill(text)
    page.keyboard.press("Enter")
    expect(work.locator("#fault-code")).to_be_visible(timeout=_WAIT)
    _keep(page, "begin.png")
    work.get_by_label("区划代码").fill("000000101999")
    page.keyboard.press("Enter")
    seen = page.frame_locator("#pane iframe").get_by_text("0000-1234567")
    expect(seen.first).to_be_attached(timeout=_WAIT)
    page.get_by_role("button", name="加一条干部").click()
    page.keyboard.insert_text("张大山")
    page.keyboard.press("Tab")
    page.keyboard.insert_text("村党支部书记")
    expect(page.locator("#work .problems .good")).to_be_visible(timeout=_WAIT)
    page.get_by_role("button", name="存", exact=True).click()
    page.locator("#dialog").get_by_role("button", name="存下").click()
    expect(page.locator("#said")).to_contain_text("存好了", timeout=_WAIT)
    page.evaluate("document.getElementById('said').textContent = ''")
    _keep(page, "village.png")


def _keep(page: Page, name: str) -> None:
    _save(Image.open(io.BytesIO(page.screenshot(animations="disabled"))), name)


def _save(picture: Image.Image, name: str) -> None:
    octree, none = Image.Quantize.FASTOCTREE, Image.Dither.NONE
    few = picture.convert("RGB").quantize(_COLOURS, octree, dither=none)
    few.save(OUT / name, optimize=True)


if __name__ == "__main__":
    main()
