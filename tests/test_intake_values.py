"""Values as people write them: what is accepted reads back exactly, nothing ever raises.

The styles themselves stand in `tests/fuzz_values.py`, which can also be run for long.
"""

from __future__ import annotations

import random
import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.intake.values import (
    CellContext,
    Refusal,
    kind_of,
    parse_boolean,
    parse_date,
    parse_integer,
    parse_number,
    read_value,
)
from generator.model.numerals import chinese_number
from generator.model.period import STANDING, parse_period
from generator.model.schema import Field
from generator.problems import Source
from tests.fuzz_values import (
    CAPITAL,
    KINDS,
    LOWER,
    NOISE,
    PERIODS,
    UNITS,
    amount_styles,
    check_any,
    check_look_alike,
    check_style,
    date_styles,
    in_numerals,
    number_styles,
    run,
)
from tests.township import ROOT

contexts = st.builds(
    CellContext,
    st.sampled_from((None, STANDING, *PERIODS)),
    st.sampled_from(UNITS) | st.text(alphabet="万千元亩公顷%、（）:单位/人", max_size=8),
    st.sampled_from(UNITS[:8]),
)


@given(st.integers(-(10**14) + 1, 10**14 - 1))
def test_amounts_in_every_accepted_style_read_back_exactly(cents: int) -> None:
    for style in amount_styles(cents):
        check_style(*style)


@given(st.integers(-(10**8), 10**8))
def test_numbers_areas_and_shares_read_back_exactly(units: int) -> None:
    for style in number_styles(units):
        check_style(*style)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_dates_in_every_accepted_style_read_back(day: date) -> None:
    for style in date_styles(day):
        check_style(*style)


@given(st.integers(0, 10**12 - 1))
def test_chinese_numerals_read_back(number: int) -> None:
    for style in (CAPITAL, LOWER):
        assert chinese_number(in_numerals(number, style)) == number


def test_every_small_number_has_its_own_numeral() -> None:
    read = {chinese_number(in_numerals(number, LOWER)) for number in range(12_000)}
    assert read == set(range(12_000))


@given(st.integers(-(10**8), 10**8), st.dates(date(1950, 1, 1)), st.randoms(use_true_random=False))
def test_a_digit_that_only_looks_like_one_is_never_read(
    units: int, day: date, chance: random.Random
) -> None:
    for styles in (amount_styles(units), number_styles(units), date_styles(day)):
        for text, kind, context, _ in styles:
            check_look_alike(text, kind, context, chance)


@given(st.text(alphabet=st.characters(exclude_categories=())), st.sampled_from(KINDS), contexts)
def test_any_text_gives_a_value_or_a_refusal(text: str, kind: str, context: CellContext) -> None:
    check_any(text, kind, context)


@given(st.text(alphabet=NOISE, max_size=70), st.sampled_from(KINDS), contexts)
def test_any_text_that_looks_like_a_value_gives_one_or_a_refusal(
    text: str, kind: str, context: CellContext
) -> None:
    check_any(text, kind, context)


