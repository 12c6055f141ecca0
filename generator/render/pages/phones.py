"""Telephone numbers in a finished page, each a link that a phone dials: wherever they stand, in a
notice's words, a cell, an answer or a channel's note.

What the privacy gate takes for a telephone is taken for one here; numbers of another length, and
those within a longer number or code, are not. Short numbers are only called so where the words
beside them say it: 12345 may be an amount.
"""

from __future__ import annotations

import re

from generator.render.pages.addresses import dial

_EDGE_BEFORE = r"(?<![0-9A-Za-z.,_/*\u2010-\u2015-])"
_EDGE_AFTER = r"(?![0-9A-Za-z_/*\u2010-\u2015-]|[.,][0-9])"
_GAP = r"[-\u2010-\u2014 \u00a0]"
_FULL = (
    rf"0[0-9]{{2,3}}{_GAP}[0-9]{{7,8}}",  # a fixed line with its area
    rf"1[3-9][0-9](?:{_GAP}?[0-9]{{4}}){{2}}",  # a mobile
    rf"[48]00{_GAP}?[0-9]{{3}}{_GAP}?[0-9]{{4}}",  # a service paid by who is called
)
# After these words a number is one to call, without its area too.
_CALLED = r"(?:(?<=电话)|(?<=电话：)|(?<=电话:)|(?<=电话 )|(?<=拨打)|(?<=拨)|(?<=打)|(?<=打 ))"
_SHORT = (
    rf"{_CALLED}(?:0[0-9]{{9,11}}|[2-8][0-9]{{6,7}}|1[0-9]{{4}}|9[56][0-9]{{3,4}}|1(?:10|19|20|22))",
    r"(?:12[0-9]{3}|9[56][0-9]{3,4})(?=[\u4e00-\u9fff]{0,6}热线)",
)
_NUMBER = re.compile(f"{_EDGE_BEFORE}(?:{'|'.join((*_FULL, *_SHORT))}){_EDGE_AFTER}")
_AMOUNT = re.compile(r"\s*(?:元|万|亩|户|人|份|次|吨|斤|米|天|年|月|号)")
_SHORT_DIGITS = 8  # of a number that may be an amount
_BESIDE = 120  # characters of a page after a text, in which a channel's own link stands
# Within these no link may stand, or none is looked for: passed over whole.
_CLOSED = "a|button|head|label|option|script|style|summary|svg|textarea"
# Either of those, up to its last sign, or a text behind a tag, if a number may be in it.
_PART = re.compile(
    rf"<!--.*?--(?=>)|<((?i:{_CLOSED}))\b[^<>]*>.*?</(?i:\1)(?=>)|>([^<]*[0-9]{{3}}[^<]*)",
    re.DOTALL,  # letters count for nothing in names of tags only: that is slow
)


def with_calls(html: str) -> str:
    """A page whose telephone numbers are links. Only the text between tags is looked at. A number
    that stands in the name of a channel whose link follows, as 12345 does, is none a second time.
    """
    return _PART.sub(_part_with_calls, html)


def _part_with_calls(part: re.Match[str]) -> str:
    if part[2] is None:
        return part[0]
    beside = part.string[part.end() : part.end() + _BESIDE]

    def link(match: re.Match[str]) -> str:
        number = match[0]
        is_amount = len(number) <= _SHORT_DIGITS and _AMOUNT.match(part[2], match.end())
        if is_amount or f'href="{dial(number)}"' in beside:
            return number
        return f'<a class="tel" href="{dial(number)}">{number}</a>'

    return f">{_NUMBER.sub(link, part[2])}"
