"""The papers that sheets are drawn on, from content/papers.yaml."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from generator.problems import Source

POINTS_PER_MM = 72 / 25.4

Orientation = Literal["portrait", "landscape"]
# What offices print on: width and height in mm.
OfficePaper = Literal["A4", "A3"]
OFFICE_PAPERS = {"A4": (210.0, 297.0), "A3": (297.0, 420.0)}
# Sheets that are no record's: the list of powers, one power, a list, a procedure, the sign of the
# supervision station, the code that leads to a village's home, what changes on the boards, a case
# or a guide, a report to staff.
SheetKind = Literal[
    "powers", "power", "list", "flow", "station", "qr", "changes", "article", "report"
]


@dataclass(frozen=True)
class Paper:
    """A paper, upright unless turned. Lengths in mm; `body` in points, the smallest type on it.

    `foot` is the room under the text for the channels, the seal and the code; `code` is the side
    of the QR code with its quiet zone, large enough that the code itself keeps 30 mm.
    """

    id: str
    width: int
    height: int
    body: int
    margin: int
    foot: int
    code: int
    source: Source
    continued: ClassVar[float] = 4.4  # ems of the body type: the head of every later page

    @property
    def inner(self) -> float:
        """The width between the margins in ems of the body type."""
        return (self.width - 2 * self.margin) * POINTS_PER_MM / self.body

    @property
    def tall(self) -> float:
        """The height between top margin and foot in ems of the body type."""
        return (self.height - 2 * self.margin - self.foot) * POINTS_PER_MM / self.body

    @property
    def is_landscape(self) -> bool:
        """Whether it lies on its side."""
        return self.width > self.height

    def laid(self, orientation: str) -> Paper:
        """The same paper, lying on its side when the orientation is landscape."""
        if orientation != "landscape":
            return self
        return replace(self, width=self.height, height=self.width)


@dataclass(frozen=True)
class PaperChoice:
    """A paper by its id, and how it lies."""

    paper: str
    orientation: Orientation = "portrait"


@dataclass(frozen=True)
class SheetSpec:
    """On which paper a kind of sheet is drawn that is no record's."""

    sheet: SheetKind
    paper: str
    source: Source
    orientation: Orientation = "portrait"
