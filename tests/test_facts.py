"""What a village's pages and sheets say, held against what is true: whose book, until when, how
many, of what, and what was proved.

One village is built as a clerk would leave it: two sets of books, a register of contracts that was
corrected after its publication, an orchard leased twice, quantities of three units, a quarter with
half as many payees. Then its pages are read; the rules behind them are held against cases.
"""

from __future__ import annotations

import html
import json
import re
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.build import Settings, build
from generator.checks.content import agenda_columns, headings_of_their_own, leases_told
from generator.checks.numbers import compared_numbers, sentence_places
from generator.model.calendar import display_window
from generator.model.catalogue import Agenda, Catalogue, CompareSpec
from generator.publishing.text import ten_thousands
from generator.views.figures.headlines import village_headlines
from generator.views.figures.shares import are_alike, percent_text
from generator.views.linking import VillageRecords, village_records
from generator.views.records import RecordView, record_views
from generator.views.sheets.records import record_sheet
from tests.commands import publish_here
from tests.searching import texts_of
from tests.township import (
    DONGLI,
    ROOT,
    TODAY,
    TOWNSHIP,
    examine,
    real_content,
    small_content,
    write,
)

SHARED = real_content()[0]
NATIONAL = SHARED.rules["national"]
VILLAGE = (TOWNSHIP / DONGLI / "village.yaml").read_text("utf-8")
ITEMS = {item.id: item for item in SHARED.catalogue.items}


def village_of(*accounts: str) -> str:
    """The fixture village's own file with other sets of books."""
    head, _, rest = VILLAGE.partition("accounts:\n")
    kept = rest[rest.index("\npeople:") :]
    lines = "".join(f"  - {{id: {a}, title: {a}账, owner: 东里村}}\n" for a in accounts)
    return f"{head}accounts:\n{lines}{kept}"


def ledger(opening: str, income: str, expense: str, day: str = "2025-09-03") -> str:
    """A book with one income and one expense."""
    closing = Decimal(opening) + Decimal(income) - Decimal(expense)
    return (
        f"日期,摘要,科目,收入,支出,余额\n,上期结余,,,,{opening}\n{day},租金,经营收入,{income},,\n"
        f"{day},水费,管理费用,,{expense},\n期末结余,,,,,{closing}\n公开日期,2025-10-08\n"
    )


def cadres(count: int, published: str) -> str:
    rows = "".join(f"方{name},委员,1000,1000\n" for name in "甲乙丙丁戊己庚辛壬癸子丑寅卯"[:count])
    return f"姓名,职务,应发,实发\n{rows}合计,,{count}000,{count}000\n公开日期,{published}\n"


