"""A sheet larger than the office's paper, as several that are glued together: where each is cut.

All lengths are millimetres.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil

from generator.model.papers import OFFICE_PAPERS

PAPERS = OFFICE_PAPERS
MARKS = 5.0  # room for cutting marks around the picture
STRIP = 12.0  # room under it for label and ruler
RULER = 50.0
_SMALLEST = 0.1  # a sheet shrunk below a tenth is no sheet any more


@dataclass(frozen=True)
class Tiling:
    """How to cut: the office's paper, the edge that its printer leaves white, how far tiles
    lie on each other. `most` limits the number of tiles by shrinking the sheet; 0 keeps its size."""

    paper: str = "A4"
    margin: float = 6.0
    overlap: float = 10.0
    most: int = 0
    blank_backs: bool = False


@dataclass(frozen=True)
class Area:
    """A part of a sheet, from the sheet's left and top."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Tile:
    """One tile: its row and column from 1, and the left and top of its picture on the sheet; one
    that is blank is not printed."""

    row: int
    column: int
    left: float
    top: float
    is_blank: bool = False


@dataclass(frozen=True)
class Plan:
    """Tiles of one sheet, of which they show an `area`. `width` and `height` are those of the
    office's paper as it is fed; the picture's window begins at `left`, `top` on it. `scale` is 1 or
    less."""

    width: float
    height: float
    left: float
    top: float
    window: tuple[float, float]
    scale: float
    rows: int
    columns: int
    tiles: tuple[Tile, ...]
    area: Area

    @property
    def printed(self) -> tuple[Tile, ...]:
        """The tiles that have something on them."""
        return tuple(tile for tile in self.tiles if not tile.is_blank)

    @property
    def blank(self) -> tuple[Tile, ...]:
        """The others."""
        return tuple(tile for tile in self.tiles if tile.is_blank)

    def on(self, area: Area, is_blank: Callable[[Area], bool]) -> Plan:
        """The same plan for a part of a sheet as large as the sheet that it was made for."""
        wide, high = (length / self.scale for length in self.window)
        tiles = []
        for tile in self.tiles:
            left, top = tile.left + area.left * self.scale, tile.top + area.top * self.scale
            seen = Area(left / self.scale, top / self.scale, wide, high)
            tiles.append(Tile(tile.row, tile.column, left, top, is_blank(seen)))
        return replace(self, tiles=tuple(tiles), area=area)


def plan_tiles(width: float, height: float, tiling: Tiling) -> Plan:
    """Cut a sheet into the fewest tiles, the paper upright or on its side.

    Raises ValueError when margins and overlap leave no room for a picture.
    """
    short, long = PAPERS[tiling.paper]
    plans = [_plan(width, height, fed, tiling) for fed in ((short, long), (long, short))]
    if tiling.most:
        return max(plans, key=lambda plan: (plan.scale, -len(plan.tiles)))
    return min(plans, key=lambda plan: len(plan.tiles))


def _plan(width: float, height: float, fed: tuple[float, float], tiling: Tiling) -> Plan:
    edge = tiling.margin + MARKS
    window = (fed[0] - 2 * edge, fed[1] - 2 * edge - STRIP)
    if min(window) <= 2 * tiling.overlap or tiling.overlap < 0 or tiling.margin < 0:
        raise ValueError("no room")
    scale = _scale(width, height, window, tiling) if tiling.most else 1.0
    step = (window[0] - tiling.overlap, window[1] - tiling.overlap)
    columns = _count(width * scale, window[0], tiling.overlap)
    rows = _count(height * scale, window[1], tiling.overlap)
    tiles = tuple(
        Tile(row + 1, column + 1, column * step[0], row * step[1])
        for row in range(rows)
        for column in range(columns)
    )
    area = Area(0.0, 0.0, width, height)
    return Plan(*fed, edge, edge, window, scale, rows, columns, tiles, area)


def _count(length: float, window: float, overlap: float) -> int:
    # A hair's breadth more than a window needs no further tile.
    return max(1, ceil((length - overlap) / (window - overlap) - 0.001))


def _scale(width: float, height: float, window: tuple[float, float], tiling: Tiling) -> float:
    """The largest scale, at most 1, at which the sheet takes no more than `most` tiles."""
    best = _SMALLEST
    for columns in range(1, tiling.most + 1):
        rows = tiling.most // columns
        across = columns * (window[0] - tiling.overlap) + tiling.overlap
        down = rows * (window[1] - tiling.overlap) + tiling.overlap
        best = max(best, min(1.0, across / width, down / height))
    return best
