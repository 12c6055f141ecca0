"""A shorter way to the mask of a QR code: segno looks at each module of eight candidates, one at a
time, where a whole row is one number or one text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from generator.render.posters.shortcuts.ways import Function, Way

READ_IN = "1.6.6"
_RUNS = re.compile(rb"\x00{5,}|\x01{5,}")
_FINDER = bytes((1, 0, 1, 1, 1, 0, 1))
_DIGITS = bytes.maketrans(b"\x00\x01", b"01")


def ways() -> list[Way]:
    """The functions of this room; none in a version that was not read."""
    import segno
    from segno import encoder

    if segno.__version__ != READ_IN:
        return []
    return [
        (masked_of(encoder), encoder, "apply_mask"),
        (score_of(), encoder, "evaluate_mask"),
    ]


def masked_of(encoder: Any) -> Function:
    """`apply_mask`: which modules a mask turns is the same for all codes of a size."""
    whole = encoder.apply_mask

    @cache
    def turned(name: str, size: int) -> tuple[int, ...]:
        rows = [bytearray(size) for _ in range(size)]
        mask = next(
            f for f in encoder.get_data_mask_functions(is_micro=False) if f.__name__ == name
        )
        function = encoder.make_matrix(size, size)
        encoder.add_finder_patterns(function, size, size)
        encoder.add_alignment_patterns(function, size, size)
        function[-8][8] = 1
        whole(rows, mask, size, size, lambda i, j: function[i][j] > 1)
        return tuple(int.from_bytes(row, "big") for row in rows)

    def apply_mask(matrix: Any, mask: Any, width: int, height: int, is_region: Any) -> None:
        if width != height or width < 21:  # a micro code
            whole(matrix, mask, width, height, is_region)
            return
        for row, bits in zip(matrix, turned(mask.__name__, width), strict=True):
            row[:] = (int.from_bytes(row, "big") ^ bits).to_bytes(width, "big")

    return apply_mask


def score_of() -> Function:
    """`evaluate_mask`, after ISO/IEC 18004, 7.8.3.1, as segno reads it."""

    def evaluate_mask(matrix: Sequence[bytearray], width: int, height: int) -> Any:
        rows = [bytes(row) for row in matrix]
        lines = [*rows, *map(bytes, zip(*rows, strict=True))]
        runs = sum(len(run) - 2 for run in _RUNS.findall(b"\x02".join(lines)))
        numbers = [int(row.translate(_DIGITS), 2) for row in rows]
        inner = (1 << (width - 1)) - 1
        blocks = 0
        for above, row in pairwise(numbers):
            differ = above ^ row
            blocks += (~(differ | differ >> 1 | row ^ row >> 1) & inner).bit_count()
        finders = sum(map(finder_like, (line for line in lines if _FINDER in line)))
        dark = sum(number.bit_count() for number in numbers) / width**2
        return runs + 3 * blocks + finders + 10 * int(abs(dark * 100 - 50) / 5)

    def finder_like(line: bytes) -> int:
        """What looks like a corner of the code, with white beside it."""
        score, start = 0, line.find(_FINDER)
        while start != -1:
            end = start + 7
            is_at_edge = start == 0 or end == len(line)
            if (
                is_at_edge
                or not any(line[max(start - 4, 0) : start])
                or not any(line[end : end + 4])
            ):
                score += 40
            else:
                end = start + 4
            start = line.find(_FINDER, end)
        return score

    return evaluate_mask
