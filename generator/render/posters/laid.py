"""What both engines answer to: documents go in and are laid out on pages; what was put where decides
what is printed. Lengths are CSS pixels.

WeasyPrint tells all from its boxes (`engine`, `boxes`), a browser from the PDF that it prints
(`browser`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from generator.model.papers import Paper

EMBEDDED = ("data:image/png;base64,", "data:image/jpeg;base64,", "data:font/ttf;base64,")


class EngineError(ValueError):
    """A document that the engine cannot lay out or write, with the reason in words."""


class UndrawnError(EngineError):
    """Characters that no font has came as far as the printing; they are named."""


@dataclass(frozen=True)
class LaidTable:
    """One part of a table of rows on one page; `rows` are the heights of its lines with what
    belongs to them, None where it is not known, `around` is the height of its head and its borders,
    and of the white under it where it goes on."""

    page: int
    top: float
    bottom: float
    around: float
    rows: tuple[float | None, ...]


class LaidPage(Protocol):
    """A page: the `top` and `bottom` of the room for text, and where text ends in it."""

    @property
    def top(self) -> float:
        """Where the room for text begins."""

    @property
    def bottom(self) -> float:
        """Where it ends."""

    @property
    def text_end(self) -> float:
        """Where the last of the text ends."""

    @property
    def words_end(self) -> float:
        """The end of the last line or drawing, even where text continues on the next page."""

    @property
    def runs_over(self) -> bool:
        """Whether a drawing that cannot be broken goes on below the room for text."""


class Laid(Protocol):
    """A document laid out."""

    @property
    def pages(self) -> Sequence[LaidPage]:
        """Its pages in order."""

    @property
    def tables(self) -> tuple[LaidTable, ...]:
        """The tables of rows, page by page."""


class Engine(Protocol):
    """What draws sheets. `volume` is how many lines of a table it lays out at once; `papers` are the
    templates of the style sheet for one paper."""

    @property
    def version(self) -> str:
        """What draws, with its version."""

    @property
    def volume(self) -> int:
        """How many lines of a table are laid out at once."""

    @property
    def papers(self) -> tuple[str, ...]:
        """The templates from which the style sheet for a paper is filled."""

    def dressed(self, fonts: str, folder: Path) -> Engine:
        """The same engine with the fonts of a style sheet and no others."""

    def stylesheet(self, css: str, folder: Path) -> Any:
        """A style sheet as the engine wants it; addresses in it count from `folder`."""

    def pdf(self, html: str, styles: tuple[Any, ...]) -> bytes:
        """A document without marks for screen readers, as PDF. Same input, same bytes."""

    def lay(
        self,
        html: str,
        address: str,
        styles: tuple[Any, ...],
        paper: Paper,
        *,
        count: int = 0,
        begins: bool = True,
    ) -> Laid:
        """The document laid out on pages, for archives and screen readers.

        `address` is where relative links of the document lead, `count` the number of its pages as
        far as it is foreseen. What does not begin the sheet loses its first page, which says nothing.
        Raises EngineError when the document asks for a file or an address.
        """

    def write(self, laid: Any) -> bytes:
        """What was laid out, as PDF. Same input, same bytes.

        Raises UndrawnError rather than print a box for a character that no font has.
        """
