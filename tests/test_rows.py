"""What a row is: proofs with what they add up, rows that are no data, names, groups and places, and
amounts that are asked about. Every table goes through the reader and the checks, as a build has them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.build import build
from generator.importer.clean import changes, clean_file, kept_fields
from generator.importer.existing import difference
from generator.intake.decoding import GridRow, Worksheet
from generator.intake.tables import TableReading, read_table
from generator.intake.worksheets import read_csv
from generator.model.books import Book
from generator.model.period import parse_period
from generator.model.spellings import foreign_place, group_key, tidy_group, tidy_name
from generator.model.village import Proof, Record, Table
from generator.problems import Problem
from generator.publishing.publish import publish
from generator.settings import Settings
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
MASKS = SHARED.masks["default"]
APART = ("link-broken",)  # other records speak of rows that the tables here have not
LABELS = [
    *(
        "合计",
        "合\u3000\u3000计",
        "合计：",
        "（合计）",
        "(合计)",
        "合计（大写）",
        "合计（元）",
        "合计：2户",
        "合 计",
    ),
    *(
        "合计数",
        "合计金额",
        "共计",
        "总计",
        "总额",
        "总 计",
        "本期合计",
        "Total",
        "TOTAL",
        "总合计",
        "合計",
    ),
]
ENDS = [
    *(
        "上月结余",
        "上年结余",
        "月初余额",
        "结转上月",
        "上期结转",
        "上月结转",
        "期初余额",
        "年初余额",
    ),
    *("上季结余", "上年结转", "上月末余额"),
]

amounts = st.integers(1, 99_999_999).map(lambda cents: Decimal(cents) / 100)


def reading(
    name: str, text: str, period: str = "2026Q3", answers: Mapping[str, str] | None = None
) -> TableReading:
    """A table written as CSV without quotation marks."""
    lines = [line.strip().split(",") for line in text.strip().splitlines()]
    rows = tuple(GridRow(n, tuple(line)) for n, line in enumerate(lines, start=1))
    schema = SHARED.tables[name]
    sheet = Worksheet("", rows)
    return read_table(sheet, schema, "表.csv", MASKS, parse_period(period), answers or {})


def told(found: TableReading) -> list[tuple[str, int]]:
    return [(p.code, p.source.row) for p in found.problems]


def proofs(found: TableReading) -> list[tuple[str, str, tuple[int, ...] | None]]:
    return [(p.label, p.scope, p.covers) for p in found.table.proofs]


def again(found: TableReading, name: str, period: str = "2026Q3") -> TableReading:
    """The reading of the clean file that an import writes."""
    fields = kept_fields(found.table, SHARED.tables[name], MASKS)
    content = clean_file(found.table, fields, found.published, found.corrections)
    sheets = read_csv(content, "表.csv")
    assert not isinstance(sheets, Problem)
    return read_table(sheets[0], SHARED.tables[name], "表.csv", MASKS, parse_period(period))


def reads_back(found: TableReading, name: str, period: str = "2026Q3") -> bool:
    """Whether the clean file says the same, proofs and what they add up included."""
    fields = kept_fields(found.table, SHARED.tables[name], MASKS)
    return difference(found, again(found, name, period), fields).is_none


@pytest.fixture
def villages(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TOWNSHIP, tmp_path / "villages"))


def found_in(villages: Path, files: Mapping[str, str]) -> list[tuple[str, str, int]]:
    """Code, file and row of all that is said of 东里村 with these files in it."""
    for name, text in files.items():
        write(villages / DONGLI, name, text)
    found = examine(villages).problems
    return [
        (p.code, p.source.file.split("dongli/")[1], p.source.row)
        for p in found
        if p.code not in APART
    ]


# --- proofs --------------------------------------------------------------------------------


@pytest.mark.parametrize("label", LABELS)
def test_a_total_is_no_household_whatever_it_is_called(label: str) -> None:
    found = reading(
        "minimum-living", f"户主,保障人口,月保障金额\n周样满,2,800\n林样和,1,500\n{label},3,1300"
    )
    assert told(found) == []
    assert [row.number for row in found.table.rows] == [2, 3]
    assert proofs(found) == [(label, "table", None)]
    assert reads_back(found, "minimum-living")


@pytest.mark.parametrize("label", ENDS)
def test_an_opening_is_no_income_though_it_stands_there(label: str) -> None:
    found = reading(
        "ledger",
        f"""日期,摘要,收入,支出
        2026-06-01,{label},1000,
        2026-06-03,拨款,500,
        2026-06-09,修路,,700
        ,本月结余,800,""",
        "2026-06",
    )
    assert told(found) == []
    assert [row.values["收入"] for row in found.table.rows] == [Decimal(500), None]
    assert [(p.kind, p.values["余额"], p.values["收入"]) for p in found.table.proofs] == [
        ("opening", Decimal(1000), None),
        ("closing", Decimal(800), None),
    ]
    assert found.table.columns == ("日期", "摘要", "收入", "支出", "余额")
    assert reads_back(found, "ledger", "2026-06")


def test_the_report_says_where_a_balance_went() -> None:
    text = "日期,摘要,收入,支出\n,上月结余,1000,\n2026-06-03,拨款,500,"
    found = reading("ledger", text, "2026-06")
    fields = kept_fields(found.table, SHARED.tables["ledger"], MASKS)
    (change,) = changes(found.table, {(2, "收入"): "1000"}, fields, MASKS)
    assert (change.column, change.before, change.after) == ("收入", "1000", "余额一栏的 1000.00")


def test_a_book_that_is_overdrawn_may_open_and_close_under_the_other_side() -> None:
    found = reading(
        "ledger",
        "日期,摘要,收入,支出\n,上月结余,,300\n2026-06-03,拨款,100,\n,本月结余,200,",
        "2026-06",
    )
    assert told(found) == []
    assert [p.values["余额"] for p in found.table.proofs] == [Decimal(-300), Decimal(-200)]


def test_totals_of_a_book_that_balance_both_sides() -> None:
    """Opening and income against expense and closing: 1,500 on both sides."""
    found = reading(
        "ledger",
        """日期,摘要,收入,支出
        ,上月结余,1000,
        2026-06-03,拨款,500,
        2026-06-09,修路,,700
        ,本月结余,,800
        ,合计,1500,1500""",
        "2026-06",
    )
    assert told(found) == [("total-carried", 6), ("total-carried", 6)]
    assert [p.kind for p in found.table.proofs] == ["opening", "closing"]  # 1,500 is no income


@given(
    amounts,
    st.lists(st.tuples(st.booleans(), amounts), min_size=1, max_size=6),
    st.sampled_from(["收入", "余额"]),
    st.sampled_from(["收入", "支出", "余额", ""]),
    st.sampled_from(["", "rows", "opening", "balanced"]),
)
def test_a_book_says_what_it_holds_wherever_that_stands(
    opening: Decimal,
    entries: Sequence[tuple[bool, Decimal]],
    above: str,
    below: str,
    total: str,
) -> None:
    """Opening and closing in any column, totals with what was carried or without."""
    income = sum((a for is_in, a in entries if is_in), Decimal(0))
    expense = sum((a for is_in, a in entries if not is_in), Decimal(0))
    closing = opening + income - expense
    columns = ["摘要", "收入", "支出", *(["余额"] if "余额" in (above, below) else [])]
    lines = [columns, ["上月结余", *(opening if c == above else "" for c in columns[1:])]]
    for is_in, amount in entries:
        lines.append(
            ["事", *(amount if c == ("收入" if is_in else "支出") else "" for c in columns[1:])]
        )
    if below:
        lines.append(["本月结余", *(closing if c == below else "" for c in columns[1:])])
    sums = {
        "rows": (income, expense),
        "opening": (opening + income, expense),
        "balanced": (opening + income, expense + closing),
    }
    if total:
        lines.append(["合计", *sums[total]])
    text = "\n".join(
        "2026-06-03," * (n > 0) + ",".join(map(str, line)) for n, line in enumerate(lines)
    )
    found = reading("ledger", "日期," + text, "2026-06")
    codes = {code for code, _ in told(found)}
    assume("row-unsure" not in codes)  # an entry that is the sum of those above it is asked about
    assert codes <= {"total-carried"}
    book = Book.of(found.table, SHARED.tables["ledger"])
    assert book is not None
    assert (book.opening, book.total_income, book.total_expense) == (opening, income, expense)
    assert book.closing == closing
    shown = {p.kind: p.values for p in found.table.proofs}
    if below:
        assert shown["closing"]["余额"] == closing
    if "total" in shown:
        stated = (shown["total"].get("收入"), shown["total"].get("支出"))
        assert all(
            value in (None, own) for value, own in zip(stated, (income, expense), strict=True)
        )
    assert reads_back(found, "ledger", "2026-06")


def test_an_opening_in_the_midst_of_entries_is_asked_about() -> None:
    text = """日期,摘要,收入,支出,余额
        2026-06-03,拨款,500,,5500
        2026-06-05,上年结余,300,,5800
        2026-06-09,修路,,700,5100"""
    found = reading("ledger", text, "2026-06")
    assert told(found) == [("row-unsure", 3)]
    assert [doubt.about for doubt in found.doubts] == ["行“上年结余”"]
    data = reading("ledger", text, "2026-06", {"行“上年结余”": "一笔数据"})
    assert told(data) == []
    assert [row.number for row in data.table.rows] == [2, 3, 4]
    assert data.table.confirmed == ("上年结余",)
    assert told(again(data, "ledger", "2026-06")) == []
    assert reads_back(data, "ledger", "2026-06")


def test_a_plan_may_spend_what_was_left_last_year() -> None:
    found = reading(
        "budget", "项目,收入预算,支出预算\n上年结余,5000,\n补助,2000,\n收入合计,7000,", "2026"
    )
    assert told(found) == []
    assert [row.values["项目"] for row in found.table.rows] == ["上年结余", "补助"]


GROUPED = """户主,组别,项目,金额
    谭德发,一组,种粮补贴,100
    邬国栋,一组,种粮补贴,50
    {},,,{}
    隗小雨,二组,种粮补贴,200
    {},,,{}
    总计,,,350"""


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("一组小计", "二组小计"),
        ("第一村民小组合计", "第2组合计"),
        ("小计", "小计"),
        ("小计（一组）", "小计：二组"),
        ("合计", "合计"),
        ("本页小计", "本页小计"),
    ],
)
def test_each_subtotal_belongs_to_its_scope(first: str, second: str) -> None:
    found = reading("subsidies", GROUPED.format(first, 150, second, 200))
    assert told(found) == []
    covers = [p.covers for p in found.table.proofs]
    assert covers == [(2, 3), (5,), None]
    assert reads_back(found, "subsidies")


def test_a_wrong_subtotal_is_told_with_its_scope_and_not_mended_by_force(villages: Path) -> None:
    table = GROUPED.replace("    ", "").format("一组小计", 160, "二组小计", 200)
    assert found_in(villages, {"subsidies/2025Q3.csv": f"{table}\n公开日期,2025-10-08"}) == [
        ("subsidies-total", "subsidies/2025Q3.csv", 4)
    ]
    (found,) = examine(villages).problems
    assert "“一组小计”的金额写的是 160.00，第 2 到 3 行里的 2 行加起来是 150.00" in found.message
    assert "改成" not in found.hint


def test_a_total_of_some_columns_proves_only_these() -> None:
    found = reading("dues", "姓名,应交,已交\n方启明,30,30\n陆采薇,30,20\n合计数,,50")
    assert told(found) == []
    assert [dict(p.values) for p in found.table.proofs] == [{"已交": Decimal(50)}]


def test_totals_of_classes_and_of_parts() -> None:
    found = reading(
        "balance",
        """科目,类别,期初余额,期末余额
        库存现金,资产,100,120
        银行存款,资产,900,1080
        流动资产合计,,1000,1200
        固定资产,资产,5000,5000
        资产总计,,6000,6200
        应付款,负债,1000,1100
        负债合计,,1000,1100
        公积公益金,所有者权益,5000,5100
        负债和所有者权益总计,,6000,6200""",
    )
    assert told(found) == []
    assert [p.covers for p in found.table.proofs] == [(2, 3), (2, 3, 5), (7,), (7, 9)]
    assert len(found.table.rows) == 5


def test_words_that_are_not_known_are_a_total_only_by_their_sum() -> None:
    text = "户主,组别,项目,金额\n甲立,一组,补贴,100\n乙立,一组,补贴,50\n其他小计,,,{}"
    known = reading("subsidies", text.format(150))
    assert told(known) == []
    assert proofs(known)[0][2] == (2, 3)
    unsure = reading("subsidies", text.format(70))
    assert told(unsure) == [("row-unsure", 4)]
    assert len(unsure.table.rows) == 2
    left = reading("subsidies", text.format(70), answers={"行“其他小计”": "合计行"})
    assert told(left) == [("rows-left", 4)]
    assert (len(left.table.rows), left.table.proofs) == (2, ())


def test_a_group_where_a_household_should_stand_is_a_total_or_asked_about() -> None:
    text = """户主,组别,项目,金额
        甲立,一组,补贴,10
        乙立,一组,补贴,20
        一组,,补贴,30
        丙立,二组,补贴,10
        第2组,,补贴,10
        全村,,补贴,{}"""
    found = reading("subsidies", text.format(40))
    assert told(found) == []
    assert [p.covers for p in found.table.proofs] == [(2, 3), (5,), (2, 3, 5)]
    assert len(found.table.rows) == 3
    assert told(reading("subsidies", text.format(41))) == [("row-unsure", 7)]
    debts = reading("debts", "编号,类型,对方,事由,期初余额,期末余额\n1,债权,一组,水费,100,50")
    assert (told(debts), len(debts.table.rows)) == ([], 1)


def test_a_class_may_be_called_one() -> None:
    found = reading(
        "assets", "编号,名称,类别,原值\n1,村部,房屋,9\n2,桌,办公,5\n,办公类合计,,5", "2026"
    )
    assert told(found) == []
    assert proofs(found) == [("办公类合计", "group", (3,))]


OUTLINE = """项目,来源金额,分配金额
    一、可分配收益,{},
    1.本年收益,100000,
    2.年初未分配收益,20000,
    二、收益分配,,120000
    （一）提取公积公益金,,36000
    （二）成员分配,,84000
    1.一组,,50000
    2.二组,,34000"""


def test_rows_of_an_outline_are_not_counted_twice() -> None:
    found = reading("distribution", OUTLINE.format(120000), "2025")
    assert told(found) == []
    assert [row.number for row in found.table.rows] == [3, 4, 6, 8, 9]
    assert [(p.number, p.covers) for p in found.table.proofs] == [
        (2, (3, 4)),
        (5, (6, 8, 9)),
        (7, (8, 9)),
    ]
    assert reads_back(found, "distribution", "2025")
    wrong = reading("distribution", OUTLINE.format(130000), "2025")
    assert told(wrong) == [("row-unsure", 2)]
    data = reading(
        "distribution", OUTLINE.format(130000), "2025", {"行“一、可分配收益”": "一笔数据"}
    )
    assert [row.number for row in data.table.rows] == [2, 3, 4, 6, 8, 9]
    assert told(again(data, "distribution", "2025")) == []


def test_a_part_of_the_row_above_is_asked_about() -> None:
    text = "项目,收入预算\n经营收入,7000\n其中：鱼塘租金,5000\n补助,2000\n合计,9000"
    found = reading("budget", text, "2026")
    assert told(found) == [("row-unsure", 3)]
    left = reading("budget", text, "2026", {"行“其中:鱼塘租金”": "合计行"})
    assert told(left) == [("rows-left", 3)]
    assert [row.number for row in left.table.rows] == [2, 4]


def test_numbers_before_titles_alone_are_no_outline() -> None:
    found = reading(
        "budget", "项目,收入预算\n1、租金,7000\n2、补助,2000\n3、利息,1\n合计,9001", "2026"
    )
    assert told(found) == []
    assert len(found.table.rows) == 3


def test_a_voucher_number_makes_words_an_entry() -> None:
    found = reading("ledger", "日期,凭证号,摘要,支出\n2026-06-03,6-01,付八月电费合计,70", "2026-06")
    assert told(found) == []
    assert [row.values["摘要"] for row in found.table.rows] == ["付八月电费合计"]


def test_a_row_of_numbers_only_is_a_total_or_lacks_its_words() -> None:
    text = "户主,项目,金额\n甲立,补贴,100\n乙立,补贴,50\n,,{}"
    total = reading("subsidies", text.format(150))
    assert told(total) == [("row-unnamed-total", 4)]
    assert proofs(total) == [("合计", "table", None)]
    assert reads_back(total, "subsidies")
    row = reading("subsidies", text.format(60))
    assert told(row) == [("subsidies-required", 4), ("subsidies-required", 4)]


QUARTER = """日期,凭证号,摘要,收入,支出,余额
,,上月结余,,,1000
2025-07-03,7-1,租金,500,,1500
2025-07-09,7-2,修路,,200,1300
,,本月合计,500,200,1300
,,本年累计,500,200,
,,上月结余,,,1300
2025-08-03,8-1,租金,100,,1400
,,8月份合计,100,0,1400
,,本年累计,600,200,1400
,,本月结余,,,{}
2025-09-03,9-1,修桥,,400,1000
,,本月合计,0,400,
,,本年累计,{},600,1000
,,月末结余,,,1000
公开日期,2025-10-08
"""


def test_in_a_book_of_several_months_proofs_belong_to_their_month(villages: Path) -> None:
    for path in (villages / DONGLI / "ledger").iterdir():
        path.unlink()
    book = "ledger/2025Q3.csv"
    assert found_in(villages, {book: QUARTER.format(1400, 600)}) == []
    record = examine(villages).record("dongli", "ledger/2025Q3")
    assert isinstance(record.content, Table)
    assert [row.number for row in record.content.rows] == [3, 4, 8, 12]
    months = [p.covers for p in record.content.proofs if "月" in p.label and p.kind == "total"]
    assert months == [(3, 4), (8,), (12,)]
    assert told_proofs(record) == ["上月结余", "本年累计", "月末结余"]
    assert found_in(villages, {book: QUARTER.format(1390, 600)}) == [("ledger-closing", book, 11)]
    assert found_in(villages, {book: QUARTER.format(1400, 700)}) == [("total-unproved", book, 14)]


def told_proofs(record: Record) -> list[str]:
    """The labels that stand under the published table."""
    data = examine(TOWNSHIP).villages["dongli"]
    found = publish(record, data.village, SHARED, TODAY)
    return [proof.label for proof in found.proofs]


def test_a_total_of_the_year_is_held_against_the_records_before(villages: Path) -> None:
    month = "日期,摘要,收入,支出,余额\n2025-{0}-05,租金,100,,{1}\n{2}公开日期,2025-{3}-08\n"
    names = [f"{n:02}" for n in range(1, 5)]
    for path in (villages / DONGLI / "ledger").iterdir():
        path.unlink()
    files = {
        f"ledger/2025-{name}.csv": month.format(name, 100 * n, "", f"{n + 1:02}")
        for n, name in enumerate(names, start=1)
    }
    last = "ledger/2025-04.csv"
    year = {last: month.format("04", 400, ",本年累计,400,,\n", "05")}
    assert found_in(villages, {**files, **year}) == []
    wrong = {last: month.format("04", 400, ",本年累计,410,,\n", "05")}
    assert found_in(villages, wrong) == [("ledger-total", last, 3)]


households = st.lists(st.lists(amounts, min_size=1, max_size=4), min_size=1, max_size=4)
labels = st.sampled_from(["小计", "{}组小计", "{}组合计", "合 计", "{}组 共计", ""])


@given(households, labels, st.sampled_from(["合计", "总计", "（合计）", "Total", ""]), st.data())
def test_whatever_proofs_there_are_the_sum_is_that_of_the_rows(
    groups: Sequence[Sequence[Decimal]], part: str, whole: str, data: Any
) -> None:
    """Subtotals of groups and a total of any words never count, and a wrong one never passes."""
    lines = ["户主,组别,项目,金额"]
    for n, sizes in enumerate(groups, start=1):
        lines += [f"甲立{n}{k},{n}组,补贴,{size}" for k, size in enumerate(sizes)]
        if part:
            lines.append(f"{part.format(n)},,,{sum(sizes)}")
    truth = sum(map(sum, groups), Decimal(0))
    slip = data.draw(st.sampled_from([Decimal(0), Decimal("0.01"), truth]))
    if whole:
        lines.append(f"{whole},,,{truth + slip}")
    found = reading("subsidies", "\n".join(lines))
    assert told(found) == []
    assert sum(row.values["金额"] for row in found.table.rows) == truth  # type: ignore[misc]
    assert len(found.table.proofs) == bool(whole) + (len(groups) if part else 0)
    assert reads_back(found, "subsidies")
    for proof in found.table.proofs:
        assert adds_up(proof, found.table) or (slip and proof is found.table.proofs[-1])
    if whole and slip:
        assert not adds_up(found.table.proofs[-1], found.table)


def adds_up(proof: Proof, table: Table) -> bool:
    rows = proof.rows_of(table.rows)
    return sum(row.values["金额"] for row in rows) == proof.values["金额"]  # type: ignore[misc]


SHEETS = {
    "budget/2025.csv": """项目,收入预算,支出预算
