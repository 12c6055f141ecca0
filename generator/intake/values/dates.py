"""Parses dates and months as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from generator.intake.values.cells import CellContext, Refusal, plain
from generator.model.numerals import chinese_digits, chinese_number

_SEPARATOR = r"\s*(?P<s>[-/.])\s*"
_DAY = re.compile(rf"(\d{{4}}){_SEPARATOR}(\d{{1,2}})\s*(?P=s)\s*(\d{{1,2}})", re.ASCII)
_DAY_IN_WORDS = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?", re.ASCII)
_DAY_IN_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_MONTH = re.compile(rf"(\d{{4}}){_SEPARATOR}(\d{{1,2}})", re.ASCII)
_MONTH_IN_WORDS = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月?", re.ASCII)
_ONLY_A_MONTH = re.compile(
    r"\d{4}\s*(?:年\s*\d{1,2}\s*月份?\s*(?:[底末初中]|[上中下]旬)?|[-/.]\s*\d{1,2})", re.ASCII
)
_MONTH_IN_DIGITS = re.compile(r"(\d{4})(\d{2})", re.ASCII)
_NO_YEAR = re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?", re.ASCII)
_NO_YEAR_IN_DIGITS = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[日号]?", re.ASCII)
_DAY_ONLY = re.compile(r"(\d{1,2})\s*[日号]", re.ASCII)
_DOUBTFUL = re.compile(
    rf"(\d{{1,2}}){_SEPARATOR}(\d{{1,2}})\s*(?P=s)\s*(\d{{4}}|\d{{1,2}})", re.ASCII
)
_SHORT_YEAR = re.compile(r"(\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?", re.ASCII)
_LOST_ZERO = re.compile(r"(\d{4})\s*\.\s*1", re.ASCII)
_TIME = re.compile(
    r"(?:(?<=\d)(?:\s+|T)|(?<=[日号])\s*)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,6})?)?$", re.ASCII
)
_STAMP = re.compile(r"(\d{8})(\d{2})(\d{2})(\d{2})", re.ASCII)
_CHINESE = re.compile(
    r"(?:([零〇○一二三四五六七八九]{4})年)?([一二三四五六七八九十]{1,3})月"
    r"(?:([一二三四五六七八九十]{1,3})[日号])?"
)
_FROM_TO = re.compile(
    r"[自从由]?\s*(?P<first>\d{4}\s*(?:年|[-/.])\s*\d{1,2}\s*(?:月|[-/.])\s*\d{1,2}\s*[日号]?|\d{8})\s*起?\s*"
    r"(?:(?:-{1,2}|[—―─]{1,2}|~{1,2}|[至到])\s*"
    r"(?:(?P<last>\d{4}\s*(?:年|[-/.])\s*\d{1,2}\s*(?:月|[-/.])\s*\d{1,2}\s*[日号]?|\d{8})"
    r"|(?P<month>\d{1,2})\s*(?:月|[-/.])\s*(?P<day>\d{1,2})\s*[日号]?)\s*[止终]?)?"
    r"\s*(?:\([^()]{1,20}\))?",
    re.ASCII,
)
_YEARS = range(1900, 2200)
_SERIAL = re.compile(r"\d{5}", re.ASCII)
_SERIALS = range(36526, 73051)  # 2000-01-01 to 2099-12-31
_BEFORE_SERIALS = date(1899, 12, 30)  # day 0, given that the programs count a 1900-02-29


def read_date(body: str, context: CellContext) -> date | Refusal:
    """A day; without a year it must lie in the file's period, which gives the year."""
    text = _without_time(_in_digits(body))
    day = _whole_date(text) or _serial(text)
    if day is not None:
        return day
    match = _NO_YEAR.fullmatch(text) or _NO_YEAR_IN_DIGITS.fullmatch(text)
    if match:
        return _with_year(int(match[1]), int(match[2]), context)
    match = _DAY_ONLY.fullmatch(text)
    if match:
        return _with_month(int(match[1]), context)
    readings = sorted(dict.fromkeys(_readings(text)), key=lambda day: -day.year)
    return _ambiguous(*map(_title, readings)) if readings else Refusal("date")


def read_month(body: str, context: CellContext) -> date | Refusal:
    """A month as its first day, or that day itself, which is what spreadsheet programs make of
    2025-03."""
    text = _in_digits(body)
    match = _LOST_ZERO.fullmatch(text)
    if match and int(match[1]) in _YEARS:
        # A cell of numbers that was typed 2025.10 holds 2025.1.
        return _ambiguous(f"{match[1]}年1月", f"{match[1]}年10月")
    for pattern in (_MONTH, _MONTH_IN_WORDS, _MONTH_IN_DIGITS):
        match = pattern.fullmatch(text)
        if match:
            year, month = (int(part) for part in match.groups() if part.isdigit())
            return _date(year, month, 1) or Refusal("month")
    day = _whole_date(_without_time(text)) or _serial(text)
    return day if day is not None and day.day == 1 else Refusal("month")


