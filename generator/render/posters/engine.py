"""The only code that touches WeasyPrint: HTML and style sheets in, PDF out.

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

from generator.render.posters import archive
from generator.render.posters.shortcuts import take_shortcuts

PANGO = "Pango（libpango-1.0-0、libpangoft2-1.0-0）"
SUBSETTER = "HarfBuzz 的字体裁剪库（libharfbuzz-subset0）"
EMBEDDED = ("data:image/png;base64,", "data:image/jpeg;base64,", "data:font/ttf;base64,")
_LOGGER = logging.getLogger("weasyprint")


def press_missing() -> str:
    """The names of what this machine lacks for drawing sheets; empty when sheets can be drawn."""
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


class EngineError(ValueError):
    """A document that the engine cannot lay out or write, with the reason in words."""


class UndrawnError(EngineError):
    """Characters that no font has came as far as the printing; they are named."""


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
class Engine:
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

    def anew(self) -> Engine:
        """An engine without the fonts that style sheets have named so far."""
        return replace(self, fonts=type(self.fonts)())

    def stylesheet(self, css: str, folder: Path) -> Any:
        """A parsed style sheet; addresses in it count from `folder`."""
        return self.weasyprint.CSS(
            string=css,
            base_url=f"{folder.resolve().as_uri()}/",
            font_config=self.fonts,
            url_fetcher=self.fetcher,
        )

    def pdf(self, html: str, address: str, styles: tuple[Any, ...], *, tagged: bool) -> bytes:
        """The document as PDF. Same input, same bytes; see `lay` and `write`."""
        return self.write(self.lay(html, address, styles, tagged=tagged), tagged=tagged)

    def lay(self, html: str, address: str, styles: tuple[Any, ...], *, tagged: bool) -> Any:
        """The document laid out on pages.

        `address` is where relative links of the document lead. Raises EngineError when the
        document asks for a file or an address.
        """
        with uncollected(), self._named_faults():
            words = breakable(archive.told(html) if tagged else html)
            return self.document(words, address).render(
                font_config=self.fonts,
                stylesheets=list(styles),
                color_profiles=self._colours() if tagged else None,
                output_intent=archive.COLOURS if tagged else None,
                pdf_variant=archive.VARIANT if tagged else None,
            )

    def write(self, document: Any, *, tagged: bool) -> bytes:
        """A laid-out document as PDF; `tagged` makes it fit for archives and screen readers.

        Raises UndrawnError rather than print a box for a character that no font has.
        """
        undrawn = _Undrawn()
        _LOGGER.addHandler(undrawn)
        try:
            with uncollected(), self._named_faults():
                pdf: bytes = document.write_pdf(
                    output_intent=archive.COLOURS if tagged else None,
                    pdf_variant=archive.VARIANT if tagged else None,
                    finisher=archive.finish if tagged else None,
                )
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


def make_engine(fonts: Path, elements: str) -> Engine:
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

    class Document(weasyprint.HTML):  # type: ignore[misc]
        """A document without WeasyPrint's own style sheet, which styles six notes and marks for
        every element, whether it has any or not."""

        def __init__(self, html: str, address: str) -> None:
            root = elements_of(html)
            if root is None:
                super().__init__(string=html, base_url=address, url_fetcher=fetcher)
                return
            self.base_url, self.url_fetcher, self.media_type = address, fetcher, "print"
            self.wrapper_element = weasyprint.cssselect2.ElementWrapper.from_html_root(root, None)
            self.etree_element = root

        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            return [usual]

    protocols = ("file", "data")
    fetcher = FontsOnly(allowed_protocols=protocols, allow_redirects=False, fail_on_errors=True)
    return Engine(weasyprint, Document, FontConfiguration(), fetcher, FatalURLFetchingError)


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


# Lines break beside quotation marks, as Chinese does. Unicode's rule (UAX 14, LB19) keeps “ and ” with
# whatever stands beside them, so that `“水”、“电”、“路”` is one word and leaves its column. U+200B lets
# the line break before an opening mark and behind a closing one.
_BREAK = "\u200b"
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_ENDS = "”’》〉）」』】〕、，。；：！？…"
_BEGINS = "“‘《〈（「『【〔"
_PLACES = re.compile(
    f"(?<=[{_HAN}{_ENDS}])(?=[“‘][^\\s{_ENDS}])|(?<=[^\\s{_BEGINS}][”’])(?=[{_HAN}{_BEGINS}])"
)
# What is no text that flows: drawings are laid out already, and a title is the file's name.
_APART = re.compile(r"(<svg\b.*?</svg>|<title\b.*?</title>|<style\b.*?</style>|<[^>]*>)", re.DOTALL)


def breakable(html: str) -> str:
    """A document whose lines may break beside quotation marks."""
    if not re.search("[“”‘’]", html):
        return html
    parts = _APART.split(html)
    parts[::2] = (_PLACES.sub(_BREAK, part) for part in parts[::2])
    return "".join(parts)
