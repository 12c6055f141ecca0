"""Periods as file names write them: 2025, 2025H1, 2025Q3, 2025-09, 2025-09-12."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

_PATTERN = re.compile(
    r"(?P<year>\d{4})(?:H(?P<half>[12])|Q(?P<quarter>[1-4])"
    r"|-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?"
)
_QUARTERS = ("第一季度", "第二季度", "第三季度", "第四季度")


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of days, both ends included. `text` is as in the file name."""

    start: date
    end: date
    text: str
    kind: Literal["year", "half", "quarter", "month", "event", "standing"]

    @property
    def title(self) -> str:
        """The period as a reader says it, e.g. 2025年9月; nothing for what has no end."""
        if self.kind == "standing":
            return ""
        year = f"{self.start.year}年"
        return year if self.kind == "year" else year + self.short

    @property
    def short(self) -> str:
        """The period without its year, e.g. 9月; a year as it is."""
        if self.kind == "half":
            return "上半年" if self.start.month == 1 else "下半年"
        if self.kind == "quarter":
            return _QUARTERS[(self.start.month - 1) // 3]
        if self.kind == "month":
            return f"{self.start.month}月"
        if self.kind == "event":
            return f"{self.start.month}月{self.start.day}日"
        return self.title

    def covers(self, other: Period) -> bool:
        """Whether all days of another period are in this one."""
        return self.start <= other.start and other.end <= self.end

    def follows(self, other: Period) -> bool:
        """Whether this period begins the day after the other ends."""
        return (self.start - other.end).days == 1

    @property
    def before(self) -> Period | None:
        """The period of the same kind that ends the day before this one begins; None for events
        and what has no end."""
        if self.kind in ("event", "standing"):
            return None
        last = self.start - timedelta(days=1)
        texts = {
            "month": f"{last.year}-{last.month:02d}",
            "quarter": f"{last.year}Q{(last.month + 2) // 3}",
            "half": f"{last.year}H{(last.month + 5) // 6}",
            "year": str(last.year),
        }
        return parse_period(texts[self.kind])


STANDING = Period(date.min, date.max, "current", "standing")


def periods_of(kind: str, year: int) -> tuple[Period, ...]:
    """The periods of a kind in a year; none for events and what stands."""
    parts = {
        "year": ("",),
        "half": ("H1", "H2"),
        "quarter": ("Q1", "Q2", "Q3", "Q4"),
        "month": tuple(f"-{month:02}" for month in range(1, 13)),
    }
    found = (parse_period(f"{year}{part}") for part in parts.get(kind, ()))
    return tuple(period for period in found if period is not None)


def parse_period(text: str) -> Period | None:
    """Read a period of a file name; None when it is not one."""
    match = _PATTERN.fullmatch(text)
    if not match or not 1949 <= int(match["year"]) <= 2999:
        return None
    year = int(match["year"])
    if match["day"]:
        try:
            day = date(year, int(match["month"]), int(match["day"]))
        except ValueError:
            return None
        return Period(day, day, text, "event")
    if match["month"]:
        first, count, kind = int(match["month"]), 1, "month"
    elif match["quarter"]:
        first, count, kind = int(match["quarter"]) * 3 - 2, 3, "quarter"
    elif match["half"]:
        first, count, kind = int(match["half"]) * 6 - 5, 6, "half"
    else:
        first, count, kind = 1, 12, "year"
    if not 1 <= first <= 12:
        return None
    last = first + count - 1
    end = date(year, last, monthrange(year, last)[1])
    return Period(date(year, first, 1), end, text, kind)  # type: ignore[arg-type]
