"""Walks content.xml of an .ods workbook: what of a worksheet is hidden or merged, and how its cells look."""

from __future__ import annotations

import io
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from generator.intake.decoding import Span
from generator.intake.looks.openstyles import STYLES, OpenStyles
from generator.intake.looks.styles import PLAIN, Styled, struck_runs
from generator.intake.looks.xmlparts import Extent, Marks, attribute, local
from generator.intake.packages import Package

_NUMBERS = ("float", "currency", "percentage", "date")
# What cells have that hold nothing.
_LOOKS = {
    "style-name",
    "content-validation-name",
    "protect",
    "protected",
    "number-columns-repeated",
    "number-columns-spanned",
    "number-rows-spanned",
    "number-matrix-columns-spanned",
    "number-matrix-rows-spanned",
}


class OpenWorksheets:
    """Per-call state for walking content.xml of an .ods workbook."""

    def __init__(self, most_cells: int) -> None:
        self.most = most_cells
        self.styles = OpenStyles()
        self.marks: dict[str, Marks] = {}

    def read(self, package: Package) -> dict[str, Marks]:
        """The marks of each worksheet by its name."""
        common = package.parts.get("styles.xml")
        if common is not None:
            for group in ET.fromstring(common):
                # Its other styles are those of headers and footers, whose names content.xml uses anew.
                for style in group if local(group.tag) == "styles" else ():
                    if local(style.tag) in STYLES:
                        self.styles.add(style)
        events = ET.iterparse(io.BytesIO(package.parts["content.xml"]), events=("start", "end"))
        for event, element in events:
            tag = local(element.tag)
            if event == "end" and tag in STYLES:
                self.styles.add(element)
            elif event == "start" and tag == "table":
                name = attribute(element, "name")
                is_hidden = attribute(element, "style-name") in self.styles.hidden
                worksheet = _OpenWorksheet(name, is_hidden, self.most, self.styles)
                self.marks[name] = worksheet.read(element, events)
        return self.marks


class _OpenWorksheet:
    """Per-call state for taking one table of an .ods workbook from the events."""

    def __init__(self, name: str, is_hidden: bool, most_cells: int, styles: OpenStyles) -> None:
        self.styles = styles
        self.is_hidden = is_hidden
        self.extent = Extent(name, most_cells)
        self.row = self.column = 0
        self.hidden_rows: list[range] = []
        self.hidden_columns: list[range] = []
        self.merged: list[Span] = []
        self.shown: dict[int, dict[int, str]] = {}
        self.styled: dict[int, dict[int, Styled]] = {}
        self.column_styles: list[tuple[range, str]] = []
        self.without_text: list[tuple[int, int]] = []  # numbers of which nothing is shown
        self.has_texts = False  # whether the program that wrote the worksheet keeps what is shown

    def read(self, table: ET.Element, events: Iterator[tuple[str, ET.Element]]) -> Marks:
        """The marks of a table, whose last event is taken too."""
        for event, element in events:
            tag = local(element.tag)
            if event == "end" and element is table:
                break
            if event == "end" and tag == "table-column":
                self._column(element)
            elif event == "end" and tag == "table-row":
                self._row(element)
                element.clear()
        rows = {n for r in self.hidden_rows for n in r if n <= self.extent.height}
        columns = {c for r in self.hidden_columns for c in r if c < self.extent.width}
        for row, column in self.without_text if self.has_texts else ():
            self.styled.setdefault(row, {})[column] = Styled(shown="")
        return Marks(
            self.is_hidden,
            frozenset(rows),
            frozenset(columns),
            tuple(self.merged),
            self.shown,
            self.styled,
        )

    def _column(self, element: ET.Element) -> None:
        count = _repeated(element, "number-columns-repeated")
        columns = range(self.column, min(self.column + count, 16_384))
        if self._is_hidden(element):
            self.hidden_columns.append(columns)
        self.column_styles.append((columns, attribute(element, "default-cell-style-name")))
        self.column += count

    def _row(self, element: ET.Element) -> None:
        count = _repeated(element, "number-rows-repeated")
        if self._is_hidden(element):
            self.hidden_rows.append(range(self.row + 1, min(self.row + count, 1_048_576) + 1))
        column = 0
        for cell in element:
            if local(cell.tag) in ("table-cell", "covered-table-cell"):
                width = _repeated(cell, "number-columns-repeated")
                if len(cell) or {local(key) for key in cell.attrib} - _LOOKS:
                    self.extent.add(self.row + count, column + width - 1)
                    columns = range(column, column + width)
                    self._show(cell, columns, count)
                    self._style(cell, columns, range(self.row + 1, self.row + count + 1))
                self._merged(cell, column)
                column += width
        self.row += count

    def _is_hidden(self, element: ET.Element) -> bool:
        """Whether a row or column is hidden, or has no size."""
        is_flat = attribute(element, "style-name") in self.styles.flat
        return is_flat or attribute(element, "visibility") in ("collapse", "filter")

    def _style(self, cell: ET.Element, columns: range, rows: range) -> None:
        """How a filled cell looks, where that is other than plain."""
        name = attribute(cell, "style-name")
        if not name:
            name = next((n for covered, n in self.column_styles if columns.start in covered), "")
        style = self.styles.cells.get(name, PLAIN)
        paragraphs = [child for child in cell if local(child.tag) == "p"]
        kind = attribute(cell, "value-type")
        shown = None
        if kind in _NUMBERS:
            if paragraphs:
                self.has_texts = True
                shown = " ".join("".join(t for t, _ in self.styles.runs(p)) for p in paragraphs)
            else:
                self.without_text += [(row, column) for row in rows for column in columns]
        runs = struck_runs(run for paragraph in paragraphs for run in self.styles.runs(paragraph))
        if runs or shown is not None or style != PLAIN:
            styled = Styled(style, runs, shown)
            for row in rows:
                self.styled.setdefault(row, {}).update(dict.fromkeys(columns, styled))

    def _show(self, cell: ET.Element, columns: range, count: int) -> None:
        """A formula that failed has its error as text, one that was never counted has none."""
        formula = attribute(cell, "formula")
        if not formula:
            return
        paragraphs = [child for child in cell if local(child.tag) == "p"]
        text = "".join(t for paragraph in paragraphs for t in paragraph.itertext())
        if paragraphs and not text.startswith(("#", "Err:")):
            return
        text = text or formula[formula.find("=") :]
        for row in range(self.row + 1, self.row + count + 1):
            self.shown.setdefault(row, {}).update(dict.fromkeys(columns, text))

    def _merged(self, cell: ET.Element, column: int) -> None:
        height = _repeated(cell, "number-rows-spanned")
        width = _repeated(cell, "number-columns-spanned")
        if height > 1 or width > 1:
            bottom, right = self.row + height, column + width - 1
            self.merged.append(Span(self.row + 1, bottom, column, right))


def _repeated(element: ET.Element, name: str) -> int:
    """How often a row or cell stands there."""
    return max(1, *(int(v) for k, v in element.attrib.items() if local(k) == name), 1)
