"""Columns as offices arrange them: parts joined, terms split, units kept, groups over parts, sums checked."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from generator.intake.tables import TableReading, read_table
from generator.intake.worksheets import read_csv, read_worksheets
from generator.model.equations import equations_of
from generator.model.period import parse_period
from generator.model.schema import TableSchema
from generator.problems import Problem, files_with_errors
from tests.township import DONGLI, examine, real_content, township, write

SHARED = real_content()[0]
MASKS = SHARED.masks["default"]


def schema(table: str) -> TableSchema:
    return SHARED.tables[table]


def reading(text: str, table: str, **answers: str) -> TableReading:
    """A sheet written as CSV."""
    sheets = read_csv(text.encode(), "表.csv")
    assert not isinstance(sheets, Problem)
    period = parse_period("2026Q3")
    return read_table(sheets[0], schema(table), "表.csv", MASKS, period, answers)


def from_book(
    folder: Path, rows: Sequence[Sequence[object]], merged: str, table: str
) -> TableReading:
    """A sheet of a workbook with merged cells, written to disk and read again."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for area in merged.split():
        sheet.merge_cells(area)
    target = io.BytesIO()
    book.save(target)
    path = write(folder, "表.xlsx", target.getvalue())
    sheets = read_worksheets(path, "表.xlsx")
    assert not isinstance(sheets, Problem)
    return read_table(sheets[0], schema(table), "表.xlsx", MASKS, parse_period("2026"))


def column(found: TableReading, name: str) -> list[object]:
    return [row.values.get(name) for row in found.table.rows]


def codes(found: TableReading) -> list[str]:
    return [p.code for p in found.problems]


# --- joined ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["resources", "land", "homestead"])
def test_bounds_in_four_columns_are_one(table: str) -> None:
    required = [f for f in schema(table).fields if f.constraints.required and f.name != "编号"]
    heads = ",".join(["编号", *(f.name for f in required), "东至", "南至", "西至", "北至"])
    cells = ",".join(["A-1", *(f.example for f in required), "路", "至南塘", "西至山脚", "-"])
    found = reading(f"{heads}\n{cells}\n", table)
    assert column(found, "四至") == ["东至路，南至至南塘，西至山脚"]
    assert codes(found) == ["columns-joined"]


def test_bounds_under_one_heading_are_one(tmp_path: Path) -> None:
    rows = [
        ["编号", "名称", "四至", "", "", "", "经营方式"],
        ["", "", "东", "南", "西", "北", ""],
        ["ZY-1", "水塘", "路", "田", "山", "渠", "发包"],
    ]
    found = from_book(tmp_path, rows, "A1:A2 B1:B2 C1:F1 G1:G2", "resources")
    assert column(found, "四至") == ["东至路，南至田，西至山，北至渠"]
    assert codes(found) == ["columns-joined"]


def test_the_kind_of_a_voucher_stands_before_its_number() -> None:
    found = reading(
        "日期,凭证字,凭证号,摘要,收入\n2026-07-01,银,1,租金,5\n2026-07-02,现,2,租金,5\n", "ledger"
    )
    assert column(found, "凭证号") == ["银-1", "现-2"]
    found = reading("日期,凭证字,摘要,收入\n2026-07-01,银,租金,5\n", "ledger")
    assert codes(found) == ["heading-left"]
    assert found.dropped == (("凭证字", "账簿内部用"),)
    assert column(found, "凭证号") == [None]


def test_a_whole_beside_its_parts_is_not_joined_and_nothing_is_lost_quietly() -> None:
    found = reading("编号,名称,四至,东至\nZY-1,水塘,见图,路\n", "resources")
    assert codes(found) == ["heading-unknown"]
    assert column(found, "四至") == ["见图"]


# --- split -----------------------------------------------------------------------------------------

CONTRACTS = "合同编号,合同名称,{}\n"


@pytest.mark.parametrize("heading", ["合同期限", "租期", "承包期限", "起止日期", "期限"])
@pytest.mark.parametrize(
    ("typed", "begin", "finish"),
    [
        ("2023.1.1-2033.12.31", date(2023, 1, 1), date(2033, 12, 31)),
        ("2024年7月1日至2029年6月30日", date(2024, 7, 1), date(2029, 6, 30)),
        ("2025.3.1—2028.2.28（三年）", date(2025, 3, 1), date(2028, 2, 28)),
    ],
)
def test_a_term_is_two_days_and_stays_as_typed(
    heading: str, typed: str, begin: date, finish: date
) -> None:
    found = reading(CONTRACTS.format(heading) + f"HT-1,水塘,{typed}\n", "contracts")
    assert codes(found) == ["term-split"]
    (row,) = found.table.rows
    assert (row.values["起始日期"], row.values["终止日期"]) == (begin, finish)
    assert row.values["期限"] == typed


