"""The pages of a PDF: their words, and whether all that they show can be read.

What cannot be read has not been searched for private data. A page counts as read only if its
words look like words of a Chinese village, and if it shows no picture and no drawn letters
beyond what stamps and signatures need.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

from generator.intake.cleaned import Blind, BlindPage

_MM = 25.4 / 72  # of a point
_STAMP = 62.0  # mm; the largest official seal has 60, a village committee's 42
_FEW_LETTERS = 40  # on a page with a picture: a line that the scanner's program prints on it
# Seals, signatures and QR codes that a page may have as pictures, and as drawings.
_MOST_PICTURES, _MOST_DRAWINGS = 4, 2
# A frame, a line or a circle takes up to 8 pieces, a Chinese character 20 and more.
_PIECES_OF_A_FRAME = 8
_PIECES_OF_WORDS = 60
_JUDGED_PIECES = 500  # of a path, which tell what it is
_STRAIGHT = 0.01  # units that a straight line may be off
# Lines and frames: a page of cells with four borders each has 3000, letters of strokes more.
_MOST_LINES = 4000
_DEEPEST = 12  # forms within forms
_JUDGED = 12  # Han characters from which on their frequency tells something
# pdfium's marks for a hyphen at the end of a line
_MARKS_OF_READER = "\x02\ufffe\t\r\n"
# Letters of the languages of which the gate can judge something, and signs of every kind.
_KNOWN = (
    (0x20, 0x24F),  # Latin
    (0x2B0, 0x3FF),  # accents, Greek (units of measure)
    (0x2000, 0x2BFF),  # punctuation, signs, arrows, frames
    (0x2E80, 0x303F),
    (0x30FB, 0x30FC),  # the middle dot and the long dash of Japanese keyboards
    (0x3100, 0x312F),
    (0x31A0, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFE00, 0xFE6F),
    (0xFF00, 0xFF65),
    (0xFFE0, 0xFFE6),
    (0x20000, 0x3FFFF),
)
Box = tuple[float, float, float, float]  # left, bottom, right, top in mm
_Matrix = tuple[float, float, float, float, float, float]
_UNMOVED: _Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True)
class _Shown:
    """What a page shows beside its words: the places of pictures and of drawings that may be
    letters, these with how many pieces they have, and the number of lines of all kinds."""

    pictures: tuple[Box, ...]
    drawings: tuple[tuple[Box, int], ...]
    lines: int


def read_pages(content: bytes, units: tuple[float, ...]) -> tuple[list[str], list[BlindPage]]:
    """The words of each page, and the pages that cannot be read in full. `units` are the
    pages' own units of length in points."""
    texts, blind = [], []
    with pypdfium2.PdfDocument(content) as document:
        for number, (page, unit) in enumerate(zip(document, units, strict=True), start=1):
            words = page.get_textpage()
            text = str(words.get_text_range())
            shown = _shown(page, unit * _MM)
            words.close()
            page.close()
            texts.append(text)
            why = _why_blind(text, shown)
            if why is not None:
                blind.append(BlindPage(number, why))
    return texts, blind


def _why_blind(text: str, shown: _Shown) -> Blind | None:
    letters = sum(not char.isspace() for char in text)
    has_picture = _is_more(shown.pictures, _MOST_PICTURES)
    if not letters or (has_picture and letters < _FEW_LETTERS):
        return "scan"
    if is_garbled(text):
        return "garbled"
    if has_picture:
        return "picture"
    if shown.lines > _MOST_LINES:
        return "outline"
    words = [box for box, pieces in _clusters(shown.drawings) if pieces >= _PIECES_OF_WORDS]
    return "outline" if _is_more(tuple(words), _MOST_DRAWINGS) else None


def is_garbled(text: str) -> bool:
    """Whether a page's words cannot be the ones that it shows: letters without a code, of
    scripts that broken tables give, no Han at all, or Han that nobody writes.

    One unknown sign in a line is a bullet of a symbol font.
    """
    for line in text.splitlines():
        if sum(map(_is_foreign, line)) > 1:
            return True
    han = [char for char in text if _is_han(char)]
    if not han:
        return True
    common = sum(map(_is_common, han))
    return len(han) >= _JUDGED and common * 2 < len(han)


def _is_foreign(char: str) -> bool:
    if char in _MARKS_OF_READER:
        return False
    if char == "\ufffd" or unicodedata.category(char) in ("Cc", "Co", "Cn", "Cs"):
        return True
    code = ord(char)
    return not any(first <= code <= last for first, last in _KNOWN)


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff"


