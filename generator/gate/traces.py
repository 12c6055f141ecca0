"""Detects what gives a person away without being a plain number: permits, birth dates, mail, plates,
places on the map."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.gate.findings import Kind, Span

_NUMERAL = "[0-9一二三四五六七八九十〇零○]"
_DATE = (
    rf"(?:{_NUMERAL}{{2,4}} ?年 ?{_NUMERAL}{{1,3}} ?月(?: ?{_NUMERAL}{{1,3}} ?[日号])?"
    r"|(?:19|20)[0-9]{2} ?[./-] ?[0-9]{1,2}(?: ?[./-] ?[0-9]{1,2})?|(?:19|20)[0-9]{6})"
)
# 1965年12月31日以前出生 is a rule, not a birthday.
_NOT_A_RULE = r"(?! ?(?:以?[前后起]|之[前后]|至|到|[-~—]))"
_BIRTHS = (
    re.compile(
        rf"(?:出生(?:年月日|日期|年月|时间|于)?|诞生于?|生于|生日|BIRTHDAY)[ :：为是()]{{0,4}}({_DATE})"
        rf"{_NOT_A_RULE}"
    ),
    re.compile(rf"({_DATE}) ?(?:出生|诞生|生(?![产效活长态育意源成物命]))"),
)
# Eight digits that are a date are no passport: S20251008 numbers a sheet.
_NO_DATE = r"(?!20[0-9]{2}(?:0[1-9]|1[0-2])[0-3])"
_PERMITS = (
    re.compile(
        rf"(?<![A-Z0-9-])(?:E[A-Z][0-9]{{7}}|[EGHMCWTLSDPK]{_NO_DATE}[0-9]{{8}}(?:[0-9]{{2}})?)(?![A-Z0-9])"
    ),
    re.compile(r"(?<![A-Z0-9-])[A-Z]{1,2}[0-9]{6} ?\([0-9A]\)"),
    re.compile(
        r"(?:护照|通行证|台胞证|回乡证|居留证|居住证|军官证|残疾证|港澳证)(?:号码|号|证号)?[ :：为是()]{0,4}"
        r"([A-Z]{0,3}[ -]?[0-9][0-9 -]{4,18}[0-9X])"
    ),
)
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼] ?[A-HJ-NP-Z][ ·.-]?"
    r"(?=[A-Z]{0,5}[0-9])(?:[A-HJ-NP-Z0-9]{6}|[A-HJ-NP-Z0-9]{5}|[A-HJ-NP-Z0-9]{4}[挂学警港澳])"
    r"(?![A-Z0-9])"
)
_LONGITUDE = r"(?:7[3-9]|[89][0-9]|1[0-2][0-9]|13[0-5])"
_LATITUDE = r"(?:[3-9]|[1-4][0-9]|5[0-4])"
_BETWEEN = r"[°度EN]?[ ,，、;/|]{1,3}[EN]?"
_LOCATIONS = (
    re.compile(rf"(?<![0-9.]){_LONGITUDE}\.[0-9]{{3,}}{_BETWEEN}{_LATITUDE}\.[0-9]{{3,}}"),
    re.compile(rf"(?<![0-9.]){_LATITUDE}\.[0-9]{{3,}}{_BETWEEN}{_LONGITUDE}\.[0-9]{{3,}}"),
    re.compile(
        r"(?<![0-9])[0-9]{1,3} ?[°度º] ?[0-9]{1,2}(?:\.[0-9]+)? ?['′’分](?: ?[0-9]{1,2}(?:\.[0-9]+)? ?[\"″”秒'’]{0,2})?"
    ),
    re.compile(
        r"(?:经度|纬度|东经|北纬|LNG|LAT|LONGITUDE|LATITUDE)[ :：=为是\"']{0,4}[0-9]{1,3}\.[0-9]{3,}"
    ),
    re.compile(r"(?<![0-9.])[0-9]{1,3}\.[0-9]{3,} ?[°度º]"),
)
# One of these stands in every location, and in few other texts.
_DECIMALS_OR_DEGREES = re.compile(r"[0-9](?:\.[0-9]{3}| ?[°度º])")
_DIGIT = re.compile("[0-9]")
_AT = re.compile(r" ?@ ?| ?[\[(【] ?AT ?[\])】] ?")
_BEFORE_AT = re.compile(r"[A-Z0-9._%+-]{1,64}\Z")
_AFTER_AT = re.compile(r"[A-Z0-9-]{1,63}(?: ?[.。] ?[A-Z0-9-]{1,63}){1,4}")


def find_marks(text: str) -> Iterator[Span]:
    """Private marks in a folded text. Most texts have no digit, and nothing of what needs one."""
    if "生" in text or "BIRTHDAY" in text:
        yield from _found(text, "birth", _BIRTHS)
    if _DIGIT.search(text):
        for pattern in _PERMITS:
            for match in pattern.finditer(text):
                yield Span(*match.span(match.lastindex or 0), "permit")
        yield from _found(text, "plate", (_PLATE,))
        if _DECIMALS_OR_DEGREES.search(text):
            yield from _found(text, "location", _LOCATIONS)
    if "@" in text or "AT" in text:
        yield from _mails(text)


def _found(text: str, kind: Kind, patterns: tuple[re.Pattern[str], ...]) -> Iterator[Span]:
    for pattern in patterns:
        for match in pattern.finditer(text):
            yield Span(*match.span(), kind)


def _mails(text: str) -> Iterator[Span]:
    """Looked for from the @ outwards, since a long word without one must cost nothing."""
    for at in _AT.finditer(text):
        before = _BEFORE_AT.search(text, max(at.start() - 64, 0), at.start())
        after = _AFTER_AT.match(text, at.end())
        if before and after:
            yield Span(before.start(), after.end(), "email")