@pytest.mark.parametrize("typed", ["20年", "2022-2052", "长期", "2033.12.31-2023.1.1"])
def test_a_term_without_days_is_asked_for_by_the_contract(typed: str) -> None:
    text = CONTRACTS.format("合同期限") + f"HT-1,屋顶租赁,{typed}\nHT-2,水塘,2023.1.1-2033.12.31\n"
    found = reading(text, "contracts")
    (doubt,) = found.doubts
    assert doubt.about == f"期限 屋顶租赁：{typed}"
    assert typed in str(doubt.problem)
    assert column(found, "起始日期") == [None, date(2023, 1, 1)]
    assert files_with_errors(found.problems)

    answered = reading(text, "contracts", **{doubt.about: "2021-07-01 至 2041-06-30"})
    assert answered.doubts == ()
    assert column(answered, "起始日期") == [date(2021, 7, 1), date(2023, 1, 1)]
    assert column(answered, "终止日期") == [date(2041, 6, 30), date(2033, 12, 31)]

    left_open = reading(text, "contracts", **{doubt.about: "空着"})
    assert left_open.doubts == ()
    assert column(left_open, "起始日期") == [None, date(2023, 1, 1)]
    assert column(left_open, "期限")[0] == typed

    nonsense = reading(text, "contracts", **{doubt.about: "二十年吧"})
    assert [d.about for d in nonsense.doubts] == [doubt.about]


def test_days_that_stand_in_their_own_columns_are_not_asked_for() -> None:
    head = CONTRACTS.format("合同期限,起始日期,终止日期")
    found = reading(head + "HT-1,屋顶,20年,2021-07-01,\nHT-2,水塘,长期,,\n", "contracts")
    assert codes(found) == []
    assert column(found, "起始日期") == [date(2021, 7, 1), None]


# --- units -----------------------------------------------------------------------------------------


def test_a_number_keeps_the_unit_that_is_written_at_it() -> None:
    head = CONTRACTS.format("面积（亩）,年承包费")
    rows = 'HT-1,塘,26.5,9000\nHT-2,屋顶,600平方米,"3,100.00元"\nHT-3,门面,2间,—\nHT-4,山林,—,5\n'
    found = reading(head + rows, "contracts")
    assert codes(found) == []
    assert column(found, "面积") == [Decimal("26.5"), 600, 2, None]
    assert column(found, "单位") == ["亩", "平方米", "间", None]
    assert column(found, "年租金") == [9000, Decimal("3100.00"), None, 5]


def test_a_unit_that_contradicts_its_column_is_not_taken() -> None:
    head = CONTRACTS.format("面积,单位")
    found = reading(head + "HT-1,塘,600平方米,亩\nHT-2,塘,3亩,亩\nHT-3,塘,2间,\n", "contracts")
    assert [(p.code, p.source.row) for p in found.problems] == [("contracts-number", 2)]
    assert column(found, "面积") == [None, 3, 2]
    assert column(found, "单位") == ["亩", "亩", "间"]


@given(st.decimals(0, 10**6, places=2), st.sampled_from(["亩", "平方米", "公顷", "㎡", "间", "台"]))
def test_no_area_is_converted_unseen(number: Decimal, unit: str) -> None:
    found = reading(CONTRACTS.format("面积（亩）") + f"HT-1,塘,{number}{unit}\n", "contracts")
    if not files_with_errors(found.problems):
        assert column(found, "面积") == [number]
        assert column(found, "单位") == [unit]


# --- offered ---------------------------------------------------------------------------------------

ADDRESSES = "户主,家庭住址,项目,金额\n甲,双槐村一组23号,补贴,1\n乙,双槐村二组3号,补贴,2\n丙,双槐村一组,补贴,3\n"


def test_a_group_in_an_address_is_offered_and_never_taken_unasked() -> None:
    found = reading(ADDRESSES, "subsidies")
    assert codes(found) == ["column-offered"]
    assert not files_with_errors(found.problems)
    assert "组别" not in found.table.columns
    (doubt,) = found.doubts
    assert [c.publishes for c in doubt.choices] == ["公布组别：一组 2 行、二组 1 行", "不公布组别"]
    filled = reading(ADDRESSES, "subsidies", 组别="填上")
    assert column(filled, "组别") == ["一组", "二组", "一组"]
    assert filled.problems == ()
    assert "组别" not in reading(ADDRESSES, "subsidies", 组别="不填").table.columns


@pytest.mark.parametrize("address", ["双槐村23号", "一组转二组", "双槐村"])
def test_no_group_is_offered_where_an_address_tells_none_or_two(address: str) -> None:
    assert reading(ADDRESSES + f"丁,{address},补贴,4\n", "subsidies").doubts == ()


def test_where_the_table_has_no_addresses_they_are_left_behind() -> None:
    text = "事项,户主,家庭住址,应筹\n修路,甲,一组3号,5\n"
    found = reading(text, "levies", 组别="填上")
    assert column(found, "组别") == ["一组"]
    assert ("家庭住址", "个人信息") in found.dropped
    assert "3号" not in repr(found.table)


# --- groups over parts, computed columns -------------------------------------------------------------

