"""Walks the parts of an .xlsx workbook: what of a worksheet is hidden or merged, and how its cells look."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

from generator.intake.decoding import Span, cell_place
from generator.intake.looks.excelstyles import Styles, runs_of
from generator.intake.looks.styles import PLAIN, Runs, Styled, is_flat
from generator.intake.looks.xmlparts import Extent, Marks, local
from generator.intake.packages import RefusedError

_ROW = re.compile(r"[1-9][0-9]{0,6}", re.ASCII)
_TRUE = ("1", "true")
_CHARACTER = 5.5  # points of a column's unit of width, in the usual type


class ExcelWorksheet:
    """Per-call state for walking the part of one worksheet."""

    def __init__(self, name: str, is_hidden: bool, most_cells: int, styles: Styles) -> None:
        self.styles = styles
        self.is_hidden = is_hidden
        self.extent = Extent(name, most_cells)
        self.row = self.column = 0
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[range] = []
        self.merged: list[Span] = []
        self.shown: dict[int, dict[int, str]] = {}
        self.styled: dict[int, dict[int, Styled]] = {}

    def read(self, part: bytes) -> Marks:
        """The marks of the worksheet. Raises `RefusedError`."""
        steps: dict[str, Callable[[ET.Element], None]] = {
            "col": self._column,
            "c": self._cell,
            "mergeCell": self._merged,
        }
        events = ET.iterparse(io.BytesIO(part), events=("start", "end"))
        _, root = next(events)
        for event, element in events:
            tag = local(element.tag)
            if tag == "row":
                self._row(element, event)
                if event == "end":
                    element.clear()
                    root.clear()
            elif event == "end" and tag in steps:
                steps[tag](element)
        columns = {c for r in self.hidden_columns for c in r if c < self.extent.width}
        return Marks(
            self.is_hidden,
            frozenset(self.hidden_rows),
            frozenset(columns),
            tuple(self.merged),
            self.shown,
            self.styled,
        )

    def _row(self, element: ET.Element, event: str) -> None:
        if event == "start":
            number = element.get("r", str(self.row + 1))
            if not _ROW.fullmatch(number):
                raise RefusedError("file-damaged")
            self.row = int(number)
            self.column = -1
            if element.get("hidden") in _TRUE or is_flat(element.get("ht", "")):
                self.hidden_rows.add(self.row)

    def _column(self, element: ET.Element) -> None:
        if element.get("hidden") in _TRUE or is_flat(element.get("width", ""), _CHARACTER):
            first, last = int(element.get("min", 1)), int(element.get("max", 1))
            self.hidden_columns.append(range(first - 1, min(last, 16_384)))

    def _cell(self, element: ET.Element) -> None:
        # The reader of values goes by the cell's own place, too.
        reference = element.get("r")
        self.row, self.column = _place(reference) if reference else (self.row, self.column + 1)
        kind = element.get("t", "n")
        children = {local(child.tag): child for child in element}
        value, formula = children.get("v"), children.get("f")
        text = (value.text or "") if value is not None else ""
        if len(element):
            self.extent.add(self.row, self.column)
            self._style(element, kind, text, children.get("is"))
        if kind == "e":
            self._show(text or "#VALUE!")
        elif formula is not None and not text and not (kind == "str" and value is not None):
            self._show(f"={formula.text or '…'}")

    def _style(self, cell: ET.Element, kind: str, text: str, inline: ET.Element | None) -> None:
        """How a filled cell looks, where that is other than plain."""
        # A cell that gives no style has the first.
        styled = self.styles.cells.get(cell.get("s", "0"))
        runs: Runs = ()
        if kind == "s" and self.styles.strings:
            runs = self.styles.strings.get(text, ())
        elif kind == "inlineStr" and inline is not None:
            runs = runs_of(inline)
        if runs:
            styled = Styled(styled.style if styled else PLAIN, runs)
        if styled is not None:
            self.styled.setdefault(self.row, {})[self.column] = styled

    def _show(self, text: str) -> None:
        self.shown.setdefault(self.row, {})[self.column] = text

    def _merged(self, element: ET.Element) -> None:
        first, _, last = element.get("ref", "").partition(":")
        start, end = _place(first), _place(last or first)
        self.merged.append(Span(start[0], end[0], start[1], end[1]))


def _place(reference: str) -> tuple[int, int]:
    """The place of a cell. Where its reference is none the file is refused: the reader of values may
    take it for a far place."""
    place = cell_place(reference)
    if place is None:
        raise RefusedError("file-damaged")
    return place
