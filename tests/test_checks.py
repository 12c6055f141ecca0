"""Rules: does a table add up, do periods join, can a flow be walked, do links lead somewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.checks import CONTENT_CHECKS, VILLAGE_CHECKS
from generator.checks.powers import flow_faults
from generator.model.equations import parse_equation
from generator.model.powers import Branch, Step
from generator.problems import Source
from tests.township import DONGLI, Found, examine, township, write

PLACE = Source("流程.yaml")
HEADING = "日期,凭证号,摘要,收入,支出,余额"
PUBLIC = "公开日期,2025-10-08"

Check = Callable[..., Found]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Examine a township in which Dongli has these files of its own, in place of its ledgers."""
    villages = township(tmp_path)
    for path in (villages / DONGLI / "ledger").iterdir():
        path.unlink()
    (villages / DONGLI / "decisions/2025-08-20-ludeng.md").unlink()
    (villages / DONGLI / "contracts/2025.csv").unlink()
    (villages / DONGLI / "notices/2025-09-20-ludeng-zhaopian.md").unlink()
    (villages / DONGLI / "notices/weizhi.txt").unlink()

    def run(files: dict[str, str], today: date = date(2025, 10, 10)) -> Found:
        for name, text in files.items():
            write(villages / DONGLI, name, text)
        return examine(villages, today=today)

    return run


def ledger(*lines: str, heading: str = HEADING, published: str = PUBLIC) -> str:
    return "\n".join((heading, *lines, published)) + "\n"


def told(found: Found) -> list[tuple[str, int, str, str]]:
    return [(p.code, p.source.row, p.source.column, p.value) for p in found.problems]


def test_every_rule_says_what_it_is() -> None:
    for rule in (*VILLAGE_CHECKS, *CONTENT_CHECKS):
        assert rule.__doc__


# --- arithmetic ----------------------------------------------------------------------------


def test_decimals_are_exact(check: Check) -> None:
    lines = (
        ",,上期结余,,,0.30",
        "2025-09-01,1,甲,0.10,,0.40",
        "2025-09-02,2,乙,0.20,,0.60",
        "2025-09-03,3,丙,,0.70,-0.10",
        ",,本期合计,0.30,0.70,",
        ",,期末结余,,,-0.10",
    )
    assert told(check({"ledger/2025-09.csv": ledger(*lines)})) == []


def test_the_first_wrong_balance_is_told_and_not_those_that_follow_from_it(check: Check) -> None:
    lines = (
        ",,上期结余,,,100.00",
        "2025-09-01,1,甲,10.00,,110.00",
        "2025-09-02,2,乙,10.00,,120.01",
        "2025-09-03,3,丙,10.00,,130.01",
    )
    assert told(check({"ledger/2025-09.csv": ledger(*lines)})) == [
        ("ledger-balance", 4, "余额", "120.01")
    ]


def test_rows_without_a_balance_are_passed_over_but_counted(check: Check) -> None:
    lines = (
        ",,上期结余,,,100.00",
        "2025-09-01,1,甲,10.00,,",
        "2025-09-02,2,乙,,30.00,80.00",
    )
    assert told(check({"ledger/2025-09.csv": ledger(*lines)})) == []


def test_without_an_opening_the_first_balance_is_one(check: Check) -> None:
    lines = ("2025-09-01,1,甲,10.00,,110.00", "2025-09-02,2,乙,,30.00,81.00")
    assert told(check({"ledger/2025-09.csv": ledger(*lines)})) == [
        ("ledger-balance", 3, "余额", "81.00")
    ]


def test_totals_and_closing(check: Check) -> None:
    lines = (
        ",,上期结余,,,100.00",
        "2025-09-01,1,甲,10.00,,110.00",
        "2025-09-02,2,乙,,30.00,80.00",
        ",,本期合计,10.01,30.00,80.02",
        ",,期末结余,,,80.01",
    )
    assert told(check({"ledger/2025-09.csv": ledger(*lines)})) == [
        ("ledger-closing", 5, "余额", "80.02"),
        ("ledger-total", 5, "收入", "10.01"),
        ("ledger-closing", 6, "余额", "80.01"),
    ]


def test_refunds_are_negative_amounts(check: Check) -> None:
    lines = (
        ",,上期结余,,,100.00",
        "2025-09-01,1,退回,,-5.00,105.00",
        "2025-09-02,2,冲销,(5.00),,100.00",
        ",,本期合计,-5.00,-5.00,",
    )
    assert told(check({"ledger/2025-09.csv": ledger(*lines)})) == []