CONTRACTS = """\
合同编号,名称,标的,承包方,面积,单位,年租金,起始日期,终止日期,应收,已收,欠收,收支,合同价款
HT-1,果园承包合同（旧）,果园,甲公司,45,亩,22000.00,2020-09-01,2025-08-31,110000.00,109000.00,1000.00,收入,
HT-2,果园承包合同,果园,乙公司,45,亩,26000.00,2025-09-01,2030-08-31,26000.00,26000.00,0.00,收入,
HT-3,鱼塘承包合同,鱼塘,丙公司,18.5,亩,12000.00,2023-01-01,2027-12-31,36000.00,36000.00,0.00,收入,
HT-4,仓库租赁合同,仓库,丁公司,2,间,9000.00,2026-01-01,2027-12-31,,,,收入,
HT-5,路灯维修合同,路灯,戊公司,12,盏,,2025-08-28,2025-09-05,,,,支出,9800.00
HT-6,会计服务合同,记账,己公司,1,年,3600.00,2025-01-01,2025-12-31,3600.00,3600.00,0.00,支出,
合计,,,,123.5,,72600.00,,,175600.00,174600.00,1000.00,,
公开日期,2025-03-28
更正,2025-10-09,补登 HT-2、HT-5 两份新签的合同
"""
COOP_CONTRACTS = """\
合同编号,名称,标的,承包方,面积,单位,年租金,起始日期,终止日期,应收,已收,欠收,收支
HZ-1,门面租赁合同,门面,庚公司,2,间,5000.00,2024-01-01,2026-12-31,10000.00,10000.00,0.00,收入
公开日期,2025-03-28
"""
POLICY = "---\ntitle: 高龄津贴怎么领\ndate: 2025-10-08\nsummary: 按季度发。\n---\n\n带身份证到村部登记。\n"
NOTICE = (
    "---\ntitle: 路灯维修结果公告\ndate: 2025-10-08\nsummary: 修好了。\n---\n\n十二盏都亮了。\n"
)
FILES = {
    "village.yaml": village_of("村委会", "合作社").replace("id: 村委会", "id: village").replace(
        "id: 合作社", "id: coop"
    ),
    "ledger/2025-08.csv": ledger("50000", "1000", "8000", "2025-08-04"),
    "ledger/2025-09.csv": ledger("43000", "32000", "18450.50"),
    "ledger/2025-09.coop.csv": ledger("200000", "5000", "1500"),
    "contracts/2025.csv": CONTRACTS,
    "contracts/2025.coop.csv": COOP_CONTRACTS,
    "cadres/2025Q2.csv": cadres(12, "2025-07-08"),
    "cadres/2025Q3.csv": cadres(6, "2025-10-08"),
    "policies/2025-10-08-jintie.md": POLICY,
    "notices/2025-10-08-ludeng.md": NOTICE,
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The village's files, and its site beside them."""
    place = tmp_path_factory.mktemp("facts")
    for name, text in FILES.items():
        write(place / "villages" / DONGLI, name, text)
    result = build(
        Settings(
            content=small_content(place),
            villages=place / "villages",
            templates=ROOT / "templates",
            out=place / "site",
            today=TODAY,
            sheets="none",
        ),
        lambda line: None,
    )
    assert [p.code for p in result.problems if p.severity != "notice"] == ["contracts-units-mixed"]
    return place


def page(folder: Path, name: str) -> str:
    """The words of the main part of one of the village's pages."""
    text = (folder / "site/v/dongli" / name / "index.html").read_text("utf-8")
    main = re.search(r"<main.*</main>", text, re.DOTALL)
    assert main is not None
    plain = html.unescape(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", main[0], flags=re.DOTALL))
    return re.sub(r"\s+", " ", plain)


def records_of(files: Mapping[str, str], today: date = TODAY) -> VillageRecords:
    """The records of a village with these files."""
    with tempfile.TemporaryDirectory() as place:
        for name, text in {"village.yaml": VILLAGE, **files}.items():
            write(Path(place) / "villages" / DONGLI, name, text)
        found = examine(Path(place) / "villages", today=today)
    assert [str(p) for p in found.problems if p.severity == "error"] == []
    return village_records(found.villages["dongli"], SHARED, today)


def views(files: Mapping[str, str], today: date = TODAY) -> dict[str, RecordView]:
    """Its views by `item/key`."""
    made = record_views(records_of(files, today))
    return {f"{v.publication.item}/{v.publication.key}": v for v in made}


# --- 1. every book by its name -------------------------------------------------------------


def test_the_home_shows_every_book_by_its_name_and_adds_balances_only(folder: Path) -> None:
    home = page(folder, "")
    for words in (
        "村委会账，2025年9月 收入 3.20 万元 支出 1.85 万元 月末结余 5.65 万元",
        "合作社账，2025年9月 收入 5,000 元 支出 1,500 元 月末结余 20.35 万元",
        "2 本账到2025年9月30日的结余合计 260,049.50 元。收入、支出不相加",
    ):
        assert words in home
    assert "37,000" not in home  # 32,000 and 5,000 are never one income


def test_a_money_sentence_names_its_book(folder: Path) -> None:
    told = {
        "ledger/2025-09": "村委会账9月收入 32,000.00 元",
        "ledger/2025-09.coop": "合作社账9月收入 5,000.00 元",
        "contracts/2025": "村委会账2025年列出合同 6 份",
        "contracts": "村委会账、合作社账合起来看：到2025年10月9日，正在执行的出租、发包合同有 3 份，"
        "一年租金（承包费）共 43,000.00 元",
    }
    for name, words in told.items():
        assert words in page(folder, name)
    data = json.loads((folder / "site/v/dongli/ledger/2025-09/data.json").read_text("utf-8"))
    assert data["sentence"].startswith("村委会账9月收入")


def test_every_money_item_that_books_divide_is_marked() -> None:
    """Whatever a set of books has of its own: one that is not marked could pass for all."""
    marked = {item.id for item in ITEMS.values() if item.by_account}
    assert {
        "ledger", "budget", "balance", "debts", "distribution",
        "accounts", "assets", "resources", "contracts",
    } == marked  # fmt: skip


def test_what_is_of_no_book_names_none(folder: Path) -> None:
    assert "2025年第三季度发给 6 名村干部" in page(folder, "cadres/2025Q3")
    assert "账2025年第三季度发给" not in page(folder, "cadres/2025Q3")


def test_a_village_with_one_book_needs_no_name() -> None:
    files = {"village.yaml": village_of("village"), "ledger/2025-09.csv": ledger("1", "2", "1")}
    assert views(files)["ledger/2025-09"].sentence.startswith("9月收入 2.00 元")
    made = village_headlines(records_of(files))
    assert ([book.title for book in made.books], made.together) == ([""], "")


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ({}, "coop账还没有公开收支，几本账的结余没有加在一起。"),
        (
            {"ledger/2025-08.coop.csv": ledger("1", "2", "1", "2025-08-03")},
            "几本账公开到的日子不一样，结余没有加在一起。",
        ),
        (
            {
                "ledger/2025-09.coop.csv": "日期,摘要,收入,支出,余额\n2025-09-03,租金,5,,\n公开日期,2025-10-08\n"
            },
            "有的账没有写结余，几本账的结余没有加在一起。",
        ),
        (
            {"ledger/2025Q3.coop.csv": ledger("1", "2", "1", "2025-07-03")},
            "2 本账到2025年9月30日的结余合计 4.00 元。",
        ),
    ],
)
def test_balances_are_added_only_where_every_book_tells_its_own_on_one_day(
    others: dict[str, str], words: str
) -> None:
    files = {
        "village.yaml": village_of("village", "coop"),
        "ledger/2025-09.csv": ledger("1", "2", "1"),
        **others,
    }
    assert village_headlines(records_of(files)).together.startswith(words)