WAGES = [
    ["双槐村2026年10月份村干部工资发放表"],
    ["序号", "姓名", "职务", "应发工资", "", "", "", "扣款", "", "实发工资", "开户银行", "领款人签字"],
    ["", "", "", "基本工资", "绩效工资", "通讯补贴", "小计", "养老保险", "医疗保险", "", "", ""],
    [1, "邬长庚", "书记", 3200, 800, 100, 4100, 256.8, 31.67, 3811.53, "白鹭农商银行", ""],
    [2, "柏桂兰", "副主任", 2400, 600, 100, 3100, 256.8, 31.67, 2811.53, "白鹭农商银行", ""],
]  # fmt: skip
MERGED = "A1:L1 A2:A3 B2:B3 C2:C3 D2:G2 H2:I2 J2:J3 K2:K3 L2:L3"


def test_wages_under_groups_of_headings(tmp_path: Path) -> None:
    found = from_book(tmp_path, WAGES, MERGED, "cadres")
    assert set(codes(found)) == {"heading-left"}
    names = ("基本报酬", "绩效报酬", "通讯补贴", "应发", "养老保险", "医疗保险", "实发")
    assert [found.table.rows[0].values[name] for name in names] == [
        3200, 800, 100, 4100, Decimal("256.80"), Decimal("31.67"), Decimal("3811.53"),
    ]  # fmt: skip
    assert {"误工补贴", "代扣"}.isdisjoint(found.table.columns)
    assert dict(found.dropped) == {"开户银行": "账簿内部用", "领款人签字": "纸上签字用"}


def test_a_group_that_changes_the_meaning_of_its_parts_is_no_ornament(tmp_path: Path) -> None:
    rows = [
        ["日期", "摘要", "上年", ""],
        ["", "", "收入", "支出"],
        ["2026-07-01", "租金", 500, ""],
    ]
    found = from_book(tmp_path, rows, "A1:A2 B1:B2 C1:D1", "ledger")
    assert {p.source.column for p in found.problems} == {"上年收入", "上年支出"}
    assert {"收入", "支出"}.isdisjoint(found.table.columns)
    rows[0][2] = "资金情况"
    found = from_book(tmp_path, rows, "A1:A2 B1:B2 C1:D1", "ledger")
    assert (codes(found), column(found, "收入")) == ([], [500])


PROJECTS = [
    ["双槐村2026年建设项目资金拨付情况公示"],
    ["截止日期：2026年9月30日", "", "", "", "", "", "", "金额单位：万元"],
    ["项目名称", "施工单位", "中标价", "资金拨付情况", "", "", "未付", "完成进度"],
    ["", "", "", "第一次", "第二次", "累计", "", ""],
    ["村道硬化", "宏远建筑队", 38.6, 11.58, 15.44, 27.02, 11.58, "70%"],
    ["太阳能路灯", "亮亮照明公司", 14.88, 14.136, None, 14.136, 0.744, "已完工"],
]


def test_payments_of_projects_are_told_and_the_rest_is_what_is_left(tmp_path: Path) -> None:
    found = from_book(tmp_path, PROJECTS, "D3:F3", "projects")
    assert codes(found) == []
    assert column(found, "已付") == [270200, 141360]
    assert column(found, "未付") == [115800, 7440]
    assert column(found, "第一次拨付") == [115800, 141360]
    assert column(found, "第二次拨付") == [154400, None]
    assert column(found, "进度") == ["70%", "已完工"]


@pytest.mark.parametrize(
    ("table", "columns", "expected"),
    [
        ("cadres", "基本报酬 绩效报酬 应发 养老保险 医疗保险 实发",
         ["应发 = 基本报酬 + 绩效报酬", "实发 = 应发 - 养老保险 - 医疗保险"]),
        ("cadres", "基本报酬 通讯补贴 应发 代扣 养老保险 医疗保险 实发",
         ["应发 = 基本报酬 + 通讯补贴", "代扣 = 养老保险 + 医疗保险", "实发 = 应发 - 代扣"]),
        ("cadres", "基本报酬 应发", []),  # what else is in it does not stand there
        ("projects", "中标价 已付 未付 第一次拨付 第二次拨付",
         ["已付 = 第一次拨付 + 第二次拨付", "未付 = 中标价 - 已付"]),
        ("projects", "中标价 未付", []),
        ("levies", "应筹 已筹 未筹", ["未筹 = 应筹 - 已筹"]),
        ("levies", "应筹 减免 实筹 未筹", ["未筹 = 应筹 - 减免 - 实筹"]),
    ],
)  # fmt: skip
def test_equations_speak_of_the_columns_that_stand_there(
    table: str, columns: str, expected: list[str]
) -> None:
    assert [e.text for e in equations_of(schema(table).equations, columns.split())] == expected


def test_what_is_left_to_pay_is_checked_and_not_trusted(tmp_path: Path) -> None:
    villages = township(tmp_path)
    text = "项目名称,中标价,已付,未付\n村道,386000,270200,115800\n路灯,148800,141360,141360\n水渠,5,,5\n"
    write(villages / DONGLI, "projects/2025Q3.csv", text + "公开日期,2025-10-08\n")
    (found,) = (p for p in examine(villages).problems if p.code == "projects-equation")
    assert found.source.row == 3
    assert "未付 = 中标价 - 已付" in found.message
    assert "7,440.00" in found.message
