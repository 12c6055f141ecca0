"""No page and no sheet carries a count of days: it says the day, and the reader's script counts."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Browser

from generator.build import Settings, build
from generator.printing import SheetRequest, draw_sheet
from tests.township import CONTENT, ROOT, small_content, township, write

# What only the day of the build makes true.
COUNTS = re.compile(r"还有 ?\d+ ?天|[（，]今天|明天|昨天|已过 ?\d+|今天(?!提)|\d+ ?天(?:前|以前)的")
LEASES = """合同编号,名称,标的,承包方,年租金,起始日期,终止日期,应收,已收,欠收
HT-1,东塘承包合同,东塘,李示例,1200.00,2023-01-01,2025-12-31,3600.00,3600.00,0.00
公开日期,2025-09-20
"""


def built(folder: Path, villages: Path, today: date) -> Path:
    settings = Settings(
        folder / "content",
        villages,
        ROOT / "templates",
        folder / today.isoformat(),
        today,
        sheets="none",
    )
    build(replace(settings, jobs=1), lambda _: None)
    return settings.out


@pytest.fixture(scope="module")
def villages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    villages = township(tmp_path_factory.mktemp("days"))
    write(villages / "qingshi" / "xicun", "contracts/2025.csv", LEASES)
    return villages


@pytest.fixture(scope="module")
def sites(villages: Path) -> tuple[Path, Path]:
    """Two days between which nothing falls due, ends or begins."""
    folder = villages.parent
    small_content(folder)
    return built(folder, villages, date(2025, 10, 28)), built(folder, villages, date(2025, 10, 29))


def words(page: Path) -> str:
    text = re.sub(r"<script.*?</script>|<style.*?</style>", "", page.read_text("utf-8"), flags=re.S)
    return unescape(re.sub(r"<[^>]*>", "", text))


def test_no_page_counts_days(site: Path, sites: tuple[Path, Path]) -> None:
    pages = [*site.rglob("*.html"), *sites[0].rglob("*.html")]
    assert len(pages) > 400
    found = [(page, hit[0]) for page in pages if (hit := COUNTS.search(words(page)))]
    assert found == []


def test_two_builds_of_days_on_which_nothing_flips_differ_in_no_page(
    sites: tuple[Path, Path],
) -> None:
    """A manifest says since when all was so that decides what is shown, which may be more."""
    one, other = (
        {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*.*") if p.is_file()}
        for folder in sites
    )
    assert one.keys() == other.keys()
    assert {path.name for path in one if one[path] != other[path]} <= {"manifest.json"}


# Day of reading, and what the page of a lease that ends on 31 December says of it.
READ_ON = (
    ("2025-10-28T12:00:00+08:00", "2025年12月31日（还有 64 天）", ""),
    ("2025-12-30T23:59:00+08:00", "2025年12月31日（还有 1 天）", ""),
    ("2025-12-31T00:01:00+08:00", "2025年12月31日（今天到期）", "today"),
    ("2026-01-01T00:01:00+08:00", "2025年12月31日（已过）", ""),
)


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/Los_Angeles"])
def test_the_count_is_of_the_day_of_reading(
    zone: str,
    sites: tuple[Path, Path],
    browser: Browser,
    serve_folder: Callable[[Path], str],
) -> None:
    context = browser.new_context(locale="zh-CN", timezone_id=zone, service_workers="block")
    page = context.new_page()
    url = serve_folder(sites[0]) + "v/xicun/contracts/"
    for moment, told, mark in READ_ON:
        page.clock.set_fixed_time(moment)
        page.goto(url)
        cell = page.locator("td[data-label='到期']")
        assert cell.inner_text() == told
        assert (cell.locator("span.today").count() == 1) == (mark == "today")
    context.close()


def test_home_calendar_and_record_count_what_they_show(
    sites: tuple[Path, Path], browser: Browser, serve_folder: Callable[[Path], str]
) -> None:
    url = serve_folder(sites[0])
    page = browser.new_page()
    page.clock.set_fixed_time("2025-10-30T08:00:00+08:00")
    page.goto(f"{url}v/dongli/")
    lines = page.locator("main ul.lines li", has_text="公示至").all_inner_texts()
    assert lines
    for line in lines:
        end = re.search(r"公示至(\d+)年(\d+)月(\d+)日（还有 (\d+) 天）", line)
        assert end, line
        assert (date(*map(int, end.groups()[:3])) - date(2025, 10, 30)).days == int(end[4])
    page.goto(f"{url}v/dongli/calendar/")
    page.clock.set_fixed_time("2025-11-06T08:00:00+08:00")
    page.reload()
    days = page.locator(".day summary b").all_inner_texts()
    assert days[0] == "11月7日 星期五（明天）"
    assert not any("（" in day for day in days[1:])
    lacking = page.locator("#lacking ~ ul li p").all_inner_texts()
    assert "2025年10月10日到期（已过 27 天），还没有公开" in lacking
    page.close()


# Day of reading, and what the head of a record says that can be objected to until 15 October
# and is on display until 7 November: one clock counts.
OBJECTING = (
    ("2025-10-14T12:00:00+08:00", "10月15日前可以提异议（还有 1 天）", "公示至11月7日", 0),
    ("2025-10-15T23:00:00+08:00", "10月15日前可以提异议（今天是最后一天）", "公示至11月7日", 1),
    ("2025-10-16T00:01:00+08:00", "10月15日前可以提异议（已过）", "公示至11月7日", 0),
    ("2026-11-08T12:00:00+08:00", "10月15日前可以提异议（已过）", "公示至11月7日（已过）", 0),
)


def test_one_clock_leads_and_nobody_is_told_to_object_when_it_is_over(
    browser: Browser, serve_folder: Callable[[Path], str], objecting: Path
) -> None:
    page, url = browser.new_page(), serve_folder(objecting)
    for moment, objections, display, marks in OBJECTING:
        page.clock.set_fixed_time(moment)
        page.goto(f"{url}v/dongli/ledger/2025-09/")
        head = page.locator(".clock")
        assert head.locator("b").inner_text() == objections
        assert display in head.locator(".kept-whole").all_inner_texts()
        assert head.locator(".today").count() == marks
        page.goto(f"{url}v/dongli/")
        line = page.locator("main ul.lines li", has_text="2025年9月收支账")
        assert line.locator(".kept-whole").inner_text() == objections
    page.close()


@pytest.fixture(scope="module")
def objecting(villages: Path) -> Path:
    """A site that was built while one could object, and never again."""
    return built(villages.parent, villages, date(2025, 10, 10))


def test_without_a_script_the_day_is_the_answer(
    sites: tuple[Path, Path], browser: Browser, serve_folder: Callable[[Path], str]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(serve_folder(sites[0]) + "v/xicun/contracts/")
    assert page.locator("td[data-label='到期']").inner_text() == "2025年12月31日"
    context.close()


@pytest.mark.parametrize(
    ("today", "said", "unsaid"),
    [
        (date(2025, 11, 7), "到期请撤换（2025年11月7日）", "公示期已满"),
        (date(2025, 11, 8), "公示期已满", "撤换"),
    ],
)
def test_a_sheet_that_is_drawn_too_late_asks_nobody_to_take_it_down(
    villages: Path, today: date, said: str, unsaid: str
) -> None:
    settings = Settings(CONTENT, villages, ROOT / "templates", villages.parent / "none", today)
    sheet, problems = draw_sheet(SheetRequest("dongli", "ledger", "2025-09"), settings)
    assert problems == ()
    pages = pypdf.PdfReader(io.BytesIO(sheet)).pages
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in pages))
    assert said in text
    assert unsaid not in text


def test_a_sheet_says_the_day_alone(villages: Path) -> None:
    settings = Settings(
        CONTENT, villages, ROOT / "templates", villages.parent / "none", date(2025, 10, 28)
    )
    sheet, problems = draw_sheet(SheetRequest("xicun", "contracts", "2025"), settings)
    assert problems == ()
    pages = pypdf.PdfReader(io.BytesIO(sheet)).pages
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in pages))
    assert "12月31日" in text
    assert not COUNTS.search(text)
