"""The only code that touches WeasyPrint: HTML and style sheets in, PDF out (see `laid`).

WeasyPrint loads Pango when it is imported, so it is imported when a sheet is wanted and not
before: without Pango everything but sheets works.
"""

from __future__ import annotations

import gc
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from generator.model.papers import Paper
from generator.render.posters import archive
from generator.render.posters.boxes import Boxes
from generator.render.posters.breaking import breakable
from generator.render.posters.laid import EMBEDDED, EngineError, UndrawnError
from generator.render.posters.shortcuts import take_shortcuts

PANGO = "Pango（libpango-1.0-0、libpangoft2-1.0-0）"
SUBSETTER = "HarfBuzz 的字体裁剪库（libharfbuzz-subset0）"
VOLUME = 500  # lines in one layout
_LOGGER = logging.getLogger("weasyprint")


def weasyprint_missing() -> str:
    """The names of what WeasyPrint lacks on this machine; empty when it can draw."""
    try:
        from weasyprint.text import ffi
    except OSError:
        return PANGO
    except ImportError:
        return "WeasyPrint（Python 库）"
    return "" if ffi.harfbuzz_subset is not None else SUBSETTER


# The engine's own faults: they must not take the pages with them.
_FAULTS = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError),
    *(OSError, RuntimeError, TypeError, ValueError),
)


class _Undrawn(logging.Handler):
    """Hears which characters WeasyPrint draws as boxes: it says so nowhere else."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        if str(record.msg).startswith(".notdef"):
            self.found.update(re.findall(r"U\+[0-9A-F]+", record.getMessage()))


class _Arrays:
    """cffi for WeasyPrint's cutting of fonts, which names arrays by their lengths: cffi parses each
    name that it has not seen as C, in 6 ms."""

    def __init__(self, ffi: Any) -> None:
        self._ffi = ffi

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ffi, name)

    def new(self, name: str, content: Any = None) -> Any:
        """An array as long as its content, whatever its name says."""
        return self._ffi.new(name if content is None else re.sub(r"\[\d+\]", "[]", name), content)


@dataclass(frozen=True)
class WeasyPrint:
    """WeasyPrint with the packaged fonts and no other way to files or the network."""

    weasyprint: ModuleType
    document: Any
    fonts: Any
    fetcher: Any
    refusal: type[BaseException]

    @property
    def version(self) -> str:
        """The libraries of the system that draw, with their versions."""
        from weasyprint.text.ffi import pango

        return f"Pango {pango.pango_version()}"

    @property
    def volume(self) -> int:
        """How many lines of a table are laid out at once."""
        return VOLUME

    @property
    def papers(self) -> tuple[str, ...]:
        """The templates from which the style sheet for a paper is filled."""
        return ("paper.css",)

    def dressed(self, fonts: str, folder: Path) -> WeasyPrint:
        """The engine without the fonts that style sheets have named so far. It knows fonts once
        their style sheet is read; no element has to ask for that."""
        anew = replace(self, fonts=type(self.fonts)())
        anew.stylesheet(fonts, folder)
        return anew

    def stylesheet(self, css: str, folder: Path) -> Any:
        """A parsed style sheet."""
        return self.weasyprint.CSS(
            string=css,
            base_url=f"{folder.resolve().as_uri()}/",
            font_config=self.fonts,
            url_fetcher=self.fetcher,
        )

    def pdf(self, html: str, styles: tuple[Any, ...]) -> bytes:
        """A document without marks for screen readers, as PDF."""
        with uncollected(), self._named_faults():
            document = self.document(breakable(html), "").render(
                font_config=self.fonts, stylesheets=list(styles)
            )
        return self._written(document)

    def lay(
        self,
        html: str,
        address: str,
        styles: tuple[Any, ...],
        paper: Paper,
        *,
        count: int = 0,
        begins: bool = True,
    ) -> Boxes:
        """The document laid out on pages."""
        with uncollected(), self._named_faults():
            document = self.document(breakable(archive.told(html)), address).render(
                font_config=self.fonts,
                stylesheets=list(styles),
                color_profiles=self._colours(),
                output_intent=archive.COLOURS,
                pdf_variant=archive.VARIANT,
            )
        return Boxes(document if begins else document.copy(document.pages[1:]))

    def write(self, laid: Boxes) -> bytes:
        """A laid-out document as PDF, fit for archives and screen readers."""
        return self._written(
            laid.document,
            output_intent=archive.COLOURS,
            pdf_variant=archive.VARIANT,
            finisher=archive.finish,
        )

    def _written(self, document: Any, **options: Any) -> bytes:
        undrawn = _Undrawn()
        _LOGGER.addHandler(undrawn)
        try:
            with uncollected(), self._named_faults():
                pdf: bytes = document.write_pdf(**options)
        finally:
            _LOGGER.removeHandler(undrawn)
        if undrawn.found:
            raise UndrawnError(f"有画不出的字 {'、'.join(sorted(undrawn.found))}")
        return pdf

    @contextmanager
    def _named_faults(self) -> Iterator[None]:
        """Turns whatever goes wrong into EngineError."""
        try:
            yield
        except self.refusal as refused:  # not an Exception: it would end the whole build
            raise EngineError(str(refused)) from refused
        except _FAULTS as fault:
            raise EngineError(f"排版程序出错 {type(fault).__name__}") from fault

    def _colours(self) -> dict[str, Any]:
        """Our own profile: WeasyPrint's is larger, and its file is left open."""
        from weasyprint.css import ColorProfile

        parts = (["r"], ["g"], ["b"])
        profile = ColorProfile(BytesIO(archive.PROFILE), "", "relative-colorimetric", parts)
        return {archive.COLOURS: profile}


