"""Works out what a spreadsheet program shows for a value under a number format: exactly that, or nothing.

All in decimal; halves are rounded away from zero, as the programs do. The text is known only where it depends on
code and value alone: exponents, fractions, elapsed time, eras and characters repeated over a cell's width are not
rendered, and `shown_text` gives None for them.
"""

from __future__ import annotations

import re
from datetime import datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from generator.intake.looks.dayformats import day_text
from generator.intake.looks.digits import digits_text, general_text
from generator.intake.looks.formatcodes import Section, parse_code

GENERAL = "General"
_MOST = Decimal(10) ** 40
_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)
_SIMPLE = re.compile(r"(#,##)?0(?:\.(0{1,9}))?_? ?")
_DIGIT = re.compile(r"[1-9]")
_MINUS = re.compile(r"[-(（负]")
_GENERAL_NAMES = frozenset(("", "general", "g/通用格式"))
_COMPARE = {
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
}
_MONTH, _DAY, _FULL = 'yyyy"年"m"月"', 'm"月"d"日"', 'yyyy"年"m"月"d"日"'
_TIME, _SECONDS = 'h"时"mm"分"', 'h"时"mm"分"ss"秒"'
# The codes of the numbers that a workbook needs not spell out, as Chinese Excel and WPS show them
# (ECMA-376 part 1, 18.8.30, with the zh-cn column).
_BUILTIN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: '"¥"#,##0;"¥"-#,##0', 6: '"¥"#,##0;[Red]"¥"-#,##0',
    7: '"¥"#,##0.00;"¥"-#,##0.00', 8: '"¥"#,##0.00;[Red]"¥"-#,##0.00',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: _MONTH, 28: _DAY, 29: _DAY, 30: "m-d-yy", 31: _FULL, 32: _TIME, 33: _SECONDS,
    34: f"上午/下午{_TIME}", 35: f"上午/下午{_SECONDS}", 36: _MONTH,
    37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;[Red]-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    50: _MONTH, 51: _DAY, 52: _MONTH, 53: _DAY, 54: _DAY, 55: f"上午/下午{_TIME}",
    56: f"上午/下午{_SECONDS}", 57: _MONTH, 58: _DAY,
}  # fmt: skip


def builtin_code(number: int) -> str:
    """The code of a built-in format; General where there is none."""
    return _BUILTIN.get(number, GENERAL)


def is_general(code: str) -> bool:
    """Whether a code leaves the look to the program."""
    return code.lower() in _GENERAL_NAMES


@lru_cache(16_384)
def shown_text(code: str, value: str | Decimal | datetime) -> str | None:
    """The text shown for a value: a day, a number, or a text, even one of digits (001).

    None where that is not known. A section that shows nothing (`;;;`) gives an empty text.
    """
    sections = _sections(code)
    if isinstance(value, datetime):
        return day_text(sections[0], value) if sections[0].is_date else None
    if isinstance(value, str):
        return _words(sections, value)
    if abs(value) > _MOST:
        return None
    simple = _SIMPLE.fullmatch(code)
    if simple:
        return _simple(value, bool(simple[1]), len(simple[2] or ""))
    return _of_number(sections, value)


@lru_cache(1024)
def _sections(code: str) -> tuple[Section, ...]:
    return parse_code(GENERAL if is_general(code) else code)


def _simple(number: Decimal, is_grouped: bool, decimals: int) -> str:
    """The commonest codes, without the long way."""
    rounded = number.quantize(Decimal(1).scaleb(-decimals), context=_EXACT)
    rounded = rounded if rounded else abs(rounded)  # no -0.00
    return f"{rounded:,f}" if is_grouped else f"{rounded:f}"


def _words(sections: tuple[Section, ...], text: str) -> str | None:
    """A text, which only a section for texts changes."""
    own = sections[3] if len(sections) > 3 else None
    if own is None and sections[-1].has("text"):
        own = sections[-1]
    if own is None:
        return text
    if own.has("unknown") or own.has("digit") or own.is_date:
        return None
    return "".join(text if token.kind == "text" else token.text for token in own.tokens)


def _of_number(sections: tuple[Section, ...], number: Decimal) -> str | None:
    chosen = _chosen(sections, number)
    if chosen is None:
        return None
    section, has_sign = chosen
    if section.is_date or section.has("unknown"):
        return None
    if section.has("text"):  # a number in a cell of texts
        return _words((section,), general_text(number) or "") or None
    text = digits_text(section, abs(number))
    if text is None or not text or number >= 0:
        return text
    if "0" in text and not _DIGIT.search(text):
        return text  # -0.00 shows without its sign
    # Red is how accountants write minus; on a page or in a message nobody sees the colour.
    is_minus = has_sign or (section.is_red and not _MINUS.search(text))
    return f"-{text}" if is_minus else text


def _chosen(sections: tuple[Section, ...], number: Decimal) -> tuple[Section, bool] | None:
    """The section for a number, and whether the program writes the minus by itself."""
    numeric = sections[:3] if not sections[-1].has("text") or len(sections) == 1 else sections[:-1]
    numeric = numeric[:3]
    if any(section.condition for section in numeric):
        return _by_condition(numeric, number)
    if len(numeric) == 1:
        return numeric[0], True
    if number < 0:
        return numeric[1], False
    if number == 0 and len(numeric) > 2:
        return numeric[2], False
    return numeric[0], False


def _by_condition(numeric: tuple[Section, ...], number: Decimal) -> tuple[Section, bool] | None:
    """By the sections' own comparisons. Which of the programs writes a minus there differs, so that a
    negative number's look is not known."""
    if number < 0:
        return None
    for section in numeric[:2]:
        condition = section.condition
        if condition and _COMPARE[condition[0]](number, condition[1]):
            return section, False
    if len(numeric) == 1:
        return None  # no section fits: the programs show ###
    rest = [section for section in numeric if section.condition is None]
    return (rest[-1], False) if len(rest) == 1 else None
