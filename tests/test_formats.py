"""What number formats show: known looks, and what holds of any number under any code."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.intake.looks import GENERAL, builtin_code, shown_text

ACCOUNTS = builtin_code(43)

# As LibreOffice shows them, but for what it does not know: `!`, `e`, [DBNum…] outside Chinese, the Chinese looks of
# built-in dates, and red for minus.
NUMBERS = [
    ("0", "1234.5", "1235"),
    ("0", "-0.4", "0"),
    ("0", "2.5", "3"),
    ("0.00", "1234567.005", "1234567.01"),
    ("0.00", "-7.765", "-7.77"),
    ("#,##0", "-1234.5", "-1,235"),
    ("#,##0.00", "0.004", "0.00"),
    ("#,##0.00,", "123000", "123.00"),
    ("#,##0,,", "85430114", "85"),
    ("0.0,", "123456", "123.5"),
    ('0!.0,"万元"', "123000", "12.3万元"),
    ("0!.0,", "32000", "3.2"),
    ("0!.0,", "400", "0.0"),
    (r"0\.0,", "32000", "3.2"),
    ('0"."0,', "-32000", "-3.2"),
    ('0.00"万元"', "12.3", "12.30万元"),
    ('"记-"0000', "1", "记-0001"),
    ('"第"0"村民小组"', "2", "第2村民小组"),
    ('"每亩"0"元"', "125", "每亩125元"),
    ("0%", "0.3", "30%"),
    ("0.00%", "0.12345", "12.35%"),
    ("00000", "42", "00042"),
    ("000-0000", "5551234", "555-1234"),
    ("0.0#", "1.5", "1.5"),
    ("0.0?", "1.5", "1.5 "),
    ("???0", "7", "   7"),
    ("#", "0", ""),
    (";;;", "5", ""),
    ("0.00;;", "-5", ""),
    ('0.00;-0.00;"零"', "0", "零"),
    ("#,##0.00_);(#,##0.00)", "-1234.5", "(1,234.50)"),
    ("0.00;0.00", "-5", "5.00"),
    ("0.00;[Red]0.00", "-5", "-5.00"),
    ("0.00;[红色]0.00", "-5", "-5.00"),
    ("0.00;[Red](0.00)", "-5", "(5.00)"),
    (ACCOUNTS, "-1234.5", " -1,234.50 "),
    (ACCOUNTS, "0", " -   "),
    ('[>=10000]0!.0,"万";0', "123000", "12.3万"),
    ('[>=10000]0!.0,"万";0', "9999", "9999"),
    ("[$¥-804]#,##0.00", "12.5", "¥12.50"),
    (GENERAL, "31.6666666666667", "31.66666667"),
    (GENERAL, "1234567.12345", "1234567.123"),
    ('General"元"', "31.5", "31.5元"),
    ('G/通用格式"人"', "31", "31人"),
    ("@", "5", "5"),
    ("[DBNum1][$-804]General", "105", "一百〇五"),
    ("[DBNum1]General", "10", "一十"),
    ("[DBNum1]0", "2025", "二〇二五"),
    ('[DBNum2][$-804]General"元整"', "100500", "壹拾万零伍佰元整"),
    ("[DBNum2]General", "20034", "贰万零叁拾肆"),
]
UNKNOWN = [
    "# ?/?",
    "0.00E+00",
    "[h]:mm",
    "0*-",
    "[DBNum3]0",
    "[DBNum2]General",
    'ggg"年"',
    "0.0.0",
    "0%%",
    f"0.{'0' * 90}",
]

DAY = datetime(2025, 9, 3, 14, 5, 6)
DAYS = [
    ("yyyy-mm-dd", "2025-09-03"),
    ('yyyy"年"m"月"d"日"', "2025年9月3日"),
    (r"yyyy\年m\月d\日", "2025年9月3日"),
    ('m"月"d"日"', "9月3日"),
    ("[$-804]yyyy/m/d;@", "2025/9/3"),
    ("yy-m-d", "25-9-3"),
    ('e"年"m"月"', "2025年9月"),
    ("h:mm", "14:05"),
    ("mm:ss", "05:06"),
    ("yyyy/m/d h:mm:ss", "2025/9/3 14:05:06"),
    ('上午/下午h"时"mm"分"', "下午2时05分"),
    ("h:mm AM/PM", "2:05 PM"),
    ("d-mmm-yy", "3-Sep-25"),
    ("[$-804]aaaa", "星期三"),
    ('[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇二五年九月三日"),
    (builtin_code(14), "2025/9/3"),
    (builtin_code(31), "2025年9月3日"),
    (builtin_code(57), "2025年9月"),
    (builtin_code(58), "9月3日"),
]
TEXTS = [
    ("@", "001", "001"),
    ("0.00", "9.20", "9.20"),
    ("0.00", "合计", "合计"),
    ('"第"@"组"', "一", "第一组"),
    ('0;-0;0;@"号"', "甲", "甲号"),
    (";;;", "甲", ""),
]


@pytest.mark.parametrize(("code", "number", "shown"), NUMBERS)
def test_known_looks_of_numbers(code: str, number: str, shown: str) -> None:
    assert shown_text(code, Decimal(number)) == shown


@pytest.mark.parametrize(("code", "shown"), DAYS)
def test_known_looks_of_days(code: str, shown: str) -> None:
    assert shown_text(code, DAY) == shown


@pytest.mark.parametrize(("code", "text", "shown"), TEXTS)
def test_known_looks_of_texts(code: str, text: str, shown: str) -> None:
    assert shown_text(code, text) == shown


@pytest.mark.parametrize("code", UNKNOWN)
def test_what_is_not_known_is_not_rendered(code: str) -> None:
    assert shown_text(code, Decimal("-1234.5")) is None


def test_a_number_under_a_day_and_a_day_under_a_number_are_not_known() -> None:
    assert shown_text("yyyy-mm-dd", Decimal(45903)) is None
    assert shown_text("0.00", DAY) is None
    assert shown_text("[$-804]mmmm", DAY) is None
    assert shown_text("0.00", Decimal("1e300")) is None


numbers = st.decimals(-(10**11), 10**11, allow_nan=False, allow_infinity=False, places=6)
literals = st.sampled_from(("", '"万元"', '"第"', r"\元", "!号", "_ ", "¥"))


@given(numbers, st.integers(0, 6), st.booleans(), literals, literals)
def test_a_shown_number_is_the_stored_one_rounded_half_up(
    number: Decimal, decimals: int, is_grouped: bool, before: str, after: str
) -> None:
    code = f"{before}{'#,##0' if is_grouped else '0'}{'.' * bool(decimals)}{'0' * decimals}{after}"
    shown = shown_text(code, number)
    assert shown is not None
    digits = re.search(r"[\d,.]*\d", shown)
    assert digits is not None
    read = Decimal(digits[0].replace(",", ""))
    step = Decimal(1).scaleb(-decimals)
    assert abs(read - abs(number)) <= step / 2
    assert read - abs(number) != -step / 2  # half goes up
    assert shown.startswith("-") == (number < 0 and read != 0)
    assert ("," in digits[0]) == (is_grouped and read >= 1000)


@given(st.integers(0, 10**12), st.integers(1, 3), st.integers(0, 3))
def test_commas_behind_the_digits_divide_by_thousands(
    size: int, thousands: int, decimals: int
) -> None:
    code = f"0{'.' * bool(decimals)}{'0' * decimals}{',' * thousands}"
    exact = Decimal(size) / 1000**thousands
    shown = Decimal(shown_text(code, Decimal(size)) or "nan")
    assert abs(shown - exact) <= Decimal(1).scaleb(-decimals) / 2


@given(st.integers(0, 10**7))
def test_a_drawn_point_moves_the_digits_and_nothing_else(size: int) -> None:
    plain, drawn = shown_text("00,", Decimal(size)), shown_text("0!.0,", Decimal(size))
    assert plain is not None
    assert drawn == f"{plain[:-1]}.{plain[-1]}"


@given(
    st.datetimes(datetime(1900, 3, 1), datetime(2199, 12, 31)).map(
        lambda d: d.replace(microsecond=0)
    )
)
def test_days_read_back(day: datetime) -> None:
    shown = shown_text('yyyy"年"mm"月"dd"日" hh:mm:ss', day)
    assert shown is not None
    assert datetime.strptime(shown, "%Y年%m月%d日 %H:%M:%S") == day


@given(
    st.text(alphabet='0#?.,%@;[]"\\!_*年月日ymdhsE/-+()>=1万元 Red', max_size=16),
    numbers | st.text(max_size=5),
)
def test_any_code_gives_a_text_or_nothing_known(code: str, value: str | Decimal) -> None:
    shown = shown_text(code, value)
    assert shown is None or isinstance(shown, str)
    assert shown_text(code, DAY) is None or isinstance(shown_text(code, DAY), str)