def test_an_old_book_says_its_year() -> None:
    files = {
        "village.yaml": village_of("village"),
        "ledger/2024-12.csv": ledger("1", "2", "1", "2024-12-03"),
    }
    (book,) = village_headlines(records_of(files)).books
    assert [f.label for f in book.figures] == ["2024年12月收入", "2024年12月支出", "月末结余"]


@pytest.mark.parametrize(
    ("amount", "text"),
    [("18450", "1.85 万元"), ("9999.50", "1.00 万元"), ("20.5", "21 元"), ("-18450", "-1.85 万元")],
)
def test_a_headline_is_rounded_half_up(amount: str, text: str) -> None:
    assert ten_thousands(Decimal(amount)) == text


# --- 2. one clock --------------------------------------------------------------------------


def test_a_correction_opens_a_new_time_for_objections_on_page_and_calendar(folder: Path) -> None:
    told = page(folder, "contracts/2025")
    assert "2025年3月28日公开" in told
    assert "10月16日前可以提异议" in told
    assert "有不同意见的，请在 2025年10月16日 以前提出" in told
    assert "提异议的时间从最后一次更正那天重新算起" in told
    assert "4月4日" not in told
    assert "4月4日 为止，已经过了" in page(folder, "contracts/2025.coop")  # was never corrected
    calendar = (folder / "site/v/dongli/calendar.ics").read_text("utf-8")
    summary = "SUMMARY:异议截止：2025年合同\n"
    (event,) = (part for part in calendar.split("BEGIN:VEVENT") if summary in part)
    assert "DTSTART;VALUE=DATE:20251016" in event