一、收入,,
山塘租金,4000,
补助,16000,
收入合计,20000,
二、支出,,
保洁,,12000
支出总计,,12000
公开日期,2025-03-01""",
    "distribution/2025.csv": """项目,来源金额,分配金额
本年收益,90000,
年初未分配收益,10000,
可分配收益合计,100000,
提取公积公益金,,40000
成员分配,,60000
分配合计,,100000
公开日期,2025-03-01""",
    "projects/2025.csv": """项目名称,预算,中标价,已付
修渠,50000,48000,30000
修桥,30000,26400,26400
共    计,80000,74400,56400
公开日期,2025-10-01""",
    "dues/2025Q3.csv": "姓名,应交,已交\n方启明,30,30\n陆采薇,30,30\n合计数,60,60\n公开日期,2025-10-08",
    "minimum-living/2025Q3.csv": """户主,保障人口,月保障金额
周样满,2,800
林 和,1,500
合计金额,3,1300
公开日期,2025-10-08""",
    "subsidies/2025Q3.csv": """户主,组别,项目,面积,金额
周样满,一组,地力补贴,6,800
林 和,一组,地力补贴,4,500
林和,一组,抗旱补贴,,100
一组合计,一组,地力补贴,10,1400
总额,,,10,1400
公开日期,2025-10-08""",
}
SENTENCES = {
    "budget/2025": "村民委员会账2025年打算收入 20,000.00 元，支出 12,000.00 元。",
    "distribution/2025": "村民委员会账2025年可以分配的钱共 100,000.00 元，安排分配 100,000.00 元。",
    "projects/2025": "2025年列出工程 2 项，预算 80,000.00 元，中标价合计 74,400.00 元，到期末已付 56,400.00 元。",
    "dues/2025Q3": "2025年第三季度 2 名党员应交党费 60.00 元，已交 60.00 元。",
    "minimum-living/2025Q3": "2025年第三季度末在保 2 户、3 人，每月共发放保障金 1,300.00 元。",
    "subsidies/2025Q3": "2025年第三季度共发放 1,400.00 元，惠及 2 户。",
}


def test_no_page_counts_a_total(villages: Path, tmp_path: Path) -> None:
    for name, text in SHEETS.items():
        write(villages / DONGLI, name, text)
    out = tmp_path / "site"
    made = Settings(
        content=small_content(tmp_path),
        villages=villages,
        templates=ROOT / "templates",
        out=out,
        today=TODAY,
        sheets="none",
        only=("dongli",),
    )
    result = build(made, lambda line: None)
    assert [p.code for p in result.problems if p.severity == "error"] == []
    for name, sentence in SENTENCES.items():
        page = (out / "v/dongli" / name / "index.html").read_text("utf-8").replace("\xa0", " ")
        (shown,) = re.findall(r'class="sentence">(.*?)(?: <small.*)?</p>', page)
        assert re.sub("</?b>", "", shown) == sentence


def test_rows_that_came_down_are_not_told_by_their_subtotals(villages: Path) -> None:
    table = GROUPED.replace("    ", "").format("一组小计", 150, "二组小计", 200)
    found_in(villages, {"subsidies/2025Q3.csv": f"{table}\n公开日期,2025-10-08"})
    record = examine(villages).record("dongli", "subsidies/2025Q3")
    assert told_proofs(record) == ["总计"]


# --- rows that are none --------------------------------------------------------------------


def test_headings_pages_signatures_and_empty_lines_are_no_rows() -> None:
    found = reading(
        "subsidies",
        """双槐村2026年第三季度补贴发放表
        序号,户主,组别,项目,金额
        一、一组
        1,甲立,一组,补贴,100
        制表：,甲方,审核：,乙方
        第1页 共2页
        双槐村2026年第三季度补贴发放表
        序号,户主,组别,项目,金额
        二、二组
        2,乙立,二组,补贴,50
        3
        4,,,,0.00
        合计,,,,150
        以下空白
        审核：,甲方
        公开日期,2026-10-08
        制表人：乙方
        2026年10月8日""",
    )
    assert [row.values["户主"] for row in found.table.rows] == ["甲立", "乙立"]
    assert told(found)[0] == ("notes-unread", 18)
    assert told(found)[1:] == [("rows-left", row) for row in (3, 5, 6, 11)]
    messages = "".join(p.message for p in found.problems)
    assert "第 3、9 行（“一、一组”等）是分栏的小标题" in messages
    assert "第 11、12 行" in messages
    assert found.published is not None
    assert reads_back(found, "subsidies")


def test_members_under_a_household_are_asked_about_once() -> None:
    text = "户主,组别,项目,金额\n甲立,一组,补贴,100\n甲小,,,\n甲 大,一组,,\n乙立,二组,补贴,50"
    found = reading("subsidies", text)
    assert told(found) == [("rows-names-only", 3)]
    assert "有 2 行" in found.problems[0].message
    members = reading("subsidies", text, answers={"只有姓名的行": "家庭成员"})
    assert told(members) == [("rows-left", 3)]
    assert "甲小" not in members.problems[0].message
    assert len(members.table.rows) == 2
    others = reading("subsidies", text, answers={"只有姓名的行": "各是一户"})
    assert {code for code, _ in told(others)} == {"subsidies-required"}


def test_a_lone_title_of_a_plan_is_data_unless_it_is_numbered() -> None:
    found = reading("budget", "项目,收入预算,支出预算\n一、收入,,\n租金,5000,\n修路,,", "2026")
    assert [row.values["项目"] for row in found.table.rows] == ["租金", "修路"]
    assert told(found) == [("rows-left", 2)]


# --- names, groups, places -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [("王\u3000强", "王强"), ("林 和", "林和"), ("欧 阳 明", "欧阳明"), ("阿依 古丽", "阿依 古丽"),
     ("买买提·艾力", "买买提·艾力"), ("Li Lei", "Li Lei"), ("宏远 建筑队", "宏远 建筑队")],
)  # fmt: skip
def test_white_space_within_a_short_name_fills_its_cell(text: str, name: str) -> None:
    assert tidy_name(text) == name
    found = reading("subsidies", f"户主,组别,项目,金额\n{text},一 组,春 耕,5")
    values = found.table.rows[0].values
    assert (values["户主"], values["组别"], values["项目"]) == (name, "一组", "春 耕")


@pytest.mark.parametrize(
    ("one", "other"),
    [("一组", "1组"), ("第一村民小组", "01 组"), ("十二组", "12组"), ("二十组", "第20小组"),
     ("东湾组", "东湾村民小组"), ("3", "三组")],
)  # fmt: skip
def test_spellings_of_a_group_are_one(one: str, other: str) -> None:
    assert group_key(one) == group_key(other)
    assert group_key("男") != group_key("一组")
    assert tidy_group("第 一 组") == "第一组"


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("白石镇双槐村2026年第三季度补贴", "白石镇双槐村"),
        ("某某县白石镇双槐村补贴发放表", "白石镇双槐村"),
        ("白鹭镇双槐村2026年补贴", ""),
        ("某某县白鹭镇双槐村补贴", ""),
        ("双槐村补贴发放表", ""),
        ("双槐股份经济合作社财务公开", ""),
        ("东风村2026年补贴", "东风村"),
        ("白石镇东风村村民委员会财务公开", "东风村"),
        ("白石镇2026年农村低保名单", "白石镇"),
        ("农村低保2026年名单", ""),
        ("白鹭镇农村2026年低保名单", ""),
        ("美丽乡村2026年建设项目", ""),
        ("2026年第三季度惠农补贴", ""),
    ],
)
def test_a_title_that_names_another_place(title: str, other: str) -> None:
    assert foreign_place(title, "双槐村", "白鹭镇", ("白鹭镇", "白石镇")) == other


# --- amounts that are asked about ----------------------------------------------------------


def book(*amounts: str, last: str = "") -> str:
    lines = [f"2025-07-{n:02},租金,经营收入,{a}" for n, a in enumerate(amounts, start=1)]
    return "\n".join(("日期,摘要,科目,收入", *lines, "公开日期,2025-10-08", last))


def test_an_amount_far_beyond_the_usual_is_kept_until_it_is_confirmed(villages: Path) -> None:
    name = "ledger/2025Q3.group2.csv"
    usual = ["300", "200", "150", "400", "250", "320", "180"]
    assert found_in(villages, {name: book(*usual, "190000")}) == []
    large = book(*usual, "880000")
    assert found_in(villages, {name: large}) == [("ledger-implausible", name, 9)]
    assert f"dongli/{name}" not in str(examine(villages).villages["dongli"].records)
    confirmed = book(*usual, "880000", last="金额已核对,880000.00")
    assert found_in(villages, {name: confirmed}) == []
    other = book(*usual, "980000", last="金额已核对：880000.00")
    assert found_in(villages, {name: other}) == [("ledger-implausible", name, 9)]


def test_no_village_has_so_much_money_in_one_cell(villages: Path) -> None:
    name = "ledger/2025Q3.group2.csv"
    assert found_in(villages, {name: book("320000000")}) == [("ledger-implausible", name, 2)]
    assert "3.2亿元" in examine(villages).problems[0].message
    assert found_in(villages, {name: book("320000000", last="已核对,320000000")}) == []


def test_a_subject_ten_thousand_times_what_it_was(villages: Path) -> None:
    before, after = "ledger/2025Q2.group2.csv", "ledger/2025Q3.group2.csv"
    quarter = book("12").replace("2025-07-", "2025-05-")
    files = {before: quarter, after: book("60000", "60000")}
    assert found_in(villages, files) == [("ledger-implausible", after, 2)]
    assert "“经营收入”这一期共 120,000.00" in examine(villages).problems[0].message
    assert found_in(villages, {after: book("60000", "60000", last="金额已核对,120000")}) == []


def test_what_was_confirmed_travels_with_the_clean_file() -> None:
    found = reading(
        "ledger", "日期,摘要,收入\n2026-06-03,补偿,320000000\n金额已核对,320000000", "2026-06"
    )
    assert found.table.confirmed == ("320000000",)
    assert again(found, "ledger", "2026-06").table.confirmed == ("320000000",)
    assert reads_back(found, "ledger", "2026-06")


@pytest.mark.parametrize("table", sorted(SHARED.tables))
def test_an_example_without_its_marks_is_asked_about(table: str) -> None:
    """Whatever table, and with another day; written over in one place it is a row like any other."""
    schema = SHARED.tables[table]
    shown = [f for f in schema.fields if f.example and not (schema.is_book and f.role == "income")]
    cells = {f.name: "2025-09-20" if f.type == "date" else f.example for f in shown}
    words = [f for f in shown if f.type == "string" and not f.constraints.enum]
    own = {**cells, words[-1].name: "另外写的"}
    for said, is_asked in ((cells, True), (own, False)):
        text = f"{','.join(said)}\n{','.join(said.values())}"
        found = [code for code, _ in told(reading(table, text, "2025-09"))]
        assert ("row-example" in found) == is_asked, found


@pytest.mark.parametrize(
    ("table", "text"),
    [
        ("budget", "项目,收入预算,支出预算\n路灯电费,,6000\n保洁员工资,,14000"),
        ("balance", "科目编码,科目,类别,期末余额\n102,银行存款,资产,\n101,库存现金,资产,20"),
    ],
)
def test_what_many_villages_have_is_no_example(table: str, text: str) -> None:
    """A subject's name, also with a round sum."""
    assert "row-example" not in [code for code, _ in told(reading(table, text, "2025"))]


def test_what_is_answered_of_a_row_like_the_example_holds() -> None:
    text = "户主,组别,项目,金额\n李春生,二组,耕地地力保护补贴,800\n甲立,一组,耕地地力保护补贴,100"
    about = "和示例一样的行“李春生”"
    assert told(reading("subsidies", text)) == [("row-example", 2)]
    left = reading("subsidies", text, answers={about: "示例"})
    assert (told(left), [row.number for row in left.table.rows]) == ([("rows-left", 2)], [3])
    kept = reading("subsidies", text, answers={about: "真有这一行"})
    assert (told(kept), len(kept.table.rows)) == ([], 2)
    assert told(again(kept, "subsidies")) == []
    assert told(reading("subsidies", f"{text}\n已核对,李春生")) == []
