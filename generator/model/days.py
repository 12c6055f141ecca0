"""Writes days in Chinese, and reads them at the beginning of a cell's words."""

from __future__ import annotations

import re
from datetime import date

_LEADING_DAY = re.compile(r"\s*(\d{4})(?:-(\d{1,2})-(\d{1,2})|年(\d{1,2})月(\d{1,2})日)")


def day(value: date) -> str:
    """2025年9月3日."""
    return f"{value.year}年{value.month}月{value.day}日"


def short_day(value: date) -> str:
    """9月3日."""
    return f"{value.month}月{value.day}日"


def leading_day(words: str) -> tuple[date | None, str]:
    """The day with which some words begin, and the words after it: `2025-09-05 验收合格`."""
    match = _LEADING_DAY.match(words)
    if match is None:
        return None, words
    try:
        day = date(int(match[1]), int(match[2] or match[4]), int(match[3] or match[5]))
    except ValueError:
        return None, words
    return day, words[match.end() :].lstrip(" ，,：:")