def test_objections_come_first_on_the_home(folder: Path) -> None:
    home = page(folder, "")
    assert "最新：2025年合同 2025年3月28日，2025年10月9日更正" in home
    shown = home[home.index("正在公示") : home.index("公开栏")]
    assert shown.index("10月15日前可以提异议") < shown.index("10月16日前可以提异议")
    assert shown.index("10月16日前可以提异议") < shown.index("2025年合同（合作社账）")


def test_what_explains_names_no_day_for_objections(folder: Path) -> None:
    assert "10月15日前可以提异议" in page(folder, "notices/2025-10-08-ludeng")
    for name in ("policies/2025-10-08-jintie", "policies"):
        assert "异议" not in page(folder, name)
    assert "有疑问随时可以问" in page(folder, "policies/2025-10-08-jintie")
    assert "异议截止：高龄津贴" not in (folder / "site/v/dongli/calendar.ics").read_text("utf-8")
    for item in ITEMS.values():
        assert item.objections == (item.id != "policies")


def test_the_sheet_says_what_the_page_says(folder: Path) -> None:
    villages, out = str(folder / "villages"), folder / "sheet.pdf"
    done = publish_here(
        "poster", "dongli", "contracts", "2025", "--villages", villages,
        "--today", TODAY.isoformat(), "--out", str(out),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    pages = pypdfium2.PdfDocument(out)
    said = re.sub(r"\s", "", "".join(p.get_textpage().get_text_range() for p in pages))
    assert "10月16日前可向村务监督委员会提出" in said
    assert "4月4日" not in said
    assert "合计加得对：表里写的年租金、应收、已收、欠收合计，与各行相加一致" in said
    assert "账已算对" not in said
    assert "村委会账2025年列出合同6份" in said
    for quantity in ("45亩", "18.5亩", "12盏", "2间"):
        assert quantity in said
    assert "123.5" not in said


@pytest.mark.parametrize(
    ("today", "is_told", "is_over"),
    [
        ("2025-10-08", True, False),
        ("2025-10-15", True, False),
        ("2025-10-16", False, False),
        ("2025-11-07", False, False),
        ("2025-11-08", False, True),
    ],
)
def test_no_sheet_carries_a_day_that_is_past(today: str, is_told: bool, is_over: bool) -> None:
    day = date.fromisoformat(today)
    view = views({"ledger/2025-09.csv": ledger("1", "2", "1")}, day)["ledger/2025-09"]
    sheet = record_sheet(view, SHARED.phrases, day)
    assert sheet is not None
    assert sheet.window is not None
    takes_objections = view.publication.window.takes_objections(day)
    assert (sheet.window.objections_until is not None) == is_told == takes_objections
    assert sheet.window.end == date(2025, 11, 7)
    assert sheet.is_over == is_over


days = st.dates(date(2025, 1, 1), date(2026, 6, 1))


@given(days, st.none() | st.integers(0, 200), st.sampled_from(sorted(ITEMS)))
def test_the_time_for_objections_follows_the_last_correction(
    published: date, later: int | None, item: str
) -> None:
    corrected = None if later is None else published + timedelta(days=later)
    before = display_window(published, None, ITEMS[item], NATIONAL, SHARED.holidays)
    window = display_window(published, None, ITEMS[item], NATIONAL, SHARED.holidays, corrected)
    if not ITEMS[item].objections:
        assert window.objections_until is None
        assert window.end == before.end
        return
    begins = corrected or published
    days = NATIONAL.objection(ITEMS[item], published)
    assert days.counted == "natural"
    assert window.objections_until == begins + timedelta(days=days.count)
    assert before.end is not None
    assert window.end is not None
    # What came down stays down; what hangs hangs as long as one can object to it.
    if begins > before.end:
        assert window.end == before.end
    else:
        assert window.end == max(before.end, window.objections_until)


def test_a_late_correction_brings_no_name_back() -> None:
    rows = "户主,组别,项目,金额\n方大田,一组,补贴,5\n石小河,一组,补贴,5\n方大山,一组,补贴,5\n"
    files = {"subsidies/2025Q2.csv": f"{rows}公开日期,2025-07-08\n更正,2025-10-09,金额改过\n"}
    publication = views(files)["subsidies/2025Q2"].publication
    assert publication.is_expired
    assert publication.rows == ()
    early = {"subsidies/2025Q2.csv": f"{rows}公开日期,2025-07-08\n更正,2025-07-22,金额改过\n"}
    last = date(2025, 7, 29)
    view = views(early, last)["subsidies/2025Q2"]
    assert len(view.publication.rows) == 3
    assert view.publication.window.takes_objections(last)
    assert view.publication.window.end == view.publication.window.objections_until


# --- 3. counts agree -----------------------------------------------------------------------


def test_contracts_are_counted_by_what_they_are_and_rent_by_what_is_in_force(folder: Path) -> None:
    told = page(folder, "contracts/2025")
    assert (
        "列出合同 6 份；到2025年10月9日正在执行的出租、发包合同 2 份，一年租金（承包费）共 38,000.00 元；"
        "已经到期的 1 份；还没有开始的 1 份；别的合同（工程、采购、服务等）2 份；租金、承包费欠收 1,000.00 元。"
    ) in told
    assert (
        "合计里的年租金 72,600.00 元，是表里全部合同的；正在执行的出租、发包合同一年是 38,000.00 元"
        in told
    )
    data = json.loads((folder / "site/v/dongli/contracts/2025/data.json").read_text("utf-8"))
    assert set(data["content"]["totals"]) == {"应收", "已收", "欠收"}


def test_contracts_that_bring_no_rent_have_no_words_of_rent() -> None:
    text = (
        "合同编号,名称,承包方,年租金,起始日期,终止日期,收支,合同价款\n"
        "HT-5,路灯维修合同,戊公司,,2025-08-28,2025-09-05,支出,9800.00\n公开日期,2025-09-08\n"
    )
    files = {"village.yaml": village_of("village"), "contracts/2025.csv": text}
    assert views(files)["contracts/2025"].sentence == (
        "2025年列出合同 1 份；别的合同（工程、采购、服务等）1 份。"
    )


def test_two_leases_of_one_orchard_at_once_are_pointed_out() -> None:
    head = "合同编号,名称,标的,承包方,年租金,起始日期,终止日期,收支\n"
    old = "HT-1,果园承包合同（旧）,果园,甲公司,22000,2020-09-01,{end},收入\n"
    new = "HT-2,果园承包合同,果园,乙公司,26000,2025-09-01,2030-08-31,收入\n公开日期,2025-09-08\n"
    village = {"village.yaml": village_of("village")}
    for end, notes, rent in (
        ("2025-08-31", (), "26,000.00"),
        (
            "2026-08-31",
            (
                "“果园”有 2 份合同同时在执行（果园承包合同（旧）、果园承包合同），租金都算在内；"
                "如果有一份已经停了，那是它的终止日期没有改。",
            ),
            "48,000.00",
        ),
    ):
        text = head + old.replace("{end}", end) + new
        view = views({**village, "contracts/2025.csv": text})["contracts/2025"]
        assert view.notes == notes
        assert f"共 {rent} 元" in view.sentence


leases = st.lists(
    st.tuples(
        st.dates(date(2019, 1, 1), date(2027, 1, 1)),
        st.integers(0, 3000),
        st.integers(1, 90000),
        st.sampled_from(["收入", "支出"]),
    ),
    min_size=1,
    max_size=8,
)


@given(leases)
def test_the_kinds_of_contracts_add_up_to_all_and_rent_to_those_in_force(
    rows: list[tuple[date, int, int, str]],
) -> None:
    lines = [
        f"HT-{n},第{n}份,某公司,{rent},{start},{start + timedelta(days=length)},{side}"
        for n, (start, length, rent, side) in enumerate(rows)
    ]
    head = "合同编号,名称,承包方,年租金,起始日期,终止日期,收支"
    text = "\n".join([head, *lines, "公开日期,2025-09-08", ""])
    made = views({"village.yaml": village_of("village"), "contracts/2025.csv": text})
    sentence = made["contracts/2025"].sentence
    counted = [int(number) for number in re.findall(r"(\d+) 份", sentence)]
    assert counted[0] == len(rows) == sum(counted[1:])
    day = date(2025, 9, 8)
    rents = [
        rent for start, length, rent, side in rows
        if side == "收入" and start <= day <= start + timedelta(days=length)
    ]  # fmt: skip
    assert (f"共 {sum(rents):,}.00 元" in sentence) == bool(rents)


def test_records_are_counted_in_one_unit(folder: Path) -> None:
    home = page(folder, "")
    assert "项也在公示" not in home
    lacking = [int(n) for n in re.findall(r"还差 (\d+) 份", home)]
    total = sum(lacking)  # the boards'
    named = re.search(r"到期还没有公开： (\S+?)、(\S+?)、(\S+?)等 (\d+) 份。", home)
    assert named is not None
    assert int(named[4]) == total
    calendar = page(folder, "calendar")
    assert f"到期还没有公开（{total} 份）" in calendar
    assert named[1] in calendar
    assert "迟 " not in home


def test_quantities_carry_their_units_and_are_never_added_up(folder: Path) -> None:
    told = page(folder, "contracts/2025")
    for quantity in ("45 亩", "18.5 亩", "12 盏", "2 间"):
        assert quantity in told
    texts = str(texts_of(folder / "site", "dongli"))
    assert "12 盏" in texts
    assert "盏 盏" not in texts
    assert "123.5" not in told
    data = (folder / "site/v/dongli/contracts/2025/data.csv").read_text("utf-8")
    assert "路灯,戊公司,12,盏," in data  # open data keep number and unit apart
    assert "123.5" not in data


# --- 5. percentages ------------------------------------------------------------------------


def test_half_as_many_payees_are_not_half_the_money(folder: Path) -> None:
    told = page(folder, "cadres/2025Q3")
    assert "领取的干部这一期 6 名、上季 12 名，应发的报酬和补贴不比多少。" in told
    assert "50%" not in told


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (12, 12, "应发的报酬和补贴和上季一样多，领取的干部和上季一样多。"),
        (
            10,
            12,
            "应发的报酬和补贴比上季多 2,000.00 元（上季 10,000.00 元，+20%），"
            "领取的干部比上季多 2 名（上季 10 名，+20%）。",
        ),
        (
            9,
            11,
            "应发的报酬和补贴比上季多 2,000.00 元（上季 9,000.00 元），"
            "领取的干部比上季多 2 名（上季 9 名）。",
        ),
        (10, 13, "领取的干部这一期 13 名、上季 10 名，应发的报酬和补贴不比多少。"),
    ],
)
def test_percentages_start_at_ten_cases_of_about_as_many(before: int, now: int, words: str) -> None:
    files = {
        "cadres/2025Q2.csv": cadres(before, "2025-07-08"),
        "cadres/2025Q3.csv": cadres(now, "2025-10-08"),
    }
    assert views(files)["cadres/2025Q3"].compared == (words,)


