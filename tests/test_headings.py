"""What a heading means: exact names only, hints that never turn a meaning round, columns left behind.

The antonyms here are the test's own list, not the program's data: what `content/headings.yaml` forgets
shows as a crossing.
"""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from functools import cache
from itertools import combinations
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.intake.layout import Layout, find_layout
from generator.intake.tables import TableReading, read_table
from generator.intake.worksheets import read_csv
from generator.model.headwords import HeadWords
from generator.problems import Problem
from tests.township import real_content

SHARED = real_content()[0]
# Without the rule that a word of the catalogue is no slip of another: the signs alone must do.
SIGNS_ONLY = replace(SHARED.words, known=frozenset())
# Headings that stand in offices' books and in no table of the catalogue by themselves.
OFFICES = (
    "户主姓名", "性别", "家庭住址", "季度发放金额", "致困原因", "领款人签字", "未付款", "未付", "已付",
    "第一次", "累计", "组别", "合同期限", "本年应收", "本年已收", "欠款", "单位（个人）名称", "账龄",
    "通讯补贴", "误工补贴", "小计", "应发工资", "扣款", "借方金额", "贷方金额", "借或贷", "对方科目",
    "收支类型", "实发工资", "上月结余", "本月结余", "年初数", "期末数", "实收", "应收", "预收", "预付",
    "落标单位", "流标原因", "发包人", "出租人", "甲方", "乙方", "债权人", "债务人", "户籍", "户籍人口",
    "单价", "单位", "大写金额",
)  # fmt: skip
ANTONYMS = tuple(pair.split("/") for pair in (
    "已/未", "已/应", "应/实", "实/预", "未/应", "收/付", "收/支", "借/贷", "甲/乙", "发/承", "出/入",
    "进/出", "收入/支出", "退/补", "停/续", "扣/补", "缴/退", "月/季", "季/年", "月/年", "日/月",
    "中标/落标", "中标/流标", "招标/投标", "单价/单位", "单价/总价", "户籍/户主", "期初/期末",
    "年初/年末", "月初/月末", "增/减", "债权/债务", "债权人/债务人", "上/下", "前/后", "大写/小写",
    "大/小", "男/女", "新/旧", "买/卖", "起/止", "始/终", "开工/完工", "开工/竣工", "净/原", "内/外",
    "东/西", "南/北", "正/副", "多/少", "高/低", "左/右", "存/取", "交/领", "欠/还", "本/上", "今/去",
    "预算/决算", "申请/批准", "甲方/乙方", "发包/承包", "出租/承租", "应收/应付", "收款/付款",
    "转入/转出", "增加/减少", "提问/答复", "审核/审批", "性别/组别", "人口/户数", "面积/数量",
    "金额/数量", "日期/期限", "金额/单价", "原值/净值", "受理/办结", "姓名/性别", "本期/上期",
    "一次/二次", "一次/三次", "二次/三次",
))  # fmt: skip
CHANGES = "已未应实预拟收付借贷退停扣欠月季年上下前后增减甲乙补代总净原新旧非不无"


def reading(text: str, table: str = "ledger", **answers: str) -> TableReading:
    """A sheet written as CSV, read as a table of the real catalogue."""
    sheets = read_csv(text.encode(), "表.csv")
    assert not isinstance(sheets, Problem)
    masks = SHARED.masks["default"]
    return read_table(sheets[0], SHARED.tables[table], "表.csv", masks, None, answers)


def layout(text: str, table: str) -> Layout:
    sheets = read_csv(text.encode(), "表.csv")
    assert not isinstance(sheets, Problem)
    found = find_layout(sheets[0], SHARED.tables[table], "表.csv")
    assert isinstance(found, Layout)
    return found


def told(reading: TableReading, code: str) -> dict[str, str]:
    """The hints of a kind of problem by the heading that it names."""
    return {p.source.column: p.hint for p in reading.problems if p.code == code}


@cache
def meanings() -> frozenset[frozenset[str]]:
    """The words of each column: those of one set are one meaning somewhere."""
    fields = (f for table in SHARED.tables.values() for f in table.fields)
    sets = {frozenset((f.name, *f.aliases)) for f in fields}
    return frozenset(sets | {frozenset((c.name, *c.aliases)) for c in SHARED.words.left_behind})


