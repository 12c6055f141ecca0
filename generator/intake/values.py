"""Values as people write them: each parser gives the value, or None when it cannot be one."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

# Twelve digits before the point are a trillion yuan: a longer number is a slip of the hand, and
# sums and products of such numbers stay exact in 28 digits.
_DIGITS = r"(?:\d{1,12}|\d{1,3}(?:,\d{3}){1,3})(?:\.\d{1,16})?"
_NUMBER = re.compile(rf"([+-]?)\s*({_DIGITS})", re.ASCII)
_AMOUNT = re.compile(rf"([+-]?)\s*¥?\s*([+-]?)\s*({_DIGITS})\s*元?", re.ASCII)
_TIME = r"(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"  # as Excel and banks write a day
_DATE = re.compile(
    r"(?:(\d{4})\s*(?:-|/|\.|年)\s*(\d{1,2})\s*(?:-|/|\.|月)\s*(\d{1,2})\s*日?"
    rf"|(\d{{4}})(\d{{2}})(\d{{2}})){_TIME}",
    re.ASCII,
)
_MONTH = re.compile(r"(\d{4})\s*(?:-|/|\.|年)\s*(\d{1,2})\s*月?|(\d{4})(\d{2})", re.ASCII)
_YES = frozenset({"是", "√", "✓", "有", "true"})
_NO = frozenset({"否", "×", "✗", "无", "false"})
_YEARS = range(1900, 2200)
_CENT = Decimal("0.01")

# Full-width forms of ASCII, and white space and signs that look like ASCII ones. Not NFKC: that
# would read 5² as 52.
_HALF_WIDTH = {0xFF01 + n: 0x21 + n for n in range(94)} | {
    0x3000: " ",
    0x00A0: " ",
    0xFFE5: "¥",
    0x2212: "-",
}


def plain(text: str) -> str:
    """Full-width forms made half-width, outer white space removed."""
    return text.translate(_HALF_WIDTH).strip()


def parse_number(text: str) -> Decimal | None:
    """A number with optional thousands separators; Chinese and accounting minus are known."""
    match = _NUMBER.fullmatch(_unbracketed(plain(text)))
    return _signed(match[1], match[2]) if match else None


def parse_amount(text: str) -> Decimal | None:
    """An amount of money in yuan, exact, with two decimals at most."""
    body = plain(text)
    if body.endswith(")元"):
        body = body.removesuffix("元")
    match = _AMOUNT.fullmatch(_unbracketed(body))
    if not match or (match[1] and match[2]):
        return None
    amount = _signed(match[1] or match[2], match[3])
    return amount.quantize(_CENT) if amount == amount.quantize(_CENT) else None


def _unbracketed(body: str) -> str:
    """`(1200)` as accountants write minus becomes `-1200`."""
    if not (body.startswith("(") and body.endswith(")")):
        return body
    inner = body[1:-1].strip()
    return f"-{inner}" if inner[:1].isdigit() or inner.startswith("¥") else body


def _signed(sign: str, digits: str) -> Decimal:
    number = Decimal(digits.replace(",", ""))
    return -number if sign == "-" else number


def parse_integer(text: str) -> int | None:
    """A whole number."""
    number = parse_number(text)
    if number is None or number != number.to_integral_value():
        return None
    return int(number)


def parse_date(text: str) -> date | None:
    """A full date: 2025-03-01, 2025/3/1, 2025.3.1, 2025年3月1日 or 20250301; a time of day after
    it is passed over."""
    match = _DATE.fullmatch(plain(text))
    if not match:
        return None
    year, month, day = (int(part) for part in match.groups() if part is not None)
    return _date(year, month, day)


def parse_month(text: str) -> date | None:
    """A month as its first day: 2025-03, 2025/3, 2025.3, 2025年3月 or 202503; also the first day
    itself, which is what spreadsheet programs make of 2025-03."""
    match = _MONTH.fullmatch(plain(text))
    if match:
        year, month = (int(part) for part in match.groups() if part is not None)
        return _date(year, month, 1)
    day = parse_date(text)
    return day if day is not None and day.day == 1 else None


def _date(year: int, month: int, day: int) -> date | None:
    if year not in _YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def parse_boolean(text: str) -> bool | None:
    """Yes or no as ticked in a form."""
    word = plain(text).lower()
    if word in _YES:
        return True
    return False if word in _NO else None