def test_other_subsidies_than_last_time_are_not_compared() -> None:
    head = "户主,组别,项目,金额"

    def table(kinds: list[str], published: str) -> str:
        rows = [f"方大{n},一组,{kind},100" for kind in kinds for n in "田山河水木金火土日月云"]
        return "\n".join([head, *rows, f"公开日期,{published}", ""])

    shown = {
        "subsidies/2025Q2.csv": table(["高龄津贴", "地力补贴"], "2025-10-07"),
        "subsidies/2025Q3.csv": table(["高龄津贴", "种粮补贴"], "2025-10-08"),
    }
    assert views(shown)["subsidies/2025Q3"].compared == (
        "项目和上季不一样（这一期多了种粮补贴，少了地力补贴），不比多少。",
    )
    down = {**shown, "subsidies/2025Q2.csv": table(["高龄津贴", "地力补贴"], "2025-07-08")}
    assert views(down)["subsidies/2025Q3"].compared == ("项目和上季不一样，不比多少。",)
    alike = {**shown, "subsidies/2025Q2.csv": table(["高龄津贴", "种粮补贴"], "2025-07-08")}
    assert views(alike)["subsidies/2025Q3"].compared == (
        "发放的钱和上季一样多，领到的户和上季一样多。",
    )


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({}, []),
        ({"alike": "组别"}, []),
        ({"alike": "没有的栏"}, ["setting-unknown"]),
        ({"alike": "户主"}, ["setting-unknown"]),  # it is masked
        ({"compare": (CompareSpec("钱", "sum:金额", "元", cases="户"),)}, ["setting-unknown"]),
    ],
)
def test_what_a_comparison_rests_on_is_there(change: dict[str, Any], codes: list[str]) -> None:
    item = replace(ITEMS["subsidies"], **change)
    boards = (replace(SHARED.catalogue.board_of(item.id), items=(item,)),)
    changed = replace(SHARED, catalogue=Catalogue(boards))
    assert [problem.code for problem in compared_numbers(changed)] == codes


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({}, []),
        ({"lease": None}, ["key-missing"]),
        ({"income": "进"}, ["setting-unknown"]),
        ({"column": "名称"}, ["id-duplicate"]),
        ({"ended": "在执行"}, ["id-duplicate"]),
    ],
)
def test_a_register_of_contracts_says_which_bring_rent(
    change: dict[str, Any], codes: list[str]
) -> None:
    table = SHARED.tables["contracts"]
    assert table.lease is not None
    lease = replace(table.lease, **change) if "lease" not in change else None
    changed = replace(SHARED, tables={"contracts": replace(table, lease=lease)})
    assert [problem.code for problem in leases_told(changed)] == codes


