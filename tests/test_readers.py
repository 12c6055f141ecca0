"""Readers who do not use a mouse, do not see the colours, or listen: keyboard, forced colours,
paper, and reading aloud."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browsing import expect

RECORD = "v/liuxi/ledger/2025-09/"
# Where the keyboard stands: what it is, what it says, and whether that can be seen.
FOCUS = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  const width = style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
  return {
    tag: one.tagName, words: (one.textContent || one.name || "").trim().replace(/\\s+/g, " "),
    href: one.getAttribute("href"), outline: width,
    seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""
# A voice that speaks when it is told to: each sentence ends with window.finish().
VOICE = """
  window.said = [];
  const speech = {
    getVoices: () => [{ lang: "zh-CN", name: "test" }], addEventListener() {},
    speak(words) { if (words.text) window.said.push(words.text); window.finish = () => words.onend(); },
    cancel() { window.finish = () => {}; },
  };
  Object.defineProperty(window, "speechSynthesis", { value: speech });
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
"""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, locale="zh-CN", service_workers="block"
    )
    yield context
    context.close()


def plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def tab_to(page: Page, words: str, most: int = 60) -> None:
    """Press Tab until that is in focus; every stop on the way must be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        assert focus["tag"] != "BODY", f"the page ended before {words}"
        assert focus["outline"] >= 2, focus
        assert focus["seen"], focus
        if words in focus["words"]:
            return
    raise AssertionError(f"no {words} within {most} stops")


# ----------------------------------------------------------------------------------- keyboard


def test_from_the_home_page_to_a_payment_without_a_mouse(
    context: BrowserContext, site_url: str
) -> None:
    page = context.new_page()
    page.goto(site_url)
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["words"] == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["tag"] == "INPUT", "the skip link leads past the header"
    tab_to(page, "柳溪村")
    page.keyboard.press("Enter")
    page.wait_for_url("**/v/liuxi/")

    tab_to(page, "搜索")
    page.keyboard.press("Enter")
    page.wait_for_url("**/v/liuxi/search/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("路灯维修")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    expect(page.locator("ol[data-results] > li").first).to_be_visible()
    assert page.locator("[data-results-count]").get_attribute("aria-live") == "polite"
    tab_to(page, "2025年9月收支账")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{RECORD}#r*")
    assert "路灯" in page.locator(":target").inner_text()
    # The next stop is in the row or after it, not at the page's beginning.
    page.keyboard.press("Tab")
    follows = "t => !!(t.compareDocumentPosition(document.activeElement) & 20)"
    assert page.locator(":target").evaluate(follows)
    assert page.evaluate(FOCUS)["seen"]


def test_every_stop_of_a_record_is_seen_in_order_and_left_again(
    context: BrowserContext, site_url: str
) -> None:
    page = context.new_page()
    page.goto(site_url + RECORD)
    page.evaluate("window.order = []")
    for _ in range(200):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus["tag"] == "BODY":
            break
        assert focus["seen"], focus
        assert focus["outline"] >= 2, focus
        page.evaluate("order.push(document.activeElement)")
    else:
        raise AssertionError("the keyboard is caught")
    in_order = "order.every((one, at) => !at || order[at - 1].compareDocumentPosition(one) & 4)"
    assert page.evaluate(in_order)
    controls = "a[href], button, input, summary"
    folded = "e.closest('details:not([open]) > :not(summary)')"
    count = (
        f"[...document.querySelectorAll('{controls}')]"
        f".filter(e => e.offsetParent && !{folded}).length"
    )
    assert page.evaluate("order.length") >= page.evaluate(count)


def test_larger_type_is_switched_by_keyboard_and_kept_without_a_flash(
    context: BrowserContext, site_url: str
) -> None:
    page = context.new_page()
    page.goto(site_url + RECORD)
    tab_to(page, "长辈版")
    page.keyboard.press("Enter")
    button = page.locator("[data-elder]")
    assert button.inner_text() == "回到普通版"
    assert page.evaluate("localStorage.length") == 1
    # The class is set before the body is there, so nothing is ever drawn small.
    page.add_init_script(
        "new MutationObserver(() => { if (document.body && !('first' in window))"
        " window.first = document.documentElement.className; })"
        ".observe(document, {childList: true, subtree: true})"
    )
    page.goto(f"{site_url}v/liuxi/")
    assert "elder" in page.evaluate("window.first")
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "24px"
    button.press("Space")
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "18px"
    assert page.evaluate("localStorage.length") == 0
    assert page.evaluate("document.cookie") == ""


# ----------------------------------------------------------------------------- reading aloud


def test_a_record_is_read_row_by_row_and_paused_where_one_likes(
    context: BrowserContext, site_url: str
) -> None:
    page = context.new_page()
    page.add_init_script(VOICE)
    page.goto(site_url + RECORD)
    start = page.locator(".top-tools button").nth(1)
    stop = page.locator(".top-tools button").nth(2)
    assert start.inner_text() == "朗读"
    assert stop.count() == 0
    start.click()
    expect(start).to_have_text("暂停")  # what reads is fetched at the first touch
    assert page.evaluate("said") == ["2025年9月收支账（财务收支）"]
    assert page.locator(".being-read").inner_text() == "2025年9月收支账（财务收支）"
    page.evaluate("finish()")
    page.evaluate("finish()")
    assert start.inner_text() == "暂停"
    before = page.evaluate("said")
    start.click()
    assert start.inner_text() == "接着读"
    page.evaluate("finish()")
    assert page.evaluate("said") == before
    start.click()
    assert page.evaluate("said")[-1] == before[-1], "it begins again at the same sentence"

    for _ in range(300):
        if start.inner_text() != "暂停":
            break
        page.evaluate("finish()")
    said = page.evaluate("said")
    assert "接着读" in said[-1]
    rows = [one for one in said if "支出 " in one and "摘要" not in one]
    lamp = next(one for one in said if "路灯" in one and "支出 9800" in one)
    assert "凭证号 " in lamp
    assert rows
    assert not [one for one in said if "搜索" in one or len(one) > 100]
    start.click()
    stop.click()
    assert start.inner_text() == "朗读"
    assert stop.is_hidden()
    assert page.evaluate("document.activeElement.textContent") == "朗读"
    assert page.locator(".being-read").count() == 0


def test_where_no_voice_is_chinese_nothing_is_offered(
    context: BrowserContext, site_url: str
) -> None:
    page = context.new_page()
    page.add_init_script(VOICE.replace("zh-CN", "en-US"))
    page.goto(site_url + RECORD)
    assert page.locator(".top-tools button:visible").count() == 1


# ------------------------------------------------------------------- colours, night, paper


def test_forced_colours_keep_controls_and_drawings(context: BrowserContext, site_url: str) -> None:
    page = context.new_page()
    page.emulate_media(forced_colors="active", color_scheme="dark")
    page.goto(site_url + RECORD)
    last = page.locator("tr.row").last.get_attribute("id")
    page.goto(f"{site_url}{RECORD}#{last}")
    for control in page.locator("button:visible, a.button:visible").all():
        assert control.evaluate("e => parseFloat(getComputedStyle(e).borderTopWidth)") >= 1
    drawing = page.locator(".chart svg").first
    assert drawing.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 255, 255)"
    marked = page.locator(":target").evaluate("e => getComputedStyle(e).outlineStyle")
    assert marked == "solid"
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["outline"] >= 2


