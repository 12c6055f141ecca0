"""Measures a laid-out sheet: what lies outside its place, on something else, or is too small.

Text is measured in its em box (what its characters fill), not in the line with its white.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from math import hypot
from typing import Any
from unittest.mock import patch

import numpy as np
import pypdfium2
import pypdfium2.raw as raw
import zxingcpp
from PIL import Image

from generator.model.papers import Paper
from generator.output.store import Store, remembered
from generator.render.posters import PosterPress
from generator.render.posters.boxes import Boxes
from generator.render.posters.engine import WeasyPrint
from generator.render.posters.laid import EngineError
from generator.render.posters.picture import Pictures
from generator.views.sheets import SheetView

PX_PER_MM = 96 / 25.4
PT = 72 / 96
UP, DOWN = 0.86, 0.1  # of an em, above and below the baseline
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "th"}
NEAR = 1.0  # px that do not matter


@contextmanager
def without_pictures() -> Iterator[None]:
    """Sheets are drawn without their pictures for phones, which take long: for whoever looks
    only at the PDF."""
    none = Pictures(b"", b"")
    with patch("generator.render.posters.press.pictures", lambda *_: none):
        yield


@contextmanager
def drawn_once() -> Iterator[None]:
    """A sheet of which every input is the same is drawn once in this process: for whoever asks what is
    drawn and kept, and not whether drawing gives the same bytes each time."""
    known: dict[str, tuple[bytes, ...]] = {}

    def once(
        store: Store | None, key: str, make: Callable[[], tuple[bytes, ...]]
    ) -> tuple[tuple[bytes, ...], bool]:
        return remembered(store, key, lambda: known.get(key) or known.setdefault(key, make()))

    with patch("generator.render.posters.press.remembered", once):
        yield


class _EnoughError(EngineError):
    """The sheet is laid out; it need not be written."""


@dataclass(frozen=True)
class Box:
    """Something visible on a page, in px from its left and top corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    what: str
    size: float  # of type in pt; 0 for pictures
    zone: str  # "text" or "margin"
    tags: tuple[str, ...]
    cell: tuple[float, float, float, float] | None

    def touches(self, other: Box) -> bool:
        """Whether both cover a place."""
        return (
            min(self.right, other.right) - max(self.left, other.left) > NEAR
            and min(self.bottom, other.bottom) - max(self.top, other.top) > NEAR
        )

    def __str__(self) -> str:
        place = f"{self.left:.0f},{self.top:.0f}-{self.right:.0f},{self.bottom:.0f}"
        return f"page {self.page + 1} at {place}: {self.what[:30]!r}"


@dataclass(frozen=True)
class Sheet:
    """What is where on a laid-out sheet."""

    boxes: tuple[Box, ...]
    codes: tuple[tuple[Box, Image.Image], ...]
    rooms: tuple[tuple[float, float, float, float], ...]  # for text, of each page
    sizes: tuple[tuple[float, float], ...]  # of each page


def laid_out(press: PosterPress, sheet: SheetView, base_url: str) -> Sheet:
    """The sheet as the press would print it."""
    caught: list[Any] = []

    def catch(self: WeasyPrint, laid: Boxes) -> bytes:
        caught.append(laid.document)
        raise _EnoughError

    with patch.object(WeasyPrint, "write", catch):
        drawn = press.draw(sheet, base_url)
    assert caught, drawn.problems
    return measure(caught[0])


def printed(press: PosterPress, sheet: SheetView, base_url: str) -> tuple[bytes, Sheet]:
    """The sheet's PDF, and the sheet as it was laid out for it."""
    caught: list[Sheet] = []
    write = WeasyPrint.write

    def noted(self: WeasyPrint, laid: Boxes) -> bytes:
        caught.append(measure(laid.document))
        return write(self, laid)

    with patch.object(WeasyPrint, "write", noted):
        drawn = press.draw(sheet, base_url)
    assert drawn.problems == ()
    return drawn.pdf, caught[0]


def measure(document: Any) -> Sheet:
    """Walk the boxes of a document."""
    boxes: list[Box] = []
    codes: list[tuple[Box, Image.Image]] = []
    rooms, sizes = [], []
    for number, page in enumerate(document.pages):
        whole = page._page_box
        x, y = whole.content_box_x(), whole.content_box_y()
        rooms.append((x, y, x + whole.width, y + whole.height))
        sizes.append((page.width, page.height))
        for child in whole.children:
            zone = "margin" if hasattr(child, "at_keyword") else "text"
            for box, picture in _walk(child, number, zone, (), None):
                boxes.append(box)
                if picture is not None:
                    codes.append((box, picture))
    return Sheet(tuple(boxes), tuple(codes), tuple(rooms), tuple(sizes))


