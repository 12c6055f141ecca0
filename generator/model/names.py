"""The names of the files that lie beside a page, said once for those who write and who reserve them."""

from __future__ import annotations

PAGE = "index.html"
DATA = "data.json"
ROWS = "data.csv"
MANIFEST = "manifest.json"
SHEET = "poster"
"""What the files of a page's sheet are called, before their endings."""
WALL = "wall"
"""What the files of a village's round of boards are called, before their endings."""

PDF, PICTURE, TILES, LONG_PICTURE = ".pdf", ".png", "-tiles.pdf", "-long.png"
SHEET_ENDINGS = (PDF, PICTURE, TILES, LONG_PICTURE)
"""The sheet, its first page as a picture, the sheet cut for the office's paper, and all its pages
as one picture."""

_SHEETS = tuple(SHEET + ending for ending in SHEET_ENDINGS)
_WALLS = tuple(WALL + ending for ending in SHEET_ENDINGS)
RESERVED = frozenset((PAGE, DATA, ROWS, MANIFEST, *_SHEETS))
"""What no attachment may be called: the program writes these beside it."""


def is_sheet_file(path: str) -> bool:
    """Whether a path of the site is a file of a sheet or of a village's round. `wall.pdf` is one
    beside a village's home alone: a document may offer a file of that name."""
    *folders, name = path.split("/")
    return name in _SHEETS or (len(folders) == 2 and folders[0] == "v" and name in _WALLS)
