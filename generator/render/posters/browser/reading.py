"""Reads from a print what was put where. Lengths are CSS pixels from the top of the room for text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby, pairwise
from operator import itemgetter

import pikepdf
import pypdfium2

from generator.render.posters.browser.document import MarkedTable
from generator.render.posters.laid import EngineError, LaidTable

_PX = 96 / 72
_NEAR = 1.0  # px


@dataclass(frozen=True)
class Reading:
    """A print of `count` pages of text; `places` are the pages and heights of marks."""

    pdf: bytes
    count: int
    places: Mapping[str, tuple[int, float]]

    def at(self, mark: str) -> tuple[int, float] | None:
        """The page, counted from 0, and the height of a mark; None where it is not shown."""
        return self.places.get(mark)

    def parts(self, table: MarkedTable) -> Iterator[LaidTable]:
        """The parts of a table on its pages. How high the last line before a new page is cannot be
        seen: no mark is below it."""
        starts = [place for mark in table.lines if (place := self.at(mark))]
        begin, end = self.at(table.begin), self.at(table.end)
        if not starts or begin is None:
            return
        head = starts[0][1] - begin[1] if begin[0] == starts[0][0] else 0.0
        for page, group in groupby(starts, key=itemgetter(0)):
            tops = [top for _, top in group]
            heights: list[float | None] = [low - high for high, low in pairwise(tops)]
            bottom = end[1] if end and end[0] == page else tops[-1]
            heights.append(bottom - tops[-1] or None)
            yield LaidTable(page, tops[0] - head, bottom, head, tuple(heights))

    def drawn_end(self, page: int, above: float, bottom: float) -> float:
        """Where what is drawn in the room for text ends, under a margin of `above`."""
        document = pypdfium2.PdfDocument(self.pdf)
        try:
            sheet = document[page]
            high = sheet.get_height()
            ends = [(high - item.get_bounds()[1]) * _PX - above for item in sheet.get_objects()]
        finally:
            document.close()
        return max((end for end in ends if 0 < end <= bottom + _NEAR), default=0.0)


def read_print(pdf: bytes, edges: int) -> Reading:
    """What a print tells whose last pages are `edges`. Raises EngineError where it has no marks."""
    with pikepdf.open(BytesIO(pdf)) as document:
        numbers = {page.obj.objgen: number for number, page in enumerate(document.pages)}
        places = {
            name[1:]: (numbers[place[0].objgen], -float(place[3]) * _PX)
            for name, place in document.Root.get("/Dests", {}).items()
        }
        highs = [float(page.mediabox[3]) * _PX for page in document.pages]
    if not places:
        raise EngineError("浏览器的 PDF 里没有位置，排不出页；请更新浏览器")
    found = {name: (page, highs[page] + low) for name, (page, low) in places.items()}
    return Reading(pdf, len(highs) - edges, found)
