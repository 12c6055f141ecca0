"""Detects numbers that identify a person: identity cards, bank cards, telephones.

Digits are read as groups, so that 138 1234 5678 and 138-12345678 are one number, while the
groups of a date or of an amount are none. All of it is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from generator.gate.findings import Kind, Span

_RUN = re.compile(r"[0-9](?:[ .·/()-]{0,6}[0-9])*(?:[ .·/()-]{0,2}X(?![A-Z]))?")
_GAP = r"[ .·/()-]{1,6}"
_SPELLED = re.compile(
    rf"(?<![0-9])[0-9](?:{_GAP}[0-9](?![0-9])){{7,}}(?:{_GAP}X)?"
    rf"|(?<![0-9])[0-9]{{2}}(?:{_GAP}[0-9]{{2}}(?![0-9])){{4,}}(?:{_GAP}[0-9X](?![0-9]))?"
    r"|[0-9]+X?|X"
)
# Province, city and county; 81 to 83 are residence permits of Hong Kong, Macau and Taiwan,
# 9 the permanent residence of foreigners.
_REGION = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9[1-9])(?!0000)[0-9]{4}"
_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_ID18 = rf"{_REGION}(?:18|19|20)[0-9]{{2}}{_DAY}[0-9]{{3}}[0-9X]"
_ID18_ANYWHERE = re.compile(f"(?=({_ID18}))")
_ID18_WHOLE = re.compile(_ID18)
_ID15_WHOLE = re.compile(rf"{_REGION}[0-9]{{2}}{_DAY}[0-9]{{3}}")
# Birth date left open by whoever hid only the last digits.
_ID_OPEN = re.compile(rf"(?<![0-9]){_REGION}(?:19|20)[0-9]{{2}}{_DAY}(?=[*X×＊]{{2,4}})")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

_CARD_START = re.compile("[3-69]")
_CARD_BANK = re.compile("62|4|5[1-5]|6[089]|95|3[57]")
_LABELLED_ACCOUNT = re.compile(
    r"(?:卡号|账号|帐号|一卡通|存折|社保卡|银行卡|账户号码)[^0-9\n]{0,6}([0-9](?:[ -]?[0-9]){9,24})(?![0-9])"
)
_MOBILE = re.compile(r"(?:\+?(?:00)?86)?0?(1[3-9][0-9]{9})")
_MOBILE_SHAPES = ((3, 4, 4), (3, 8), (7, 4), (3, 3, 5))  # with blanks; else 1500 2000 300
_GLUED_MOBILES = re.compile(r"(?:1[3-9][0-9]{9}){2,}")
_LANDLINE = re.compile(r"(?:(?:00)?86)?(0(?:10|2[0-9]|[3-9][0-9]{2})[1-9][0-9]{6,7})")
_AREA = re.compile(r"0[0-9]{2,3}")
_LABELLED_PHONE = re.compile(
    r"(?:电话|手机|座机|固话|联系方式|热线|TEL)(?:号码|号)?[ :：是为()-]{0,4}"
    r"([0-9]{7,8}|[0-9]{3,4}[ -][0-9]{4})(?![0-9.]|[ -][0-9])"
)
_FEWEST = 10  # digits of any number that `_windows` is asked for
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


class _Group(NamedTuple):
    """Digits written without a gap, or one by one or in pairs with equal gaps."""

    start: int
    end: int
    text: str


def find_numbers(text: str, public: frozenset[str]) -> Iterator[Span]:
    """Private numbers in a folded text; `public` are the digits of declared telephones."""
    finders: tuple[tuple[Callable[[str], Iterator[tuple[int, int]]], Kind], ...] = (
        (_ids, "id"),
        (_cards, "card"),
        (lambda rest: _phones(rest, public), "phone"),
    )
    for finder, kind in finders:
        pieces, last = [], 0
        for start, end in sorted(set(finder(text))):
            yield Span(start, end, kind)
            if start >= last:  # taken out, so that the rest is judged by itself
                pieces += [text[last:start], "#" * (end - start)]
                last = end
        if pieces:
            text = "".join((*pieces, text[last:]))


def phone_digits(text: str) -> Iterator[str]:
    """The digits of each telephone number that a folded text names."""
    for start, end in _phones(text, frozenset()):
        yield _bare(text[start:end])


# ----------------------------------------------------------------------------- identity cards


def _ids(text: str) -> Iterator[tuple[int, int]]:
    for match in _ID18_ANYWHERE.finditer(text):
        if _is_checked(match[1]):
            yield match.start(1), match.end(1)
    for match in _ID_OPEN.finditer(text):
        yield match.span()
    for groups in _windows(text, 18, 18):
        number = _joined(groups)
        shape = _shape(groups)
        is_list = _has_date(groups) and shape != (6, 4, 2, 2, 4)  # 320 450 2025-05-12 1200
        is_known = shape in ((18,), (6, 8, 4), (17, 1)) or (not is_list and _is_checked(number))
        if is_known and _ID18_WHOLE.fullmatch(number):
            yield groups[0].start, groups[-1].end
    for groups in _windows(text, 15, 15):
        if _shape(groups) in ((15,), (6, 6, 3), (12, 3), (6, 9)) and _ID15_WHOLE.fullmatch(
            _joined(groups)
        ):
            yield groups[0].start, groups[-1].end


def _is_checked(number: str) -> bool:
    """Whether the last character follows from the others (GB 11643)."""
    total = sum(int(digit) * w for digit, w in zip(number, _ID_WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == number[17]


# ------------------------------------------------------------------------------------- cards


def _cards(text: str) -> Iterator[tuple[int, int]]:
    for match in _LABELLED_ACCOUNT.finditer(text):
        yield match.span(1)
    for groups in _windows(text, 16, 19):
        number = _joined(groups)
        if not (number.isdigit() and _CARD_START.match(number) and _is_luhn(number)):
            continue
        if len(groups) == 1 or (_is_card_in_groups(groups) and not _has_decimals(text, groups)):
            yield groups[0].start, groups[-1].end


def _is_card_in_groups(groups: tuple[_Group, ...]) -> bool:
    """Groups such as are printed on cards: fours, or the bank's six and the rest. Round numbers
    in a row are amounts."""
    number, shape = _joined(groups), _shape(groups)
    if all(group.text.endswith("0") for group in groups) or not _CARD_BANK.match(number):
        return False
    in_fours = set(shape[:-1]) == {4} and shape[-1] <= 4
    return in_fours or (number.startswith("62") and len(shape) < 4 and min(shape) > 3)


def _is_luhn(number: str) -> bool:
    total = 0
    for place, char in enumerate(reversed(number)):
        digit = int(char) * (1 + place % 2)
        total += digit - 9 if digit > 9 else digit
    return total % 10 == 0


# ------------------------------------------------------------------------------------ phones


def _phones(text: str, public: frozenset[str]) -> Iterator[tuple[int, int]]:
    for match in _LABELLED_PHONE.finditer(text):
        digits = _bare(match[1])
        if not any(number.endswith(digits) for number in public):
            yield match.span(1)
    for groups in _windows(text, 10, 16):
        number = _joined(groups)
        if _is_phone(text, groups, number) and _bare(number) not in public:
            yield groups[0].start, groups[-1].end
    for match in _GLUED_MOBILES.finditer(text):
        yield match.span()


def _is_phone(text: str, groups: tuple[_Group, ...], number: str) -> bool:
    shape = _shape(groups)
    if _has_date(groups) or min(shape) < 2 or len(shape) > 5 or _has_decimals(text, groups):
        return False
    first = groups[0].start
    inside = text[max(first - 2, 0) : first]
    if re.fullmatch(r"[0-9][.-]", inside):  # the end of a longer number
        return False
    if _MOBILE.fullmatch(number):
        bare = _without_prefix(groups)
        return not _has_blanks(text, bare) or _shape(bare) in _MOBILE_SHAPES
    if len(shape) == 1:
        return bool(_LANDLINE.fullmatch(number))
    area, *rest = _without_prefix(groups)
    digits = sum(len(group.text) for group in rest)
    return bool(_AREA.fullmatch(area.text)) and digits in (7, 8) and len(rest) < 4


def _without_prefix(groups: tuple[_Group, ...]) -> tuple[_Group, ...]:
    """The groups after the country's number."""
    return groups[1:] if groups[0].text in ("86", "0086") and len(groups) > 1 else groups


