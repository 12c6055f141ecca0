"""Reads from a laid-out document what was put where. Lengths are CSS pixels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class LaidTable:
    """One part of a table of rows on one page; `rows` are the heights of its lines with what
    belongs to them, `around` is the height of its head and its borders, and of the white under it
    where it goes on."""

    page: int
    top: float
    bottom: float
    around: float
    rows: tuple[float, ...]


def laid_tables(pages: list[Any]) -> tuple[LaidTable, ...]:
    """The tables of rows, page by page."""
    return tuple(
        _laid(number, box)
        for number, page in enumerate(pages)
        for box in walk(page)
        if type(box).__name__ == "TableBox" and "rows" in _classes(box)
    )


def walk(page: Any) -> Iterator[Any]:
    """Every box of a page but those of its margins."""
    left = [box for box in page._page_box.children if not hasattr(box, "at_keyword")]
    while left:
        box = left.pop()
        yield box
        left.extend(reversed(box.children))


def room_of(page: Any) -> tuple[float, float]:
    """The top and bottom of the room for text on a page."""
    box = page._page_box
    top = box.content_box_y()
    return top, top + box.height


def text_end(page: Any) -> float:
    """Where the last of the text ends on a page: the body reaches down to the foot wherever it
    goes on to another page."""
    (body,) = (box for box in walk(page) if box.element_tag == "body")
    ends = (box.position_y + box.margin_height() - box.margin_bottom for box in body.children)
    return float(max(ends, default=body.position_y))


def runs_over(page: Any) -> bool:
    """Whether a drawing that cannot be broken goes on below the room for text."""
    return text_end(page) > room_of(page)[1] + 1


def words_end(page: Any) -> float:
    """The end of the last line or drawing on a page, even where text continues on the next."""
    ends = (box.position_y + box.height for box in walk(page) if not box.children)
    return float(max(ends, default=room_of(page)[0]))


def _laid(page: int, table: Any) -> LaidTable:
    rows: list[float] = []
    for group in table.children:
        for row in () if group.is_header else group.children:
            if "detail" in _classes(row):
                rows[-1] += row.height
            else:
                rows.append(row.height)
    top, height = table.position_y, table.margin_height()
    return LaidTable(page, top, top + height, height - sum(rows), tuple(rows))


def _classes(box: Any) -> list[str]:
    return [] if box.element is None else (box.element.get("class") or "").split()