def test_a_sample_of_the_long_run() -> None:
    lines: list[str] = []
    counts = run(6_000, seed=7, tell=lines.append)
    assert counts.total() >= 6_000
    assert {"style", "look-alike digit", "any text: refused", "any text: value"} <= set(counts)
    assert lines[-1].endswith("seed 7")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1,234.00", "1234"), ("¥1234", "1234"), ("1234元", "1234"), ("1.2万元", "12000"),
        ("1.2万", "12000"), ("3亿", "300000000"), ("（1,234）", "-1234"), ("-1,234", "-1234"),
        ("−1,234", "-1234"), ("１，２３４．５０", "1234.5"), ("壹万贰仟叁佰元整", "12300"),
        ("叁拾元零伍分", "30.05"), ("人民币壹仟零伍拾元整", "1050"), ("一万二千三百元", "12300"),
        ("拾贰元伍角", "12.5"), ("壹拾万柒仟元零伍角叁分", "107000.53"), ("叁元零角伍分", "3.05"),
        ("壹拾万零柒仟元伍角叁分", "107000.53"), ("壹仟陆佰捌拾元零叁角贰分", "1680.32"),
        ("伍角整", "0.5"), ("零元", "0"), ("零", "0"), ("两千零五元", "2005"), ("5千元", "5000"),
        ("(1200)元", "-1200"), ("￥-5", "-5"), ("负300", "-300"), ("1200.000", "1200"),
        ("12元5角", "12.5"), ("300块钱", "300"), ("0.00001万", "0.1"),
    ],
)  # fmt: skip
def test_amounts_as_offices_write_them(text: str, amount: str) -> None:
    read = read_value(text, "amount")
    assert read == Decimal(amount)
    assert isinstance(read, Decimal)
    assert read.as_tuple().exponent == -2


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *((text, "amount") for text in (
            "", " ", "-", "—", "元", "¥", "()", "1.2.3", "1e5", "1E5", "0x1A", "1_000", "nan",
            "inf", "½", "一", "十", "12 50", "--5", "-¥-5", "(-5)", "1200.", ".5", "9" * 13,
            "9" * 5000, "$5", "\ud800", "约100元", "1200左右", "1200多元", "12。5", "1万2",
            "一万二", "三千五", "一百二", "壹贰叁元", "一百万亿", "零百", "1,234-", "10000亿",
            "100-200", "1.2万整", "=1+1", "—1200",
        )),
        *((text, "separators") for text in (
            "1.234,5", "1,23", "12,34.5", "1,2000", "0,123", "1200,00", "1,234,5", "1，23元",
            "(1,23)",
        )),
        *((text, "cents") for text in ("1.005", "0.001", "0.0000001万", "1.000005千元")),
        *((text, "look-alike") for text in ("5²", "①", "٣", "१२", "1О0", "1O0元", "l200", "1○0")),
        *((text, "unseen") for text in ("1\n2", "1\u202e200", "\u200e1200", "1\x002", "12\xad00")),
        *((text, "unit") for text in ("100亩", "100美元", "5%", "3人")),
    ],
)  # fmt: skip
def test_what_is_no_amount(text: str, kind: str) -> None:
    refused = read_value(text, "amount", CellContext(column_unit="元"))
    assert isinstance(refused, Refusal)
    assert refused.kind == kind


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("1.2", "万元", "12000"), ("1.2", "（万元）", "12000"), ("1.2", "单位：万元", "12000"),
        ("1.2", "金额单位：人民币万元", "12000"), ("1.2", "万元、亩", "12000"), ("1.2万", "万元", "12000"),
        ("1.2万元", "万元", "12000"), ("¥1.2万", "万元", "12000"), ("0.12345", "万元", "1234.5"),
        ("3", "元/亩", "3"), ("3", "元、亩", "3"), ("3", "贷方", "3"), ("1.2万元", "元", "12000"),
        ("3", "千元", "3000"),
    ],
)  # fmt: skip
def test_the_declared_unit_of_money(text: str, unit: str, amount: str) -> None:
    assert read_value(text, "amount", CellContext(None, unit, "元")) == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "unit", "kind"),
    [
        ("12000元", "万元", "unit-clash"), ("¥12000", "单位：万元", "unit-clash"),
        ("壹万元整", "万元", "unit-clash"), ("5千", "万元", "unit-clash"),
        ("3", "元、万元", "unit-clash"), ("3", "美元", "unit"), ("3", "以万元计", "unit"),
        ("0.1234567", "万元", "cents"),
    ],
)  # fmt: skip
def test_units_of_money_that_leave_a_doubt(text: str, unit: str, kind: str) -> None:
    refused = read_value(text, "amount", CellContext(None, unit, "元"))
    assert isinstance(refused, Refusal)
    assert refused.kind == kind


