"""Finds a place for each sheet on a board, on shelves from the top. Lengths are millimetres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

GAP = 10  # between two sheets
EDGE = 15  # from a sheet to the frame


@dataclass(frozen=True)
class Spot:
    """Where a sheet hangs, from the board's left and top."""

    left: int
    top: int
    width: int
    height: int


@dataclass
class _Shelf:
    """A row of sheets; the first one in it says how high it is."""

    left: int
    top: int
    height: int
    right: int


Size = tuple[int, int]


class Board:
    """Per-call state for one packing: the room of a board while sheets are put on it.

    A board is a row of panels, and no sheet hangs across two.
    """

    def __init__(self, width: int, height: int, panels: int = 1) -> None:
        self._height = height
        self._panel = width // panels
        self._panels = panels
        self._shelves: list[_Shelf] = []
        self._bottoms = [EDGE] * panels

    def place(self, sizes: Sequence[Size]) -> tuple[Spot, ...] | None:
        """Places for all pages of one sheet, or None and no change where one finds none."""
        before = [_Shelf(s.left, s.top, s.height, s.right) for s in self._shelves]
        bottoms = list(self._bottoms)
        spots = []
        for size in sizes:
            spot = self._on_a_shelf(*size) or self._on_a_new_shelf(*size)
            if spot is None:
                self._shelves, self._bottoms = before, bottoms
                return None
            spots.append(spot)
        return tuple(spots)

    def _on_a_shelf(self, width: int, height: int) -> Spot | None:
        for shelf in self._shelves:
            if height <= shelf.height and shelf.left + width <= shelf.right:
                spot = Spot(shelf.left, shelf.top, width, height)
                shelf.left += width + GAP
                return spot
        return None

    def _on_a_new_shelf(self, width: int, height: int) -> Spot | None:
        if width > self._panel - 2 * EDGE:
            return None
        for number in range(self._panels):
            top = self._bottoms[number]
            if top + height + EDGE <= self._height:
                left = number * self._panel + EDGE
                right = left + self._panel - 2 * EDGE
                self._shelves.append(_Shelf(left + width + GAP, top, height, right))
                self._bottoms[number] = top + height + GAP
                return Spot(left, top, width, height)
        return None
