"""A slip that is typed on the phone: what it says, how it goes out, and how an office finds its record."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, unquote

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page

from generator.model.codes import CODE_ALPHABET
from generator.model.slips import Slip, check_of, is_like_slip, read_slip
from generator.verifying import looks_like_code, verify_code
from tests.browsing import expect

LEDGER = "v/liuxi/ledger/2025-09/"
NUMBER = "liuxi-7C4ANJ34-251010-KQNH"
SAID = "9月12日那 9800 元&是给谁的？\n为什么没有发票"


# ------------------------------------------------------------------------------------- the number


def test_a_number_says_its_village_record_and_day() -> None:
    slip = Slip(NUMBER, "liuxi", "7C4ANJ34", date(2025, 10, 10))
    for typed in (
        NUMBER,
        NUMBER.lower(),
        f" {NUMBER.replace('-', ' - ')} ",
        "ｌｉｕｘｉ" + NUMBER[5:],
    ):
        assert read_slip(typed) == slip
        assert looks_like_code(typed)
    stem = "da-he-2-7C4ANJ34-251010-KQ"
    found = read_slip(stem + check_of(stem))
    assert found is not None
    assert (found.village, found.code) == ("da-he-2", "7C4ANJ34")
    for other in ("7C4A NJ34", "site", "2025-09-12", "v/liuxi/ledger/2025-09/"):
        assert not is_like_slip(other)


def test_every_wrong_sign_and_every_swap_of_neighbours_is_seen() -> None:
    signs = "0123456789abcdefghijklmnopqrstuvwxyz"
    plain = NUMBER.lower()
    wrong = [plain[:at] + sign + plain[at + 1 :] for at in range(len(plain)) for sign in signs]
    wrong += [
        plain[:at] + plain[at + 1] + plain[at] + plain[at + 2 :] for at in range(len(plain) - 1)
    ]
    assert [one for one in set(wrong) - {plain} if read_slip(one)] == []


def test_a_day_that_no_calendar_has_is_no_number() -> None:
    stem = "liuxi-7C4ANJ34-251340-KQ"
    assert read_slip(stem + check_of(stem)) is None


# --------------------------------------------------------------------------------------- the page


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    size = {"width": 360, "height": 740}
    context = browser.new_context(viewport=size, locale="zh-CN", service_workers="block")  # type: ignore[arg-type]
    page = context.new_page()
    page.clock.set_fixed_time("2025-10-10T00:30:00+08:00")
    faults: list[str] = []
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == []


def test_what_is_typed_goes_out_by_the_readers_own_phone(
    page: Page, site: Path, site_url: str
) -> None:
    page.goto(f"{site_url}{LEDGER}#slip")
    number = page.locator("[data-slip-number] b").inner_text()
    slip = read_slip(number)
    assert slip is not None
    code = re.search(r'data-code="(\w+)"', (site / LEDGER / "index.html").read_text("utf-8"))
    assert code is not None
    assert (slip.village, slip.code, slip.day) == ("liuxi", code[1], date(2025, 10, 10))
    assert set(slip.number[-4:]) <= set(CODE_ALPHABET)

    said = page.get_by_role("textbox", name="我想问的、要说的")
    said.fill(SAID)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    message = unquote(page.locator("[data-slip-message]").get_attribute("href") or "")
    mail = unquote(page.locator("[data-slip-mail]").get_attribute("href") or "")
    assert message.startswith("sms:00008800103?&body=")
    assert mail.startswith("mailto:gongkai@qingshi.example?subject=")
    for text in (message, mail.replace("\r\n", "\n")):
        assert SAID in text
        assert number in text
        assert "柳溪村公开的《2025年9月收支账》" in text
        assert "找到我" not in text, "nobody is named who did not write it"
    odd = "a&b=c?d#e+f%41 \"<i>'\n\n😀，"
    said.fill(odd)
    said.evaluate(
        "(field) => { field.value += '\\ud83d'; field.dispatchEvent(new Event('input')); }"
    )
    for way in ("message", "mail"):
        address = page.locator(f"[data-slip-{way}]").get_attribute("href") or ""
        body = parse_qs(address.partition("?")[2], strict_parsing=False)["body"]
        assert len(body) == 1
        assert f"我想问的是：{odd.strip()}" in body[0].replace("\r\n", "\n")
    said.fill(SAID)
    page.get_by_role("textbox", name="怎样找到我").fill("三组老张")
    page.evaluate("""() => {
        window.copied = [];
        navigator.clipboard.writeText = (text) => { copied.push(text); return Promise.resolve(); };
    }""")
    page.get_by_role("button", name="复制，到微信里发").click()
    expect(page.locator("[data-slip-told]")).to_contain_text("已经复制")
    copied = page.evaluate("copied")[0]
    assert SAID in copied
    assert "可以这样找到我：三组老张" in copied
    assert requests == []
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "9800" not in kept
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    sheets = pypdfium2.PdfDocument(io.BytesIO(page.pdf(format="A4")))
    assert len(sheets) == 1
    text = re.sub(r"\s", "", sheets[0].get_textpage().get_text_range())
    for words in (number, "为什么没有发票", "三组老张", "收件日期", slip.code[:4]):
        assert words in text
    page.reload()
    assert page.locator("[data-slip-number] b").inner_text() != number, "two slips of a day differ"


# ------------------------------------------------------------------------------------- the office


def test_an_office_finds_the_record_by_the_number(site: Path, tmp_path: Path) -> None:
    page = site / LEDGER / "index.html"
    code = re.search(r'data-code="(\w+)"', page.read_text("utf-8"))
    assert code is not None
    stem = f"liuxi-{code[1]}-251010-KQ"
    answer = verify_code(stem + check_of(stem), site)
    assert answer.is_good
    assert "2025年10月10日填写" in answer.lines[0]
    assert "2025年9月收支账" in answer.lines[1]
    assert "“涉及”一栏写 ledger/2025-09，" in answer.lines[-1]

    wrong = verify_code(f"liuxi-{code[1]}-251011-KQHH", site)
    assert not wrong.is_good
    assert "抄错" in wrong.lines[0]
    stem = f"meiling-{code[1]}-251010-KQ"
    elsewhere = verify_code(stem + check_of(stem), site)
    assert not elsewhere.is_good
    assert "村是 meiling，对不上" in elsewhere.lines[-1]
    for odd in (
        f"{'a-' * 50_000}{stem}",
        f"../{stem}HH",
        f"{stem}HH\n",
        f"liuxi-{code[1]}-250230-KQHH",
    ):
        assert not verify_code(odd, site).is_good
    unknown = verify_code(NUMBER, site)
    assert not unknown.is_good
    assert "不是已经发布的" in "".join(unknown.lines)

    # The record was corrected since: its page knows the code of the version that was asked about.
    other = tmp_path / "site"
    shutil.copytree(site / "v" / "liuxi" / "ledger" / "2025-09", other / LEDGER)
    for name in ("manifest.json", "v/liuxi/manifest.json"):
        (other / name).write_bytes((site / name).read_bytes())
    for village in ("meiling", "shiqiao", "xintang"):
        (other / "v" / village).mkdir()
        shutil.copy(site / "v" / village / "manifest.json", other / "v" / village)
    text = page.read_text("utf-8") + '<li data-codes="7C4ANJ34"></li>'
    (other / LEDGER / "index.html").write_text(text, "utf-8")
    earlier = verify_code(NUMBER, other)
    assert earlier.is_good
    assert "旧版本" in earlier.lines[1]
    assert "ledger/2025-09" in earlier.lines[-1]