def test_at_night_the_page_stays_as_it_is(context: BrowserContext, site_url: str) -> None:
    page = context.new_page()
    page.emulate_media(color_scheme="dark")
    page.goto(site_url + RECORD)
    scheme = page.evaluate("getComputedStyle(document.documentElement).colorScheme")
    assert scheme in {"only light", "light only"}
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(246, 244, 239)"


@pytest.mark.parametrize("elder", [False, True])
def test_paper_has_the_whole_record_and_no_navigation(
    context: BrowserContext, site: Path, site_url: str, elder: bool
) -> None:
    page = context.new_page()
    page.goto(site_url)
    page.evaluate("on => { if (on) localStorage.setItem('mingbai-elder', '1'); }", elder)
    page.goto(site_url + RECORD)
    reader = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4")))
    # NFKC: the text of a PDF may name 月 by its radical.
    sheets = [plain(sheet.extract_text()) for sheet in reader.pages]
    words = "".join(sheets)
    assert len(sheets) <= 5
    for line in ("2025年9月收支账", "账已算对", "105,230.00", "核验码", "有疑问怎么提"):
        assert line in words, line
    for line in ("辈版", "打印本页", "跳到正文", "村里办事", "下载表格"):
        assert line not in words, line
    # The table's heads stand on every sheet that has rows.
    page.emulate_media(media="print")
    # The day stands on the paper, and no count of days that is true on one day alone.
    counts = page.locator("[data-days]")
    assert counts.count() > 0
    assert all(not count.is_visible() for count in counts.all())
    assert page.locator("thead").evaluate("e => getComputedStyle(e).display") == (
        "table-header-group"
    )
    rows = page.locator("table.rows tr.row")
    assert rows.first.evaluate("e => getComputedStyle(e).display") == "table-row"
    for cell in rows.last.locator("td, th").all():
        assert plain(cell.inner_text()) in words
    # What 长辈版 folds has a heading on paper, and nothing to tap.
    page.goto(site_url + "powers/asset-lease/")
    line = page.locator(".aged > summary").first
    look = line.evaluate("e => [getComputedStyle(e).listStyleType, getComputedStyle(e).color]")
    assert look == ["none", page.evaluate("getComputedStyle(document.body).color")]
    page.goto(site_url + "t/qingshi/")
    heads = page.locator(".ranks thead").first
    assert heads.evaluate("e => getComputedStyle(e).display") == "table-header-group"


def test_remarks_have_room_on_paper(context: BrowserContext, site_url: str) -> None:
    """Of tables with many columns, too, which fit on an A4 sheet; the heads give way."""
    page = context.new_page()
    page.set_viewport_size({"width": 688, "height": 1000})  # what the margins leave
    page.emulate_media(media="print")
    for path in ("v/liuxi/projects/2025Q3/", "v/liuxi/contracts/2025/"):
        page.goto(site_url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 688, path
        columns = page.locator("table.rows.tight thead th", has_text=re.compile("^(验收|备注)$"))
        assert columns.count() > 0
        for column in columns.all():
            assert column.evaluate("e => e.offsetWidth") > 45, path  # four characters