@contextmanager
def uncollected() -> Iterator[None]:
    """Leaves garbage lying: a sheet makes very many objects, and nearly all live to its end. Then
    all goes at once, before any of it is old."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.collect(0)
            gc.enable()


def make_weasyprint(fonts: Path, elements: str) -> WeasyPrint:
    """An engine that may read the files of the font folder and pictures that stand in the
    document itself, nothing else. `elements` says how HTML's elements look without style."""
    import weasyprint
    from weasyprint.pdf import fonts as cutting
    from weasyprint.text.ffi import ffi
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    allowed = frozenset(path.resolve().as_uri() for path in fonts.glob("*.ttf"))

    class FontsOnly(URLFetcher):  # type: ignore[misc]
        """Refuses every address but the packaged fonts'; embedded pictures have none."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url not in allowed and not url.startswith(EMBEDDED):
                raise FatalURLFetchingError(f"not a packaged font: {url}")
            return super().fetch(url, headers)

    take_shortcuts()
    cutting.ffi = _Arrays(ffi)
    usual = weasyprint.CSS(string=elements)

    class Told(weasyprint.cssselect2.ElementWrapper):  # type: ignore[misc]
        """An element that is told what selectors ask first: else each would look, under a lock."""

        def __init__(self, element: Any, *args: Any, **options: Any) -> None:
            super().__init__(element, *args, **options)
            space, _, name = element.tag.rpartition("}")
            self.namespace_url, self.local_name = space[1:], name
            self.id, self.classes = element.get("id"), {*element.get("class", "").split()}

    class Document(weasyprint.HTML):  # type: ignore[misc]
        """A document without WeasyPrint's own style sheet, which styles six notes and marks for
        every element, whether it has any or not."""

        def __init__(self, html: str, address: str) -> None:
            root = elements_of(html)
            if root is None:
                super().__init__(string=html, base_url=address, url_fetcher=fetcher)
                return
            self.base_url, self.url_fetcher, self.media_type = address, fetcher, "print"
            self.wrapper_element = Told.from_html_root(root, None)
            self.etree_element = root

        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            return [usual]

    protocols = ("file", "data")
    fetcher = FontsOnly(allowed_protocols=protocols, allow_redirects=False, fail_on_errors=True)
    return WeasyPrint(weasyprint, Document, FontConfiguration(), fetcher, FatalURLFetchingError)


# Elements that have no end in HTML.
_NO_END = re.compile(r"<((?:area|base|br|col|hr|img|input|link|meta|wbr)\b[^>]*?)/?>")


def elements_of(html: str) -> Element | None:
    """The root of a well-formed document, as our own are, read as XML: WeasyPrint's reader of HTML
    takes twenty times as long. None for what only HTML allows."""
    try:
        root = ElementTree.fromstring(_NO_END.sub(r"<\1/>", html))
    except ElementTree.ParseError:
        return None
    for table in list(root.iter("table")):
        rows = table.findall("tr")
        if rows:  # HTML knows rows only within a body
            for row in rows:
                table.remove(row)
            ElementTree.SubElement(table, "tbody").extend(rows)
    return root
