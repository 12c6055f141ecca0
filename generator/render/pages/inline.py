"""Sets running text on a page: days from which a script counts, numbers that keep their units."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from markupsafe import Markup, escape

from generator.publishing.text import day, short_day

_NUMBER_AND_UNIT = re.compile(r"(?<=[0-9]) (?=[㐀-鿿])")
_SUM = re.compile("([0-9][0-9,]*[.][0-9]{2})(?=\N{NO-BREAK SPACE}元)")
_LABELLED = re.compile(r"(?:^|(?<=。))([^：。，；、]{2,6})：")
Counted = Literal["left", "late", "last", "over"]
"""What days.js says at a day: how many days are left until it is over, of a display (`left`) or of
the time for objections (`last`); how many have passed since it was missed (`late`); or only that
it is over (`over`), beside another day that counts."""


def dated(text: str, when: date | None, counted: Counted | None = "left") -> Markup:
    """A text whose first mention of a day is marked for the script that counts from it.

    No page carries the count itself: it would be wrong the day after, and a page that nobody
    built again would say so for ever.
    """
    whole = escape(text)
    if when is None or counted is None:
        return whole
    forms = (f"{day(when)}到期", day(when), short_day(when))
    written = next((form for form in forms if form in whole), "")
    if not written:
        return whole
    before, _, after = whole.partition(written)
    mark = Markup('<time datetime="{}" data-count="{}">{}</time>')
    return before + mark.format(when.isoformat(), counted, written) + after


def kept(text: str) -> str:
    """A sentence in which no line ends between a number and its unit."""
    return _NUMBER_AND_UNIT.sub("\N{NO-BREAK SPACE}", text)


def weighed(text: str) -> Markup:
    """The same with its sums of money in bold."""
    return Markup(_SUM.sub(r"<b>\1</b>", str(escape(kept(text)))))


def labelled(text: str) -> tuple[tuple[str, str], ...]:
    """A text that is written as `做什么：…。什么时候：…。` in its parts; one part without a label
    where it is not."""
    parts = _LABELLED.split(text)
    if parts[0] or len(parts) <= 3:
        return (("", text),)
    return tuple(zip(parts[1::2], parts[2::2], strict=True))
