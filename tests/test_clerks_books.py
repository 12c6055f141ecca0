"""Books as clerks write them in ways of their own: titles, orders and words that no other test has. What is
published is what the book says, or it is asked."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.commands import publish_here
from tests.importing import Run, rows_of
from tests.office import Page, book, county, lines_of

DAY = ("--published", "2026-11-05")


@pytest.fixture
def town(tmp_path: Path) -> Path:
    county(tmp_path)
    return tmp_path


def put_in(town: Path, path: Path, *options: str) -> Run:
    done = publish_here(
        "import",
        str(path),
        *("--content", str(town / "content"), "--villages", str(town / "villages")),
        *options,
    )
    return Run(done.returncode, done.stdout, done.stderr)


def written(town: Path, name: str) -> list[list[str]]:
    return rows_of(town / "villages" / "bailu" / "shuanghuai" / name)


def asked(town: Path, path: Path, *options: str) -> dict[str, list[str]]:
    """The questions of a file, each with its answers."""
    answers = town / "answers.yaml"
    done = put_in(town, path, "--answers", str(answers), *options)
    assert done.code == 2, done.out
    entries = yaml.safe_load(answers.read_text("utf-8"))["questions"]
    return {e["question"]: [c["answer"] for c in e.get("choices", ())] for e in entries}


def answered(town: Path, path: Path, answer: str, *options: str) -> Run:
    answers = town / "answers.yaml"
    text = answers.read_text("utf-8").replace("    answer:\n", f"    answer: {answer}\n")
    answers.write_text(text, "utf-8")
    return put_in(town, path, "--answers", str(answers), *options)


PROJECTS = (
    "双槐村2026年三季度工程公示",
    "{unit}",
    "项目名称|施工单位|中标价|已付金额|未付金额",
    "西头机耕路|宏远建筑队|18.6|9.3|9.3",
)


@pytest.mark.parametrize("unit", ["金额：万元", "单位 万元", "（万元）", "计量：人民币万元"])
def test_a_unit_counts_however_the_line_over_the_table_names_it(town: Path, unit: str) -> None:
    path = town / "工程.xlsx"
    book(path, Page("Sheet1", lines_of(*(line.format(unit=unit) for line in PROJECTS))))
    assert put_in(town, path, *DAY).code == 0
    assert written(town, "projects/2026Q3.csv")[1][2:5] == ["186000.00", "93000.00", "93000.00"]


@pytest.mark.parametrize("unit", ["以下数字均以万元计", "本表按万元填列"])
def test_a_unit_that_words_only_speak_of_is_asked_about(town: Path, unit: str) -> None:
    path = town / "工程.xlsx"
    book(path, Page("Sheet1", lines_of(*(line.format(unit=unit) for line in PROJECTS))))
    questions = asked(town, path, *DAY)
    assert list(questions.values()) == [["万元", "元"]]
    assert answered(town, path, "万元", *DAY).code == 0
    assert written(town, "projects/2026Q3.csv")[1][2] == "186000.00"


def test_a_threshold_in_the_title_is_no_unit(town: Path) -> None:
    path = town / "工程.xlsx"
    lines = [line.format(unit="单位：元") for line in PROJECTS]
    lines[0] = "双槐村2026年三季度10万元以上工程公示"
    book(path, Page("Sheet1", lines_of(*lines)))
    assert put_in(town, path, *DAY).code == 0
    assert written(town, "projects/2026Q3.csv")[1][2] == "18.60"


BESIDE = (
    "双槐村2026年9月收支公示",
    "{groups}",
    "{headings}",
    "9月6|鱼塘承包款|2600|9月8|修门窗|1180",
    "9月12|利息|436.2|9月15|保洁|420",
    "|收入小计|3036.2||支出小计|1600",
    "||||上月结存|5000",
    "||||本月结存|6436.2",
    "公示时间：2026年10月3日至10月9日   监督电话：0000-4120002",
)


@pytest.mark.parametrize(
    ("groups", "headings"),
    [
        ("一、收入情况|||二、支出情况", "时间|收入来源|金额|时间|支出用途|金额"),
        ("单位：元", "日期|收入项目|金额|日期|支出项目|金额"),
    ],
)
def test_each_half_keeps_its_own_days(town: Path, groups: str, headings: str) -> None:
    path = town / "收支.xlsx"
    lines = [line.format(groups=groups, headings=headings) for line in BESIDE]
    merged = ["A1:F1", "A9:F9", *(["A2:C2", "D2:F2"] if groups.startswith("一") else [])]
    book(path, Page("Sheet1", lines_of(*lines), merged))
    done = put_in(town, path, "--account", "village")
    assert done.code == 0, done.out
    rows = written(town, "ledger/2026-09.csv")
    assert [row[:4] for row in rows if row[0].startswith("2026")] == [
        ["2026-09-06", "鱼塘承包款", "2600.00", ""],
        ["2026-09-08", "修门窗", "", "1180.00"],
        ["2026-09-12", "利息", "436.20", ""],
        ["2026-09-15", "保洁", "", "420.00"],
    ]
    assert rows[-1] == ["公开日期", "2026-10-03"], "the first day on which it could be seen"


@pytest.mark.parametrize(
    "last", ["公开日期：2026年10月8日|||制表人：闵秋霞", "制表人：闵秋霞  公开日期：2026年10月8日"]
)
def test_a_list_of_households_keeps_its_day_and_numbers_its_rows(town: Path, last: str) -> None:
    path = town / "低保.xlsx"
    lines = lines_of(
        "双槐村2026年三季度农村低保金发放名册",
        "编号|户主姓名|家庭成员|与户主关系|组别|保障类别|保障人数|月保障金",
        "1|祝德发|祝德发|本人|一组|B类|2|612",
        "||祝小禾|女",
        "2|靳秀英|靳秀英|本人|二组|A类|1|545",
        "|合  计|||||3|1157",
        last,
    )
    book(path, Page("Sheet1", lines))
    done = put_in(town, path)
    assert done.code == 0, done.out
    rows = written(town, "minimum-living/2026Q3.csv")
    assert [row[0] for row in rows[1:3]] == ["祝德发", "靳秀英"]
    assert rows[-1] == ["公开日期", "2026-10-08"]


def test_what_is_owed_both_ways_on_one_sheet_is_told_apart(town: Path) -> None:
    path = town / "债权债务.xlsx"
    headings = "序号|单位或个人|摘要|期初余额|本期增加|本期减少|期末余额"
    lines = lines_of(
        "双槐村村民委员会2026年三季度债权债务明细表",
        "一、应收款",
        headings,
        "1|粮油加工厂|门面租金|7500|3000|0|10500",
        "|小计||7500|3000|0|10500",
        "二、应付款",
        headings,
        "1|宏远建筑队|便道尾款|22000|0|5000|17000",
        "|小计||22000|0|5000|17000",
    )
    book(path, Page("Sheet1", lines, ["A1:G1"]))
    assert put_in(town, path, *DAY).code == 0
    rows = written(town, "debts/2026Q3.csv")
    assert [(row[0], row[1], row[-1]) for row in rows[1:3]] == [
        ("债权", "粮油加工厂", "10500.00"),
        ("债务", "宏远建筑队", "17000.00"),
    ]


def test_three_months_of_wages_are_the_quarters_record(town: Path) -> None:
    path = town / "村干部报酬.xlsx"
    pages = []
    for month in (9, 7, 8):
        lines = lines_of(
            f"双槐村2026年{month}月村干部报酬发放表",
            "序号|姓名|职务|基本报酬|话费补贴|应发合计|实发金额|领款签字",
            f"1|邬长庚|书记|{2800 + month}|80|{2880 + month}|{2880 + month}",
            f"合计|||{2800 + month}|80|{2880 + month}|{2880 + month}",
        )
        pages.append(Page(f"{month}月", lines))
    book(path, *pages)
    assert put_in(town, path, *DAY).code == 0
    rows = written(town, "cadres/2026Q3.csv")
    assert rows[0][-1] == "备注"
    assert [(row[2], row[-1]) for row in rows[1:4]] == [
        ("2807.00", "7月"),
        ("2808.00", "8月"),
        ("2809.00", "9月"),
    ]


def test_a_list_of_one_subsidy_is_asked_which_once(town: Path) -> None:
    def quarter(name: str, word: str) -> Path:
        path = town / f"{word}.xlsx"
        lines = lines_of(
            f"2026年双槐村耕地地力保护补贴发放清册（第{word}季度）",
            "序号|农户姓名|所在组|补贴面积|补贴金额",
            f"1|{name}|一组|6.2|607.6",
            "2|靳秀英|二组|3.4|333.2",
            "3",
            "4",
            "总计|||9.6|940.8",
        )
        book(path, Page("补贴", lines))
        return path

    first = quarter("祝德发", "三")
    questions = asked(town, first, *DAY)
    assert list(questions.values()) == [["耕地地力保护补贴"]]
    assert answered(town, first, "耕地地力保护补贴", *DAY).code == 0
    rows = written(town, "subsidies/2026Q3.csv")
    assert [row[2] for row in rows[1:3]] == ["耕地地力保护补贴"] * 2
    assert (rows[3][2], rows[3][-1]) == ("总计", "940.80")
    assert put_in(town, quarter("解国栋", "二"), *DAY).code == 0, "not asked again"


def test_days_that_are_not_whole_are_asked_for_or_stay_empty(town: Path) -> None:
    path = town / "群众反映.xlsx"
    lines = lines_of(
        "双槐村2026年三季度群众反映问题办理台账",
        "编号|反映日期|反映内容|办结时间",
        "F1|2026年7月5|路灯不亮|7月9日",
        "F2|7.11|便道少铺2*3米|2026年8月底",
    )
    book(path, Page("Sheet1", lines))
    questions = asked(town, path, *DAY)
    assert list(questions.values()) == [["当年", "上一年", "下一年"], ["空着"]]
    text = (town / "answers.yaml").read_text("utf-8")
    first, _, rest = text.partition("    answer:\n")
    rest = rest.replace("    answer:\n", "    answer: 空着\n")
    (town / "answers.yaml").write_text(f"{first}    answer: 当年\n{rest}", "utf-8")
    assert put_in(town, path, "--answers", str(town / "answers.yaml"), *DAY).code == 0
    rows = written(town, "feedback/2026Q3.csv")
    assert rows[1:3] == [
        ["F1", "2026-07-05", "路灯不亮", "2026-07-09"],
        ["F2", "2026-07-11", "便道少铺2*3米", ""],
    ]


def test_a_register_with_groups_over_its_headings_goes_in(town: Path) -> None:
    path = town / "合同.xlsx"
    coop = "双槐村股份经济合作社"
    lines = lines_of(
        "双槐村发包合同登记台账（截至2026年9月30日）",
        "序号|合同编号|合同名称|发包单位|承包人|承包期限||租金情况",
        "|||||起|止|年租金|本年应收|本年已收",
        f"1|HT-1|东塘承包|{coop}|祝水生|2021.5.1|2036.4.30|6000|6000|6000",
        f"2|HT-2|河滩清退|{coop}|解文海|2025.4.1|2026.3.31|无|无|无",
        "合计|||||||6000|6000|6000",
    )
    merged = ["A1:J1", "F2:G2", "H2:J2", *(f"{c}2:{c}3" for c in "ABCDE")]
    book(path, Page("合同", lines, merged))
    assert put_in(town, path, *DAY).code == 0
    rows = written(town, "contracts/2026.coop.csv")
    assert rows[0][4:] == ["年租金", "起始日期", "终止日期", "本年应收", "本年已收"]
    assert rows[1][4:] == ["6000.00", "2021-05-01", "2036-04-30", "6000.00", "6000.00"]
    assert rows[2][4:] == ["", "2025-04-01", "2026-03-31", "", ""]


def test_a_balance_sheets_day_gives_the_year_of_its_quarter(town: Path) -> None:
    path = town / "双槐村合作社资产负债表三季度.xlsx"
    lines = lines_of(
        "资 产 负 债 表",
        "编制单位：双槐村股份经济合作社||2026年9月30日|||单位：元",
        "资产|年初数|期末数|负债及所有者权益|年初数|期末数",
        "流动资产：|||流动负债：",
        "货币资金|40500|42100|应付款项|6000|4800",
        "应收款项|3200|2900|所有者权益：",
        "|||资本|37700|40200",
        "资产总计|43700|45000|负债及所有者权益总计|43700|45000",
    )
    book(path, Page("Sheet1", lines, ["A1:F1"]))
    assert put_in(town, path, *DAY).code == 0
    assert written(town, "balance/2026Q3.coop.csv")[1][-1] == "42100.00"


def test_the_report_names_rows_of_the_workbook(town: Path) -> None:
    path = town / "补贴.xlsx"
    lines = lines_of(
        "双槐村2026年三季度各项补贴公示",
        "姓名|组别|种粮补贴|农机购置补贴|合计",
        "祝德发|一组|210|3000|3210",
        "靳秀英|二组|175|100|275",
        "合计||385|3100|3485",
        "村民小组长签字：",
    )
    book(path, Page("公示表", lines))
    done = put_in(town, path, *DAY)
    assert done.code == 0
    assert "第 3 行到第 5 行" in done.out
    assert "第 6 行（“村民小组长签字：”）" in done.out


def test_a_tab_behind_each_cell_is_no_separator(town: Path) -> None:
    path = town / "双槐村2026年9月收支导出.csv"
    lines = (
        ("日期", "凭证号", "摘要", "收入", "支出", "余额"),
        ("2026-09-03", "9-01", "收水塘承包费", "500.00", "", "1500.00"),
        ("2026-09-05", "9-02", "付路灯电费", "", "300.00", "1200.00"),
    )
    path.write_bytes(
        "".join(",".join(f"{c}\t" for c in line) + "\r\n" for line in lines).encode("gb18030")
    )
    assert put_in(town, path, "--account", "village", *DAY).code == 0
    assert written(town, "ledger/2026-09.csv")[1] == [
        "2026-09-03", "9-01", "收水塘承包费", "500.00", "", "1500.00",
    ]  # fmt: skip
