"""What takes several villages, or lists that nobody may read, is found for staff and names no person."""

from __future__ import annotations

import io
import json
import pickle
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from generator.build import Settings
from generator.checks.warnings import warnings_sound
from generator.intake.folders import find_villages
from generator.model.warnings import ACROSS
from generator.oversight.across import Portion, looked_at, portion_of
from generator.oversight.comparing import _FINDERS
from generator.oversight.found import Found, Line, all_found
from generator.oversight.workbook import SheetTable, as_workbook
from tests.commands import publish_here, tree
from tests.township import BARE_VILLAGE, CONTENT, TEMPLATES, TODAY, examine, real_content, write

NAMES = ("田有余", "田满仓", "方大")
SUBSIDIES = """户主,组别,项目,金额,发放日期
田有余,一组,特困供养金,800.00,2025-09-25
方大,二组,种粮补助,400.00,2025-09-25
田满仓,一组,种粮补助,400.00,2025-09-12
公开日期,,,2025-10-08,
"""
LIVING = """户主,组别,保障人数,月保障金额
{name},{group},1,620.00
公开日期,,,2025-10-08
"""
LEDGER = """日期,凭证号,摘要,科目,收入,支出,余额
,,上月结转,,,,9000.00
2025-09-12,9-01,{what},公益支出,,2400.00,6600.00
公开日期,,,,,,2025-10-08
"""


def two_villages(root: Path, one: dict[str, str], other: dict[str, str]) -> Path:
    villages = root / "villages"
    for id, name, code, files in (("jia", "甲村", "101", one), ("yi", "乙村", "102", other)):
        about = BARE_VILLAGE.replace("甲村", name).replace("000000101001", f"000000{code}001")
        about = about.replace(
            "groups: []",
            "groups:\n"
            + "".join(
                f"  - {{id: g{n}, title: {group}, households: 30, people: 100}}\n"
                for n, group in enumerate(("一组", "二组"), start=1)
            ),
        )
        for file, text in {"village.yaml": about, **files}.items():
            write(villages, f"qingshi/{id}/{file}", text)
    return villages


def found_in(villages: Path, *only: str) -> Found:
    settings = Settings(
        content=CONTENT,
        villages=villages,
        templates=TEMPLATES,
        out=villages.parent / "site",
        today=TODAY,
        only=only,
        jobs=1,
        cache=villages.parent / "kept",
    )
    return all_found(settings, lambda line: None)


def lines(villages: Path, rule: str) -> list[Line]:
    return [line for line in found_in(villages).lines if line.rule == rule]


def test_each_rule_for_several_villages_has_its_finder() -> None:
    shared, _ = real_content()
    assert set(_FINDERS) == ACROSS <= set(shared.warnings)
    assert not any(shared.warnings[rule].is_public for rule in ACROSS)


def test_such_a_rule_is_never_public() -> None:
    shared, _ = real_content()
    rule = replace(shared.warnings["paid-across"], audience="public")
    found = list(warnings_sound(replace(shared, warnings={rule.id: rule})))
    assert [p.code for p in found] == ["setting-unknown"]


@pytest.mark.parametrize(
    ("name", "group", "village", "count"),
    [
        ("田有余", "一组", "jia", 1),
        ("田有余", "二组", "jia", 0),  # of another group
        ("田有余", "二组", "yi", 1),  # groups of two villages say nothing
        ("田有田", "一组", "jia", 0),
    ],
)
def test_programmes_that_exclude_each_other(
    name: str, group: str, village: str, count: int, tmp_path: Path
) -> None:
    living = {"minimum-living/2025Q3.csv": LIVING.format(name=name, group=group)}
    one = {"subsidies/2025Q3.csv": SUBSIDIES, **(living if village == "jia" else {})}
    found = lines(
        two_villages(tmp_path, one, living if village == "yi" else {}), "subsidy-exclusive"
    )
    assert len(found) == count
    for line in found:
        assert line.words == "同一个姓名同时领了最低生活保障、特困，请核实是不是同一个人。"
        assert "第 2 行" in line.where
        assert not line.is_public


def test_periods_that_do_not_meet_are_no_finding(tmp_path: Path) -> None:
    living = LIVING.format(name="田有余", group="一组").replace("2025-10-08", "2025-07-08")
    one = {"subsidies/2025Q3.csv": SUBSIDIES, "minimum-living/2025Q2.csv": living}
    assert lines(two_villages(tmp_path, one, {}), "subsidy-exclusive") == []


