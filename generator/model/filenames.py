"""The names of the files beside a page, for the code that writes them and the code that reserves them."""

from __future__ import annotations

import re

PAGE = "index.html"
DATA = "data.json"
ROWS = "data.csv"
MANIFEST = "manifest.json"
SHEET = "poster"
"""What the files of a page's sheet are called, before their endings."""
WALL = "wall"
"""What the files of a village's round of boards are called, before their endings."""
WARNINGS = "warnings"
"""What the page of warnings is called, a village's and the site's."""
MINE = "mine"
"""What the page is called on which readers find their own household in all lists of a village."""
CATALOGUE = "catalogue"
"""What the catalogue is called as a list and as a file."""

PDF, PICTURE, TILES, LONG_PICTURE = ".pdf", ".png", "-tiles.pdf", "-long.png"
SHEET_ENDINGS = (PDF, PICTURE, TILES, LONG_PICTURE)
"""The sheet, its first page as a picture, the sheet cut for the office's paper, and all its pages
as one picture."""

VILLAGE_PAGES = frozenset(
    ("calendar", "corrections", MINE, "powers", "schemas", "search", "station", WALL, WARNINGS)
)
"""The folders beside those of a village's items: no item may be called so."""

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])", re.IGNORECASE)
_SHEETS = tuple(SHEET + ending for ending in SHEET_ENDINGS)
_WALLS = tuple(WALL + ending for ending in SHEET_ENDINGS)
RESERVED = frozenset((PAGE, DATA, ROWS, MANIFEST, *_SHEETS))
"""What no attachment may be called: the program writes these beside it."""


def is_address_part(id: str) -> bool:
    """Whether an id can stand in an address."""
    return _ID.fullmatch(id) is not None


def is_device(name: str) -> bool:
    """Whether Windows takes a name for a device, whatever its ending: no file there can have it."""
    return _DEVICES.fullmatch(name.partition(".")[0].strip()) is not None


def is_sheet_file(path: str) -> bool:
    """Whether a path of the site is a file of a sheet or of a village's round. `wall.pdf` is one
    only beside a village's home: a document may offer a file of that name."""
    *folders, name = path.split("/")
    return name in _SHEETS or (len(folders) == 2 and folders[0] == "v" and name in _WALLS)
