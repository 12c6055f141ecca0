"""Draws sheets where there is no Pango: a browser prints the same HTML with the same style sheets.

What it does not know of paged media is done here, with the same words: the head and foot that
repeat on every page are printed on pages of their own behind the text and laid under it
(`document`, `finishing`); what was put where is read from the marks that its PDF has for links
within it (`reading`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

from generator.machine import Browser
from generator.model.papers import POINTS_PER_MM, Paper
from generator.render.posters import archive
from generator.render.posters.breaking import breakable
from generator.render.posters.browser.document import (
    Document,
    dressed,
    plain_document,
    read_document,
)
from generator.render.posters.browser.finishing import finished, plain
from generator.render.posters.browser.program import Program
from generator.render.posters.browser.reading import Reading, read_print
from generator.render.posters.laid import EngineError, LaidTable

OLDEST = 131  # the first Chromium that prints page numbers in margins
_PX = 96 / 72
_ADDRESS = re.compile(r'url\("(?!data:)([^"]+)"\)')
_PAGES = "counter(pages)"
_MOST = 1_000_000
_FAULTS = (
    *(pikepdf.PdfError, pypdfium2.PdfiumError, ArithmeticError, AttributeError, LookupError),
    *(OSError, RuntimeError, TypeError, ValueError),
)


@dataclass(frozen=True)
class PrintedPage:
    """A page as it was printed; the room for text begins at 0."""

    reading: Reading
    number: int
    bottom: float
    above: float  # the margin over the text
    end: float  # of the text where this is the last page, else 0

    top = 0.0
    runs_over = False  # what is too high goes on over the next page

    @property
    def text_end(self) -> float:
        """Where the last of the text ends."""
        return self.end or self.words_end

    @property
    def words_end(self) -> float:
        """The end of the last line or drawing."""
        return self.reading.drawn_end(self.number, self.above, self.bottom)


@dataclass(frozen=True)
class Printed:
    """A document as the browser printed it, with heads and feet for `count` pages."""

    document: Document
    styles: str
    paper: Paper
    count: int
    pdf: bytes
    reading: Reading

    @cached_property
    def pages(self) -> tuple[PrintedPage, ...]:
        """Its pages in order."""
        paper, last = self.paper, self.reading.count - 1
        over = paper.margin * POINTS_PER_MM * _PX
        em, end = paper.body * _PX, self.reading.at(self.document.end)
        return tuple(
            PrintedPage(
                self.reading,
                number,
                (paper.tall - paper.continued * bool(number)) * em,
                over + paper.continued * em * bool(number),
                end[1] if end and number == last == end[0] else 0.0,
            )
            for number in range(self.reading.count)
        )

    @cached_property
    def tables(self) -> tuple[LaidTable, ...]:
        """The tables of rows, page by page."""
        return tuple(part for table in self.document.tables for part in self.reading.parts(table))


@dataclass(frozen=True)
class BrowserEngine:
    """A browser with the packaged fonts and no other way to files or the network."""

    program: Program
    elements: str
    fonts: str = ""

    @property
    def version(self) -> str:
        """The browser with its version."""
        return str(self.program.browser)

    @property
    def volume(self) -> int:
        """How many lines of a table are laid out at once: all."""
        return _MOST

    @property
    def papers(self) -> tuple[str, ...]:
        """The templates from which the style sheet for a paper is filled."""
        return ("paper.css", "browser.css")

    def dressed(self, fonts: str, folder: Path) -> BrowserEngine:
        """The same engine with the fonts of a style sheet and no others."""
        return replace(self, fonts=self.stylesheet(fonts, folder))

    def stylesheet(self, css: str, folder: Path) -> str:
        """The style sheet with addresses that count from nowhere."""
        return _ADDRESS.sub(lambda m: f'url("{(folder / m[1]).resolve().as_uri()}")', css)

    def pdf(self, html: str, styles: tuple[Any, ...]) -> bytes:
        """A document as PDF."""
        with _named_faults():
            document = plain_document(breakable(html))
            whole = dressed(document, self._css(styles, 0), 0)
            return plain(self.program.printed(whole), self.version)

    def lay(
        self,
        html: str,
        address: str,
        styles: tuple[Any, ...],
        paper: Paper,
        *,
        count: int = 0,
        begins: bool = True,
    ) -> Printed:
        """The document printed: a browser lays out nothing that it does not print."""
        assert begins  # since nothing is drawn in volumes
        with _named_faults():
            document = read_document(breakable(archive.told(html)), address)
            return self._printed(document, "\n".join(styles), paper, count or 1)

    def write(self, laid: Printed) -> bytes:
        """The document with as many heads and feet as it has pages, as PDF."""
        pages = laid.reading.count
        with _named_faults():
            if laid.count != pages:
                laid = self._printed(laid.document, laid.styles, laid.paper, pages)
            if laid.reading.count != pages:
                raise EngineError("浏览器把同一份公示单排成了不同的页数")
            return finished(laid.pdf, laid.document, laid.reading, laid.paper, self.version)

    def _printed(self, document: Document, styles: str, paper: Paper, count: int) -> Printed:
        html = dressed(document, self._css((styles,), count), count)
        pdf = self.program.printed(html)
        return Printed(
            document, styles, paper, count, pdf, read_print(pdf, document.is_edged * count)
        )

    def _css(self, styles: tuple[str, ...], count: int) -> str:
        return "\n".join((self.elements, self.fonts, *styles)).replace(_PAGES, f'"{count}"')


@contextmanager
def _named_faults() -> Iterator[None]:
    """A print that is not as expected must not take the pages with it."""
    try:
        yield
    except EngineError:
        raise
    except _FAULTS as fault:
        raise EngineError(f"浏览器画出来的读不懂 {type(fault).__name__}") from fault


def make_browser_engine(browser: Browser, elements: str) -> BrowserEngine:
    """An engine that reads nothing but the packaged fonts; `elements` says how HTML's elements look
    without style."""
    return BrowserEngine(Program(browser), elements)
