"""What of this machine decides what is made on it: Python packages, drawing libraries, fonts."""

from __future__ import annotations

import ctypes
import sys
import zlib
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

PACKAGES = (
    "filelock",
    "fonttools",
    "graphlay",
    "icalendar",
    "idna",
    "jinja2",
    "lunr",
    "lxml",
    "markdown",
    "nh3",
    "olefile",
    "pandas",
    "pikepdf",
    "pillow",
    "pydyf",
    "pypdfium2",
    "python-calamine",
    "pyyaml",
    "segno",
    "starlette",
    "uvicorn",
    "watchfiles",
    "weasyprint",
    "xlrd",
    "zxing-cpp",
)
# Those that come with them and write something of their own into what is made.
_UNDER_THEM = ("markupsafe", "numpy", "tinycss2", "cssselect2", "tinyhtml5", "pyphen")
_PANGO = ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll")

# Where systems keep their fonts, and the fonts in which rare characters are looked for, the
# best first. A collection's face is the Chinese one.
FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "C:/Windows/Fonts",
    "~/AppData/Local/Microsoft/Windows/Fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
)
FONTS = (
    ("NotoSansCJK-Regular.ttc", 2),
    ("HanaMinA.ttf", 0),
    ("HanaMinB.ttf", 0),
    ("BabelStoneHan.ttf", 0),
    ("simsunb.ttf", 0),
    ("SimsunExtG.ttf", 0),
)


def font_files(folders: Iterable[str] = FOLDERS) -> tuple[tuple[Path, int], ...]:
    """Those of `FONTS` that this machine has, each with its face."""
    places: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(Path(folder).expanduser().rglob("*.tt[fc]")):
            places.setdefault(path.name.lower(), path)
    return tuple((places[name.lower()], face) for name, face in FONTS if name.lower() in places)


def versions() -> tuple[str, ...]:
    """Python and the packages that make something, without importing them."""
    names = (*PACKAGES, *_UNDER_THEM)
    return (sys.version, zlib.ZLIB_RUNTIME_VERSION, *(f"{name} {_version(name)}" for name in names))


def drawing() -> tuple[str, ...]:
    """The library that sets type, and the fonts from which glyphs are borrowed."""
    fonts = (f"{path.name} {path.stat().st_size}" for path, _ in font_files())
    return (_pango(), *fonts)


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _pango() -> str:
    for name in _PANGO:
        try:
            return f"Pango {ctypes.CDLL(name).pango_version()}"
        except (OSError, AttributeError):
            continue
    return ""
