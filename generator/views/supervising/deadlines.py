"""Decides by which day something was to be mended, where the words of whoever asked for it say so."""

from __future__ import annotations

import re
from datetime import date, timedelta

from generator.model.numerals import chinese_number

_NUMBER = r"(\d{1,3}|[一二两三四五六七八九十]{1,3})"
_WITHIN = re.compile(_NUMBER + r"\s*(?:天|日)\s*(?:之内|以内|内)")
_BY = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日(?:之前|以前|前)")
_AT_ONCE = re.compile(r"当[天日]")


def deadline(words: str, asked: date) -> date | None:
    """The last day that words name, which were written on the day `asked`: 三天内补签, 10月15日前运完,
    当天撤换. None where they name none that is sure; working days are not counted here."""
    if by := _BY.search(words):
        year, month, day = int(by[1] or asked.year), int(by[2]), int(by[3])
        if not by[1] and (month, day) < (asked.month, asked.day):
            year += 1
        try:
            return date(year, month, day)
        except ValueError:
            return None
    if within := _WITHIN.search(words):
        count = int(within[1]) if within[1].isdigit() else chinese_number(within[1])
        return asked + timedelta(days=count) if count else None
    return asked if _AT_ONCE.search(words) else None
