"""What a village wrote down of its boards: which sheet hung where, from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.problems import Source


@dataclass(frozen=True)
class Photo:
    """A picture of a sheet on its board, made small and cleaned. Its QR code was read, and is the
    sheet's."""

    content: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Posting:
    """A sheet on a board: the board's id, the record as `item/key`, the code on the paper, the day
    on which it was put up, and that on which it was taken down, if it was. `is_proved` says that
    a photograph shows it; `photo` is there while the sheet hangs."""

    board: str
    record: str
    code: str
    up: date
    source: Source
    down: date | None = None
    is_proved: bool = False
    photo: Photo | None = None


@dataclass(frozen=True)
class Posted:
    """All that the village wrote down; `source` is its file."""

    source: Source
    postings: tuple[Posting, ...]
