"""The styles of an .ods workbook, as far as they change what is seen, and the runs of its texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree as ET

from generator.intake.looks.formats import GENERAL
from generator.intake.looks.styles import PLAIN, Style, is_flat, unseen_colour
from generator.intake.looks.xmlparts import attribute, local

# What a style is kept in: that of cells, rows, columns and texts, and those of numbers.
STYLES = frozenset(
    ("style", "number-style", "currency-style", "percentage-style", "date-style", "text-style")
)
_LENGTH = re.compile(r"([\d.]+)(pt|in|cm|mm|pc|px)", re.ASCII)
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "pc": 12.0, "px": 0.75}
_MOST_SPACES = 100  # of a mark that stands for several


class OpenStyles:
    """Styles by name. `codes` are number formats about as Excel would write them, by which they are told apart
    (what they show stands in the cells); `hidden` are the styles of worksheets that are not displayed, `flat` of rows
    without height and columns without width, `cells` of cells, `struck` of runs of text that are struck or not."""

    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        self.hidden: set[str] = set()
        self.flat: set[str] = set()
        self.cells: dict[str, Style] = {}
        self.struck: dict[str, bool | None] = {}
        self._colours: dict[str, tuple[str, str | None]] = {}

    def add(self, style: ET.Element) -> None:
        """Take in a style; the one that it stands on came before it."""
        name, family = attribute(style, "name"), attribute(style, "family")
        if local(style.tag) != "style":
            self.codes[name] = "".join(map(_code, style)) or GENERAL
            return
        properties = {local(child.tag): child for child in style}
        table = properties.get("table-properties", _NONE)
        if attribute(table, "display") == "false":
            self.hidden.add(name)
        row = attribute(properties.get("table-row-properties", _NONE), "row-height")
        column = attribute(properties.get("table-column-properties", _NONE), "column-width")
        for length in (_LENGTH.fullmatch(row), _LENGTH.fullmatch(column)):
            if length and is_flat(length[1], _POINTS[length[2]]):
                self.flat.add(name)
        text = properties.get("text-properties", _NONE)
        if family == "table-cell":
            parent = attribute(style, "parent-style-name")
            self._cell(name, parent, properties, text)
            code = self.codes.get(attribute(style, "data-style-name"))
            self.cells[name] = replace(
                self.cells[name], code=code or self.cells.get(parent, PLAIN).code
            )
        elif family == "text":
            self.struck[name] = _struck(text)

    def _cell(
        self, name: str, parent: str, properties: dict[str, ET.Element], text: ET.Element
    ) -> None:
        before = self.cells.get(parent, PLAIN)
        struck = _struck(text)
        font, fill = self._colours.get(parent, ("", None))
        background = attribute(properties.get("table-cell-properties", _NONE), "background-color")
        font = _colour(attribute(text, "color")) or font
        if background:
            fill = None if background == "transparent" else _colour(background)
        self._colours[name] = font, fill
        is_struck = before.is_struck if struck is None else struck
        self.cells[name] = Style(is_struck=is_struck, unseen=unseen_colour(font, fill))

    def runs(
        self, paragraph: ET.Element, is_struck: bool | None = None
    ) -> Iterator[tuple[str, bool | None]]:
        """The runs of a paragraph with whether each is struck; None where only the cell says so."""
        yield paragraph.text or "", is_struck
        for child in paragraph:
            tag = local(child.tag)
            if tag == "s":
                count = attribute(child, "c")
                yield " " * min(int(count) if count.isdigit() else 1, _MOST_SPACES), is_struck
            elif tag in ("tab", "line-break"):
                yield " ", is_struck
            elif tag in ("span", "a"):
                own = self.struck.get(attribute(child, "style-name"))
                yield from self.runs(child, is_struck if own is None else own)
            yield child.tail or "", is_struck


_NONE = ET.Element("none")


def _code(part: ET.Element) -> str:
    """A part of a number format as a code has it."""
    tag = local(part.tag)
    if tag == "number":
        decimals = attribute(part, "decimal-places")
        factor = attribute(part, "display-factor")
        if not decimals and not factor:
            return GENERAL
        digits = "#,##0" if attribute(part, "grouping") == "true" else "0"
        return f"{digits}.{decimals}" + (f"/{factor}" if factor else "")
    if tag in ("text", "currency-symbol"):
        return f'"{part.text or ""}"'
    return f"[{tag}]"


def _struck(text: ET.Element) -> bool | None:
    """Whether a style strikes its text; None where it says nothing of it."""
    values = (attribute(text, f"text-line-through-{part}") for part in ("style", "type"))
    said = [value for value in values if value]
    return any(value != "none" for value in said) if said else None


def _colour(value: str) -> str:
    return "white" if value.lower() == "#ffffff" else value.lower()
