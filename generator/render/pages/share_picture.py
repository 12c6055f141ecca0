"""The picture shown when a page is shared: the board of the icon, or the logo."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw

from generator.model.shared import Logo

_SIDE = 400  # pixels; messengers want 300 at least
_FINER = 4  # drawn this much larger first: the drawing library has no smooth edges
_BOARD = 32  # the icon's own square, see templates/assets/icon.svg
_COLOURS = 16
_LOGO_SHARE = 0.8


@lru_cache(maxsize=2)
def share_picture(accent: str, logo: Logo | None) -> bytes:
    """A square PNG. Same colour and logo, same bytes."""
    image = _with_logo(logo) if logo else _board(accent)
    buffer = BytesIO()
    image.save(buffer, "PNG", compress_level=9)
    return buffer.getvalue()


def _with_logo(logo: Logo) -> Image.Image:
    """The logo in the middle of a white square."""
    image = Image.new("RGB", (_SIDE, _SIDE), "#ffffff")
    with Image.open(BytesIO(logo.content)) as picture:
        seen = picture.convert("RGBA")
    factor = _SIDE * _LOGO_SHARE / max(seen.size)
    size = (max(1, round(seen.width * factor)), max(1, round(seen.height * factor)))
    seen = seen.resize(size, Image.Resampling.LANCZOS)
    image.paste(seen, ((_SIDE - size[0]) // 2, (_SIDE - size[1]) // 2), seen)
    return image


def _board(accent: str) -> Image.Image:
    """A sheet with three lines on a ground of the site's colour."""
    unit = _SIDE * _FINER // _BOARD
    image = Image.new("RGB", (_SIDE * _FINER, _SIDE * _FINER), accent)
    pen = ImageDraw.Draw(image)

    def box(left: int, top: int, right: int, bottom: int, colour: str) -> None:
        pen.rectangle((left * unit, top * unit, right * unit - 1, bottom * unit - 1), fill=colour)

    box(7, 8, 25, 24, "#ffffff")
    for top, right in ((11, 22), (15, 22), (19, 17)):
        box(10, top, right, top + 2, "#1a1a1a")
    small = image.resize((_SIDE, _SIDE), Image.Resampling.LANCZOS)
    return small.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