@pytest.mark.parametrize(
    ("column", "codes"),
    [("日期", []), ("没有的栏", ["setting-unknown"]), ("提问", ["setting-unknown"])],
)
def test_days_for_the_calendars_of_phones_are_days(column: str, codes: list[str]) -> None:
    item = replace(ITEMS["hearings"], agenda=Agenda(column))
    boards = (replace(SHARED.catalogue.board_of(item.id), items=(item,)),)
    changed = replace(SHARED, catalogue=Catalogue(boards))
    assert [problem.code for problem in agenda_columns(changed)] == codes


@pytest.mark.parametrize(
    ("place", "codes"),
    [
        ("{sum:中标价:结果=成交:类别=工程|货物}", []),
        ("{sum:中标价:结果=成交:颜色=红}", ["sentence-place"]),
        ("{sum:中标价:结果=成交:类别}", ["sentence-place"]),
    ],
)
def test_every_condition_of_a_number_names_a_column(place: str, codes: list[str]) -> None:
    item = replace(ITEMS["tenders"], sentence=f"成交 {place} 元。")
    boards = (replace(SHARED.catalogue.board_of(item.id), items=(item,)),)
    told = sentence_places(replace(SHARED, catalogue=Catalogue(boards)))
    assert [problem.code for problem in told] == codes