def test_a_period_opens_as_the_one_before_closed(check: Check) -> None:
    files = {
        "ledger/2025-07.csv": ledger(",,上期结余,,,100.00", "2025-07-01,1,甲,10.00,,110.00"),
        "ledger/2025-08.csv": ledger(",,上期结余,,,111.00", "2025-08-01,1,甲,10.00,,121.00"),
        "ledger/2025-09.csv": ledger("2025-09-01,1,甲,10.00,,132.00"),
    }
    assert told(check(files)) == [
        ("ledger-carry", 2, "余额", "111.00"),
        ("ledger-carry", 0, "余额", "122.00"),
    ]


def test_a_gap_between_periods_contradicts_nothing(check: Check) -> None:
    files = {
        "ledger/2024Q4.csv": ledger(",,上期结余,,,100.00", "2024-11-01,1,甲,10.00,,110.00"),
        "ledger/2025Q2.csv": ledger(",,上期结余,,,500.00", "2025-05-01,1,甲,10.00,,510.00"),
        "ledger/2025Q3.csv": ledger(",,上期结余,,,510.00", "2025-08-01,1,甲,10.00,,520.00"),
    }
    assert told(check(files)) == []


def test_a_quarter_carries_into_a_month(check: Check) -> None:
    files = {
        "ledger/2025Q2.csv": ledger(",,上期结余,,,100.00", "2025-05-01,1,甲,10.00,,110.00"),
        "ledger/2025-07.csv": ledger(",,上期结余,,,100.00", "2025-07-01,1,甲,10.00,,110.00"),
    }
    assert told(check(files)) == [("ledger-carry", 2, "余额", "100.00")]


def test_accounts_are_kept_apart(check: Check) -> None:
    files = {
        "ledger/2025-08.csv": ledger(",,上期结余,,,100.00", "2025-08-01,1,甲,10.00,,110.00"),
        "ledger/2025-08.group2.csv": ledger(",,上期结余,,,5.00", "2025-08-01,1,甲,1.00,,6.00"),
        "ledger/2025-09.csv": ledger(",,上期结余,,,110.00", "2025-09-01,1,甲,10.00,,120.00"),
        "ledger/2025-09.group2.csv": ledger(",,上期结余,,,7.00", "2025-09-01,1,甲,1.00,,8.00"),
    }
    assert [(p.code, p.source.file, p.value) for p in check(files).problems] == [
        ("ledger-carry", "villages/qingshi/dongli/ledger/2025-09.group2.csv", "7.00")
    ]


def test_equations_hold_where_all_their_cells_are_filled(check: Check) -> None:
    text = (
        "编号,名称,原值,累计折旧,净值\nZ-1,甲,100.10,0.20,99.90\nZ-2,乙,100.00,,90.00\n"
        "Z-3,丙,100.00,10.00,\nZ-4,丁,100.00,10.00,90.01\n" + PUBLIC
    )
    assert told(check({"assets/2025H1.csv": text})) == [("assets-equation", 5, "净值", "90.01")]


def test_totals_of_whole_numbers_and_areas(check: Check) -> None:
    text = (
        "户主,项目,人口,面积,金额\n甲,补贴,4,0.1,0.10\n乙,补贴,,0.2,0.20\n合计,,5,0.3,0.30\n"
        + PUBLIC
    )
    assert told(check({"subsidies/2025Q3.csv": text})) == [("subsidies-total", 4, "人口", "5")]


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("净值 = 原值 - 累计折旧", ("净值", "原值", "累计折旧")),
        ("甲 = 乙 × 丙 + 丁", ("甲", "乙", "丙", "丁")),
        ("甲 = 乙", ("甲", "乙")),
        ("甲=乙-丙", None),
        ("甲 = 乙 / 丙", None),
        ("甲 = 乙 -", None),
        ("甲 乙 丙", None),
        ("", None),
    ],
)
def test_equations(text: str, columns: tuple[str, ...] | None) -> None:
    equation = parse_equation(text)
    assert (equation.columns if equation else None) == columns


