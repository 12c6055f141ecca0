"""Short phrases that only pages need: days left, counts of a board, codes set in fours."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import quote

from generator.views.calendar import Window
from generator.views.text import day, short_day
from generator.views.villages import BoardView

_NUMBER_AND_UNIT = re.compile(r"(?<=[0-9]) (?=[㐀-鿿])")
_LABELLED = re.compile(r"(?:^|(?<=。))([^：。，；、]{2,6})：")


def days_left(days: int) -> str:
    """`还有 3 天`, or `今天到期`."""
    return f"还有 {days} 天" if days else "今天到期"


def window_words(window: Window, today: date) -> str:
    """Until when a record hangs on the board; nothing when that is not known."""
    if window.start is None or window.end is None:
        return ""
    if today < window.start:
        return f"{short_day(window.start)}起公示"
    if window.is_over(today):
        return "公示期已满"
    end = day(window.end) if window.end.year != today.year else short_day(window.end)
    return f"公示至{end}（{days_left((window.end - today).days)}）"


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
