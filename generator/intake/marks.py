"""What a workbook says beside its values: what is hidden or merged, how cells look, and cells without a value.

The reader of values leaves these out. The parts of the package are XML; they are walked once,
piece by piece, so that a large worksheet takes no more memory than its marks.

openpyxl, which reads formats and fonts too, was measured and not taken: it walks every worksheet a second time and
doubles the time of reading; its mode for reading drops the runs of texts within cells, the other one makes an
object for each cell of a merged range; and it refuses whole workbooks for styles that other programs write.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

from generator.intake.looks.excel import ExcelWorksheet
from generator.intake.looks.excelstyles import read_styles
from generator.intake.looks.opendocument import OpenWorksheets
from generator.intake.looks.xmlparts import Marks, local
from generator.intake.packages import Package

__all__ = ["Marks", "book_marks"]


def book_marks(package: Package, most_cells: int) -> dict[str, Marks]:
    """The marks of each worksheet by its name. Raises `RefusedError`."""
    if package.is_ods:
        return OpenWorksheets(most_cells).read(package)
    names = {part: (name, hidden) for name, part, hidden in _worksheet_parts(package.parts)}
    styles = read_styles(package.parts)
    marks = {}
    for part, content in package.parts.items():
        # Worksheets that no list names are measured too: the reader of values may find them.
        if b"sheetData" in content:
            name, is_hidden = names.get(part, (part, True))
            marks[name] = ExcelWorksheet(name, is_hidden, most_cells, styles).read(content)
    return marks


def _worksheet_parts(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str, bool]]:
    """Name, part and whether it is hidden, of each worksheet of an .xlsx workbook."""
    relations = ET.fromstring(parts.get("xl/_rels/workbook.xml.rels", b"<none/>"))
    targets = {r.get("Id", ""): r.get("Target", "") for r in relations}
    for element in ET.fromstring(parts["xl/workbook.xml"]).iter():
        if local(element.tag) == "sheet":
            identity = next((v for k, v in element.attrib.items() if k.endswith("}id")), "")
            target = targets.get(identity, "")
            part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            yield element.get("name", ""), part, element.get("state", "visible") != "visible"
