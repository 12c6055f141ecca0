"""Pictures of and for sheets: the first page as phones show it, and the QR code."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import segno
from PIL import Image

SHORT_SIDE = 1080  # pixels; the width of an upright sheet
_COLOURS = 32
_MODULE = 10  # pixels a side: 250 dots an inch or more on small papers
_QUIET_ZONE = 4  # modules of white on each side, as the standard asks


def first_page_png(pdf: bytes) -> bytes:
    """PNG of page 1. Same PDF, same bytes."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        scale = SHORT_SIDE / min(page.get_size())
        image = page.render(scale=scale).to_pil().convert("RGB")
    finally:
        document.close()
    few = image.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    buffer = BytesIO()
    few.save(buffer, "PNG", compress_level=6)  # 9 saves 4 % in seven times the time
    return buffer.getvalue()


def qr_picture(url: str) -> str:
    """The QR code of an address with its quiet zone, as an embedded PNG.

    A picture rather than a drawing: a sheet of many pages then holds it once.
    """
    code = segno.make_qr(url, error="q")
    return code.png_data_uri(scale=_MODULE, border=_QUIET_ZONE)
