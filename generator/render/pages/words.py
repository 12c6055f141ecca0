"""Short phrases that only pages need: days left, counts of a board, codes set in fours."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

from generator.views.calendar import Window
from generator.views.text import day, short_day
from generator.views.villages import BoardView


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
    """`5 项`, `都已公开`, `本月新 1`."""
    total = len(board.items)
    state = "都已公开" if board.published == total else f"已公开 {board.published} 项"
    words = (f"{total} 项", state)
    return (*words, f"本月新 {board.fresh}") if board.fresh else words


def code_words(code: str) -> str:
    """A verification code as it is read aloud: `XXXX XXXX`."""
    return f"{code[:4]} {code[4:]}"


def dial(number: str) -> str:
    """A phone number as a `tel:` address."""
    return "tel:" + "".join(c for c in number if c.isdigit() or c == "+")


def file_url(folder: str, name: str) -> str:
    """The address of a file beside a page; names may be Chinese or have blanks."""
    return folder + quote(name)


def shortened(text: str, most: int = 120) -> str:
    """A text for a page's description."""
    return text if len(text) <= most else text[: most - 1] + "…"
