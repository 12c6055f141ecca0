"""Pictures of sheets for phones, and the QR codes on sheets."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from itertools import accumulate
from math import ceil
from pathlib import Path

import pypdfium2
import segno
from PIL import Image, ImageDraw, ImageFont

from generator.model.papers import POINTS_PER_MM

WIDTH = 1080  # pixels; as wide as phones show pictures
TALLEST = 10_000  # pixels; WeChat shows and sends longer ones only after making them small
_COLOURS = 32
_STEP = 4
_CLOSING = 150  # pixels under a picture that ends before its sheet does
_LETTERS = 36  # pixels
_PIXELS = 4  # a side of a module; whole pixels are drawn sharp at any size
_QUIET_ZONE = 4  # modules of white on each side, as the standard asks
_INK = [255, *[0] * 255]  # of a light module and a dark one
_NOT_WHITE = [255] * 254 + [0, 0]  # hairlines are faint where a pixel is a millimetre
_LEAST = 0.6  # mm a side: what a phone tells apart at arm's length


@dataclass(frozen=True)
class Pictures:
    """PNGs of a sheet: of page 1, and of all pages below each other; the latter is empty when
    there is one page."""

    first: bytes
    long: bytes


def pictures(pdf: bytes, font: Path) -> Pictures:
    """The pictures of a sheet, `WIDTH` wide. Same PDF, same bytes.

    The long one ends after the last page that it has room for, and then says so in `font`.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        sizes = [document.get_page_size(n) for n in range(len(document))]
        heights = [ceil(WIDTH * high / wide) for wide, high in sizes]
        ends = list(accumulate(heights))
        shown = max(1, sum(end <= TALLEST for end in ends))
        closing = _closing(shown, len(ends), font) if shown < len(ends) else None
        rest = closing.height if closing else 0
        whole = Image.new("RGB", (WIDTH, ends[shown - 1] + rest), "white") if ends[1:] else None
        for number in range(shown):  # one at a time: a page as pixels takes more than its PDF
            scale = WIDTH / sizes[number][0]
            page = document[number].render(scale=scale, rev_byteorder=True).to_pil()
            if whole is None:  # a page that is all there is need not be copied
                whole = page if page.size == (WIDTH, ends[0]) else page.crop((0, 0, WIDTH, ends[0]))
            else:
                whole.paste(page, (0, ends[number] - heights[number]))
        assert whole
        if closing:
            whole.paste(closing, (0, ends[shown - 1]))
    finally:
        document.close()
    long = _paletted(whole)
    first = _png(long.crop((0, 0, WIDTH, heights[0])) if ends[1:] else long)
    return Pictures(first, _png(long) if len(ends) > 1 else b"")


def ink_of(pdf: bytes) -> tuple[Image.Image, ...]:
    """What is not white on each page of a sheet, a pixel for each millimetre."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = (page.render(scale=POINTS_PER_MM**-1).to_pil() for page in document)
        return tuple(page.convert("L").point(_NOT_WHITE) for page in pages)
    finally:
        document.close()


def _paletted(image: Image.Image) -> Image.Image:
    """The picture in few colours: those of every fourth pixel each way, in a fifth of the time
    that all would take."""
    size = (image.width // _STEP, image.height // _STEP)
    sample = image.resize(size, Image.Resampling.NEAREST)
    palette = sample.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    return image.quantize(palette=palette, dither=Image.Dither.NONE)


def _closing(shown: int, count: int, font: Path) -> Image.Image:
    """The words under a picture that could not take all pages."""
    image = Image.new("RGB", (WIDTH, _CLOSING), "white")
    draw = ImageDraw.Draw(image)
    draw.line((40, 8, WIDTH - 40, 8), fill="black", width=3)
    words = f"以上是前 {shown} 页，全文共 {count} 页，请扫第 1 页上的码看全文。"
    letters = ImageFont.truetype(str(font), _LETTERS, layout_engine=ImageFont.Layout.BASIC)
    draw.text((WIDTH / 2, _CLOSING / 2), words, fill="black", font=letters, anchor="mm")
    return image


def _png(image: Image.Image) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "PNG", compress_level=4)  # 9 saves 8 % in ten times the time
    return buffer.getvalue()


@lru_cache(maxsize=1)  # a sheet's, for its second layout
def qr_picture(url: str, side: float = 40.0) -> str:
    """The QR code of an address with its quiet zone, as an embedded PNG.

    `side` is its length on paper in mm. At level Q a quarter of it may be lost: a crease across
    it is survived, as M's 15 % are not, and its modules stay larger than those of H, which is
    what counts at a distance. Only an address too long for that gets M. A picture rather than a
    drawing: a sheet of many pages then holds it once.
    """
    for level in "qm":
        code = segno.make_qr(url, error=level, boost_error=False)
        if side / code.symbol_size(border=_QUIET_ZONE)[0] >= _LEAST:
            break
    modules = [bytes(row) for row in code.matrix_iter(border=_QUIET_ZONE)]
    wide = len(modules)
    # Grey: the engine makes three colours of a picture in black and white.
    image = Image.frombytes("L", (wide, wide), b"".join(modules)).point(_INK)
    buffer = BytesIO()
    image.resize((wide * _PIXELS, wide * _PIXELS), Image.Resampling.NEAREST).save(buffer, "PNG")
    return f"data:image/png;base64,{b64encode(buffer.getvalue()).decode()}"
