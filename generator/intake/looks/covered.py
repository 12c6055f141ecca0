"""Finds cells hidden under a merged area, which keep what they held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from generator.intake.decoding import Grid, GridRow, Look, Span
from generator.intake.looks.styles import COVERED
from generator.intake.packages import RefusedError

_MOST = 4_000_000  # cells that are looked at; areas may not overlap in a sound file


def with_covered(rows: Sequence[GridRow], merged: Iterable[Span]) -> Grid:
    """The rows, with a look for each filled cell under a merged area. Raises `RefusedError`."""
    result = list(rows)
    visited = 0
    for span in merged:
        for place in range(max(span.top - 1, 0), min(span.bottom, len(result))):
            row = result[place]
            right = min(span.right, len(row.cells) - 1)
            visited += max(right - span.left + 1, 1)
            if visited > _MOST:
                raise RefusedError("file-damaged")
            is_first = place == span.top - 1
            covered = {
                column: replace(row.looks.get(column, Look()), unseen=COVERED)
                for column in range(span.left + is_first, right + 1)
                if row.cells[column]
            }
            if covered:
                result[place] = replace(row, looks={**row.looks, **covered})
    return tuple(result)