def test_the_column_of_a_unit_is_there_and_nothing_is_summed_across_units() -> None:
    table = SHARED.tables["assets"]
    fields = tuple(replace(f, unit_in="没有") if f.unit_in else f for f in table.fields)
    changed = replace(SHARED, tables={"assets": replace(table, fields=fields)})
    assert [p.code for p in headings_of_their_own(changed)] == ["setting-unknown"]
    item = replace(ITEMS["assets"], sentence="{period}有 {sum:数量} 件。")
    boards = (replace(SHARED.catalogue.board_of(item.id), items=(item,)),)
    told = sentence_places(replace(SHARED, catalogue=Catalogue(boards)))
    assert [p.code for p in told] == ["sentence-place"]


def test_a_share_says_of_how_many() -> None:
    head = "编号,日期,事项,办理结果,办结日期,满意度"

    def table(count: int, done: int, month: str) -> str:
        rows = [
            f"{month}{n},2025-{month}-01,路灯,好,{f'2025-{month}-02' if n < done else ''},"
            for n in range(count)
        ]
        return "\n".join([head, *rows, "公开日期,2025-10-08", ""])

    files = {
        "feedback/2025Q2.csv": table(9, 3, "05"),
        "feedback/2025Q3.csv": table(12, 11, "08"),
    }
    assert views(files)["feedback/2025Q3"].compared == (
        "办结：12 件里办结 11 件（92%），正中间的一件 1 天办完，最慢的 1 天。",
        "收到的反映比上季多 3 件（上季 9 件），办结率：12 件里 11 件（92%），上季 9 件里 3 件。",
    )