@pytest.mark.parametrize(
    ("text", "unit", "column", "value"),
    [
        ("2公顷", "", "亩", "30"), ("2", "公顷", "亩", "30"), ("1000㎡", "", "亩", "1.5"),
        ("2分", "", "亩", "0.2"), ("3亩", "", "平方米", "2000"), ("1.2万亩", "", "亩", "12000"),
        ("2", "万元、亩", "亩", "2"), ("5株", "株", "", "5"), ("1.2", "万株", "", "12000"),
        ("18.6亩", "亩", "", "18.6"),
        ("2亩", "", "平方米", "unit"), ("2", "亩", "平方米", "unit"), ("2亩", "公顷", "亩", "unit-clash"),
        ("2斤", "", "亩", "unit"), ("18.6亩", "", "", "number"), ("5株", "万株", "", "unit-clash"),
        ("¥5", "", "亩", "number"), ("5万元", "", "", "number"), ("1,23", "", "亩", "separators"),
    ],
)  # fmt: skip
def test_units_of_numbers(text: str, unit: str, column: str, value: str) -> None:
    read = read_value(text, "number", CellContext(None, unit, column))
    assert (read.kind if isinstance(read, Refusal) else read) == (
        value if value[0].isalpha() else Decimal(value)
    )


def test_a_whole_number_with_its_counting_word() -> None:
    people = CellContext(None, "", "人")
    assert [read_value(text, "integer", people) for text in ("5", "5人", "5口", "1.2万人")] == [
        5, 5, 5, 12000,
    ]  # fmt: skip
    assert read_value("1.5", "integer") == Refusal("integer")
    assert read_value("5户", "integer", people) == Refusal("unit", unit="户", expected="人")


def test_a_share_of_one_or_less_needs_its_sign() -> None:
    share = CellContext(None, "", "%")
    for text, percent in (("12.5%", "12.5"), ("12.5", "12.5"), ("0.5%", "0.5"), ("5‰", "0.5")):
        assert read_value(text, "percent", share) == Decimal(percent)
    assert read_value("0.5", "percent", CellContext(None, "%", "%")) == Decimal("0.5")
    assert read_value("0", "percent", share) == 0
    refused = Refusal("percent-ambiguous", one="0.125%", other="12.5%")
    assert read_value("0.125", "percent", share) == refused


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("01/02/2025", "2025年1月2日，也许是2025年2月1日"),
        ("1-2-2025", "2025年1月2日，也许是2025年2月1日"),
        ("3/1/25", "2025年3月1日，也许是2025年1月3日，也许是2003年1月25日"),
        ("13/02/2025", "2025年2月13日"),
        ("25.9.3", "2025年9月3日"),
        ("25年9月3日", "2025年9月3日"),
        ("3/1/2025 8:00", "2025年3月1日，也许是2025年1月3日"),
    ],
)
def test_a_date_in_no_certain_order_is_refused(text: str, readings: str) -> None:
    assert read_value(text, "date") == Refusal("date-ambiguous", readings=readings)


@pytest.mark.parametrize(
    "text",
    [
        "", "2025", "2025-13-01", "2025-02-29", "2025-00-10", "2025-09-00", "0000-01-01",
        "0202-09-03", "9999-12-31", "2025-09-031", "2025-09-03 下午", "202509031", "\ud800",
        "2025-9/3", "13.3", "9-31", "9月", "2025-09", "9.3.", "9 3", "99999", "45903.5", "2025-09-03 24:00",
        "三月三十二日", "二五年三月一日", "32/13/2025", "初五",
    ],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert read_value(text, "date", CellContext(parse_period("2025"))) == Refusal("date")
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("period", "text", "day"),
    [
        ("2025-03", "3月1日", date(2025, 3, 1)), ("2025Q1", "3月1号", date(2025, 3, 1)),
        ("2025", "三月一日", date(2025, 3, 1)), ("2025-03", "3月1日 08:30", date(2025, 3, 1)),
        ("2025-03", "4月1日", None), ("2025-01", "12月28日", None),
        ("2025-10", "10.3", date(2025, 10, 3)), ("2025-10", "10.30", date(2025, 10, 30)),
        ("2025Q2", "6-20", date(2025, 6, 20)), ("2025", "10/03", date(2025, 10, 3)),
        ("2025-10", "3日", date(2025, 10, 3)), ("2025-10", "31号", date(2025, 10, 31)),
        ("2025-10", "9.30", None), ("2025Q4", "3日", None),
    ],
)  # fmt: skip
def test_the_period_gives_a_year_only_to_its_own_days(
    period: str, text: str, day: date | None
) -> None:
    read = read_value(text, "date", CellContext(parse_period(period)))
    assert (read.kind if isinstance(read, Refusal) else read) == (day or "date-year")


