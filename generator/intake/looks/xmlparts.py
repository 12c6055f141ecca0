"""What the readers of workbook XML parts share: their findings, the extent of a worksheet, and names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from generator.intake.decoding import Span, column_letters
from generator.intake.looks.styles import StyledCells
from generator.intake.packages import RefusedError


@dataclass(frozen=True)
class Marks:
    """What a worksheet says beside its values. `shown` is what a program shows in cells that have
    no value, by row number and column from 0; `styled` are the cells that look like more than a value."""

    is_hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[Span, ...] = ()
    shown: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    styled: StyledCells = field(default_factory=dict)


def local(tag: str) -> str:
    """A name without its namespace; strict and usual workbooks differ in nothing else."""
    return tag.rsplit("}", 1)[-1]


def attribute(element: ET.Element, name: str) -> str:
    """An attribute by its local name."""
    return next((v for k, v in element.attrib.items() if local(k) == name), "")


class Extent:
    """How far the filled cells of a worksheet reach.

    One stray cell far off makes the worksheet a rectangle of billions of cells, which the reading
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
