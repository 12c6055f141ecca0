"""The rule for what is added to a register within its year, row by row."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdf
import pytest

from generator.build import Settings, build
from generator.model.shared import Shared
from generator.model.village import VillageData
from generator.printing import SheetRequest, draw_sheet
from generator.views.duties.owed import village_duties
from generator.views.linking import village_records
from tests.township import ROOT, TODAY, examine, real_content, small_content, township, write

HEAD = "合同编号,名称,承包方,年租金,起始日期,终止日期,应收,已收,欠收\n"
SHARED: Shared = real_content()[0]


def row(number: str, begun: str) -> str:
    return f"{number},塘库承包,李示例,100.00,{begun},,0.00,0.00,0.00\n"


def told(data: VillageData) -> list[str]:
    duties = village_duties(village_records(data, SHARED, TODAY))
    return [f"{late.link.title.split('（')[0]}：{late.words}" for late in duties.late_rows]


@pytest.mark.parametrize(
    ("rows", "ends", "late"),
    [
        # named by the correction that added it: on the last day, and the day after
        (row("HT-01", "2025-09-01"), "公开日期,2025-03-28\n更正,2025-09-11,补登 HT-01\n", []),
        (
            row("HT-01", "2025-09-01"),
            "公开日期,2025-03-28\n更正,2025-09-12,补登 HT-01\n",
            ["塘库承包：最晚应在2025年9月11日补上，2025年9月12日才补上"],
        ),
        # one correction names it, a later one again
        (
            row("HT-01", "2025-09-01"),
            "公开日期,2025-03-28\n更正,2025-09-10,补登 HT-01\n更正,2025-09-30,HT-01 改名\n",
            [],
        ),
        # a longer number is another contract's
        (
            row("HT-01", "2025-09-01"),
            "公开日期,2025-03-28\n更正,2025-09-05,补登 HT-011\n更正,2025-09-30,补登 HT-01\n",
            ["塘库承包：最晚应在2025年9月11日补上，2025年9月30日才补上"],
        ),
        # no correction names it: the only one since then must have added it
        (
            row("HT-01", "2025-09-01"),
            "公开日期,2025-03-28\n更正,2025-10-09,补登一份合同\n",
            ["塘库承包：最晚应在2025年9月11日补上，2025年10月9日才补上"],
        ),
        # one of several did, and none was in time
        (
            row("HT-01", "2025-09-01"),
            "公开日期,2025-03-28\n更正,2025-09-20,补登\n更正,2025-10-09,补登\n",
            ["塘库承包：最晚应在2025年9月11日补上，2025年9月20日或以后才补上"],
        ),
        # one of several did, and the first would have been in time: not known
        (
            row("HT-01", "2025-09-01"),
            "公开日期,2025-03-28\n更正,2025-09-10,补登\n更正,2025-10-09,补登\n",
            [],
        ),
        # nothing says when it was added
        (row("HT-01", "2025-09-01"), "公开日期,2025-03-28\n", []),
        # there from the first day: that is the register's own duty
        (row("HT-01", "2025-01-02"), "公开日期,2025-03-28\n更正,2025-10-09,改数\n", []),
        (row("HT-01", "2025-06-02"), "公开日期,2025-09-28\n", []),
        # added before the register itself was due: the end of March, and the day after
        (row("HT-01", "2025-01-02"), "公开日期,2025-01-10\n更正,2025-03-31,补登 HT-01\n", []),
        (
            row("HT-01", "2025-01-02"),
            "公开日期,2025-01-10\n更正,2025-04-01,补登 HT-01\n",
            ["塘库承包：最晚应在2025年3月31日补上，2025年4月1日才补上"],
        ),
        # of an earlier year, without a day, not yet begun
        (row("HT-01", "2023-09-01"), "公开日期,2025-03-28\n更正,2025-10-09,补登 HT-01\n", []),
        (row("HT-01", ""), "公开日期,2025-03-28\n更正,2025-10-09,补登 HT-01\n", []),
        (row("HT-01", "2025-12-01"), "公开日期,2025-03-28\n更正,2025-10-09,补登 HT-01\n", []),
        # nobody can say of an undated register when anything was shown
        (row("HT-01", "2025-09-01"), "", []),
    ],
)
def test_a_row_is_late_where_that_is_known(
    rows: str, ends: str, late: list[str], tmp_path: Path
) -> None:
    villages = township(tmp_path)
    write(villages / "qingshi/dongli", "contracts/2025.csv", f"{HEAD}{rows}{ends}")
    found = examine(villages)
    assert {p.code for p in found.problems} <= {"published-missing"}
    data = found.villages["dongli"]
    assert told(replace(data, village=replace(data.village, since=date(2025, 1, 1)))) == late


def test_nothing_is_late_that_began_before_the_village_did(tmp_path: Path) -> None:
    villages = township(tmp_path)
    ends = "公开日期,2025-03-28\n更正,2025-10-09,补登 HT-01\n"
    text = f"{HEAD}{row('HT-01', '2025-09-01')}{ends}"
    write(villages / "qingshi/dongli", "contracts/2025.csv", text)
    data = examine(villages).villages["dongli"]
    for since, count in ((date(2025, 9, 1), 1), (date(2025, 9, 2), 0)):
        assert len(told(replace(data, village=replace(data.village, since=since)))) == count


def test_late_rows_show_on_page_sheet_and_calendar(tmp_path: Path) -> None:
    villages = township(tmp_path)
    rows = row("HT-01", "2025-09-20") + row("HT-02", "2025-09-21")
    ends = "公开日期,2025-03-28\n更正,2025-10-01,补登 HT-01、HT-02\n"
    write(villages / "qingshi/dongli", "contracts/2025.csv", f"{HEAD}{rows}{ends}")
    settings = Settings(
        small_content(tmp_path),
        villages,
        ROOT / "templates",
        tmp_path / "site",
        TODAY,
        sheets="none",
        jobs=1,
    )
    build(settings, lambda _: None)
    home = tmp_path / "site" / "v" / "dongli"
    words = "最晚应在2025年9月30日补上，2025年10月1日才补上"
    page = (home / "contracts/2025/index.html").read_text("utf-8")
    assert page.count("补得晚了") == 1
    assert re.search(rf'id="r2".*?<span>补得晚了：{words}</span>.*?id="r3"', page, re.DOTALL)
    assert words in (home / "calendar/index.html").read_text("utf-8")
    sheet, problems = draw_sheet(SheetRequest("dongli", "contracts", "2025"), settings)
    assert problems == ()
    pages = pypdf.PdfReader(io.BytesIO(sheet)).pages
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in pages))
    assert text.count("补得晚了") == 1
