"""Decodes pictures and writes them anew, so that only what can be seen is published.

Cameras write the place, the time and the owner's name into their files. A picture inside a PDF
or an office document keeps its bytes, and only loses the parts that hold such words.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Callable
from typing import TypeVar

from PIL import Image, ImageCms, ImageFile, ImageOps

from generator.intake.cleaned import Cleaned, Refused

LONGEST_SIDE = 1600  # pixels: sharp on a phone and on half an A3 sheet
LARGEST_PICTURE = 20_000_000  # bytes; cameras write up to about 15
_MOST_PIXELS = 50_000_000  # decoded before they can be made fewer
_HEAVY = 600_000  # bytes of a PNG above which it is a photograph
_QUALITY = 82
_ENDINGS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
_MEND = "请在手机或电脑上打开它，另存为 jpg 或 png 再放进来"
_JPEG_KEPT = (0xE0, 0xEE)  # APP0 (JFIF) and APP14 (how the colours are coded)
_Found = TypeVar("_Found")
_PNG_MARK = b"\x89PNG\r\n\x1a\n"
# What a PNG needs to look the same: size, colours, transparency, resolution.
_PNG_KEPT = frozenset(
    (
        b"IHDR",
        b"PLTE",
        b"IDAT",
        b"IEND",
        b"tRNS",
        b"gAMA",
        b"cHRM",
        b"sRGB",
        b"sBIT",
        b"bKGD",
        b"pHYs",
    )
)


def clean_picture(raw: bytes) -> Cleaned | Refused:
    """A JPEG, PNG or WebP file as a small JPEG or PNG, turned upright, without any metadata.

    Same bytes in, same bytes out. Sizes are looked at before anything is decoded.
    """
    return _opened(raw, _cleaned)


def seen_picture(raw: bytes, longest: int) -> Image.Image | Refused:
    """The picture of such a file as one sees it, its longest side at most so many pixels."""
    return _opened(raw, lambda picture: _seen(picture, longest))


def small_photo(picture: Image.Image, longest: int, quality: int) -> Cleaned:
    """A picture that is seen as a JPEG, at most so large."""
    small = picture.convert("RGB")
    small.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return Cleaned(_written(small, "JPEG", quality), size=small.size, ending="jpg")


def _opened(raw: bytes, look: Callable[[Image.Image], _Found | Refused]) -> _Found | Refused:
    """What is found on the picture of a file, or why it cannot be looked at."""
    if len(raw) > LARGEST_PICTURE:
        return _too_large(f"有 {len(raw) // 1_000_000} MB，最多 {LARGEST_PICTURE // 1_000_000} MB")
    # WeasyPrint tells Pillow to put up with half a picture, for the whole process.
    tolerant, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(raw), formats=tuple(_ENDINGS)) as picture:
                return _fitting(picture) or look(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return _too_large(f"画面超过了 {_MOST_PIXELS // 10_000} 万像素")
    except Exception:  # the decoders raise whatever comes to them on a broken file
        return Refused("content", "不是完好的 jpg 或 png 图片", _MEND)
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = tolerant


def _fitting(picture: Image.Image) -> Refused | None:
    """Why a picture is none to be decoded, if it is not."""
    width, height = picture.size
    if width * height > _MOST_PIXELS:
        return _too_large(f"画面超过了 {_MOST_PIXELS // 10_000} 万像素")
    if not _is_jpeg(picture) and getattr(picture, "is_animated", False):
        return Refused("content", "是会动的图片", _MEND)
    return None


def _is_jpeg(picture: Image.Image) -> bool:
    return picture.format in ("JPEG", "MPO")


def _cleaned(picture: Image.Image) -> Cleaned:
    kind = str(picture.format)
    small = _seen(picture, LONGEST_SIDE)
    has_holes = "A" in small.getbands()
    if kind == "PNG" or has_holes:
        content = _written(small, "PNG")
        if len(content) <= _HEAVY or has_holes:
            return Cleaned(content, size=small.size, ending="png")
    return Cleaned(_written(small, "JPEG"), size=small.size, ending="jpg")


def _seen(picture: Image.Image, longest: int) -> Image.Image:
    """The picture as one sees it: upright, in the colours of screens, small, in grey, RGB or
    RGBA."""
    if _is_jpeg(picture):  # decoded at a half or a quarter where that is enough
        picture.draft("RGB", (2 * longest, 2 * longest))
    profile = picture.info.get("icc_profile")
    upright = ImageOps.exif_transpose(picture)
    if profile and upright.mode in ("RGB", "RGBA", "CMYK", "L"):
        upright = _in_screen_colours(upright, profile)
    if upright.mode.startswith(("I", "F")):  # 16 bits a pixel, as some scanners write
        upright = upright.point(lambda value: value / 256).convert("L")
    is_clear = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
    if is_clear:
        upright = upright.convert("RGBA")
        if upright.getchannel("A").getextrema()[0] == 255:
            upright = upright.convert("RGB")
    elif upright.mode in ("1", "L"):
        upright = upright.convert("L")
    else:
        upright = upright.convert("RGB")
    upright.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return upright


def _in_screen_colours(picture: Image.Image, profile: bytes) -> Image.Image:
    """The picture without need of its profile; as it is where the profile makes no sense."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = "RGBA" if picture.mode == "RGBA" else "RGB"
        turned = ImageCms.profileToProfile(
            picture, source, ImageCms.createProfile("sRGB"), outputMode=mode
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    return turned or picture


def _written(picture: Image.Image, kind: str, quality: int = _QUALITY) -> bytes:
    """A file with the pixels of a picture and nothing else."""
    bare = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    buffer = io.BytesIO()
    if kind == "JPEG":
        bare.save(buffer, "JPEG", quality=quality, optimize=True, progressive=True)
    else:
        bare.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _too_large(what: str) -> Refused:
    return Refused("large", what, "请在手机或电脑上把它缩小，长边 1600 像素就够")


# --------------------------------------------------------------- pictures inside other files


def without_words(raw: bytes) -> bytes | None:
    """A JPEG or PNG file with the same picture, without what programs wrote beside it; None for
    other files and broken ones."""
    if raw.startswith(b"\xff\xd8"):
        return _bare_jpeg(raw)
    return _bare_png(raw) if raw.startswith(_PNG_MARK) else None


def _bare_jpeg(raw: bytes) -> bytes | None:
    """A JPEG without application segments and comments; what follows its end is cut off."""
    kept = [raw[:2]]
    at = 2
    while at + 4 <= len(raw) and raw[at] == 0xFF:
        marker = raw[at + 1]
        if marker == 0xFF:  # a filler
            at += 1
            continue
        end = at + 2 + struct.unpack_from(">H", raw, at + 2)[0]
        if marker == 0xD9 or end > len(raw) or end < at + 4:
            return None
        is_word = 0xE0 <= marker <= 0xEF or marker == 0xFE
        if not is_word or marker in _JPEG_KEPT:
            kept.append(raw[at:end])
        at = end
        if marker == 0xDA:  # the pixels; further scans and tables may stand between them
            at = _end_of_scan(raw, at)
            kept.append(raw[end:at])
            if raw[at : at + 2] == b"\xff\xd9":
                return b"".join([*kept, b"\xff\xd9"])
    return None


def _end_of_scan(raw: bytes, at: int) -> int:
    """Where the next segment begins after the pixels of a scan."""
    while True:
        at = raw.find(b"\xff", at)
        if at < 0 or at + 1 >= len(raw):
            return len(raw)
        if raw[at + 1] != 0 and not 0xD0 <= raw[at + 1] <= 0xD7 and raw[at + 1] != 0xFF:
            return at
        at += 1 if raw[at + 1] == 0xFF else 2


def _bare_png(raw: bytes) -> bytes | None:
    """A PNG with the chunks that make the picture."""
    kept = [_PNG_MARK]
    at = len(_PNG_MARK)
    while at + 12 <= len(raw):
        length, name = struct.unpack_from(">I4s", raw, at)
        end = at + 12 + length
        if end > len(raw) or zlib.crc32(raw[at + 4 : end - 4]) != int.from_bytes(
            raw[end - 4 : end]
        ):
            return None
        if name in _PNG_KEPT:
            kept.append(raw[at:end])
        if name == b"IEND":
            return b"".join(kept)
        at = end
    return None
