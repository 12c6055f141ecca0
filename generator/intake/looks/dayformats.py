"""Formats days and times under one section of a number format, as Chinese Excel and WPS show them."""

from __future__ import annotations

from datetime import datetime

from generator.intake.looks.digits import NUMERALS
from generator.intake.looks.formatcodes import Section, Token

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LONG_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEK = "一二三四五六日"


def day_text(section: Section, day: datetime) -> str | None:
    """The text shown for a day; None where that is not known."""
    tokens = section.tokens
    if section.numerals > 1 or any(
        t.kind in ("general", "text", "percent", "comma") for t in tokens
    ):
        return None
    if day.microsecond or any(
        token.kind == "digit" or (token.kind == "unknown" and token.text != "/") for token in tokens
    ):
        return None
    is_halved = any(token.kind == "day" and "/" in token.text for token in tokens)
    texts = []
    for place, token in enumerate(tokens):
        if token.kind != "day":
            texts.append(token.text)
            continue
        text = _part(token.text, day, is_halved, _is_minute(tokens, place))
        if text is None or (section.is_localised and text[:1].isascii() and text[:1].isalpha()):
            return None  # a name in the language that the section asks for
        texts.append(_in_numerals(text, token.text) if section.numerals else text)
    return "".join(texts)


def _is_minute(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether an m stands behind hours or before seconds."""
    if tokens[place].text not in ("m", "mm"):
        return False
    days = [
        (p, token.text)
        for p, token in enumerate(tokens)
        if token.kind == "day" and "/" not in token.text
    ]
    order = [p for p, _ in days].index(place)
    before = days[order - 1][1][0] if order else ""
    after = days[order + 1][1][0] if order + 1 < len(days) else ""
    return before == "h" or after == "s"


def _part(code: str, day: datetime, is_halved: bool, is_minute: bool) -> str | None:
    """The text of one placeholder."""
    kind, length = code[0], len(code)
    if "/" in code:
        words = code.split("/") if code[0] not in "aA" or length > 3 else ("A", "P")
        return words[day.hour >= 12]
    if kind in "ye":  # e is the year of the era, which is the common one in Chinese programs
        return f"{day.year % 100:02}" if kind == "y" and length < 3 else str(day.year)
    if kind == "a":
        return ("星期" if length > 3 else "") + _WEEK[day.weekday()]
    if kind == "h":
        hour = (day.hour % 12 or 12) if is_halved else day.hour
        return f"{hour:0{min(length, 2)}}"
    if kind == "s":
        return f"{day.second:0{min(length, 2)}}"
    if is_minute:
        return f"{day.minute:0{min(length, 2)}}"
    if length < 3:
        return f"{day.month if kind == 'm' else day.day:0{length}}"
    if kind == "m":
        return {3: _MONTHS, 4: _LONG_MONTHS}.get(length, tuple(name[0] for name in _MONTHS))[
            day.month - 1
        ]
    return (_DAYS if length == 3 else _LONG_DAYS)[day.weekday()]


def _in_numerals(text: str, code: str) -> str:
    """A year digit by digit, months, days and times as they are spoken: 二〇二五, 十一, 二十."""
    if not text.isdigit():
        return text
    if code[0] in "ye":
        return "".join(NUMERALS[int(digit)] for digit in text)
    number = int(text)
    tens, ones = divmod(number, 10)
    ten = ("" if tens == 1 else NUMERALS[tens]) + "十" if tens else ""
    return ten + (NUMERALS[ones] if ones or not tens else "")
