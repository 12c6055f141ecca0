"""How large type may be set so that a sheet is full and its text still fits.

Estimates from the widths of characters; what they get wrong costs a white strip or a further
page, never a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from generator.render.posters.typeface import Measure

SIZES = (2.0, 1.9, 1.8, 1.7, 1.6, 1.5, 1.45, 1.4, 1.35, 1.3, 1.25, 1.2, 1.15, 1.1, 1.05)
GAP = 1.6  # between columns, in ems of the paper's type
_LEADING = 1.4
_SPARE = 0.97  # of the room; lines break a little earlier than their widths say


@dataclass(frozen=True)
class Text:
    """Text of a block, `size` times as large as the block's type."""

    text: str
    size: float = 1.0


@dataclass(frozen=True)
class Block:
    """What a column or a page does not divide; `white` above and below it together, and
    `indent` at its left, in ems of its own type."""

    texts: tuple[Text, ...]
    white: float
    indent: float = 0.0

    def height(self, width: float, measure: Measure) -> float:
        """The height in ems on so many ems."""
        room = width - self.indent
        lines = ((ceil(measure(t.text) * t.size / room), t.size) for t in self.texts)
        return self.white + sum(count * size * _LEADING for count, size in lines)


def columns_for(width: float, least: float) -> int:
    """How many columns of at least so many ems there is room for."""
    return max(1, int((width + GAP) // (least + GAP)))


def size_for(
    blocks: Sequence[Block], width: float, height: float, columns: int, measure: Measure
) -> float:
    """The largest type, in ems of the paper's, at which all blocks fit the columns; the paper's
    own where not even that does."""
    across = (width - GAP * (columns - 1)) / columns
    for size in SIZES:
        heights = [block.height(across / size, measure) * size for block in blocks]
        if _columns_used(heights, height * _SPARE) <= columns:
            return size
    return 1.0


def _columns_used(heights: Sequence[float], room: float) -> int:
    used, left = 1, room
    for height in heights:
        if height > left:
            used, left = used + 1, room
        left -= height
    return used
