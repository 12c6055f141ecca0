"""Values as they are written on pages and sheets."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from generator.model.days import day as day
from generator.model.days import short_day as short_day
from generator.model.schema import Field
from generator.model.village import Value

_LEADING_DAY = re.compile(r"\d{4}-\d\d-\d\d(?=[ ，,：:])")
# What clerks write in a cell where there is nothing to tell.
NOTHING = frozenset({"", "无", "没有", "未发现", "未发现问题"})


def money(amount: Decimal) -> str:
    """Yuan with thousands separators and two decimals: 12,345.60."""
    return f"{amount:,.2f}"


def ten_thousands(amount: Decimal) -> str:
    """Yuan in 万, shortened for a headline, half up: 3.20 万; under 10,000 as whole yuan."""
    whole = amount.quantize(Decimal(1), ROUND_HALF_UP)
    if abs(whole) < 10000:
        return f"{whole:,f} 元"
    return f"{(amount / 10000).quantize(Decimal('0.01'), ROUND_HALF_UP):,f} 万元"


def code_words(code: str) -> str:
    """A verification code as it is read aloud, in two halves: `DPXA GV94`."""
    return f"{code[:4]} {code[4:]}"


def number(value: Decimal) -> str:
    """A number that is not money, without idle zeros: 12.5."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(value: Decimal, unit: str) -> str:
    """A number as it is written: yuan with two decimals, others without idle zeros."""
    return money(value) if unit == "元" else number(value)


def cell_text(value: Value, field: Field, year: int | None = None) -> str:
    """A cell as shown; nothing for an empty one. A day of the record's own `year` does not say it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return money(value) if field.is_money else number(value)
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, date):
        if field.type == "yearmonth":
            return f"{value.year}年{value.month}月"
        return short_day(value) if value.year == year else day(value)
    return _LEADING_DAY.sub(_day_words, value) if field.role != "reference" else value


def _day_words(found: re.Match[str]) -> str:
    """A day with which words begin, as readers see days: `2025年9月5日 验收合格`."""
    try:
        return day(date.fromisoformat(found[0]))
    except ValueError:
        return found[0]


def cell_data(value: Value, field: Field) -> str:
    """A cell as open data: plain numbers, ISO dates."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()[:7] if field.type == "yearmonth" else value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
