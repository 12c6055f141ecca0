"""Reads from the boxes of WeasyPrint's documents what was put where. Lengths are CSS pixels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from generator.render.posters.laid import LaidTable


@dataclass(frozen=True)
class BoxPage:
    """A page of a document."""

    page: Any

    @property
    def top(self) -> float:
        """Where the room for text begins."""
        return float(self.page._page_box.content_box_y())

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.top + float(self.page._page_box.height)

    @property
    def text_end(self) -> float:
        """Where the last of the text ends: the body reaches down to the foot wherever it goes on to
        another page."""
        (body,) = (box for box in walk(self.page) if box.element_tag == "body")
        ends = (box.position_y + box.margin_height() - box.margin_bottom for box in body.children)
        return float(max(ends, default=body.position_y))

    @property
    def words_end(self) -> float:
        """The end of the last line or drawing, even where text continues on the next page."""
        ends = (box.position_y + box.height for box in walk(self.page) if not box.children)
        return float(max(ends, default=self.top))

    @property
    def runs_over(self) -> bool:
        """Whether a drawing that cannot be broken goes on below the room for text."""
        return self.text_end > self.bottom + 1


@dataclass(frozen=True)
class Boxes:
    """A document of WeasyPrint's, laid out."""

    document: Any

    @cached_property
    def pages(self) -> tuple[BoxPage, ...]:
        """Its pages in order."""
        return tuple(map(BoxPage, self.document.pages))

    @cached_property
    def tables(self) -> tuple[LaidTable, ...]:
        """The tables of rows, page by page."""
        return laid_tables(self.document.pages)


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
