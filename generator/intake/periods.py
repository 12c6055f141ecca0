"""Decides which period a worksheet covers: from its name, its title, the file's name and its dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.intake.values import parse_date, plain
from generator.model.catalogue import PeriodKind
from generator.model.numerals import chinese_digits, chinese_number
from generator.model.period import Period, parse_period

Kind = Literal["year", "half", "quarter", "month"]

FILE_NAME = "文件名"
_CHINESE_YEAR = re.compile(r"[〇零○一二三四五六七八九]{4}(?=年)")
_CHINESE_MONTH = re.compile(r"(?<![一二三四五六七八九十])(十[一二]?|[一二三四五六七八九])(?=月)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_SPAN = re.compile(
    r"(\d{1,2})月?(?:1日)?(?:-|—|–|~|～|至|到)(?:\d{4}年)?(\d{1,2})月(?:(?:28|29|30|31)日)?(?!\d*日)"
)
_DAY = re.compile(r"\d{4}(?:年|[-./])\d{1,2}(?:月|[-./])\d{1,2}日?|\d{1,2}月\d{1,2}日|20\d{6}")
_UNTIL = re.compile(
    r"截[至止](?:到|日期?|时间)?:?(\d{4}年\d{1,2}月(?:\d{1,2}日?|底|末)|\d{4}-\d{1,2}-\d{1,2})"
)
_END = re.compile(r"(\d{4})年(\d{1,2})月[底末]")
_HALF = re.compile(r"([上下])半年|H([12])(?!\d)", re.IGNORECASE)
_QUARTER = re.compile(r"第?([一二三四1-4])季度?|Q([1-4])(?!\d)", re.IGNORECASE)
_MONTH = re.compile(r"(?<!\d)(\d{1,2})月")
_YEAR_MONTH = re.compile(
    r"(?<!\d)((?:19|20)\d{2})(?:[-./_]?(0[1-9]|1[0-2])|[-./_]([1-9]))(?![\d年])"
)
_LENGTHS: dict[Kind, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True)
class Mention:
    """A period as a text names it: its length, first month and year, any of which may be missing.
    `other` is a stretch of months that is no period."""

    kind: Kind | Literal["", "other"] = ""
    month: int = 0
    year: int = 0


def mention(text: str) -> Mention:
    """The period that a text names. A full date names none: it may be that of the printing."""
    words = _with_digits("".join(plain(text).split()))
    span = _SPAN.search(words)
    if span:
        year = _YEAR.search(words)
        return _span(span, int(year[1]) if year else 0)
    words = _DAY.sub(" ", words)
    year = _YEAR.search(words)
    said = int(year[1]) if year else 0
    part = _part(words)
    if part:
        return Mention(*part, said)
    together = _YEAR_MONTH.search(words)
    if together:
        return Mention("month", int(together[2] or together[3]), int(together[1]))
    return Mention("year", 1, said) if said else Mention()


def _with_digits(words: str) -> str:
    words = _CHINESE_YEAR.sub(lambda m: chinese_digits(m[0]) or m[0], words)
    return _CHINESE_MONTH.sub(lambda m: str(chinese_number(m[1])), words)


def _span(match: re.Match[str], year: int) -> Mention:
    """7月至9月 is a quarter; other stretches are no period that a file can have."""
    first, last = int(match[1]), int(match[2])
    for kind, length in _LENGTHS.items():
        if last - first + 1 == length and (first - 1) % length == 0 and last <= 12:
            return Mention(kind, first, year)
    return Mention("other", first, year)


def _part(words: str) -> tuple[Kind, int] | None:
    """The month, quarter or half that words name, the shortest first."""
    month = _MONTH.search(words)
    if month and 1 <= int(month[1]) <= 12:
        return "month", int(month[1])
    quarter = _QUARTER.search(words)
    if quarter:
        number = quarter[1] or quarter[2]
        return "quarter", int(chinese_digits(number) or number) * 3 - 2
    half = _HALF.search(words)
    if half:
        return "half", 1 if (half[1] or half[2]) in "上1" else 7
    return None


@dataclass(frozen=True)
class Found:
    """A period and what said so; without a period `reason` may say what stands against it."""

    period: Period | None
    reason: str = ""


@dataclass(frozen=True)
class _Said:
    """A text, where it stands, and what it says."""

    place: str
    text: str
    part: Mention

    def __str__(self) -> str:
        return f"{self.place}“{self.text}”"


def period_of(texts: Iterable[tuple[str, str]], days: Iterable[date], usual: PeriodKind) -> Found:
    """The period that texts and dates agree on.

    `texts` are pairs of a place (工作表名) and its words, the nearest to the rows first; `days` are
    the dates in the rows; `usual` is the catalogue's period of the item.
    """
    said = [_Said(place, text, mention(text)) for place, text in texts]
    for entry in said:
        if _until(entry.text) is None and entry.part.kind in ("", "year"):
            continue
        ending = _ending(entry, usual)
        if ending is not None:
            return Found(ending, str(entry))
        break
    parts = [entry for entry in said if entry.part.kind not in ("", "year")]
    years = [entry for entry in said if entry.part.year]
    own = sorted(set(days))
    if parts:
        return _from_parts(parts, years, own, _full_days(said))
    if own and (usual == "month" or usual == "quarter" or usual == "half"):
        inside = {_containing(day, usual) for day in own}
        if len(inside) == 1 and all(entry.part.year == own[0].year for entry in years[:1]):
            return Found(inside.pop(), "表里的日期")
    return Found(_period(years[0].part.year, "year", 1), str(years[0])) if years else Found(None)


def _until(text: str) -> date | None:
    """The day until which a table reports, as a text says."""
    match = _UNTIL.search(_with_digits("".join(plain(text).split())))
    if match is None:
        return None
    end = _END.fullmatch(match[1])
    if end is None:
        return parse_date(match[1])
    month = parse_period(f"{end[1]}-{int(end[2]):02}")
    return month.end if month else None


def _ending(entry: _Said, usual: PeriodKind) -> Period | None:
    """The period that ends on the day which a text names; a register of the year may be as of any
    day."""
    day = _until(entry.text)
    if day is None or not (
        usual == "month" or usual == "quarter" or usual == "half" or usual == "year"
    ):
        return None
    period = _containing(day, usual)
    return period if day == period.end or usual == "year" else None


def _full_days(said: Iterable[_Said]) -> list[date]:
    """The whole dates among titles."""
    found = (match[0] for entry in said for match in _DAY.finditer(entry.text))
    return [day for text in found if (day := parse_date(text)) is not None]


def _from_parts(
    parts: list[_Said], years: list[_Said], days: list[date], told: Sequence[date]
) -> Found:
    """The period of the nearest text that names a month, quarter or half. Where none names the year, a
    title's date does that is the last day of such a period, as balance sheets carry it."""
    chosen, part = parts[0], parts[0].part
    for other in parts[1:]:
        # A copied worksheet often keeps the old title; a file's name may well be about more.
        is_near = other.place != FILE_NAME
        if is_near and other.part.kind == part.kind and other.part.month != part.month:
            return Found(None, f"{chosen}和{other}说的不是同一期")
    if part.kind == "other" or part.kind == "":
        return Found(None, f"{chosen}不是整月、整季、半年或整年")
    year, reason = part.year, str(chosen)
    if not year and years:
        year, reason = years[0].part.year, f"{chosen}、{years[0]}"
    if not year and len({day.year for day in days}) == 1:
        year, reason = days[0].year, f"{chosen}、表里的日期"
    ends = {day.year for day in told if _period(day.year, part.kind, part.month).end == day}
    if not year and len(ends) == 1:
        year, reason = ends.pop(), f"{chosen}、标题里的日期"
    if not year:
        return Found(None, f"{chosen}没有写是哪一年")
    return Found(_period(year, part.kind, part.month), reason)


def _containing(day: date, kind: Kind) -> Period:
    """The period of a kind that a day lies in."""
    length = _LENGTHS[kind]
    return _period(day.year, kind, (day.month - 1) // length * length + 1)


def _period(year: int, kind: Kind, month: int) -> Period:
    text = {
        "month": f"{year}-{month:02}",
        "quarter": f"{year}Q{(month + 2) // 3}",
        "half": f"{year}H{1 if month == 1 else 2}",
        "year": f"{year}",
    }[kind]
    period = parse_period(text)
    assert period is not None
    return period