# --- periods -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "codes"),
    [
        (date(2025, 10, 7), ["published-future"]),
        (date(2025, 10, 8), []),
        (date(2025, 8, 31), ["period-future", "published-future"]),
    ],
)
def test_nothing_comes_before_its_day(check: Check, today: date, codes: list[str]) -> None:
    found = check({"ledger/2025-09.csv": ledger("2025-09-01,1,甲,1,,1")}, today)
    own = [p.code for p in found.problems if p.source.file.endswith("dongli/ledger/2025-09.csv")]
    assert own == codes
    assert ("ledger/2025-09" in found.names("dongli")) == (not codes)


@pytest.mark.parametrize(
    ("day", "more", "codes"),
    [
        ("2025-08-15", "", ["published-early"]),  # copied from the month before
        ("2025-09-08", "", ["published-midway"]),
        ("2025-09-08", "更正,2025-09-20,补了一笔", ["published-midway"]),
        ("2025-09-08", "更正,2025-10-08,补了9月9日以后的", []),
        ("2025-09-27", "", []),  # closed before the holidays
        ("2025-09-22", "", ["published-midway"]),
    ],
)
def test_a_book_is_public_after_its_month(
    check: Check, day: str, more: str, codes: list[str]
) -> None:
    text = ledger("2025-09-01,1,甲,1,,1", published=f"公开日期,{day}\n{more}")
    own = [p for p in check({"ledger/2025-09.csv": text}).problems if "2025-09" in p.source.file]
    assert [p.code for p in own] == codes
    assert all(day in str(p) and ("09-01" in str(p) or "09-30" in str(p)) for p in own)


def test_a_book_is_public_after_its_last_entry(check: Check) -> None:
    text = ledger("2025-09-29,1,甲,1,,1", published="公开日期,2025-09-28")
    assert [code for code, *_ in told(check({"ledger/2025-09.csv": text}))] == ["published-midway"]


def test_a_plan_is_public_before_and_a_list_while_it_grows(check: Check) -> None:
    assert not told(
        check(
            {
                "budget/2025.csv": "项目,支出预算\n路灯电费,10\n公开日期,2024-12-28",
                "levies/2025.csv": "事项,户主,组别,应筹\n修路,甲立,一组,1\n公开日期,2024-12-28",
                "subsidies/2025Q3.csv": "户主,组别,项目,金额\n甲立,一组,补贴,1\n公开日期,2025-07-20",
            }
        )
    )


@pytest.mark.parametrize(("year", "codes"), [(2026, []), (2027, ["period-future"])])
def test_a_plan_is_of_the_next_year_at_most(check: Check, year: int, codes: list[str]) -> None:
    found = check({f"budget/{year}.csv": "项目,支出预算\n路灯电费,10\n公开日期,2025-10-08"})
    assert found.codes() == codes
    assert (f"budget/{year}" in found.names("dongli")) == (not codes)


def test_dates_of_a_book_lie_in_its_period(check: Check) -> None:
    lines = ("2025-09-01,1,甲,1,,1", "2025-09-30,2,乙,1,,2", "2025-10-01,3,丙,1,,3")
    assert told(check({"ledger/2025-09.csv": ledger(*lines)})) == [
        ("date-outside-period", 4, "日期", "2025-10-01")
    ]


# --- flows ---------------------------------------------------------------------------------


