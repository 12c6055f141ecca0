"""Affairs from beginning to end: what belongs together, in which order, for how much."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser

from generator.model.phrases import Phrases
from generator.model.shared import Shared
from generator.render.pages import Pages
from generator.render.templates import Templates
from generator.views.affairs.chains import Chain, VillageChains, village_chains
from generator.views.affairs.moments import Moment
from generator.views.affairs.registers import Register
from generator.views.charts import ShareChart, SpanChart
from generator.views.contents import VillageContents, village_contents
from generator.views.linking import VillageRecords, village_records
from generator.views.records import RecordView
from generator.views.said import say
from generator.views.sheets import village_sheets
from generator.views.walls.plans import wall_view
from generator.views.walls.rounds import village_round
from tests.township import ROOT, TODAY, examine, real_content, the_sample, write

SHARED = real_content()[0]
VILLAGE = """name: 北塘村
code: "000000101990"
households: 90
population: 300
masks: names-masked
groups:
  - {id: g1, title: 一组, households: 90, people: 300}
accounts:
  - {id: village, title: 村民委员会账, owner: 北塘村村民委员会}
  - {id: coop, title: 股份经济合作社账, owner: 北塘村股份经济合作社}
people: []
supervisors: []
channels: []
"""
PROJECTS = "项目名称,资金来源,预算,招标方式,中标单位,中标价,开工日期,完工日期,进度,已付,决算,验收,决议,备注"
CONTRACTS = (
    "合同编号,名称,承包方,年租金,起始日期,终止日期,应收,已收,欠收,收支,合同价款,决议,工程项目,备注"
)
TENDERS = "编号,名称,类别,采购方式,公告日期,开标日期,报名家数,中标单位,中标价,结果,合同编号,备注"
LEDGER = "日期,凭证号,摘要,科目,收入,支出,余额,合同编号,工程项目,备注"


def table(heading: str, *rows: str, published: str = "2025-10-08") -> str:
    return "\n".join((heading, *rows, f"公开日期,{published}", ""))


def decision(title: str, *links: str, day: str = "2025-03-10") -> str:
    lines = "".join(f"\n  - {link}" for link in links)
    return f"""---
title: {title}
date: {day}
links:{lines or " []"}
steps:
  - {{step: 村“两委”会商议, date: 2025-03-01, entitled: 5, present: 5, agreed: 5}}
  - {{step: 村民代表会议决议, date: 2025-03-08, entitled: 30, present: 28, agreed: 27}}
---