def is_only_a_month(text: str) -> bool:
    """Whether a text names a month of a year and no day: 2023年6月, 2026年4月底, 2022.11."""
    return _ONLY_A_MONTH.fullmatch(_in_digits(plain(text).strip())) is not None


def read_whole_date(body: str) -> date | None:
    """A date with year, month and day in this order."""
    return _whole_date(_without_time(body))


def parse_term(text: str) -> tuple[date | None, date | None]:
    """The first and the last day of a term in one cell (2023.1.1-2033.12.31); None for a day that
    does not stand there.

    A last day without its year (2024年1月1日至12月31日) is of the first one's. Years and months
    without days (2022-2052, 20年) give no day, and neither does a term that ends before it begins.
    """
    term = _FROM_TO.fullmatch(_CHINESE.sub(lambda match: _in_digits(match[0]), plain(text)))
    first = _whole_date(term["first"].strip()) if term else None
    if term is None or first is None:
        return None, None
    if term["last"]:
        last = _whole_date(term["last"].strip())
    elif term["month"]:
        last = _date(first.year, int(term["month"]), int(term["day"]))
    else:
        return first, None
    return (first, last) if last is not None and first <= last else (None, None)


def _whole_date(text: str) -> date | None:
    for pattern in (_DAY, _DAY_IN_WORDS, _DAY_IN_DIGITS):
        match = pattern.fullmatch(text)
        if match:
            year, month, day = (int(part) for part in match.groups() if part.isdigit())
            return _date(year, month, day)
    return None


def _without_time(text: str) -> str:
    """A date without the time of day that banks and spreadsheet programs append."""
    stamp = _STAMP.fullmatch(text)
    if stamp:
        text = f"{stamp[1]} {stamp[2]}:{stamp[3]}:{stamp[4]}"
    time = _TIME.search(text)
    if not time:
        return text
    hour, minute, second = (int(part or 0) for part in time.groups())
    return text[: time.start()] if hour < 24 and minute < 60 and second < 60 else text


def _with_year(month: int, day: int, context: CellContext) -> date | Refusal:
    period = context.period
    if period is None or period.start.year != period.end.year:
        return Refusal("date-year", reason="看不出是哪一年")
    read = _date(period.start.year, month, day)
    if read is None:
        return Refusal("date")
    if not period.start <= read <= period.end:
        # In January's worksheet 12月28日 is of the year before: which year it is cannot be known.
        return Refusal("date-year", reason=f"又不在{period.title}之内")
    return read


def _with_month(day: int, context: CellContext) -> date | Refusal:
    """A day that names no month is of the file's, where that is one month."""
    period = context.period
    start, end = (period.start, period.end) if period else (date.min, date.max)
    if (start.year, start.month) != (end.year, end.month):
        return Refusal("date-year", reason="看不出是哪个月")
    return _date(start.year, start.month, day) or Refusal("date")


def _readings(text: str) -> Iterator[date]:
    """The days that a date in no certain order may mean."""
    match = _SHORT_YEAR.fullmatch(text)
    if match:
        orders = [tuple(int(part) for part in match.groups())]
    else:
        match = _DOUBTFUL.fullmatch(text)
        if not match:
            return
        one, _, two, three = match.groups()
        first, second, third = int(one), int(two), int(three)
        orders = [(third, first, second), (third, second, first)] if len(three) > 1 else []
        if len(three) < 4:
            orders.append((first, second, third))
    for year, month, day in orders:
        read = _date(year if year > 99 else 2000 + year, month, day)
        if read is not None:
            yield read


def _title(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _ambiguous(*readings: str) -> Refusal:
    return Refusal("date-ambiguous", readings="，也许是".join(readings))


def _serial(text: str) -> date | None:
    """The day of a number that a spreadsheet program counts days with."""
    if not _SERIAL.fullmatch(text) or int(text) not in _SERIALS:
        return None
    return _BEFORE_SERIALS + timedelta(days=int(text))


def _in_digits(body: str) -> str:
    """二〇二五年三月一日 as 2025年3月1日; another text as it is."""
    match = _CHINESE.fullmatch("".join(body.split()))
    if not match:
        return body
    numbers = [chinese_number(part) if part else None for part in match.groups()[1:]]
    if numbers[0] is None or (match[3] and numbers[1] is None):
        return body
    year = f"{chinese_digits(match[1])}年" if match[1] else ""
    return f"{year}{numbers[0]}月" + (f"{numbers[1]}日" if match[3] else "")


def _date(year: int, month: int, day: int) -> date | None:
    if year not in _YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
