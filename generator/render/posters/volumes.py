"""Volumes of one long sheet joined into one file: pages, bookmarks, marks for screen readers,
and each font once.

A sheet of thousands of rows is laid out and written in volumes, since one document would need
memory without bound. Each volume holds its own cut of the same fonts. Cuts keep the numbers of
their glyphs, so they can be laid on each other.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence
from io import BytesIO
from itertools import accumulate, pairwise
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.DefaultTable import DefaultTable

Mark = tuple[str, int]  # a bookmark and the page to which it leads, counted from 0
_PAIR = re.compile(rb"<([0-9a-f]+)> <([0-9a-f]+)>")
_PAIRS = re.compile(rb"\d+ beginbfchar\n.*endbfchar\n", re.DOTALL)
_AT_ONCE = 100  # pairs that a block may hold


def join_volumes(volumes: Sequence[bytes], marks: Sequence[Mark]) -> bytes:
    """One file of several. Same input, same bytes."""
    with pikepdf.open(BytesIO(volumes[0])) as book:
        fonts: dict[str, list[Any]] = {}
        _note_fonts(book.pages[0], fonts)
        for volume in volumes[1:]:
            with pikepdf.open(BytesIO(volume)) as other:
                start = len(book.pages)
                book.pages.extend(other.pages)
                _join_marks(book, other, start)
                _note_fonts(book.pages[start], fonts)
        for same in fonts.values():
            _unite(book, same)
        with book.open_outline() as outline:
            items = outline.root[0].children if outline.root else outline.root
            items[:] = [pikepdf.OutlineItem(words, page, "Fit") for words, page in marks]
        buffer = BytesIO()
        book.remove_unreferenced_resources()
        book.save(buffer, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return buffer.getvalue()


def _join_marks(book: pikepdf.Pdf, other: pikepdf.Pdf, start: int) -> None:
    """Add the tree of a volume whose pages were just added from page `start` on."""
    tree = book.Root.StructTreeRoot
    added = book.copy_foreign(other.Root.StructTreeRoot)
    shift = int(tree.ParentTreeNextKey)
    numbers = list(added.ParentTree.Nums)
    for place in range(0, len(numbers), 2):
        tree.ParentTree.Nums.append(int(numbers[place]) + shift)
        tree.ParentTree.Nums.append(numbers[place + 1])
    tree.ParentTreeNextKey = shift + int(added.ParentTreeNextKey)
    for kid in added.K.K:
        kid.P = tree.K
        tree.K.K.append(kid)
    for page in book.pages[start:]:
        page.StructParents = int(page.StructParents) + shift
        for note in page.get("/Annots", ()):
            note.StructParent = int(note.StructParent) + shift


# ---------------------------------------------------------------------------------- fonts


def _note_fonts(page: pikepdf.Page, fonts: dict[str, list[Any]]) -> None:
    """All pages of a volume share their fonts."""
    for font in page.Resources.Font.values():
        fonts.setdefault(str(font.BaseFont).partition("+")[2], []).append(font)


def _unite(book: pikepdf.Pdf, same: list[Any]) -> None:
    """Make several cuts of a font one."""
    if len(same) < 2:
        return
    described = [font.DescendantFonts[0] for font in same]
    files = [d.FontDescriptor.FontFile2.read_bytes() for d in described]
    whole = united(files)
    file = book.make_stream(whole, Length1=len(whole))
    widths = _widths(described)
    words = book.make_stream(_joined_words([font.ToUnicode.read_bytes() for font in same]))
    for font, one in zip(same, described, strict=True):
        font.BaseFont = one.BaseFont = one.FontDescriptor.FontName = same[0].BaseFont
        one.FontDescriptor.FontFile2, one.W, font.ToUnicode = file, widths, words


def _widths(fonts: list[Any]) -> pikepdf.Array:
    """Widths by glyph, as written: the first glyph and the widths from it on, again and again."""
    widths: dict[int, Any] = {}
    for font in fonts:
        parts = list(font.W)
        for first, several in zip(parts[::2], parts[1::2], strict=True):
            widths.update((int(first) + n, width) for n, width in enumerate(several))
    found = pikepdf.Array()
    for glyph in sorted(widths):
        found.append(glyph)
        found.append(pikepdf.Array([widths[glyph]]))
    return found


def _joined_words(tables: list[bytes]) -> bytes:
    """The characters of glyphs, from several tables."""
    blocks_of = (_PAIRS.findall(table) for table in tables)
    pairs = dict(pair for found in blocks_of for b in found for pair in _PAIR.findall(b))
    lines = [b"<%b> <%b>\n" % pair for pair in sorted(pairs.items())]
    blocks = [lines[n : n + _AT_ONCE] for n in range(0, len(lines), _AT_ONCE)]
    text = b"".join(b"%d beginbfchar\n%bendbfchar\n" % (len(b), b"".join(b)) for b in blocks)
    return _PAIRS.sub(lambda _: text, tables[0])


def united(files: Sequence[bytes]) -> bytes:
    """Cuts of one font, each with glyphs that others may lack, as one."""
    fonts = [
        TTFont(BytesIO(file), lazy=True, recalcBBoxes=False, recalcTimestamp=False)
        for file in files
    ]
    base = max(fonts, key=lambda font: font["maxp"].numGlyphs)  # cuts end after their last glyph
    count = base["maxp"].numGlyphs
    outlines, advances, bearings = [b""] * count, [0] * count, [0] * count
    for font in fonts:
        places, data = _places(font), font.reader["glyf"]
        metrics = _metrics(font)
        for glyph, (start, end) in enumerate(pairwise(places)):
            advance, bearing = metrics[glyph]
            if start != end and not outlines[glyph]:
                outlines[glyph], bearings[glyph] = data[start:end], bearing
            advances[glyph] = max(advances[glyph], advance)
    base["head"].indexToLocFormat = 1
    base["hhea"].numberOfHMetrics = count
    ends = (0, *accumulate(map(len, outlines)))
    for tag, data in (
        ("glyf", b"".join(outlines)),
        ("loca", struct.pack(f">{count + 1}I", *ends)),
        ("hmtx", b"".join(map(struct.Struct(">Hh").pack, advances, bearings))),
    ):
        table = DefaultTable(tag)
        table.data = data
        base[tag] = table
    buffer = BytesIO()
    base.save(buffer, reorderTables=None)
    for font in fonts:
        font.close()
    return buffer.getvalue()


def _places(font: TTFont) -> list[int]:
    """The start of each glyph's outline, and the end of the last."""
    loca = font.reader["loca"]
    if font["head"].indexToLocFormat:
        return list(struct.unpack(f">{len(loca) // 4}I", loca))
    return [place * 2 for place in struct.unpack(f">{len(loca) // 2}H", loca)]


def _metrics(font: TTFont) -> list[tuple[int, int]]:
    """Advance and left bearing of each glyph."""
    count, data = font["hhea"].numberOfHMetrics, font.reader["hmtx"]
    full = list(struct.iter_unpack(">Hh", data[: 4 * count]))
    # What is left after the full entries are bearings; their advance is the last one.
    return full + [(full[-1][0], left) for (left,) in struct.iter_unpack(">h", data[4 * count :])]