def flow(*steps: str) -> tuple[Step, ...]:
    """Steps written as `id kind target:label target`."""
    made = []
    for text in steps:
        name, kind, *ways = text.split()
        branches = tuple(Branch(*way.split(":", 1)) for way in ways)
        made.append(Step(name, name, PLACE, kind=kind, next=branches))  # type: ignore[arg-type]
    return tuple(made)


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (["a start", "b step", "c end"], []),
        (["a start", "b decision c:是 a:否", "c end"], []),
        (["a end"], []),
        ([], []),
        (["a start", "b step"], [("step-endless", "b")]),
        (["a start d", "b step", "c end", "d end"], [("step-unreachable", "b"), ("step-unreachable", "c")]),
        (["a start", "b step a", "c end"], [("step-endless", "a"), ("step-endless", "b"), ("step-unreachable", "c")]),
        (["a start", "b decision c:是 d:否", "d step b", "c end"], []),
        (["a start", "b decision c:是 d:否", "d step d", "c end"], [("step-endless", "d")]),
        (["a start", "b decision c:是", "c end"], [("step-branches", "b")]),
        (["a start", "b decision c:是 a", "c end"], [("step-branches", "b")]),
        (["a start", "b decision", "c end"], [("step-branches", "b")]),
        (["a start", "b step x", "c end"], [("step-target", "x")]),
        (["a start", "a end"], [("id-duplicate", "a")]),
    ],
)  # fmt: skip
def test_flows(steps: list[str], expected: list[tuple[str, str]]) -> None:
    found = flow_faults(flow(*steps), PLACE)
    assert sorted((p.code, p.value) for p in found) == expected


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["start", "step", "decision", "end"]),
            st.lists(st.sampled_from("abcdefx"), max_size=3),
        ),
        max_size=6,
    )
)
def test_a_flow_without_faults_can_be_walked_to_an_end(plan: list[tuple[str, list[str]]]) -> None:
    steps = flow(
        *(
            " ".join([name, kind, *(f"{to}:{n}" for n, to in enumerate(ways))])
            for name, (kind, ways) in zip("abcdef", plan, strict=False)
        )
    )
    if list(flow_faults(steps, PLACE)) or not steps:
        return
    following = {
        step.id: {b.to for b in step.next}
        or ({after.id} if after and step.kind != "end" else set())
        for step, after in zip(steps, (*steps[1:], None), strict=True)
    }
    can_end = {step.id for step in steps if step.kind == "end"}
    for _ in steps:
        can_end |= {name for name, targets in following.items() if targets & can_end}
    assert can_end == {step.id for step in steps}
    assert all(targets <= can_end for targets in following.values())


# --- links ---------------------------------------------------------------------------------

DECISION = "---\ntitle: 决议\ndate: 2025-08-22\nlinks: [{links}]\n---\n"
DECIDED = "decisions/2025-08-20-a.md"


@pytest.mark.parametrize(
    ("link", "hint"),
    [
        ("ledger/2025-09", None),
        ("ledger/2025-09#9-01", None),
        ("supervisors/current", None),
        ("subsidies/2025Q3", None),
        ("ledger/2025-09#9-10", ""),  # another number is another voucher
        ("ledger/2025-9#9-01", "您是不是要写“ledger/2025-09#9-01”？"),
        ("ledger", ""),
        ("subsidies/2025Q3#方大田", ""),
        ("supervisors/current#1", ""),
        ("", ""),
        ("#", ""),
    ],
)
def test_links_of_a_document(check: Check, link: str, hint: str | None) -> None:
    files = {
        DECIDED: DECISION.format(links=f"'{link}'"),
        "ledger/2025-09.csv": ledger("2025-09-01,9-01,甲,1,,1"),
    }
    found = check(files).problems
    told = link.replace("方大田", "方*")  # a report names nobody whom the list hides
    assert [(p.code, p.value) for p in found] == ([] if hint is None else [("link-broken", told)])
    assert all(hint in p.hint and p.severity == "warning" for p in found if hint)


def test_links_of_a_column_are_names_of_documents(check: Check) -> None:
    heading = "合同编号,名称,决议\n"
    files = {
        DECIDED: DECISION.format(links="contracts/2025#H-1"),
        "contracts/2025.csv": heading
        + "H-1,甲,2025-08-20-a\nH-2,乙,\nH-3,丙,2025-08-20-b\n"
        + PUBLIC,
    }
    found = check(files).problems
    assert [(p.source.row, p.source.column, p.value) for p in found] == [
        (4, "决议", "2025-08-20-b")
    ]
    assert "“2025-08-20-a”" in found[0].hint


def test_a_power_of_the_village_itself_may_be_named(check: Check) -> None:
    text = "---\ntitle: 甲\ndate: 2025-08-22\npower: {}\n---\n"
    assert told(check({DECIDED: text.format("threshing-floor")})) == []
    assert told(check({DECIDED: text.format("seal-use")})) == []
    assert told(check({DECIDED: text.format("nothing")})) == [
        ("power-unknown", 2, "power", "nothing")
    ]


def test_subjects_are_those_of_the_year(check: Check) -> None:
    heading = "日期,摘要,科目,收入,支出,余额"
    lines = ("2025-09-01,甲,管理费用,,1,9", "2025-09-02,乙,管理费,,1,8", "2025-09-03,丙,,,1,7")
    found = check({"ledger/2025-09.csv": ledger(*lines, heading=heading)})
    assert told(found) == [("subject-unknown", 3, "科目", "管理费")]
    assert "ledger/2025-09" in found.names("dongli")