@given(st.integers(0, 10**7), st.integers(1, 10**7))
def test_a_percentage_is_rounded_half_up_and_is_all_only_of_all(part: int, whole: int) -> None:
    text = percent_text(Decimal(part), Decimal(whole))
    exact = Decimal(part) * 100 / Decimal(whole)
    assert (text == "100%") == (part == whole)
    assert (text == "0%") == (part == 0)
    if text.startswith("不到"):
        assert 0 < exact < 1
        return
    number = Decimal(text.rstrip("%"))
    assert (number < 100) == (exact < 100)
    if number == number.to_integral_value():
        assert number == exact.quantize(Decimal(1), ROUND_HALF_UP)
    assert abs(number - exact) <= Decimal("0.5")


@given(st.integers(1, 500), st.integers(1, 500))
def test_numbers_of_cases_are_alike_both_ways_within_a_fifth(one: int, other: int) -> None:
    alike = are_alike(Decimal(one), Decimal(other))
    assert alike == are_alike(Decimal(other), Decimal(one))
    assert alike == (min(one, other) * 5 >= max(one, other) * 4)


# --- 6. what was proved --------------------------------------------------------------------


def test_an_account_is_right_and_a_column_is_added_up(folder: Path) -> None:
    account = page(folder, "ledger/2025-09")
    assert account.index("账已算对") < account.index("期初结余 43,000.00")
    assert "合计加得对" not in page(folder, "ledger/2025-09")
    told = page(folder, "cadres/2025Q3")
    assert "合计加得对" in told
    assert "表里写的应发、实发合计，与各行相加一致" in told
    assert "账已算对" not in told
    # No sum was proved of what has no common unit.
    assert "表里写的年租金、应收、已收、欠收合计" in page(folder, "contracts/2025")


def test_a_book_without_balances_is_not_called_right() -> None:
    text = "日期,摘要,收入,支出,余额\n2025-09-03,租金,5,,\n本期合计,,5,0,\n公开日期,2025-10-08\n"
    view = views({"ledger/2025-09.csv": text})["ledger/2025-09"]
    assert (view.proved, view.checks) == (
        "合计加得对",
        ("表里写的收入、支出合计，与各行相加一致",),
    )


def test_what_states_nothing_is_proved_nothing() -> None:
    text = "姓名,职务,应发,实发\n方甲,委员,5,5\n公开日期,2025-10-08\n"
    view = views({"cadres/2025Q3.csv": text})["cadres/2025Q3"]
    assert (view.proved, view.checks) == ("", ())