同意。
"""


def notice(title: str, day: str, *links: str) -> str:
    lines = "".join(f"\n  - {link}" for link in links)
    return f"---\ntitle: {title}\ndate: {day}\nlinks:{lines}\n---\n\n见上。\n"


# A bridge from the decision to the last payment, as a clerk would write it.
BRIDGE = {
    "decisions/2025-03-08-qiao.md": decision(
        "关于修桥的决议", "projects/2025Q3#修桥", "tenders/2025Q2#ZB-2025-01", "ledger/2025-06#6-01"
    ),
    "tenders/2025Q2.csv": table(
        TENDERS,
        "ZB-2025-01,修桥,工程,公开招标,2025-04-01,2025-04-20,3,青石镇示例桥梁队,9000,成交,HT-2025-07,",
        published="2025-07-08",
    ),
    "contracts/2025.csv": table(
        CONTRACTS, "HT-2025-07,修桥合同,青石镇示例桥梁队,,2025-05-01,2025-08-31,,,,支出,9000,,,"
    ),
    "projects/2025Q2.csv": table(
        PROJECTS,
        "修桥,自筹,10000,公开招标,青石镇示例桥梁队,9000,2025-05-06,,在建,3000,,,2025-03-08-qiao,",
        published="2025-07-08",
    ),
    "projects/2025Q3.csv": table(
        PROJECTS,
        "修桥,自筹,10000,公开招标,青石镇示例桥梁队,9000,2025-05-06,2025-08-20,已完工,9000,9000,"
        "2025-08-25 监委会验收合格,2025-03-08-qiao,",
    ),
    "ledger/2025-06.csv": table(
        LEDGER,
        "2025-06-02,6-01,修桥预付款,公益支出,,3000,7000,,,",
        "2025-06-05,6-02,办公用品,管理费用,,100,6900,,,",
        published="2025-07-08",
    ),
    "ledger/2025-08.csv": table(
        LEDGER,
        "2025-08-28,8-01,修桥进度款,公益支出,,5000,1900,HT-2025-07,,",
        published="2025-09-08",
    ),
    "ledger/2025-09.csv": table(
        LEDGER,
        "2025-09-10,9-01,修桥尾款,公益支出,,1000,900,,,合同HT-2025-07，付清",
    ),
    "notices/2025-08-26-qiao.md": notice("修桥验收公告", "2025-08-26", "decisions/2025-03-08-qiao"),
}


class Village:
    """A village made of these files, and what is shown of it on a day."""

    def __init__(
        self,
        folder: Path,
        files: dict[str, str],
        *,
        today: date = TODAY,
        shared: Shared = SHARED,
        sound: bool = True,
    ) -> None:
        write(folder, "qingshi/beitang/village.yaml", VILLAGE)
        for name, text in files.items():
            write(folder, f"qingshi/beitang/{name}", text)
        found = examine(folder, today=today)
        assert not sound or [str(p) for p in found.problems if p.severity == "error"] == []
        self.problems = found.problems
        self.records: VillageRecords = village_records(found.villages["beitang"], shared, today)
        self.chains: VillageChains = village_chains(self.records)
        self.contents: VillageContents = village_contents(found.villages["beitang"], shared, today)

    def chain(self, title: str) -> Chain:
        """The one chain with this title."""
        found = {chain for chains in self.chains.by_page.values() for chain in chains}
        (chain,) = (chain for chain in found if chain.title == title)
        return chain

    def titles(self) -> list[str]:
        """The chains that are told, by their pages."""
        return [f"{name}: {c.title}" for name, cs in self.chains.by_page.items() for c in cs]

    def view(self, name: str) -> RecordView:
        """The view of a record `item/key`."""
        views = self.contents.records
        return next(v for v in views if f"{v.publication.item}/{v.publication.key}" == name)

    def register(self, item: str) -> Register:
        """What holds now of an item."""
        register = self.contents.register_of(item)
        assert register is not None
        return register


def told(moments: tuple[Moment, ...]) -> list[tuple[str, str, str]]:
    return [(m.day.isoformat() if m.day else "", m.label, m.amount) for m in moments]


def facts(chain: Chain) -> dict[str, str]:
    return {fact.label: fact.text for fact in chain.facts}


# --- what belongs together -----------------------------------------------------------------


def test_a_project_is_told_from_the_decision_to_the_last_payment(tmp_path: Path) -> None:
    chain = Village(tmp_path, BRIDGE).chain("修桥")
    assert told(chain.moments) == [
        ("2025-03-08", "民主决策", ""),
        ("2025-04-01", "发出公告", ""),
        ("2025-04-20", "开标、定标", "9,000.00 元"),
        ("2025-05-01", "合同开始", "9,000.00 元"),
        ("2025-05-06", "开工", ""),
        ("2025-06-02", "付款", "3,000.00 元"),
        ("2025-08-20", "完工", ""),
        ("2025-08-25", "验收", ""),
        ("2025-08-26", "通知", ""),
        ("2025-08-28", "付款", "5,000.00 元"),
        ("2025-09-10", "付款", "1,000.00 元"),
    ]
    first, *_ = chain.moments
    assert (first.text, first.votes) == ("村民代表会议决议", "应到 30 人，实到 28 人，同意 27 人")
    assert {m.label: m.text for m in chain.moments}["验收"] == "监委会验收合格"
    assert {m.label: m.text for m in chain.moments}[
        "开标、定标"
    ] == "3 家参加，定给青石镇示例桥梁队"
    assert facts(chain) == {
        "预算": "10,000.00 元",
        "中标价": "9,000.00 元",
        "决算": "9,000.00 元",
        "已付": "9,000.00 元",
        "还没付": "0.00 元",
    }
    assert chain.notes == ("网上的账里写明这件事的付款有 3 笔，共 9,000.00 元，和登记的已付一致。",)
    assert chain.state == "已完工"


def test_every_part_of_an_affair_leads_to_its_chain_and_the_chain_to_every_part(
    tmp_path: Path,
) -> None:
    village = Village(tmp_path, BRIDGE)
    chain = village.chain("修桥")
    assert village.titles() == ["projects/2025Q3: 修桥", "decisions/2025-03-08-qiao: 修桥"]
    ties = {
        (name, row): tie.link.url
        for name in (f"{r.item}/{r.key}" for r in village.records.data.records)
        for row, found in village.view(name).ties.items()
        for tie in found
    }
    assert set(ties.values()) == {f"v/beitang/projects/2025Q3/#{chain.anchor}"}
    assert set(ties) == {
        ("projects/2025Q2", 2),
        ("projects/2025Q3", 2),
        ("tenders/2025Q2", 2),
        ("contracts/2025", 2),
        ("ledger/2025-06", 2),
        ("ledger/2025-08", 2),
        ("ledger/2025-09", 2),
    }
    notice_view = village.view("notices/2025-08-26-qiao")
    assert [link.url for link in notice_view.elsewhere] == [chain.link.url]
    # The decision's page tells the chain: what the chain leads to is not listed there once more.
    assert village.view("decisions/2025-03-08-qiao").elsewhere == ()
    assert village.view("decisions/2025-03-08-qiao").other_links == ()
    urls = {moment.link.url for moment in chain.moments}
    shown = {f"v/beitang/{name}/#r{row}" for name, row in ties} - {"v/beitang/projects/2025Q2/#r2"}
    assert shown <= urls
    assert "v/beitang/decisions/2025-03-08-qiao/" in urls
    assert "v/beitang/notices/2025-08-26-qiao/" in urls


def test_a_row_of_which_nothing_else_is_known_has_no_chain(tmp_path: Path) -> None:
    files = {"projects/2025Q3.csv": BRIDGE["projects/2025Q3.csv"].replace("2025-03-08-qiao", "")}
    village = Village(tmp_path, files)
    assert village.titles() == []
    assert village.view("projects/2025Q3").ties == {}


def test_a_decision_about_two_projects_does_not_make_them_one(tmp_path: Path) -> None:
    both = decision(
        "关于修桥和修渠的决议",
        "projects/2025Q3#修桥",
        "projects/2025Q3#修渠",
        "contracts/2025#HT-2025-08",
        "ledger/2025-06#6-01",
    )
    rows = BRIDGE["projects/2025Q3.csv"].replace(
        "公开日期", "修渠,自筹,500,询价,,400,,,待开工,,,,2025-03-08-qiao,\n公开日期"
    )
    contracts = table(
        CONTRACTS, "HT-2025-08,修渠合同,示例队,,2025-09-01,2025-12-31,,,,支出,400,,修渠,"
    )
    village = Village(
        tmp_path,
        {
            "decisions/2025-03-08-qiao.md": both,
            "projects/2025Q3.csv": rows,
            "contracts/2025.csv": contracts,
            "ledger/2025-06.csv": BRIDGE["ledger/2025-06.csv"],
        },
    )
    assert village.titles() == [
        "projects/2025Q3: 修桥",
        "projects/2025Q3: 修渠",
        "decisions/2025-03-08-qiao: 修桥",
        "decisions/2025-03-08-qiao: 修渠",
    ]
    bridge, ditch = village.chain("修桥"), village.chain("修渠")
    assert [m.label for m in bridge.moments] == ["民主决策", "开工", "完工", "验收"]
    assert [m.label for m in ditch.moments] == ["民主决策", "合同开始", "合同约定的完工日期"]
    assert ditch.moments[-1].state == "open"


def test_a_road_that_is_mended_again_after_years_is_another_affair(tmp_path: Path) -> None:
    old = BRIDGE["projects/2025Q3.csv"].replace("2025-05-06", "2022-05-06")
    old = old.replace("2025-08-2", "2022-08-2").replace("2025-03-08-qiao", "")
    pay = "2022-08-26,8-01,修桥款,公益支出,,9000,0,,修桥,"
    files = {
        **BRIDGE,
        "projects/2022Q3.csv": old.replace("2025-10-08", "2022-10-08"),
        "ledger/2022-08.csv": table(LEDGER, pay, published="2022-09-08"),
    }
    village = Village(tmp_path, files)
    assert village.titles() == [
        "projects/2022Q3: 修桥",
        "projects/2025Q3: 修桥",
        "decisions/2025-03-08-qiao: 修桥",
    ]
    (before,) = village.chains.by_page["projects/2022Q3"]
    assert told(before.moments)[-1] == ("2022-08-26", "付款", "9,000.00 元")
    (now,) = village.chains.by_page["projects/2025Q3"]
    assert all(moment.day is None or moment.day.year == 2025 for moment in now.moments)


# --- numbers within texts ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "is_tied"),
    [
        ("合同 HT-2025-07", True),
        ("付HT-2025-07尾款", True),
        ("（HT-2025-07）", True),
        ("HT-2025-07，付清", True),
        ("HT-2025-071", False),
        ("XHT-2025-07", False),
        ("HT-2025-07-2", False),
        ("HT-2025-0", False),
        ("ht-2025-07", False),
    ],
)
def test_only_a_whole_number_is_a_mention(tmp_path: Path, words: str, is_tied: bool) -> None:
    ledger = table(LEDGER, f"2025-09-10,9-01,修桥尾款,公益支出,,1000,900,,,{words}")
    files = {"contracts/2025.csv": BRIDGE["contracts/2025.csv"], "ledger/2025-09.csv": ledger}
    assert bool(Village(tmp_path, files).titles()) is is_tied


def test_a_number_that_may_be_a_sum_or_a_year_is_none(tmp_path: Path) -> None:
    contracts = BRIDGE["contracts/2025.csv"].replace("HT-2025-07", "2025")
    ledger = table(LEDGER, "2025-09-10,9-01,修桥尾款,公益支出,,1000,900,,,2025 年付清")
    files = {"contracts/2025.csv": contracts, "ledger/2025-09.csv": ledger}
    assert Village(tmp_path / "a", files).titles() == []
    column = table(LEDGER, "2025-09-10,9-01,修桥尾款,公益支出,,1000,900,2025,,")
    files["ledger/2025-09.csv"] = column
    assert Village(tmp_path / "b", files).titles() == ["contracts/2025: 修桥合同"]


def test_a_voucher_is_named_within_the_year_and_the_account(tmp_path: Path) -> None:
    def project(words: str) -> str:
        row = f"修渠,自筹,500,询价,示例队,400,2025-06-01,2025-06-20,已完工,400,,,,{words}"
        return table(PROJECTS, row)

    month = "2025-06-25,6-01,修渠,公益支出,,400,600,,,"
    last_year = "2024-06-25,6-01,修路,公益支出,,300,700,,,"
    coop = "2025-07-01,7-05,修渠,公益支出,,400,100,,,"
    files = {
        "ledger/2024-06.csv": table(LEDGER, last_year, published="2024-07-08"),
        "ledger/2025-06.csv": table(LEDGER, month, published="2025-07-08"),
        "ledger/2025-07.coop.csv": table(LEDGER, coop, published="2025-08-08"),
    }

    def payments(words: str, name: str) -> list[str]:
        village = Village(tmp_path / name, {**files, "projects/2025Q3.csv": project(words)})
        chains = village.chains.by_page.get("projects/2025Q3", ())
        return [m.link.url for c in chains for m in c.moments if m.label == "付款"]

    june, july = "v/beitang/ledger/2025-06/#r2", "v/beitang/ledger/2025-07.coop/#r2"
    assert payments("凭证 6-01", "a") == [june]
    assert payments("见凭证号：6-01。", "b") == [june]
    assert payments("凭证 7-05", "c") == []
    assert payments("凭证 7-05（合作社账）", "d") == [july]
    assert payments("凭证 7-05（小组账）", "e") == []
    assert payments("6-01", "f") == []
    # Where every month begins with 1 anew, a number names no payment.
    files["ledger/2025-05.csv"] = table(
        LEDGER, month.replace("06-25", "05-25").replace("600", "1000")
    )
    assert payments("凭证 6-01", "g") == []


def test_broken_numbers_are_told_and_no_other_number_is_proposed(tmp_path: Path) -> None:
    files = dict(BRIDGE)
    slip = BRIDGE["ledger/2025-08.csv"].replace("HT-2025-07", "HT2025-07")
    village = Village(tmp_path / "a", {**files, "ledger/2025-08.csv": slip})
    (problem,) = (p for p in village.problems if p.code == "link-broken")
    assert "您是不是要写“HT-2025-07”？" in problem.hint
    files["ledger/2025-08.csv"] = BRIDGE["ledger/2025-08.csv"].replace("HT-2025-07", "HT-2025-17")
    village = Village(tmp_path / "b", files)
    (problem,) = (p for p in village.problems if p.code == "link-broken")
    assert (problem.severity, problem.value) == ("warning", "HT-2025-17")
    assert "您是不是要写" not in problem.hint  # the hint must not lead to another contract
    assert "登记表里的编号" in problem.hint
    amounts = [m.amount for m in village.chain("修桥").moments if m.label == "付款"]
    assert amounts == ["3,000.00 元", "1,000.00 元"]
    # A register with a fault of its own is there all the same: nothing is told twice.
    files["contracts/2025.csv"] = files["contracts/2025.csv"].replace("9000", "9.1.2")
    faulty = Village(tmp_path / "faulty", files, sound=False)
    assert [p.code for p in faulty.problems if p.severity != "notice"] == ["contracts-amount"]


# --- what it comes to ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "paid", "rest", "note"),
    [
        ("9000", "9,000.00 元", "0.00 元", "和登记的已付一致。"),
        # The register was made on 30 September, and until then 8,000 yuan were paid.
        ("8000", "9,000.00 元", "0.00 元", "其中 1,000.00 元是登记以后付的。"),
        ("7000", "7,000.00 元", "2,000.00 元", "登记的已付是 7,000.00 元。"),
        ("9500", "9,500.00 元", None, "登记的已付是 9,500.00 元。"),
        ("", None, None, None),
    ],
)
def test_what_was_paid_is_the_registers_unless_the_ledger_agrees(
    tmp_path: Path, stated: str, paid: str | None, rest: str | None, note: str | None
) -> None:
    files = dict(BRIDGE)
    files["projects/2025Q3.csv"] = BRIDGE["projects/2025Q3.csv"].replace(
        "已完工,9000", f"已完工,{stated}"
    )
    late = BRIDGE["ledger/2025-09.csv"].replace("2025-09-10", "2025-10-05")
    files["ledger/2025-10.csv"] = late.replace("2025-10-08", "2025-11-07")
    files["projects/2025Q3.csv"] = files["projects/2025Q3.csv"].replace("2025-10-08", "2025-10-03")
    del files["ledger/2025-09.csv"]
    chain = Village(tmp_path, files, today=date(2025, 11, 10)).chain("修桥")
    assert facts(chain).get("已付") == paid
    assert facts(chain).get("还没付") == rest
    assert (chain.notes[0].endswith(note) if note else chain.notes == ()) is True
    over = "已付比决算多 500.00 元。"
    assert (over in chain.notes) is (stated == "9500")


def test_a_book_without_dates_tells_by_its_period(tmp_path: Path) -> None:
    """The register was made on 30 September; the books until then, and none later, have its 8,000."""
    files = dict(BRIDGE)
    files["projects/2025Q3.csv"] = BRIDGE["projects/2025Q3.csv"].replace(
        "已完工,9000", "已完工,8000"
    )
    late = BRIDGE["ledger/2025-09.csv"].replace("2025-09-10", "2025-10-05")
    files["ledger/2025-10.csv"] = late.replace("2025-10-08", "2025-11-07")
    del files["ledger/2025-09.csv"]
    for name in files:
        if name.startswith("ledger/"):
            lines = files[name].splitlines(keepends=True)
            # the last line says when the book was made public, and keeps its day
            files[name] = "".join([line.partition(",")[2] for line in lines[:-1]]) + lines[-1]
    village = Village(tmp_path, files, today=date(2025, 11, 10))
    assert {p.code for p in village.problems} == {"dates-missing"}
    chain = village.chain("修桥")
    assert facts(chain)["已付"] == "9,000.00 元"
    assert chain.notes[0].endswith("其中 1,000.00 元是登记以后付的。")
    assert [m.day for m in chain.moments if m.label == "付款"] == [None, None, None]


def test_a_dearer_final_account_is_told(tmp_path: Path) -> None:
    files = dict(BRIDGE)
    files["projects/2025Q3.csv"] = BRIDGE["projects/2025Q3.csv"].replace(
        "9000,9000", "9000,9600.50"
    )
    chain = Village(tmp_path, files).chain("修桥")
    assert "决算比中标价多 600.50 元。" in chain.notes
    assert facts(chain)["还没付"] == "600.50 元"


def test_a_payment_for_two_affairs_counts_for_neither(tmp_path: Path) -> None:
    contracts = table(
        CONTRACTS,
        "HT-2025-01,打字合同,示例店,,2025-01-01,2025-12-31,,,,支出,500,,,",
        "HT-2025-02,印刷合同,示例店,,2025-01-01,2025-12-31,,,,支出,700,,,",
    )
    row = "2025-09-10,9-01,打字印刷,管理费用,,1200,900,,,合同 HT-2025-01、HT-2025-02"
    village = Village(
        tmp_path, {"contracts/2025.csv": contracts, "ledger/2025-09.csv": table(LEDGER, row)}
    )
    for title, price in (("打字合同", "500.00 元"), ("印刷合同", "700.00 元")):
        chain = village.chain(title)
        (payment,) = (m for m in chain.moments if m.label == "付款")
        assert payment.text == "打字印刷（和别的事合在一笔里）"
        assert facts(chain) == {"合同价款": price}
    assert len(village.view("ledger/2025-09").ties[2]) == 2


def test_money_that_came_back_is_called_so(tmp_path: Path) -> None:
    files = dict(BRIDGE)
    files["ledger/2025-09.csv"] = table(
        LEDGER, "2025-09-10,9-01,退回多付的,公益支出,,-500,2400,HT-2025-07,,"
    )
    moment = Village(tmp_path, files).chain("修桥").moments[-1]
    assert (moment.label, moment.amount) == ("退回付款", "500.00 元")


@pytest.mark.parametrize(
    ("words", "day", "text"),
    [
        ("2025年8月25日，监委会验收合格", "2025-08-25", "监委会验收合格"),
        ("2025-8-25", "2025-08-25", ""),
        ("监委会验收合格", "", "监委会验收合格"),
        ("2025-13-45 验收", "", "2025-13-45 验收"),
    ],
)
def test_the_day_of_acceptance_stands_before_its_words(
    tmp_path: Path, words: str, day: str, text: str
) -> None:
    files = dict(BRIDGE)
    files["projects/2025Q3.csv"] = BRIDGE["projects/2025Q3.csv"].replace(
        "2025-08-25 监委会验收合格", words
    )
    (moment,) = (m for m in Village(tmp_path, files).chain("修桥").moments if m.label == "验收")
    assert (moment.day.isoformat() if moment.day else "", moment.text) == (day, text)


def test_a_project_past_its_day_is_told_as_late(tmp_path: Path) -> None:
    files = dict(BRIDGE)
    files["projects/2025Q3.csv"] = files["projects/2025Q2.csv"].replace("2025-07-08", "2025-10-08")
    (moment,) = (m for m in Village(tmp_path, files).chain("修桥").moments if m.state == "late")
    assert moment.day == date(2025, 8, 31)
    assert moment.text == "合同约定的日期已过，登记里还没有写完工日期"


# --- words ---------------------------------------------------------------------------------

_TAG = re.compile(r"(\{[%{#].*?[%}#]\})", re.DOTALL)


def in_other_words(shared: Shared) -> Shared:
    """The content with every phrase said in another character."""
    files = {}
    for kind, text in shared.phrases.files.items():
        parts = _TAG.split(text)
        parts[::2] = [re.sub(r"[\u4e00-\u9fff]", "某", part) for part in parts[::2]]
        files[kind] = "".join(parts)
    return replace(shared, phrases=Phrases(files))


@pytest.mark.parametrize("name", ["liuxi", "shiqiao"])
def test_no_word_that_is_shown_decides_anything(name: str) -> None:
    data = the_sample().villages[name]
    seen, labels = [], []
    for shared in (SHARED, in_other_words(SHARED)):
        contents = village_contents(data, shared, TODAY)
        sheets = village_sheets(contents, shared)
        moments = [m for v in contents.records for chain in v.chains for m in chain.moments]
        wall = wall_view(village_round(contents, sheets, shared, date(2025, 9, 1)), {})
        labels.append({m.label for m in moments})
        seen.append(
            (
                [(m.kind, m.day, m.state) for m in moments],
                [(sheet.url, sheet.layout, list(sheet.marks)) for sheet in sheets],
                [(r.item, [line.link.url for line in r.lines]) for r in contents.registers],
                [(len(board.up), len(board.stay), len(board.down)) for board in wall.boards],
            )
        )
    assert seen[0] == seen[1]
    assert len(labels[0]) > len(labels[1]) > 0


def test_a_line_break_within_a_fact_stays() -> None:
    words = say(SHARED.phrases, "walls", "withdrawn", date=TODAY, reason="原来写 1\n2 月的")
    assert words == "10月10日撤回：原来写 1\n2 月的"


# --- who may be named ----------------------------------------------------------------------


def with_personal_contracts() -> Shared:
    boards = tuple(
        replace(
            board,
            items=tuple(
                replace(item, personal=True, display_days=5) if item.id == "contracts" else item
                for item in board.items
            ),
        )
        for board in SHARED.catalogue.boards
    )
    return replace(SHARED, catalogue=replace(SHARED.catalogue, boards=boards))


def test_rows_that_came_down_are_in_no_chain_and_no_register(tmp_path: Path) -> None:
    shared = with_personal_contracts()
    shown = Village(tmp_path / "a", LEASES, shared=shared, today=date(2025, 10, 10))
    assert "contracts/2025: 示例塘" in shown.titles()
    hidden = Village(tmp_path / "b", LEASES, shared=shared, today=date(2025, 10, 20))
    assert hidden.titles() == []
    assert hidden.contents.register_of("contracts") is None
    everything = repr((hidden.chains.by_page, [v.ties for v in hidden.contents.records]))
    assert "示例塘" not in everything
    assert "张示例" not in everything


def test_masked_names_stay_masked(tmp_path: Path) -> None:
    schema = SHARED.tables["contracts"]
    fields = tuple(replace(f, mask="name") if f.name == "承包方" else f for f in schema.fields)
    tables = {**SHARED.tables, "contracts": replace(schema, fields=fields)}
    village = Village(tmp_path, LEASES, shared=replace(SHARED, tables=tables))
    assert {m.label: m.text for m in village.chain("示例塘").moments}["合同开始"] == "张*"
    assert village.register("contracts").lines[0].cells[0].text == "张*"
    assert "张示例" not in repr((village.chains.by_page, village.contents.registers))


# --- what holds now ------------------------------------------------------------------------

LEASES = {
    "contracts/2025.csv": table(
        CONTRACTS,
        "HT-2021-01,旧仓库,示例店,3000,2021-01-01,2025-06-30,13500,13500,0,,,,,",
        "HT-2023-02,示例塘,张示例,1200,2023-01-01,2025-12-31,3600,3600,0,,,,,",
        "HT-2024-03,示例园,李示例,800,2024-01-01,2028-12-31,1600,1000,600,,,,,",
        "HT-2026-01,示例林,王示例,500,2026-01-01,2030-12-31,,,,收入,,,,",
        "HT-2025-09,打印机,示例店,,2025-01-01,2025-12-31,,,,支出,2000,,,",
    ),
    "ledger/2025-01.csv": table(
        LEDGER,
        "2025-01-05,1-01,塘租,经营收入,1200,,2200,,,合同 HT-2023-02",
        published="2025-02-08",
    ),
    "resources/2025H2.csv": "编号,名称,类别,面积,单位,年收益,合同编号,备注\n"
    "ZY-1,示例塘地块,水面,3,亩,1200,HT-2023-02,\n"
    "ZY-2,仓库地块,建设用地,1,亩,3000,,合同 HT-2021-01\n公开日期,2025-10-09\n",
}


def test_leases_are_summed_up_as_they_stand(tmp_path: Path) -> None:
    register = Village(tmp_path, LEASES).register("contracts")
    assert register.sentence == (
        "村民委员会账：到2025年10月8日，正在执行的出租、发包合同有 2 份，一年租金（承包费）共 2,000.00 元；"
        "1 份快到期（2025年12月31日）；"
        "1 份有欠收，共 600.00 元；登记里另有 1 份已经到期、1 份还没有开始、"
        "1 份别的合同（工程、采购、服务等）。"
    )
    assert [line.link.title for line in register.lines] == ["示例塘", "示例园", "示例林", "旧仓库"]
    ends = {line.link.title: line.cells[2].text for line in register.lines}
    assert ends == {
        "示例塘": "2025年12月31日",
        "示例园": "2028年12月31日",
        "示例林": "2030年12月31日，2026年1月1日才开始",
        "旧仓库": "2025年6月30日，已到期",
    }
    (chart,) = register.charts
    assert isinstance(chart, SpanChart)
    assert [(s.label, s.state) for s in chart.spans] == [
        ("旧仓库", "done"),
        ("示例塘", "soon"),
        ("示例园", "open"),
        ("示例林", "open"),
    ]
    assert [link.title for link in register.sources] == ["2025年合同"]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            ["HT-1,塘,张示例,1200,2023-01-01,2028-12-31,3600,3600,0,,,,,"],
            "村民委员会账：到2025年10月8日，正在执行的出租、发包合同有 1 份，一年租金（承包费）共 1,200.00 元；"
            "没有快到期的（2028年12月31日到期）；没有欠收。",
        ),
        (  # Nothing is said of what the register leaves empty.
            ["HT-1,塘,张示例,1200,2023-01-01,,3600,,,,,,,"],
            "村民委员会账：到2025年10月8日，正在执行的出租、发包合同有 1 份，一年租金（承包费）共 1,200.00 元。",
        ),
        (
            ["HT-1,塘,张示例,1200,2020-01-01,2024-12-31,3600,3600,0,,,,,"],
            "村民委员会账：到2025年10月8日，没有正在执行的出租、发包合同；没有欠收；登记里另有 1 份已经到期。",
        ),
        (  # On its last day a contract is in force.
            ["HT-1,塘,张示例,1200,2020-01-01,2025-10-10,3600,3600,0,,,,,"],
            "村民委员会账：到2025年10月8日，正在执行的出租、发包合同有 1 份，一年租金（承包费）共 1,200.00 元；"
            "1 份快到期（2025年10月10日）；没有欠收。",
        ),
        (["HT-1,打印机,示例店,2000,2025-01-01,2025-12-31,0,0,0,,,,,"], None),
        (["HT-1,打印机,示例店,2000,2025-01-01,2025-12-31,,,,支出,,,,"], None),
    ],
)
def test_the_sentence_on_leases_holds_for_none_and_for_one(
    tmp_path: Path, rows: list[str], sentence: str | None
) -> None:
    village = Village(tmp_path, {"contracts/2025.csv": table(CONTRACTS, *rows)})
    register = village.contents.register_of("contracts")
    assert (register.sentence if register else None) == sentence


@pytest.mark.parametrize(
    ("today", "words"),
    [
        ("2025-10-09", "到2025年10月8日，正在执行的出租、发包合同有 2 份"),
        ("2025-12-31", "到2025年10月8日，正在执行的出租、发包合同有 2 份"),
        ("2026-01-01", "到2026年1月1日，正在执行的出租、发包合同有 2 份"),
        ("2026-03-01", "到2026年1月1日，正在执行的出租、发包合同有 2 份"),
    ],
)
def test_leases_are_told_as_of_the_day_that_last_changed_them(
    tmp_path: Path, today: str, words: str
) -> None:
    """A page that is built daily stays as it is until a lease begins or ends, and its picture has
    its line on the same day."""
    register = Village(tmp_path, LEASES, today=date.fromisoformat(today)).register("contracts")
    assert words in register.sentence
    (chart,) = register.charts
    assert isinstance(chart, SpanChart)
    assert f"到{chart.today.year}年{chart.today.month}月{chart.today.day}日，" in register.sentence


def test_the_days_of_warning_are_the_rule_packs(tmp_path: Path) -> None:
    rules = {key: replace(pack, expiring_days=30) for key, pack in SHARED.rules.items()}
    village = Village(tmp_path, LEASES, shared=replace(SHARED, rules=rules))
    sentence = village.register("contracts").sentence
    assert "没有快到期的（最早2025年12月31日到期）" in sentence


def test_land_is_linked_with_its_lease_both_ways(tmp_path: Path) -> None:
    village = Village(tmp_path, LEASES)
    chain = village.chain("示例塘")
    assert [link.title for link in chain.others] == ["示例塘地块（ZY-1，2025年下半年田地山林水面）"]
    resources = village.view("resources/2025H2")
    assert resources.cell_links[2, "合同编号"].title == "示例塘（HT-2023-02，2025年合同）"
    assert [t.link.title for t in resources.ties[3]] == ["旧仓库（HT-2021-01，2025年合同）"]
    assert village.chain("旧仓库").notes == (
        "合同到期以后，2025年下半年田地山林水面里“仓库地块”仍写着这份合同。",
    )


def test_projects_are_summed_up_as_they_stand(tmp_path: Path) -> None:
    rows = BRIDGE["projects/2025Q3.csv"].replace(
        "公开日期",
        "修渠,自筹,500,询价,示例队,400,2025-09-20,,在建,100,,,,\n"
        "修路,自筹,900,询价,,,,,申报中,,,,,\n公开日期",
    )
    register = Village(tmp_path, {**BRIDGE, "projects/2025Q3.csv": rows}).register("projects")
    assert register.sentence == (
        "最近登记的工程有 3 项：1 项已完工，1 项已开工、还没有完工，1 项没有写开工日期；"
        "完工的都写了哪天验收。"
    )
    assert [line.link.title for line in register.lines] == ["修渠", "修路", "修桥"]
    (chart,) = register.charts
    assert isinstance(chart, ShareChart)
    assert [(s.label, s.text) for s in chart.shares] == [
        ("修渠", "中标价 400.00，已付 100.00"),
        ("修桥", "决算 9,000.00，已付 9,000.00"),
    ]


def test_a_village_without_registers_has_nothing_to_sum_up(tmp_path: Path) -> None:
    files = {"contracts/2025.csv": f"{CONTRACTS}\n本期无发生\n公开日期,2025-10-08\n"}
    assert Village(tmp_path, files).contents.registers == ()


# --- pages ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of two sample villages."""
    folder = tmp_path_factory.mktemp("chains")
    found = the_sample()
    assert found.shared is not None
    pages = Pages(Templates(ROOT / "templates"), found.shared, TODAY, "")
    files = list(pages.assets())
    for name in ("liuxi", "shiqiao"):
        contents = village_contents(found.villages[name], found.shared, TODAY)
        files += pages.village(contents)
    for file in files:
        write(folder, file.path, file.content)
    return folder