def _bare(number: str) -> str:
    """The digits of a telephone number without the country's, and a mobile's without zero."""
    digits = re.sub(r"[^0-9]", "", number)
    if len(digits) > 11:
        digits = re.sub(r"^(?:00)?86", "", digits)
    return digits[1:] if re.fullmatch(r"01[3-9][0-9]{9}", digits) else digits


# ------------------------------------------------------------------------------------ groups


def _windows(text: str, least: int, most: int) -> Iterator[tuple[_Group, ...]]:
    """Neighbouring whole groups with so many digits in all."""
    for groups in _runs(text):
        for first in range(len(groups)):
            size = 0
            for last in range(first, len(groups)):
                size += len(groups[last].text)
                if size > most:
                    break
                if size >= least:
                    yield tuple(groups[first : last + 1])


@lru_cache(maxsize=8)  # each kind of number looks through the groups of the same text
def _runs(text: str) -> tuple[list[_Group], ...]:
    """The groups of each run that can hold a private number."""
    return tuple(_groups(run) for run in _RUN.finditer(text) if len(run[0]) >= _FEWEST)


def _groups(run: re.Match[str]) -> list[_Group]:
    """The groups of a run; 1 3 8 0 0 … and 13 80 01 … are each one."""
    groups: list[_Group] = []
    for spelled in _SPELLED.finditer(run[0]):
        start = run.start() + spelled.start()
        digits = re.sub(r"[^0-9X]", "", spelled[0])
        groups.append(_Group(start, start + len(spelled[0]), digits))
    return groups


def _joined(groups: tuple[_Group, ...]) -> str:
    return "".join(group.text for group in groups)


def _shape(groups: tuple[_Group, ...]) -> tuple[int, ...]:
    return tuple(len(group.text) for group in groups)


def _has_blanks(text: str, groups: tuple[_Group, ...]) -> bool:
    """Whether groups are parted by blanks alone, as numbers in a row are."""
    return any(text[one.end : other.start].isspace() for one, other in pairwise(groups))


def _has_decimals(text: str, groups: tuple[_Group, ...]) -> bool:
    """Whether one of the groups is the cents of another: 150.00 2000.50."""
    return any(
        text[one.end : other.start] == "." and len(other.text) == 2
        for one, other in pairwise(groups)
    )


def _has_date(groups: tuple[_Group, ...]) -> bool:
    """Whether year and month stand among the groups: 1999-12-31."""
    return any(
        _YEAR.fullmatch(year.text) and len(month.text) < 3 and int(month.text) < 13
        for year, month in pairwise(groups)
        if month.text.isdigit()
    )