def _is_common(char: str) -> bool:
    """Whether a character is of the first level of GB/T 2312, which holds 99 % of what is
    written and 18 % of the characters."""
    code = char.encode("gb2312", "ignore")
    return len(code) == 2 and 0xB0 <= code[0] <= 0xD7


# ------------------------------------------------------------------------------- what is drawn


def _is_more(boxes: tuple[Box, ...], most: int) -> bool:
    """Whether places take more room than so many stamps."""
    clusters = _clusters(tuple((box, 1) for box in boxes))
    return len(clusters) > most or any(_is_large(box) for box, _ in clusters)


def _is_large(box: Box) -> bool:
    return box[2] - box[0] > _STAMP or box[3] - box[1] > _STAMP


def _clusters(parts: tuple[tuple[Box, int], ...]) -> list[tuple[Box, int]]:
    """Neighbours together, as far as they fit on one stamp, with the sum of their pieces."""
    clusters: list[tuple[Box, int]] = []
    for box, pieces in sorted(parts, key=lambda part: (-part[0][3], part[0][0])):
        for n, (other, more) in enumerate(clusters):
            both = _around(box, other)
            if not _is_large(both):
                clusters[n] = (both, more + pieces)
                break
        else:
            clusters.append((box, pieces))
    return clusters


def _around(one: Box, other: Box) -> Box:
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )


def _shown(page: pypdfium2.PdfPage, scale: float) -> _Shown:
    pictures: list[Box] = []
    drawings: list[tuple[Box, int]] = []
    lines = 0
    for thing, matrix in _things(page):
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            pictures.append(_place(thing, matrix, scale))
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            count = max(raw.FPDFPath_CountSegments(thing), 0)
            lines += 1
            if count > _PIECES_OF_A_FRAME and not _is_frame(thing, count):
                drawings.append((_place(thing, matrix, scale), count))
        if lines > _MOST_LINES:
            break  # nobody reads a drawing of so many parts
    return _Shown(tuple(pictures), tuple(drawings), lines)


def _is_frame(path: object, count: int) -> bool:
    """Whether a path goes along the page's sides only, as frames of cells and QR codes do, and
    no Chinese character of a printed page."""
    x, y = ctypes.c_float(), ctypes.c_float()
    last = (0.0, 0.0)
    for n in range(min(count, _JUDGED_PIECES)):
        piece = raw.FPDFPath_GetPathSegment(path, n)
        kind = raw.FPDFPathSegment_GetType(piece)
        raw.FPDFPathSegment_GetPoint(piece, x, y)
        here = (x.value, y.value)
        is_line = kind == raw.FPDF_SEGMENT_LINETO and (
            abs(here[0] - last[0]) < _STRAIGHT or abs(here[1] - last[1]) < _STRAIGHT
        )
        if not is_line and kind != raw.FPDF_SEGMENT_MOVETO:
            return False
        last = here
    return True


def _things(page: pypdfium2.PdfPage) -> Iterator[tuple[object, _Matrix]]:
    """All objects of a page, those within forms too, each with what moves it."""
    for n in range(raw.FPDFPage_CountObjects(page)):
        yield from _within(raw.FPDFPage_GetObject(page, n), _UNMOVED, 0)


def _within(thing: object, matrix: _Matrix, depth: int) -> Iterator[tuple[object, _Matrix]]:
    yield thing, matrix
    if raw.FPDFPageObj_GetType(thing) != raw.FPDF_PAGEOBJ_FORM or depth > _DEEPEST:
        return
    own = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(thing, own)
    moved = _times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
    for n in range(raw.FPDFFormObj_CountObjects(thing)):
        yield from _within(raw.FPDFFormObj_GetObject(thing, n), moved, depth + 1)


def _times(one: _Matrix, other: _Matrix) -> _Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j,
            e * g + f * i + k, e * h + f * j + m)  # fmt: skip


def _place(thing: object, matrix: _Matrix, scale: float) -> Box:
    """Where an object stands on the page, in mm."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
    a, b, c, d, e, f = matrix
    corners = [
        (a * x + c * y + e, b * x + d * y + f)
        for x in (left.value, right.value)
        for y in (bottom.value, top.value)
    ]
    xs, ys = [x * scale for x, _ in corners], [y * scale for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)
