"""What a workbook says beside its values: what is hidden or merged, and cells without a value.

The reader of values leaves these out. The parts of the package are XML; they are walked once,
piece by piece, so that a large sheet takes no more memory than its marks.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from generator.intake.files import Span, column_letters
from generator.intake.packages import Package, RefusedError

_ROW = re.compile(r"[1-9][0-9]{0,6}", re.ASCII)
_REFERENCE = re.compile(rf"([A-Z]{{1,3}})({_ROW.pattern})", re.ASCII)
_TRUE = ("1", "true")
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


@dataclass(frozen=True)
class Marks:
    """What a sheet says beside its values. `shown` is what a program shows in cells that have
    no value, by row number and column from 0."""

    is_hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[Span, ...] = ()
    shown: Mapping[int, Mapping[int, str]] = field(default_factory=dict)


def book_marks(package: Package, most_cells: int) -> dict[str, Marks]:
    """The marks of each sheet by its name. Raises `RefusedError`."""
    if package.is_ods:
        return _OpenSheets(most_cells).read(package.parts["content.xml"])
    names = {part: (name, hidden) for name, part, hidden in _sheet_parts(package.parts)}
    marks = {}
    for part, content in package.parts.items():
        # Sheets that no list names are measured too: the reader of values may find them.
        if b"sheetData" in content:
            name, is_hidden = names.get(part, (part, True))
            marks[name] = _ExcelSheet(name, is_hidden, most_cells).read(content)
    return marks


def _local(tag: str) -> str:
    """A name without its namespace; strict and usual workbooks differ in nothing else."""
    return tag.rsplit("}", 1)[-1]


def _attribute(element: ET.Element, name: str) -> str:
    """An attribute by its local name."""
    return next((v for k, v in element.attrib.items() if _local(k) == name), "")


def _sheet_parts(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str, bool]]:
    """Name, part and whether it is hidden, of each sheet of an .xlsx workbook."""
    relations = ET.fromstring(parts.get("xl/_rels/workbook.xml.rels", b"<none/>"))
    targets = {r.get("Id", ""): r.get("Target", "") for r in relations}
    for element in ET.fromstring(parts["xl/workbook.xml"]).iter():
        if _local(element.tag) == "sheet":
            identity = next((v for k, v in element.attrib.items() if k.endswith("}id")), "")
            target = targets.get(identity, "")
            part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            yield element.get("name", ""), part, element.get("state", "visible") != "visible"


class _Extent:
    """How far the filled cells of a sheet reach.

    One stray cell far off makes the sheet a rectangle of billions of cells, which the reading
    library asks memory for; that would end the whole build and not only this file.
    """

    def __init__(self, name: str, most_cells: int) -> None:
        self.name = name
        self.most = most_cells
        self.height = self.width = 0

    def add(self, row: int, column: int) -> None:
        """Take in a filled cell, its row by number and its column from 0."""
        self.height, self.width = max(self.height, row), max(self.width, column + 1)
        if self.height * self.width > self.most:
            place = f"第 {self.height} 行，第 {column_letters(self.width - 1)} 列"
            raise RefusedError(
                "file-large",
                reason=f"工作表“{self.name}”太大，或者有一格写到了很远的地方（{place}）",
            )


class _ExcelSheet:
    """Walks the part of one sheet; lives for one call."""

    def __init__(self, name: str, is_hidden: bool, most_cells: int) -> None:
        self.is_hidden = is_hidden
        self.extent = _Extent(name, most_cells)
        self.row = self.column = 0
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[range] = []
        self.merged: list[Span] = []
        self.shown: dict[int, dict[int, str]] = {}

    def read(self, part: bytes) -> Marks:
        steps: dict[str, Callable[[ET.Element], None]] = {
            "col": self._column,
            "c": self._cell,
            "mergeCell": self._merged,
        }
        events = ET.iterparse(io.BytesIO(part), events=("start", "end"))
        _, root = next(events)
        for event, element in events:
            tag = _local(element.tag)
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
        )

    def _row(self, element: ET.Element, event: str) -> None:
        if event == "start":
            number = element.get("r", str(self.row + 1))
            if not _ROW.fullmatch(number):
                raise RefusedError("file-damaged")
            self.row = int(number)
            self.column = -1
            if element.get("hidden") in _TRUE or element.get("ht") == "0":
                self.hidden_rows.add(self.row)

    def _column(self, element: ET.Element) -> None:
        if element.get("hidden") in _TRUE or element.get("width") == "0":
            first, last = int(element.get("min", 1)), int(element.get("max", 1))
            self.hidden_columns.append(range(first - 1, min(last, 16_384)))

    def _cell(self, element: ET.Element) -> None:
        # The reader of values goes by the cell's own place, too.
        place = element.get("r")
        self.row, self.column = _place(place) if place else (self.row, self.column + 1)
        kind = element.get("t", "n")
        children = {_local(child.tag): child for child in element}
        value, formula = children.get("v"), children.get("f")
        text = (value.text or "") if value is not None else ""
        if len(element):
            self.extent.add(self.row, self.column)
        if kind == "e":
            self._show(text or "#VALUE!")
        elif formula is not None and not text and not (kind == "str" and value is not None):
            self._show(f"={formula.text or '…'}")

    def _show(self, text: str) -> None:
        self.shown.setdefault(self.row, {})[self.column] = text

    def _merged(self, element: ET.Element) -> None:
        first, _, last = element.get("ref", "").partition(":")
        start, end = _place(first), _place(last or first)
        self.merged.append(Span(start[0], end[0], start[1], end[1]))


def _place(reference: str) -> tuple[int, int]:
    """Row by number and column from 0 of a reference such as B12.

    With another one the file is refused: the reader of values may take it for a far place.
    """
    match = _REFERENCE.fullmatch(reference)
    if not match:
        raise RefusedError("file-damaged")
    number = 0
    for letter in match[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), number - 1


class _OpenSheets:
    """Walks content.xml of an .ods workbook; lives for one call."""

    def __init__(self, most_cells: int) -> None:
        self.most = most_cells
        self.hidden_styles: set[str] = set()
        self.marks: dict[str, Marks] = {}

    def read(self, part: bytes) -> dict[str, Marks]:
        events = ET.iterparse(io.BytesIO(part), events=("start", "end"))
        for event, element in events:
            tag = _local(element.tag)
            if event == "end" and tag == "style":
                self._style(element)
            elif event == "start" and tag == "table":
                name = _attribute(element, "name")
                is_hidden = _attribute(element, "style-name") in self.hidden_styles
                self.marks[name] = _OpenSheet(name, is_hidden, self.most).read(element, events)
        return self.marks

    def _style(self, element: ET.Element) -> None:
        for child in element:
            if _local(child.tag) == "table-properties" and _attribute(child, "display") == "false":
                self.hidden_styles.add(_attribute(element, "name"))


class _OpenSheet:
    """Takes one table of an .ods workbook from the events; lives for one call."""

    def __init__(self, name: str, is_hidden: bool, most_cells: int) -> None:
        self.is_hidden = is_hidden
        self.extent = _Extent(name, most_cells)
        self.row = self.column = 0
        self.hidden_rows: list[range] = []
        self.hidden_columns: list[range] = []
        self.merged: list[Span] = []
        self.shown: dict[int, dict[int, str]] = {}

    def read(self, table: ET.Element, events: Iterator[tuple[str, ET.Element]]) -> Marks:
        """The marks of a table, whose last event is taken too."""
        for event, element in events:
            tag = _local(element.tag)
            if event == "end" and element is table:
                break
            if event == "end" and tag == "table-column":
                self._column(element)
            elif event == "end" and tag == "table-row":
                self._row(element)
                element.clear()
        rows = {n for r in self.hidden_rows for n in r if n <= self.extent.height}
        columns = {c for r in self.hidden_columns for c in r if c < self.extent.width}
        return Marks(
            self.is_hidden, frozenset(rows), frozenset(columns), tuple(self.merged), self.shown
        )

    def _column(self, element: ET.Element) -> None:
        count = _repeated(element, "number-columns-repeated")
        if _attribute(element, "visibility") in ("collapse", "filter"):
            self.hidden_columns.append(range(self.column, min(self.column + count, 16_384)))
        self.column += count

    def _row(self, element: ET.Element) -> None:
        count = _repeated(element, "number-rows-repeated")
        if _attribute(element, "visibility") in ("collapse", "filter"):
            self.hidden_rows.append(range(self.row + 1, min(self.row + count, 1_048_576) + 1))
        column = 0
        for cell in element:
            if _local(cell.tag) in ("table-cell", "covered-table-cell"):
                width = _repeated(cell, "number-columns-repeated")
                if len(cell) or {_local(key) for key in cell.attrib} - _LOOKS:
                    self.extent.add(self.row + count, column + width - 1)
                    self._show(cell, range(column, column + width), count)
                self._merged(cell, column)
                column += width
        self.row += count

    def _show(self, cell: ET.Element, columns: range, count: int) -> None:
        """A formula that failed has its error as text, one that was never counted has none."""
        formula = _attribute(cell, "formula")
        if not formula:
            return
        paragraphs = [child for child in cell if _local(child.tag) == "p"]
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
    return max(1, *(int(v) for k, v in element.attrib.items() if _local(k) == name), 1)
