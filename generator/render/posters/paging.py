"""Decides which lines of a table are on which page, and what is carried from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate

from generator.render.posters.carried import (
    BROUGHT,
    FORWARD,
    Amounts,
    carried_text,
    sums_after,
)
from generator.render.posters.columns import LEADING
from generator.render.posters.tables import Cell, Line, Part, Room, SheetTable

SPARE = 0.1  # ems of a page that are left free, for what is rounded
_FEWEST = 3  # lines; fewer at the foot of a first page stay with the others
_WITH_NEXT = ("opening", "group")
_WITH_LAST = ("total", "closing")
_CARRIED = 2.1  # ems: a line of carried sums
_DIGIT, _NARROWEST = 0.6, 40.0  # ems: a digit, and a table on the narrowest paper
_MARKS = 40  # up to so many pages each has a bookmark, beyond that every tenth


def page_ends(lines: Sequence[Line], room: Room) -> tuple[int, ...]:
    """The line before which each page ends; 0 first where the table begins on a page of its own."""
    total = [0.0, *accumulate(line.height for line in lines)]
    tail = room.tail if room.tail < room.other / 2 else 0.0
    ends: list[int] = []
    start, free = 0, room.first
    while True:
        brought = room.carried if start else 0.0
        slack = LEADING if any(x.wraps for x in lines[start : start + 60]) else 0.0
        if total[-1] - total[start] + brought + tail <= free:
            return (*ends, len(lines))
        most = total[start] + free - brought - room.carried - slack
        end = max((n for n in _breaks(lines, start) if total[n] <= most), default=start)
        if not ends and end < _FEWEST < len(lines):
            end = 0
        elif end == start:  # higher than a page, which its making should not allow
            end = next(iter(_breaks(lines, start)), len(lines))
        ends.append(end)
        if end == len(lines):
            return tuple(ends)
        start, free = end, room.other


def is_tail_apart(lines: Sequence[Line], ends: Sequence[int], room: Room) -> bool:
    """Whether what stands below the table needs a page of its own."""
    start = ends[-2] if len(ends) > 1 else 0
    free = room.other - (room.carried if start else 0.0) if len(ends) > 1 else room.first
    return sum(line.height for line in lines[start:]) + room.tail > free


def _breaks(lines: Sequence[Line], start: int) -> list[int]:
    """The places after `start`, near enough to matter, at which a page may end."""
    return [
        n
        for n in range(start + 1, min(start + 120, len(lines)))
        if lines[n].kind not in _WITH_LAST and lines[n - 1].kind not in _WITH_NEXT
    ]


def paged(table: SheetTable, ends: tuple[int, ...], page: int, *, is_apart: bool) -> SheetTable:
    """The table as one part for each page, with sums carried; `page` is the number of the page
    where it begins, and nothing stands above it there when it `is_apart`."""
    sums = sums_after([line.amounts for line in table.lines], table.carried)
    step = 1 if len(ends) <= _MARKS else 10
    parts: list[Part] = []
    start = 0
    for number, end in enumerate(ends, start=page):
        lines = list(table.lines[start:end])
        if start:
            lines[:0] = _carried(BROUGHT, sums[start - 1], table)
        if 0 < end < len(table.lines):
            lines += _carried(FORWARD, sums[end - 1], table)
        label = ""
        if start and number % step == (1 if step > 1 else 0):
            label = f"第 {number} 页：{_first_words(table.lines[start])}"
        parts.append(Part(tuple(lines), number > page or is_apart, label))
        start = end
    return replace(table, pages=tuple(parts))


def _carried(words: str, sums: Amounts, table: SheetTable) -> list[Line]:
    """A line with the sums so far; none where no column is carried."""
    if not table.carried:
        return []
    columns = {column.place: column for column in table.carried}
    texts = [carried_text(sums, columns[p]) if p in columns else "" for p in table.places]
    blank = next((n for n, text in enumerate(texts) if text), len(texts))
    cells = tuple(Cell(text, "number" if text else "text") for text in texts[blank:])
    others = [column for column in table.carried if column.place not in table.places]
    below = tuple((c.field.heading, t) for c in others if (t := carried_text(sums, c)))
    if blank == 0:
        above = Line("carried", (Cell(words, "label", len(texts)),))
        return [above, Line("carried", cells, below)]
    if blank == len(texts):
        return [Line("carried", (Cell(words, "label", blank),), below)]
    return [Line("carried", (Cell(words, "label", blank), *cells), below)]


def carried_height(table: SheetTable) -> float:
    """About the height in ems of the carried sums; what has no column stands below them."""
    lines = _carried(FORWARD, {c.place: Decimal(10**9) for c in table.carried}, table)
    below = sum(len(name) + len(text) * _DIGIT + 2 for x in lines for name, text in x.detail)
    return len(lines) * _CARRIED + below / _NARROWEST * LEADING + bool(below) * LEADING


def _first_words(line: Line) -> str:
    return " ".join(cell.text for cell in line.cells[:3] if cell.text)[:30]
