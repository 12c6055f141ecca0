"""The order of events: what is early by a day is told, what happens on the same day is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.township import examine, the_sample, township, write

TENDERS = "编号,名称,公告日期,开标日期,中标单位,中标价,结果,合同编号,决议\n"
CONTRACTS = "合同编号,名称,承包方,起始日期,终止日期,决议,备注\n"
PROJECTS = "项目名称,中标单位,开工日期,完工日期,验收,决议\n"
SHOP = "青石镇照远电器店"


def codes(tmp_path: Path, **tables: str) -> list[str]:
    villages = township(tmp_path)
    folder = villages / "qingshi" / "dongli"
    for item, text in tables.items():
        key = "2025" if item == "contracts" else "2025Q3"
        write(folder, f"{item}/{key}.csv", f"{text}公开日期,2025-10-08\n")
    return [p.code for p in examine(villages).problems]


@pytest.mark.parametrize(
    ("opened", "told"), [("2025-08-31", ["order-opened"]), ("2025-09-01", []), ("", [])]
)
def test_a_tender_may_open_on_the_day_of_its_call(
    opened: str, told: list[str], tmp_path: Path
) -> None:
    row = f"CG-1,路灯,2025-09-01,{opened},{SHOP},2500.50,成交,,\n"
    assert codes(tmp_path, tenders=TENDERS + row) == told


@pytest.mark.parametrize(
    ("begun", "told"), [("2025-09-07", ["order-contract"]), ("2025-09-08", []), ("", [])]
)
def test_a_contract_may_begin_on_the_day_of_the_opening(
    begun: str, told: list[str], tmp_path: Path
) -> None:
    tender = f"CG-1,路灯,2025-09-01,2025-09-08,{SHOP},2500.50,成交,HT-2025-01,\n"
    other = f"CG-2,锣鼓,2025-09-01,2025-09-30,{SHOP},100.00,成交,,\n"  # of no contract
    contract = f"HT-2025-01,路灯合同,{SHOP},{begun},,,\n"
    found = codes(tmp_path, tenders=TENDERS + tender + other, contracts=CONTRACTS + contract)
    assert found == told


@pytest.mark.parametrize(
    ("begun", "named", "told"),
    [
        ("2025-08-19", "2025-08-20-ludeng", ["order-decided"]),
        ("2025-08-20", "2025-08-20-ludeng", []),
        ("2020-01-01", "", []),  # no decision is named: nothing is known
    ],
)
def test_a_work_may_begin_on_the_day_of_its_decision(
    begun: str, named: str, told: list[str], tmp_path: Path
) -> None:
    assert codes(tmp_path, projects=f"{PROJECTS}路灯安装,{SHOP},{begun},,,{named}\n") == told


@pytest.mark.parametrize(
    ("begun", "told"), [("2025-09-13", ["order-paid"]), ("2025-09-12", []), ("", [])]
)
def test_a_payment_may_be_made_on_the_day_of_its_contract(
    begun: str, told: list[str], tmp_path: Path
) -> None:
    contract = f"HT-2025-01,路灯合同,{SHOP},{begun},,,凭证 9-02\n"
    assert codes(tmp_path, contracts=CONTRACTS + contract) == told


def test_rent_may_come_in_before_a_lease_begins(tmp_path: Path) -> None:
    contract = f"HT-2025-01,场地租赁合同,{SHOP},2025-10-01,,,凭证 9-01\n"  # an income
    assert codes(tmp_path, contracts=CONTRACTS + contract) == []


@pytest.mark.parametrize(
    ("accepted", "told"),
    [
        ("2025-09-09 监委会验收合格", ["order-accepted"]),
        ("2025年9月9日，监委会验收合格", ["order-accepted"]),
        ("2025-09-10 监委会验收合格", []),
        ("监委会验收合格", []),
        ("2025-13-40 监委会验收合格", []),
    ],
)
def test_a_work_is_accepted_when_it_is_finished(
    accepted: str, told: list[str], tmp_path: Path
) -> None:
    row = f"路灯安装,{SHOP},2025-09-01,2025-09-10,{accepted},\n"
    assert codes(tmp_path, projects=PROJECTS + row) == told


@pytest.mark.parametrize(
    ("opened", "winner", "told"),
    [
        ("2025-08-25", SHOP, ["order-named"]),
        ("2025-08-20", SHOP, []),
        ("2025-08-25", "青石镇远电器店", []),  # another shop than the decision names
        ("2025-08-25", "", []),
    ],
)
def test_a_decision_names_no_winner_before_the_bids_are_opened(
    opened: str, winner: str, told: list[str], tmp_path: Path
) -> None:
    villages = township(tmp_path)
    folder = villages / "qingshi" / "dongli"
    decision = folder / "decisions" / "2025-08-20-ludeng.md"
    decision.write_text(f"{decision.read_text('utf-8')}\n由{SHOP}施工。\n", "utf-8")
    row = f"CG-1,路灯,,{opened},{winner},2500.50,成交,,2025-08-20-ludeng\n"
    write(folder, "tenders/2025Q3.csv", f"{TENDERS}{row}公开日期,2025-10-08\n")
    assert [p.code for p in examine(villages).problems] == told


def test_the_sample_tells_its_affairs_in_their_order() -> None:
    found = the_sample()
    assert [str(p) for p in found.problems if p.code.startswith("order-")] == []