@cache
def vocabulary() -> tuple[str, ...]:
    return tuple(sorted(set(OFFICES).union(*meanings())))


# --- hints -----------------------------------------------------------------------------------------


def test_no_heading_is_proposed_for_one_of_another_meaning() -> None:
    assert len(vocabulary()) > 800
    alike = {pair for words in meanings() for pair in combinations(sorted(words), 2)}
    folded, sense = cache(SIGNS_ONLY._folded), cache(SIGNS_ONLY._sense)
    with (  # of each word once, and not for each pair
        patch.object(HeadWords, "_folded", lambda _, word: folded(word)),
        patch.object(HeadWords, "_sense", lambda _, word: sense(word)),
    ):
        crossed = [
            (one, other)
            for one, other in combinations(vocabulary(), 2)
            if (one, other) not in alike and SIGNS_ONLY.closest(one, [other])
        ]
    assert crossed == []


def test_no_word_is_proposed_for_its_antonym() -> None:
    crossed = set()
    tried = 0
    for word in vocabulary():
        for pair in ANTONYMS:
            for one, other in (pair, pair[::-1]):
                turned = word.replace(one, other, 1)
                if turned != word:
                    tried += 1
                    crossed |= {(turned, word)} if SIGNS_ONLY.closest(turned, [word]) else set()
    assert tried > 1000
    assert crossed == set()


def test_no_word_is_proposed_for_one_with_a_sign_more_or_less() -> None:
    crossed = set()
    for word in vocabulary():
        for sign in CHANGES:
            changed = {sign + word, word + sign, word.replace(sign, "", 1)} - {word, ""}
            crossed |= {(c, word) for c in changed if SIGNS_ONLY.closest(c, [word])}
    assert crossed == set()


@pytest.mark.parametrize("table", SHARED.tables)
def test_a_sheet_of_strange_headings_gets_no_hint_that_crosses(table: str) -> None:
    """All headings of all tables on one sheet of each table: what is unknown there has a meaning of
    its own, and nothing is proposed for it."""
    names = [n for n in vocabulary() if not n.startswith("资金拨付")]
    buffer = io.StringIO()
    csv.writer(buffer).writerows([names, ["甲"] * len(names)])
    hints = told(reading(buffer.getvalue(), table), "heading-unknown")
    assert len(hints) > 300
    assert {name: hint for name, hint in hints.items() if "您是不是要写" in hint} == {}


@pytest.mark.parametrize(
    ("table", "typed", "meant"),
    [
        ("ledger", "结算方试", "“结算方式”（钱是怎样付的）"),
        ("ledger", "会计课目", "“会计科目”（会计科目，写代码或名称都可以"),
        ("ledger", "帐面余额", "“账面余额”"),
        ("ledger", "结算式方", "“结算方式”"),
        ("contracts", "年承包弗", ""),  # 费 or 期, nobody knows
        ("ledger", "结算法", ""),
        ("projects", "未付款项", ""),
        ("projects", "应付款", ""),
        ("minimum-living", "季度保障额", ""),
        ("subsidies", "姓別", ""),
    ],
)
def test_a_slip_is_named_with_what_the_column_means(table: str, typed: str, meant: str) -> None:
    required = [f.name for f in SHARED.tables[table].fields if f.constraints.required]
    hint = told(reading(",".join([*required, typed, "备注"]) + "\n", table), "heading-unknown")[
        typed
    ]
    assert ("您是不是要写" in hint) == bool(meant)
    assert meant in hint


def test_a_column_that_stands_there_is_not_proposed_again() -> None:
    hints = told(reading("日期,摘要,收入,支出,结算方式,结算方试\n"), "heading-unknown")
    assert "您是不是要写" not in hints["结算方试"]
    hints = told(reading("日期,摘要,收入,支出,付款方式,结算方试\n"), "heading-unknown")
    assert "您是不是要写" not in hints["结算方试"]


word = st.text(st.sampled_from("已未应实收付借贷月季年金额款期初末单价位0159-ab"), max_size=7)


@given(word, st.lists(word, max_size=6))
def test_what_is_proposed_keeps_numbers_and_signs(typed: str, choices: list[str]) -> None:
    close = SIGNS_ONLY.closest(typed, choices)
    if close:
        assert close in choices
        for sign in "已未应实收付借贷月季年0159":
            assert typed.count(sign) == close.count(sign)