def test_without_one_certain_year_a_date_must_name_it() -> None:
    for period in (None, STANDING):
        read = read_value("3月1日", "date", CellContext(period))
        assert read == Refusal("date-year", reason="看不出是哪一年")


def test_a_month_that_lost_its_zero_is_refused() -> None:
    # A cell of numbers that was typed 2025.10 holds 2025.1.
    readings = "2025年1月，也许是2025年10月"
    assert read_value("2025.1", "yearmonth") == Refusal("date-ambiguous", readings=readings)
    assert read_value("2025.2", "yearmonth") == date(2025, 2, 1)
    assert read_value("2025-09-02", "yearmonth") == Refusal("month")
    assert read_value("2025-13", "yearmonth") == Refusal("month")


def test_booleans() -> None:
    yes = ("是", "√", "✓", "✔", "✔\ufe0f", "☑", "有", "对", "true", "TRUE", " 是 ")
    assert {read_value(text, "boolean") for text in yes} == {True}
    no = ("否", "×", "✗", "✘", "无", "错", "False", "ＦＡＬＳＥ")
    assert {read_value(text, "boolean") for text in no} == {False}
    for text in ("", "也许", "1", "0", "○", "□", "x", "☒"):
        assert read_value(text, "boolean") == Refusal("boolean")


def test_a_text_is_kept_as_it_is() -> None:
    assert read_value(" １ О ", "string") == " １ О "


def test_the_kind_follows_type_and_unit() -> None:
    def kind(type_: str, unit: str = "") -> str:
        return kind_of(Field("栏", type_, Source("a"), unit=unit))  # type: ignore[arg-type]

    assert kind("number", "元") == "amount"
    assert kind("number", "%") == "percent"
    assert kind("number", "亩") == "number"
    assert kind("yearmonth") == "yearmonth"


def test_values_in_yaml_must_be_whole() -> None:
    assert (parse_number("1,200.5"), parse_number("(3)")) == (Decimal("1200.5"), Decimal(-3))
    assert (parse_integer("12.0"), parse_integer("12.5")) == (12, None)
    assert (parse_boolean("是"), parse_boolean("1")) == (True, None)
    assert parse_date("2025年9月3日") == date(2025, 9, 3)
    for text in ("45903", "9月3日", "01/02/2025"):
        assert parse_date(text) is None


def test_the_examples_in_the_documentation() -> None:
    text = (ROOT / "docs" / "formats.md").read_text("utf-8")
    table = text.split("### 格子里怎样写")[1].split("\n\n")[1].splitlines()[2:]
    period = parse_period("2025-09")
    columns = {
        "金额": ("amount", "元"), "数字": ("number", "亩"), "整数": ("integer", "人"),
        "百分数": ("percent", "%"), "日期": ("date", ""), "年月": ("yearmonth", ""),
        "是否": ("boolean", ""),
    }  # fmt: skip
    assert len(table) == len(columns)
    for line in table:
        _, name, good, bad, _ = line.split("|")
        kind, unit = columns[name.strip()]
        for cells, is_refused in ((good, False), (bad, True)):
            for cell in re.findall("`(.+?)`", cells):
                value = read_value(cell, kind, CellContext(period, "", unit))
                assert isinstance(value, Refusal) == is_refused, cell
