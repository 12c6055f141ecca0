"""A shorter way to the glyphs of a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from struct import iter_unpack
from typing import Any

from generator.render.posters.shortcuts.ways import Function, Way

_GLYPH = "IiiiI"  # PangoGlyphInfo: number, width, two offsets, flags


def ways() -> list[Way]:
    """The functions of this room."""
    from weasyprint.draw import text

    return [(line_of(text), text, "draw_first_line")]


def line_of(text: Any) -> Function:
    """`draw_first_line`: glyphs of plain fonts are read from memory at once, not one value at a
    time."""
    whole = text.draw_first_line
    ffi, pango = text.ffi, text.pango
    size = ffi.sizeof("PangoGlyphInfo")
    glyphs = _Glyphs(ffi, pango, 1000 * text.FROM_UNITS, size)

    def draw_first_line(
        stream: Any, textbox: Any, text_overflow: str, block_ellipsis: str, matrix: Any
    ) -> Any:
        is_usual = text_overflow != "ellipsis" and block_ellipsis == "none"
        words = textbox.pango_layout.text
        if not is_usual or not words.strip() or textbox.style["font_size"] < 1e-6:
            return whole(stream, textbox, text_overflow, block_ellipsis, matrix)
        if "\n" in words or "\r" in words or "\u2029" in words:  # else it would be laid out again
            pango.pango_layout_set_single_paragraph_mode(textbox.pango_layout.layout, True)
        line, _ = textbox.pango_layout.get_first_line()
        found: list[tuple[Any, Any, float, str]] = []
        run = line.runs[0]
        while run != ffi.NULL:
            item, run = run.data, run.next
            face = item.item.analysis.font
            is_same = found and found[-1][0] == face
            font, font_size = found[-1][1:3] if is_same else stream.add_font(face)
            shown = glyphs.shown(stream, item, words, font, font_size)
            if shown is None:
                return whole(stream, textbox, text_overflow, block_ellipsis, matrix)
            found.append((face, font, font_size, shown))
        stream.set_text_matrix(*matrix.values)
        _show(stream, found)
        return []

    is_known = size == 20 and pango.pango_version() >= 14802
    return draw_first_line if is_known else whole


def _show(stream: Any, runs: Sequence[tuple[Any, Any, float, str]]) -> None:
    """Runs that follow each other in one font are one text."""
    previous, string = None, ""
    for face, font, font_size, glyphs in runs:
        if face != previous:
            if string:
                stream.show_text(string)
            previous, string = face, ""
            stream.set_font_size(font.hash, font_size)
        string += glyphs
    stream.show_text(string)


@dataclass(frozen=True)
class _Glyphs:
    """Reads glyphs where Pango keeps them, `size` bytes each; `scale` makes thousandths of its units."""

    ffi: Any
    pango: Any
    scale: float
    size: int

    def shown(self, stream: Any, item: Any, words: str, font: Any, font_size: float) -> str | None:
        """A run as a PDF shows it; None where it holds anything that is not plain."""
        face, listed = item.item.analysis.font, item.glyphs
        if font.bitmap or font.png or font.svg or font.colr or item.item.analysis.level % 2:
            return None
        pango, scale = self.pango, self.scale
        empty, rare = pango.PANGO_GLYPH_EMPTY, pango.PANGO_GLYPH_UNKNOWN_FLAG
        glyphs = iter_unpack(_GLYPH, self.ffi.buffer(listed.glyphs, listed.num_glyphs * self.size))
        widths, parts = font.widths, []
        for place, (glyph, width, aside, above, _) in enumerate(glyphs):
            if glyph == empty or glyph & rare or above:
                return None
            if glyph not in font.to_unicode:
                _note(font, item, words, place, glyph)
            if glyph not in widths:
                pango.pango_font_get_glyph_extents(
                    face, glyph, stream.ink_rect, stream.logical_rect
                )
                widths[glyph] = round(stream.logical_rect.width * scale / font_size)
            offset = aside / font_size
            if offset:
                parts.append(f">{-offset}<")
            parts.append(f"{glyph:04x}")
            if kerning := widths[glyph] + offset - width * scale / font_size:
                parts.append(f">{int(kerning)}<")
        shown = f"<{''.join(parts)}"
        return shown[:-1] if shown[-1] == "<" else f"{shown}>"


def _note(font: Any, item: Any, words: str, place: int, glyph: int) -> None:
    """Which characters a glyph stands for."""
    clusters, start = item.glyphs.log_clusters, item.item.offset
    is_last = place == item.glyphs.num_glyphs - 1
    end = item.item.length if is_last else clusters[place + 1]
    font.to_unicode[glyph] = words.encode()[start + clusters[place] : start + end].decode()
