"""Decides what a photograph of a sheet on its board proves: which sheet's QR code can be read in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import import_module
from urllib.parse import parse_qs, urlsplit

from PIL import Image

from generator.intake.cleaned import Refused
from generator.intake.images import seen_picture, small_photo
from generator.model.codes import is_code, plain_code
from generator.model.posted import Photo

_SHARP = 4096  # pixels: the code of one sheet among ten on a board has some hundred of them
_SMALL, _QUALITY = 480, 50  # as published: about 20 kB
_VILLAGE = re.compile(r".*/v/([^/]+)/(.+?)/?", re.ASCII)


@dataclass(frozen=True)
class Sheet:
    """A sheet whose QR code was read: `record` is the last part of its address in its village."""

    village: str
    record: str
    code: str


@dataclass(frozen=True)
class Shot:
    """A photograph with the sheets that it shows; none where no program could look."""

    sheets: tuple[Sheet, ...] | None
    photo: Photo


def read_photo(raw: bytes) -> Shot | Refused:
    """The bytes of a photograph: small, without what cameras write into them, and what its QR codes
    say. The same for the same bytes."""
    picture = seen_picture(raw, _SHARP)
    if isinstance(picture, Refused):
        return picture
    small = small_photo(picture, _SMALL, _QUALITY)
    return Shot(_sheets_in(picture), Photo(small.content, *small.size))


def _sheets_in(picture: Image.Image) -> tuple[Sheet, ...] | None:
    try:
        library = import_module("zxingcpp")
    except ImportError:  # there is none for this machine
        return None
    found = library.read_barcodes(picture.convert("L"), formats=library.BarcodeFormat.QRCode)
    sheets = (_sheet(one.text) for one in found if one.valid)
    return tuple(dict.fromkeys(sheet for sheet in sheets if sheet))


def _sheet(address: str) -> Sheet | None:
    """The sheet that an address leads to; none where it is no sheet's."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    at, code = _VILLAGE.fullmatch(parts.path), plain_code(parse_qs(parts.query).get("c", [""])[0])
    return Sheet(at[1], at[2], code) if at and is_code(code) else None