@pytest.mark.parametrize(
    ("typed", "choices", "close"),
    [
        ("HT2025-07", ["HT-2025-07"], "HT-2025-07"),
        ("HT-2025-7", ["HT-2025-07"], "HT-2025-07"),
        ("HT-2025-08", ["HT-2025-07"], ""),
        ("9-20", ["9-02"], ""),
        ("2025-08-21-ludeng", ["2025-08-20-ludeng"], ""),
        ("sumary", ["summary", "title"], "summary"),
        ("until", ["unit"], ""),
        ("leger", ["ledger", "lever"], ""),  # as close to two: nobody knows which
    ],
)
def test_slips_of_numbers_and_keys(typed: str, choices: list[str], close: str) -> None:
    assert HeadWords().closest(typed, choices) == close


def test_no_subject_is_proposed_for_another() -> None:
    """The names of the charts of accounts, and each with its sides turned."""
    names = sorted({subject.name for chart in SHARED.charts for subject in chart.subjects})
    assert len(names) > 40
    crossed = [
        (one, other)
        for one, other in combinations(names, 2)
        if SIGNS_ONLY.closest(one, [other]) or SIGNS_ONLY.closest(other, [one])
    ]
    assert crossed == []
    for name in names:
        for one, other in (("收入", "支出"), ("应收", "应付"), ("支出", "收入"), ("应付", "应收")):
            turned = name.replace(one, other)
            assert turned == name or SIGNS_ONLY.closest(turned, names) in ("", turned)
    assert SIGNS_ONLY.closest("公益支岀", names) == "公益支出"


# --- aliases -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "name", "stranger"),
    [
        ("subsidies", "金额", "应发金额"), ("contracts", "已收", "实收"), ("contracts", "面积", "数量"),
        ("contracts", "年租金", "租金"), ("balance", "期初余额", "年初数"), ("levies", "已筹", "实交"),
        ("minimum-living", "月保障金额", "金额"), ("minimum-living", "月保障金额", "季度发放金额"),
        ("ledger", "审批人", "审核人"), ("projects", "招标方式", "发包方式"), ("projects", "已付", "未付"),
        ("ledger", "收入", "借方"), ("ledger", "支出", "贷方"), ("ledger", "收入", "贷方金额"),
        ("debts", "对方", "债务人"), ("cadres", "误工补贴", "通讯补贴"), ("resources", "四至", "坐落"),
    ],
)  # fmt: skip
def test_an_alias_means_the_same(table: str, name: str, stranger: str) -> None:
    field = SHARED.tables[table].find(name)
    assert field is not None
    assert stranger not in field.aliases


# --- columns that are left behind ----------------------------------------------------------------------


def test_columns_that_are_nobodys_business_are_left_behind_and_named() -> None:
    text = (
        "序号,户主,性别,民族,出生年月,与户主关系,组别,项目,金额,开户行,致困原因,领款人签字\n"
        "1,甲,男,汉族,1950-01,本人,一组,种粮补贴,100,某银行,肢体残疾,\n公开日期,2025-10-08\n"
    )
    found = reading(text, "subsidies")
    assert {p.code for p in found.problems} == {"heading-left"}
    assert {p.severity for p in found.problems} == {"notice"}
    assert set(told(found, "heading-left")) == {
        "性别", "民族", "出生年月", "与户主关系", "开户行", "致困原因", "领款人签字",
    }  # fmt: skip
    assert found.table.columns == ("户主", "组别", "项目", "金额")
    assert "肢体残疾" not in repr(found.table)
    assert dict(layout(text, "subsidies").dropped)["致困原因"] == "个人信息"
    assert dict(layout(text, "subsidies").dropped)["领款人签字"] == "纸上签字用"


def test_a_table_that_has_the_column_itself_keeps_it() -> None:
    text = "账户名称,开户行,期初余额,期末余额\n基本户,某银行,1,1\n"
    assert told(reading(text, "accounts"), "heading-left") == {}
    assert reading(text, "accounts").table.rows[0].values["开户银行"] == "某银行"
    text = "姓名,性别,发展阶段\n甲,女,发展对象\n"
    assert reading(text, "membership").table.rows[0].values["性别"] == "女"
