"""Short phrases that only pages need: days from which a script counts, counts of a board."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal
from urllib.parse import quote

from markupsafe import Markup, escape

from generator.views.calendar import Window
from generator.views.text import day, short_day
from generator.views.villages import BoardView

_NUMBER_AND_UNIT = re.compile(r"(?<=[0-9]) (?=[㐀-鿿])")
_OBJECT = "前可以提异议"
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
    ends = (f"{day(when)}{_OBJECT}", f"{short_day(when)}{_OBJECT}") if counted == "last" else ()
    forms = (*ends, f"{day(when)}到期", day(when), short_day(when))
    written = next((form for form in forms if form in whole), "")
    if not written:
        return whole
    before, _, after = whole.partition(written)
    mark = Markup('<time datetime="{}" data-count="{}">{}</time>')
    return before + mark.format(when.isoformat(), counted, written) + after


def objection_words(window: Window, today: date) -> Markup:
    """Until when one can object, the clock that a reader has to watch; nothing once it is over."""
    return last_words(window.objections_until if window.takes_objections(today) else None, today)


def last_words(last: date | None, today: date) -> Markup:
    """The last day on which one can object, with its year where it is not this one."""
    if last is None:
        return Markup()
    return dated(
        f"{day(last) if last.year != today.year else short_day(last)}{_OBJECT}", last, "last"
    )


def window_words(window: Window, today: date) -> Markup:
    """Until when a record hangs on the board; nothing when that is not known. The year stands
    where it is not that of the first day. The days that are left are counted only where no time
    for objections runs: one clock leads."""
    if window.start is None or window.end is None:
        return Markup()
    if today < window.start:
        return Markup(f"{short_day(window.start)}起公示")
    if window.is_over(today):
        return Markup("公示期已满")
    end = day(window.end) if window.end.year != window.start.year else short_day(window.end)
    return dated(f"公示至{end}", window.end, "over" if window.takes_objections(today) else "left")


def board_words(board: BoardView) -> tuple[str, ...]:
    """`5 项`, `都已公开`, `本月新增 1 份`; what is late has a mark of its own."""
    total = len(board.items)
    words: tuple[str, ...] = (f"{total} 项",)
    if board.published < total:
        words = (*words, f"已公开 {board.published} 项")
    elif not board.late:
        words = (*words, "都已公开")
    return (*words, f"本月新增 {board.fresh} 份") if board.fresh else words


def kept(text: str) -> str:
    """A sentence in which no line ends between a number and its unit."""
    return _NUMBER_AND_UNIT.sub("\N{NO-BREAK SPACE}", text)


def dial(number: str) -> str:
    """A phone number as a `tel:` address."""
    return "tel:" + "".join(c for c in number if c.isdigit() or c == "+")


def police_page(number: str) -> str:
    """Where the police show a site's registration (公安备案), by the digits of its number."""
    digits = "".join(c for c in number if c in "0123456789")
    page = f"#/query/webSearch?code={digits}" if digits else ""
    return f"https://beian.mps.gov.cn/{page}"


def file_url(folder: str, name: str) -> str:
    """The address of a file beside a page; names may be Chinese or have blanks."""
    return folder + quote(name)


def shortened(text: str, most: int = 120) -> str:
    """A text for a page's description."""
    return text if len(text) <= most else text[: most - 1] + "…"


def labelled(text: str) -> tuple[tuple[str, str], ...]:
    """A text that is written as `做什么：…。什么时候：…。` in its parts; one part without a label
    where it is not."""
    parts = _LABELLED.split(text)
    if parts[0] or len(parts) <= 3:
        return (("", text),)
    return tuple(zip(parts[1::2], parts[2::2], strict=True))