def test_a_sample_project_shows_every_step(site: Path) -> None:
    page = (site / "v/shiqiao/projects/2025Q3/index.html").read_text("utf-8")
    part = page[page.index('id="chain-projects-2025Q3-3"') :]
    part = part[: part.index("</ol>")]
    labels = re.findall(r"</span><b>([^<]+)</b>", part)
    assert labels == [
        "民主决策",
        "发出公告",
        "开标、定标",
        "合同开始",
        "开工",
        "付款",
        "完工",
        "验收",
        "付款",
        "通知",
        "通知",
        "付款",
    ]


def test_links_of_chains_lead_to_their_rows_and_back(site: Path) -> None:
    home = "v/shiqiao/projects/2025Q3/"
    page = (site / home / "index.html").read_text("utf-8")
    part = page[page.index('id="chains"') :]
    part = part[: part.index("</details>")]
    targets = {urljoin(home, href) for href in re.findall(r'href="([^"]+)"', part)}
    assert len(targets) > 8
    for target in targets:
        path, _, fragment = target.partition("#")
        other = (site / path / "index.html").read_text("utf-8")
        assert not fragment or f'id="{fragment}"' in other, target
        back = {urljoin(path, href) for href in re.findall(r'href="([^"]+)"', other)}
        is_told = 'id="chain-projects-2025Q3-' in other
        assert is_told or any(way.startswith(f"{home}#chain-") for way in back), target


@pytest.mark.parametrize("is_scripted", [True, False])
@pytest.mark.parametrize(
    "url", ["v/shiqiao/projects/2025Q3/", "v/liuxi/contracts/", "v/liuxi/projects/"]
)
def test_chains_and_registers_fit_a_phone(
    browser: Browser,
    serve_folder: Callable[[Path], str],
    site: Path,
    url: str,
    is_scripted: bool,
) -> None:
    size = {"width": 360, "height": 780}
    context = browser.new_context(viewport=size, java_script_enabled=is_scripted)
    page = context.new_page()
    page.goto(f"{serve_folder(site)}{url}")
    if is_scripted:
        for summary in page.locator(".chains summary, details#held summary").all():
            summary.click()
    section = page.locator(".chains, #held").first
    assert section.is_visible()
    box = section.bounding_box()
    assert box is not None
    assert box["width"] <= 360
    if is_scripted:
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        small = page.evaluate(
            "[...document.querySelectorAll('.chains *, #held *')]"
            ".filter(e => !e.closest('svg') && parseFloat(getComputedStyle(e).fontSize) < 16)"
            ".map(e => e.outerHTML)"
        )
        assert small == []
    context.close()
