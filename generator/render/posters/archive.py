"""A sheet's PDF for archives and screen readers (PDF/A-2a), finished while it is still objects."""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from typing import Any

import pydyf
from fontTools.ttLib import TTFont

from generator.render.posters.colours import srgb_profile
from generator.render.posters.shortcuts.fonts import TABLES as FONT_TABLES
from generator.render.posters.tags import find, rewrite_tags

VARIANT = "pdf/a-2a"
COLOURS = "sRGB"
PROFILE = srgb_profile()
_DRAWN = re.compile(r"(<title[^>]*>)([^<]*)</title>\s*<desc[^>]*>([^<]*)</desc>")
# Millionths of a point: a hundredth of a hair will do. Names may hold numbers too.
_LONG = re.compile(rb"(?<![/\w.])(-?\d*\.\d{3})\d+")
_USUAL = 1000  # thousandths of an em
_LEVEL = 7  # 9 saves half of a percent in twice the time
_LANGUAGE = (
    '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" rdf:about=""><dc:language>'
    "<rdf:Bag><rdf:li>{}</rdf:li></rdf:Bag></dc:language></rdf:Description></rdf:RDF>"
)


def told(html: str) -> str:
    """The page with drawings whose title holds their description: WeasyPrint tells no more of a
    drawing than its title, and the description is what says the numbers."""
    return _DRAWN.sub(_tell, html)


def _tell(found: re.Match[str]) -> str:
    start, title, description = found.groups()
    words = "：".join(part for part in (title.strip(), description.strip()) if part)
    return f"{start}{words}</title>"


def finish(document: Any, pdf: Any) -> None:
    """WeasyPrint's last call before the file is written: smaller parts, better marks, language."""
    for item in pdf.objects:
        extra = getattr(item, "extra", {})
        if "Length1" in extra:
            item.stream = [_slim(item.stream[0])]
            extra["Length1"] = len(item.stream[0])
        elif "N" in extra:
            item.stream = [PROFILE]  # as it is, not as a library writes it again
        elif isinstance(item, dict) and "W" in item:
            item["W"] = _widths(item["W"])
    rewrite_tags(pdf)
    for reference in pdf.page_references:
        content = find(pdf, find(pdf, reference)["Contents"])
        content.stream = [_LONG.sub(rb"\1", b"\n".join(map(_bytes, content.stream)))]
    pdf.info.pop("Subject", None)  # the metadata say it, in a third of the room
    metadata = find(pdf, pdf.catalog["Metadata"])
    language = _LANGUAGE.format(document.metadata.lang).encode()
    metadata.stream = [metadata.stream[0].replace(b"</rdf:RDF>", language)]
    metadata.compress = False  # so that archives can find it without knowing the format
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and item.compress:
            _pack(item)


def _pack(stream: Any) -> None:
    """Compress a stream now: pydyf would do so twice, for the file and for its identifier."""
    stream.stream = [zlib.compress(b"\n".join(map(_bytes, stream.stream)), _LEVEL)]
    stream.extra["Filter"] = "/FlateDecode"
    stream.compress = False


def _slim(font: bytes) -> bytes:
    """A cut font without the tables that only type on a screen needs."""
    names = range(12, 12 + 16 * int.from_bytes(font[4:6], "big"), 16)
    if {font[name : name + 4].decode("latin-1") for name in names} <= FONT_TABLES:
        return font
    slim = BytesIO()
    with TTFont(BytesIO(font), lazy=True, recalcBBoxes=False, recalcTimestamp=False) as whole:
        for table in set(whole.keys()) - FONT_TABLES - {"GlyphOrder"}:
            del whole[table]
        whole.save(slim, reorderTables=None)
    return slim.getvalue()


def _widths(widths: list[Any]) -> Any:
    """Widths of glyphs without those that are as wide as high, which is what a PDF assumes."""
    kept = pydyf.Array()
    for first, run in zip(widths[::2], widths[1::2], strict=True):
        is_open = False
        for number, width in enumerate(run, start=first):
            if width == _USUAL:
                is_open = False
            elif is_open:
                kept[-1].append(width)
            else:
                kept.extend((number, pydyf.Array([width])))
                is_open = True
    return kept


def _bytes(item: Any) -> bytes:
    if isinstance(item, bytes):
        return item
    data: bytes = item.data if isinstance(item, pydyf.Object) else str(item).encode("ascii")
    return data