def test_who_is_on_a_list_from_its_day_on(tmp_path: Path) -> None:
    dead = "姓名,组别,死亡日期\n田满仓,一组,2025-09-20\n方大,一组,\n田有余,,2025-09-20\n"
    kin = "姓名\n方大\n"
    one = {"subsidies/2025Q3.csv": SUBSIDIES, "private/lists/已故人员.csv": dead}
    found = lines(two_villages(tmp_path, one, {"private/lists/亲属.csv": kin}), "person-listed")
    # 田满仓 got it before that day, 方大 is of another group, and too short a name for another village.
    assert [line.where for line in found] == ["甲村 2025年第三季度补贴 第 2 行"]
    assert "“已故人员”" in found[0].words


def test_the_same_payment_in_two_villages(tmp_path: Path) -> None:
    same, other = LEDGER.format(what="路面补坑"), LEDGER.format(what="路面补坑（东头）")
    first = two_villages(tmp_path / "a", {"ledger/2025-09.csv": same}, {"ledger/2025-09.csv": same})
    (line,) = lines(first, "paid-across")
    assert line.villages == "甲村、乙村"
    assert "2025年9月12日都付了 2,400.00 元" in line.words
    near = two_villages(tmp_path / "b", {"ledger/2025-09.csv": same}, {"ledger/2025-09.csv": other})
    assert lines(near, "paid-across") == []


def test_what_a_village_gives_names_nobody(tmp_path: Path) -> None:
    files = {"subsidies/2025Q3.csv": SUBSIDIES, "private/lists/已故人员.csv": "姓名\n田满仓\n"}
    villages = two_villages(tmp_path, files, {})
    shared, _ = real_content()
    data = examine(villages).villages["jia"]
    looked = looked_at(data, shared, TODAY)
    folder = find_villages(villages, shared)[0][0]
    portion = portion_of(folder, looked, b"one")
    content = pickle.dumps(portion)
    assert isinstance(portion, Portion)
    assert len(portion.recipients) == 3
    assert not any(name.encode() in content for name in NAMES)
    again = portion_of(folder, looked, b"two")
    assert {p.person.hash for p in again.recipients}.isdisjoint(
        p.person.hash for p in portion.recipients
    )


@pytest.fixture
def office(tmp_path: Path) -> Path:
    living = {"minimum-living/2025Q3.csv": LIVING.format(name="田有余", group="一组")}
    said = """- rule: subsidy-exclusive
  record: minimum-living/2025Q3
  text: 两个人，只是同名
  by: 乙村村民委员会
  day: 2025-10-09
"""
    two_villages(
        tmp_path,
        {"subsidies/2025Q3.csv": SUBSIDIES, "private/lists/已故人员.csv": "姓名\n方大\n"},
        {**living, "explanations.yaml": said},
    )
    return tmp_path


def publish(office: Path, command: str, *words: str) -> tuple[int, str]:
    folders = ("--content", str(CONTENT), "--villages", str(office / "villages"))
    result = publish_here(command, *words, *folders, "--today", "2025-10-10", cwd=office)
    return result.returncode, result.stdout + result.stderr


def test_the_command_tells_all_with_answers_and_without_names(office: Path) -> None:
    before = tree(office)
    code, text = publish(office, "warnings")
    assert (code, tree(office)) == (1, before)
    assert "说明：两个人，只是同名（乙村村民委员会 2025-10-09）" in text
    assert "甲村 2025年第三季度补贴 第 3 行：这一行的姓名在“已故人员”名单上" in text
    assert "2 处，1 处还没有说明" in text
    assert not any(name in text for name in NAMES)
    facts = json.loads(
        publish(office, "warnings", "乙村", "--format", "json")[1].partition("看过")[0]
    )
    assert [(w["rule"], w["villages"]) for w in facts["warnings"]] == [
        ("subsidy-exclusive", "甲村、乙村")
    ]
    publish(office, "warnings", "--format", "xlsx", "--out", "found.xlsx")
    rows = list(load_workbook(office / "found.xlsx").active.values)
    assert len(rows) == 3
    assert {row[5] for row in rows[1:]} == {"只给工作人员"}


def test_status_counts_what_is_not_explained(office: Path) -> None:
    _, text = publish(office, "status")
    assert "另有 1 处要几个村放在一起看" in text


def test_what_others_wrote_is_no_formula() -> None:
    content = as_workbook([SheetTable("表", (("字", 9),), [("=1+1",)])])
    assert load_workbook(io.BytesIO(content)).active["A2"].data_type == "s"
