"""A board with the places of its sheets, to scale; numbers lead to the lists beside it."""

from __future__ import annotations

from dataclasses import dataclass

from generator.render.drawings.chartparts import EDGE, Box, Drawing, Mark, Say
from generator.views.walls.plans import BoardPicture

PER_MM = 0.115  # units: two figures then stand on an A4 sheet
_FIGURES = 16.5  # their size: no smaller than the text of a page
_HEADING = 21.0  # above a part of a long board
_BETWEEN = 12.0


@dataclass(frozen=True)
class SheetBox:
    """A sheet of paper; `number` stands in the middle of it."""

    box: Box
    number: Mark
    plate: Box
    is_new: bool


@dataclass(frozen=True)
class BoardDrawing(Drawing):
    """A board, in one part or, when it is long, in several below each other."""

    frames: tuple[Box, ...]
    headings: tuple[Mark, ...]
    sheets: tuple[SheetBox, ...]


def board_width(picture: BoardPicture) -> float:
    """The width of a board's drawing."""
    return picture.width / picture.panels * PER_MM + 2 * EDGE


def board_drawing(picture: BoardPicture, say: Say) -> BoardDrawing:
    """Lay a board out on a drawing as wide as it needs."""
    part = picture.width / picture.panels * PER_MM
    high = picture.height * PER_MM
    head = _HEADING if picture.panels > 1 else 0.0
    frames, headings = [], []
    for number in range(picture.panels):
        top = EDGE + head + number * (high + head + _BETWEEN)
        frames.append(Box(EDGE, top, EDGE + part, top + high))
        if head:
            words = say("panel", number=number + 1, count=picture.panels)
            headings.append(Mark(EDGE, top - 6, words))
    sheets = []
    for sheet in picture.sheets:
        spot = sheet.spot
        number = min(int(spot.left * picture.panels // picture.width), picture.panels - 1)
        left = frames[number].left + spot.left * PER_MM - number * part
        top = frames[number].top + spot.top * PER_MM
        box = Box(left, top, left + spot.width * PER_MM, top + spot.height * PER_MM)
        x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        text = str(sheet.number)
        half = _FIGURES * 0.31 * len(text) + 1.2
        plate = Box(x - half, y - 9.5, x + half, y + 9.5)
        sheets.append(SheetBox(box, Mark(x, y + 6, text), plate, sheet.is_new))
    return BoardDrawing(
        picture.id,
        picture.title,
        say("board", count=len(picture.sheets)),
        board_width(picture),
        frames[-1].bottom + EDGE,
        tuple(frames),
        tuple(headings),
        tuple(sheets),
    )