def _walk(
    box: Any, page: int, zone: str, tags: tuple[str, ...], cell: Any
) -> Iterator[tuple[Box, Image.Image | None]]:
    kind = type(box).__name__
    tags = (*tags, box.element_tag)
    if kind == "TableCellBox":
        left, top = box.border_box_x(), box.border_box_y()
        cell = (left, top, left + box.border_width(), top + box.border_height())
    if kind == "TextBox" and box.text.strip():
        size, base = box.style["font_size"], box.position_y + box.baseline
        left, right = box.position_x, box.position_x + box.width
        text, top, bottom = box.text, base - UP * size, base + DOWN * size
        yield Box(page, left, top, right, bottom, text, size * PT, zone, tags, cell), None
    elif "Replaced" in kind:
        left, top = box.content_box_x(), box.content_box_y()
        right, bottom = left + box.width, top + box.height
        is_code = box.element is not None and (box.element.get("alt") or "").startswith("二维码")
        picture = _picture(box.element.get("src")) if is_code else None
        yield Box(page, left, top, right, bottom, "picture", 0, zone, tags, None), picture
    for child in getattr(box, "children", ()):
        yield from _walk(child, page, zone, tags, cell)


def _picture(address: str) -> Image.Image:
    return Image.open(BytesIO(base64.b64decode(address.partition(",")[2]))).convert("L")


# -------------------------------------------------------------------------------- faults


def faults_of(sheet: Sheet, paper: Paper) -> list[str]:
    """Everything that is wrong with a sheet, in words."""
    return [
        *_outside(sheet, paper),
        *_small(sheet, paper),
        *_clipped(sheet),
        *_overlaps(sheet),
        *_widows(sheet),
        *_bad_codes(sheet),
    ]


def _outside(sheet: Sheet, paper: Paper) -> Iterator[str]:
    edge = paper.margin * PX_PER_MM * 0.4
    for box in sheet.boxes:
        left, top, right, bottom = sheet.rooms[box.page]
        if box.zone == "margin":
            width, height = sheet.sizes[box.page]
            foot = bottom if box.top > bottom - NEAR else 0
            left, top, right, bottom = edge, max(edge, foot - NEAR), width - edge, height - edge
        if (
            box.left < left - NEAR
            or box.top < top - NEAR
            or box.right > right + NEAR
            or box.bottom > bottom + NEAR
        ):
            yield f"outside its place: {box}"


def _small(sheet: Sheet, paper: Paper) -> Iterator[str]:
    for box in sheet.boxes:
        if box.size and box.size < paper.body - 0.05:
            yield f"type of {box.size:.1f} pt: {box}"


def _clipped(sheet: Sheet) -> Iterator[str]:
    for box in sheet.boxes:
        if box.cell is not None:
            left, _, right, bottom = box.cell
            if box.left < left - NEAR or box.right > right + NEAR or box.bottom > bottom + NEAR:
                yield f"leaves its cell: {box}"


def _overlaps(sheet: Sheet) -> Iterator[str]:
    for page in range(len(sheet.rooms)):
        boxes = sorted((b for b in sheet.boxes if b.page == page), key=lambda b: b.top)
        for n, box in enumerate(boxes):
            for other in boxes[n + 1 :]:
                if other.top > box.bottom:
                    break
                if box.touches(other):
                    yield f"on each other: {box} / {other.what[:30]!r}"


def _widows(sheet: Sheet) -> Iterator[str]:
    """Headings with nothing below them on their page though there is a next one."""
    for page in range(len(sheet.rooms) - 1):
        boxes = [b for b in sheet.boxes if b.page == page and b.zone == "text"]
        if boxes:
            last = max(boxes, key=lambda b: b.bottom)
            if HEADINGS & set(last.tags):
                yield f"heading at the foot: {last}"


def _bad_codes(sheet: Sheet) -> Iterator[str]:
    if not sheet.codes:
        yield "no code"
    for box, picture in sheet.codes:
        dark = np.argwhere(np.asarray(picture) < 128)
        (top, left), (bottom, right) = dark.min(axis=0), dark.max(axis=0) + 1
        side = right - left
        module = _module(picture, int(top), int(left))
        white = min(left, top, picture.width - right, picture.height - bottom)
        if white < 4 * module:
            yield f"quiet zone of {white / module:.1f} modules"
        printed = side / picture.width * (box.right - box.left) / PX_PER_MM
        if printed < 30:
            yield f"code of {printed:.1f} mm: {box}"


def _module(picture: Image.Image, top: int, left: int) -> int:
    """The side of a module: the finder pattern begins with seven dark ones."""
    row = np.asarray(picture)[top, left:]
    return int(np.argmax(row >= 128)) // 7


@cache
def pages_of(pdf: bytes) -> tuple[str, ...]:
    """The text of each page without spaces."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return tuple("".join(text.split()) for text in texts)


def words_of(pdf: bytes) -> str:
    """The whole text without spaces."""
    return "".join(pages_of(pdf))


def type_sizes(pdf: bytes) -> dict[float, str]:
    """Sizes in points at which visible text is set, each with an example."""
    sizes: dict[float, str] = {}
    document, matrix = pypdfium2.PdfDocument(pdf), raw.FS_MATRIX()
    try:
        for page in document:
            text = page.get_textpage()
            for place in range(text.count_chars()):
                letter = chr(raw.FPDFText_GetUnicode(text, place))
                if letter.strip() and raw.FPDFText_GetMatrix(text, place, matrix):
                    size = raw.FPDFText_GetFontSize(text, place) * hypot(matrix.b, matrix.d)
                    sizes.setdefault(round(size, 1), letter)
    finally:
        document.close()
    return sizes


def codes_of(image: Image.Image) -> list[zxingcpp.Barcode]:
    """Its QR codes alone: other kinds take ten times as long to look for."""
    return list(zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode))
