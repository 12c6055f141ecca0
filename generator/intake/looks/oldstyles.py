"""Reads how the cells of an .xls workbook look; xlrd reads them with the values."""

from __future__ import annotations

import xlrd

from generator.intake.looks.formats import builtin_code
from generator.intake.looks.styles import PLAIN, Runs, Style, Styled, struck_runs, unseen_colour

_OWN_CODES = 164
_SOLID = 1
_WHITE = (255, 255, 255)


class OldStyles:
    """The styles of a workbook by the number that its cells give."""

    def __init__(self, book: xlrd.Book) -> None:
        self.book = book
        self.known: dict[int, Style] = {}

    def of(self, worksheet: xlrd.sheet.Sheet, row: int, column: int) -> Styled:
        """The look of a cell."""
        number = worksheet.cell_xf_index(row, column)
        style = self.known.get(number)
        if style is None:
            style = self.known[number] = self._style(number)
        lists = worksheet.rich_text_runlist_map.get((row, column))
        runs = self._runs(str(worksheet.cell_value(row, column)), lists) if lists else ()
        return Styled(style, runs) if runs or style != PLAIN else _PLAIN

    def _style(self, number: int) -> Style:
        xf = self.book.xf_list[number]
        font = self.book.font_list[xf.font_index]
        found = self.book.format_map.get(xf.format_key)
        is_own = found is not None and xf.format_key >= _OWN_CODES
        code = found.format_str if found is not None and is_own else builtin_code(xf.format_key)
        background = xf.background
        fill = None
        if background is not None and background.fill_pattern:
            is_solid = background.fill_pattern == _SOLID
            fill = self._colour(background.pattern_colour_index) if is_solid else "pattern"
            fill = fill or "solid"
        colour = self._colour(font.colour_index)
        return Style(code, bool(font.struck_out), unseen_colour(colour, fill))

    def _colour(self, index: int) -> str:
        """The colour of a place in the palette; nothing for the program's own."""
        colour = self.book.colour_map.get(index)
        if colour is None:
            return ""
        return "white" if colour == _WHITE else "{:02X}{:02X}{:02X}".format(*colour)

    def _runs(self, text: str, starts: list[tuple[int, int]]) -> Runs:
        """The runs of a text: each from its place in the font that is named there."""
        fonts = self.book.font_list
        ends = [*(start for start, _ in starts[1:]), len(text)]
        runs: list[tuple[str, bool | None]] = [(text[: starts[0][0]], None)]
        for (start, font), end in zip(starts, ends, strict=True):
            runs.append((text[start:end], bool(fonts[font].struck_out)))
        return struck_runs(runs)


_PLAIN = Styled()
