"""What of this machine decides what is made on it: Python packages, drawing libraries, fonts."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

PACKAGES = (
    "anyio",
    "filelock",
    "fonttools",
    "graphlay",
    "icalendar",
    "idna",
    "jinja2",
    "lunr",
    "lxml",
    "markdown",
    "markupsafe",
    "nh3",
    "olefile",
    "openpyxl",
    "pandas",
    "pikepdf",
    "pillow",
    "pydyf",
    "pypdfium2",
    "python-calamine",
    "pyyaml",
    "rich",
    "segno",
    "starlette",
    "uvicorn",
    "watchfiles",
    "weasyprint",
    "xlrd",
    "zxing-cpp",
)
# Those that come with them and write something of their own into what is made.
_UNDER_THEM = ("numpy", "tinycss2", "cssselect2", "tinyhtml5", "pyphen")
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

# Where a browser lies that can print without a window, the best first. Every Windows has Edge.
BROWSER = "MINGBAI_BROWSER"  # the variable that names one: it draws even where Pango is there
_WINDOWS = (
    ("Microsoft Edge", "Microsoft/Edge/Application/msedge.exe"),
    ("Google Chrome", "Google/Chrome/Application/chrome.exe"),
    ("Chromium", "Chromium/Application/chrome.exe"),
)
_WINDOWS_ROOTS = ("ProgramFiles(x86)", "ProgramFiles", "LOCALAPPDATA")
_MAC = ("Google Chrome", "Microsoft Edge", "Chromium")
_MAC_ROOTS = ("/Applications", "~/Applications")
_OTHERS = (
    *("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"),
    *("google-chrome-stable", "microsoft-edge", "microsoft-edge-stable"),
)


@dataclass(frozen=True)
class Browser:
    """A program that can draw sheets."""

    name: str
    path: Path

    @property
    def version(self) -> int:
        """The first number of its version; 0 where it does not tell it."""
        return _version_of(self.path)

    def __str__(self) -> str:
        return f"{self.name} {self.version}" if self.version else self.name


def find_browser(
    platform: str = sys.platform,
    variables: Mapping[str, str] = os.environ,
    which: Callable[[str], str | None] = shutil.which,
) -> Browser | None:
    """The browser that `MINGBAI_BROWSER` names, else the first of those that systems have."""
    named = variables.get(BROWSER, "")
    if named:
        return Browser(_name_of(Path(named).name), Path(named))
    if platform == "win32":
        roots = [Path(variables[name]) for name in _WINDOWS_ROOTS if name in variables]
        known = [(name, root / end) for name, end in _WINDOWS for root in roots]
    elif platform == "darwin":
        roots = [Path(root).expanduser() for root in _MAC_ROOTS]
        known = [(n, r / f"{n}.app/Contents/MacOS/{n}") for n in _MAC for r in roots]
    else:
        found = filter(None, map(which, _OTHERS))
        known = [(_name_of(Path(path).name), Path(path)) for path in found]
    return next((Browser(name, path) for name, path in known if path.is_file()), None)


def is_browser_named(variables: Mapping[str, str] = os.environ) -> bool:
    """Whether somebody said which browser draws."""
    return bool(variables.get(BROWSER))


def _name_of(program: str) -> str:
    if "edge" in program.lower():
        return "Microsoft Edge"
    return "Google Chrome" if "chrome" in program.lower() else "Chromium"


@cache
def _version_of(path: Path) -> int:
    """Windows' browsers say nothing when asked; each version is a folder beside the program."""
    if path.suffix.lower() == ".exe":
        names = (folder.name.split(".") for folder in path.parent.glob("*.*.*.*"))
        return max((int(name[0]) for name in names if all(map(str.isdigit, name))), default=0)
    try:
        told = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=10)
    except (OSError, subprocess.SubprocessError):
        return 0
    numbers = (word.split(".")[0] for word in told.stdout.split() if word.count(".") == 3)
    return next((int(number) for number in numbers if number.isdigit()), 0)


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
    """What sets type, and the fonts from which glyphs are borrowed."""
    fonts = (f"{path.name} {path.stat().st_size}" for path, _ in font_files())
    pango = "" if is_browser_named() else _pango()
    return (pango or str(find_browser() or ""), *fonts)


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
