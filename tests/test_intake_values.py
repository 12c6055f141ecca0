"""Values as people write them: what is accepted reads back exactly, nothing ever raises."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.intake.values import (
    parse_amount,
    parse_boolean,
    parse_date,
    parse_integer,
    parse_month,
    parse_number,
)

PARSERS = (parse_amount, parse_boolean, parse_date, parse_integer, parse_month, parse_number)

amounts = st.decimals(-(10**12) + 1, 10**12 - 1, allow_nan=False, places=2)
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
FULL_WIDTH = str.maketrans("0123456789,.-()¥", "０１２３４５６７８９，．－（）￥")


def styles_of(amount: Decimal) -> list[str]:
    """Ways in which an amount is written."""
    sign, size = ("-" if amount < 0 else ""), abs(amount)
    styles = [
        f"{sign}{size:f}",
        f"{sign}{size:,f}",
        f"{sign}¥{size:,f}",
        f"¥{sign}{size:f}",
        f"{sign}{size:f}元",
        f"{sign}¥ {size:,f} 元",
        f" {sign}{size:f} ",
        f"{sign}{size:f}".replace("-", "\u2212"),
        f"\u3000{sign}{size:f}\u00a0",
    ]
    if amount < 0:
        styles += [
            f"({size:f})",
            f"({size:,f})",
            f"(¥{size:,f})",
            f"({size:,f})元",
            f"({size:f}元)",
        ]
    if not sign:
        styles.append(f"+{size:f}")
    if amount == amount.to_integral_value():
        styles += [f"{sign}{int(size)}", f"{sign}{int(size):,}", f"{sign}{int(size)}.0元"]
    return [*styles, *(style.translate(FULL_WIDTH) for style in styles)]


@given(amounts)
def test_amounts_in_every_accepted_style_read_back_exactly(amount: Decimal) -> None:
    for style in styles_of(amount):
        read = parse_amount(style)
        assert read == amount, style
        assert read.as_tuple().exponent == -2, style


@given(st.decimals(-(10**9), 10**9, allow_nan=False, places=6))
def test_numbers_read_back_exactly(number: Decimal) -> None:
    for text in (f"{number:f}", f"{number:,f}", f"{number:f}".translate(FULL_WIDTH)):
        assert parse_number(text) == number
    assert parse_integer(f"{number:f}") == (int(number) if number == int(number) else None)


@given(st.integers(-(10**12) + 1, 10**12 - 1))
def test_whole_numbers_read_back_exactly(number: int) -> None:
    for text in (str(number), f"{number:,}", f"{number}.0", str(number).translate(FULL_WIDTH)):
        assert parse_integer(text) == number


@given(days, st.times())
def test_dates_in_every_accepted_style_read_back(day: date, hour: time) -> None:
    y, m, d = day.year, day.month, day.day
    styles = [f"{y}{s}{m:02d}{s}{d:02d}" for s in ("-", "/", ".", "")]
    styles += [f"{y}{s}{m}{s}{d}" for s in ("-", "/", ".")]
    styles += [f"{y}年{m}月{d}日", f"{y} 年 {m} 月 {d} 日", f"{y}年{m:02d}月{d:02d}日"]
    styles += [f"{y}/{m}/{d} {hour:%H:%M}", f"{day.isoformat()} {hour:%H:%M:%S}"]
    for style in (*styles, *(style.translate(FULL_WIDTH) for style in styles)):
        assert parse_date(style) == day, style


@given(days)
def test_months_in_every_accepted_style_read_back(day: date) -> None:
    y, m, first = day.year, day.month, day.replace(day=1)
    styles = [f"{y}{s}{m:02d}" for s in ("-", "/", ".", "")]
    styles += [f"{y}-{m}", f"{y}年{m}月", f"{y} 年 {m} 月", f"{y}年{m}"]
    styles += [first.isoformat(), f"{first.isoformat()} 00:00:00"]  # as Excel turns 2025-09 into
    for style in (*styles, *(style.translate(FULL_WIDTH) for style in styles)):
        assert parse_month(style) == first, style
    if day.day > 1:
        assert parse_month(day.isoformat()) is None


def test_booleans() -> None:
    assert {parse_boolean(t) for t in ("是", "√", "✓", "有", "true", "TRUE", " 是 ")} == {True}
    assert {parse_boolean(t) for t in ("否", "×", "✗", "无", "False", "ＦＡＬＳＥ")} == {False}
    assert {parse_boolean(t) for t in ("", "也许", "1", "0")} == {None}


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-", "元", "¥", "()", "1.2.3", "1e5", "1E5", "0x1A", "1_000", "nan", "inf",
        "5²", "①", "½", "٣", "१२", "一百", "1,20", "1,2000", "12 50", "1.005", "0.001", "--5",
        "-¥-5", "(-5)", "1200.", ".5", "9" * 13, "9" * 5000, "1万", "$5", "1200元整", "5%", "1\n2",
        "\ud800", "1\x002",
    ],
)  # fmt: skip
def test_what_is_no_amount(text: str) -> None:
    assert parse_amount(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "", "2025", "2025-13-01", "2025-02-29", "2025-00-10", "2025-09-00", "9月3日", "25-09-03",
        "0000-01-01", "0202-09-03", "9999-12-31", "2025-09-031", "²⁰²⁵-09-03", "٢٠٢٥-٠٩-٠٣",
        "2025-09-03 下午", "45903", "202509031", "\ud800",
    ],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert parse_date(text) is None


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_no_text_raises(text: str) -> None:
    for parse in PARSERS:
        parse(text)


@given(st.text(alphabet="0123456789０９٣²½.,，-－−+()（）¥￥元年月日/ 　eE\x00\ud800"))
def test_no_text_that_looks_like_a_value_raises(text: str) -> None:
    for parse in PARSERS:
        value = parse(text)
        if isinstance(value, Decimal):
            assert value.is_finite()
            assert not set(text) & set("eE²½٣")
