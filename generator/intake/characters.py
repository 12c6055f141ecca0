"""Reads private code points that are known to mean a character as that character.

Old input methods and fonts wrote the eighty characters that GBK added at FE50-FEA0 as private code points U+E815 to
U+E864, in their order; since then each has a code point of its own. GB 18030-2005 named all but fourteen of them, which
Python's codec knows; the fourteen stand here: six of Extension B (GB 18030-2005) and eight of GB 18030-2022. Compared
with glibc's tables (`iconv`) and the list in issue 27 of the WHATWG's Encoding Standard. Radicals (U+2E80 to U+2EFF)
are left out: no name is written with half a character, so the writer's font had another one there. No other private
code point has a meaning that two computers share.
"""

from __future__ import annotations

from dataclasses import replace

from generator.intake.decoding import GridRow, Worksheet
from generator.problems import Problem, Source, problem

_FIRST, _LAST = 0xE815, 0xE864
_SINCE_2005 = {
    0xE816: "\U00020087",
    0xE817: "\U00020089",
    0xE818: "\U000200cc",
    0xE831: "\U000215d7",
    0xE83B: "\U0002298f",
    0xE855: "\U000241fe",
}
_SINCE_2022 = {
    0xE81E: "\u9fb4",
    0xE826: "\u9fb5",
    0xE82B: "\u9fb6",
    0xE82C: "\u9fb7",
    0xE832: "\u9fb8",
    0xE843: "\u9fb9",
    0xE854: "\u9fba",
    0xE864: "\u9fbb",
}


def _in_gbk(code: int) -> str:
    """The character at a private code point's place in GBK: FE50-FE7E, then FE80-FEA0."""
    place = code - _FIRST
    low = 0x50 + place if place <= 0x7E - 0x50 else 0x51 + place
    return bytes((0xFE, low)).decode("gb18030")


def _is_radical(char: str) -> bool:
    return "\u2e80" <= char <= "\u2eff"


_ALL = {code: _in_gbk(code) for code in range(_FIRST, _LAST + 1)} | _SINCE_2005 | _SINCE_2022
STANDARD: dict[int, str] = {code: char for code, char in _ALL.items() if not _is_radical(char)}
"""The character of its own for each private code point that has one."""


def standard_text(text: str, file: str) -> tuple[str, tuple[Problem, ...]]:
    """A text with its known private code points replaced, and a notice for each line of them."""
    if text.isascii() or not _known(text):
        return text, ()
    notices = [
        _notice(line, Source(file, row))
        for row, line in enumerate(text.split("\n"), start=1)
        if _known(line)
    ]
    return text.translate(STANDARD), tuple(notices)


def standard_worksheet(worksheet: Worksheet, file: str) -> tuple[Worksheet, tuple[Problem, ...]]:
    """The same for the cells of a worksheet."""
    notices: list[Problem] = []
    rows = tuple(_standard_row(row, file, notices) for row in worksheet.rows)
    return (replace(worksheet, rows=rows), tuple(notices)) if notices else (worksheet, ())


def _standard_row(row: GridRow, file: str, notices: list[Problem]) -> GridRow:
    found = [cell for cell in row.cells if not cell.isascii() and _known(cell)]
    if not found:
        return row
    notices += (_notice(cell, Source(file, row.number)) for cell in found)
    return replace(row, cells=tuple(cell.translate(STANDARD) for cell in row.cells))


def _known(text: str) -> str:
    """The first private code point of a text that stands for a known character."""
    return next((char for char in text if ord(char) in STANDARD), "")


def _notice(text: str, source: Source) -> Problem:
    char = _known(text)
    facts = {"code": f"U+{ord(char):04X}", "char": STANDARD[ord(char)]}
    return problem("character-private", source, **facts)
