"""Chinese numerals: 壹万贰仟叁佰元整, 一万二千三百元, 二〇二五.

Read by place, and only where no other reading exists: in 一万二 the last digit may be meant as
thousands, so that a digit without a place of its own must follow its neighbour or a 零.
"""

from __future__ import annotations

import re
from decimal import Decimal

_SIGNS = {
    **dict.fromkeys("零〇", "0"),
    **dict.fromkeys("一壹弌", "1"),
    **dict.fromkeys("二贰貳弍两", "2"),
    **dict.fromkeys("三叁參叄弎", "3"),
    **dict.fromkeys("四肆", "4"),
    **dict.fromkeys("五伍", "5"),
    **dict.fromkeys("六陆陸", "6"),
    **dict.fromkeys("七柒", "7"),
    **dict.fromkeys("八捌", "8"),
    **dict.fromkeys("九玖", "9"),
    **dict(
        zip("十拾百佰千仟万萬亿億元圆圓角分整正", "十十百百千千万万亿亿元元元角分整整", strict=True)
    ),
}
_PARTS = re.compile(r"(?:([^万亿]+)亿)?(?:([^万亿]+)万)?([^万亿]*)")
# Each place is a 零 that may stand before it, its digit, and its unit.
_SECTION = re.compile(
    r"(?:(0?)([1-9])千)?(?:(0?)([1-9])百)?(?:(0?)([1-9]?)十)?(?:(0?)([1-9]))?", re.ASCII
)
_AMOUNT = re.compile(
    r"(?:([^元角分整]+)元|(?=[^元整]*[角分]))(?:0角|(0?)([1-9])角)?(?:(?:0分|(0?)([1-9])分)|整)?",
    re.ASCII,
)
_YEAR_SIGNS = _SIGNS | {"○": "0"}  # typed for 〇, which GB 2312 did not have


def chinese_digits(text: str) -> str | None:
    """二〇二五 as 2025: digits only, one after the other."""
    digits = "".join(_YEAR_SIGNS.get(sign, "?") for sign in text)
    return digits if digits.isascii() and digits.isdigit() else None


def chinese_number(text: str) -> int | None:
    """A whole number below a trillion."""
    places = _places(_signs(text))
    return None if places is None else places[0]


def chinese_amount(text: str) -> Decimal | None:
    """Yuan with 角 and 分, or a whole number that does not say 元."""
    signs = _signs(text)
    match = _AMOUNT.fullmatch(signs)
    if match is None:
        whole = _places(signs.removesuffix("整"))
        return None if whole is None else Decimal(whole[0])
    yuan, *rest = match.groups()
    read = _places(yuan) if yuan else (0, None)
    if read is None:
        return None
    amount, above = Decimal(read[0]), read[1]
    for place, zero, digit in ((-1, rest[0], rest[1]), (-2, rest[2], rest[3])):
        if not digit:
            continue
        if zero and not _is_gap(above, place):
            return None
        amount += Decimal(int(digit)).scaleb(place)
        above = place
    return amount


def _signs(text: str) -> str:
    """One sign for each meaning; what is no numeral becomes `?`."""
    return "".join(_SIGNS.get(sign, "?") for sign in "".join(text.split()))


def _is_gap(above: int | None, place: int) -> bool:
    return above is not None and above - place > 1


def _places(signs: str) -> tuple[int, int | None] | None:
    """The number and its lowest place that was written."""
    if signs == "0":
        return 0, 0
    match = _PARTS.fullmatch(signs)
    if not match or not signs:
        return None
    total, above = 0, None
    for power, part in zip((8, 4, 0), match.groups(), strict=True):
        section = _SECTION.fullmatch(part or "")
        if section is None or (part == "0"):
            return None
        groups = section.groups()
        for place, zero, digit in zip((3, 2, 1, 0), groups[::2], groups[1::2], strict=True):
            if digit is None:
                continue
            here = power + place
            is_gap = _is_gap(above, here)
            if zero and not is_gap:
                return None
            if not zero and above is not None and (digit == "" or (place == 0 and is_gap)):
                return None
            total += int(digit or 1) * 10**here
            above = here
    return total, above
