"""Decodes a file's bytes into text, and holds worksheet cells with the row numbers that a clerk sees."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.problems import Problem, Source, problem

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)
_LARGEST_FILE = 20_000_000  # bytes; a village's worksheet of 5,000 rows has less than one million
_LARGEST_TEXT = 2_000_000  # bytes of YAML or Markdown, which are written by hand
_ZERO_WIDTH = "\u200b\u2060\ufeff\u00ad"  # come along when one copies from web pages and chats
_LINE_ENDS = "\n\r\t\u2028\u2029\u0085\x0b\x0c"
_WITHOUT_ZERO_WIDTH = dict.fromkeys(map(ord, _ZERO_WIDTH))
_UTF8_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Look:
    """How a workbook shows a cell, where that differs from the value which it holds.

    `shown` is the text that the program displays, empty where that is not known, and `code` the number format
    that makes it; `struck` is what is struck through, the whole text or a part of it, and `kept` the rest of
    it; `unseen` says why nobody sees the cell.
    """

    shown: str = ""
    code: str = ""
    struck: str = ""
    unseen: str = ""
    kept: str = ""


@dataclass(frozen=True)
class GridRow:
    """A row of cells; `number` is the row that the spreadsheet program shows.

    `looks` are those of cells whose look matters, by column. Where the rows of a worksheet were arranged
    anew, `origin` is the number that the row had.
    """

    number: int
    cells: tuple[str, ...]
    looks: Mapping[int, Look] = field(default_factory=dict, hash=False)
    origin: int = 0

    @property
    def is_blank(self) -> bool:
        """Whether no cell holds anything."""
        return not any(self.cells)

    def at(self, column: int) -> str:
        """The cell of a column; rows may end early."""
        return self.cells[column] if column < len(self.cells) else ""

    def arranged(self, number: int, columns: Sequence[int | None]) -> GridRow:
        """The cells of these columns with their looks, in this order, as row `number`; an empty cell
        for None."""
        cells = tuple("" if column is None else self.at(column) for column in columns)
        looks = {
            place: self.looks[column]
            for place, column in enumerate(columns)
            if column is not None and column in self.looks
        }
        return GridRow(number, cells, looks, self.origin or self.number)


Grid = tuple[GridRow, ...]


@dataclass(frozen=True)
class Span:
    """A merged cell: first and last row by number, first and last column from 0."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True)
class Worksheet:
    """A worksheet of a workbook, or the one of a CSV file, which has no name.

    Hidden rows are given by number, hidden columns from 0. A cell whose value could not be had
    holds what the program shows for it: the formula without a result, or `#DIV/0!`.
    """

    name: str
    rows: Grid
    is_hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[Span, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether no cell holds anything."""
        return all(row.is_blank for row in self.rows)


def column_letters(column: int) -> str:
    """The letters that a spreadsheet program shows for a column counted from 0."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_place(reference: str) -> tuple[int, int] | None:
    """Row as shown and column from 0 of a reference such as B12; None for anything else."""
    match = _REFERENCE.fullmatch(reference)
    if not match:
        return None
    number = 0
    for letter in match[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), number - 1


def decode(raw: bytes, file: str) -> str | Problem:
    """Text of a file in UTF-8, UTF-16 or GB18030; never with replacements."""
    found = decoded(raw, file)
    return found if isinstance(found, Problem) else found[0]


def decoded(raw: bytes, file: str) -> tuple[str, str] | Problem:
    """The same with the name of the encoding, as Python knows it."""
    start = 0
    for encoding in _encodings(raw):
        try:
            return raw.decode(encoding), encoding
        except UnicodeDecodeError as error:
            start = max(start, error.start)
            if encoding == "utf-8" and _is_utf8_so_far(raw[: error.start]):
                break  # as GB18030 the whole file would read as other characters
    row = raw.count(b"\n", 0, start) + 1
    return problem("file-encoding", Source(file, row), row=row)


def _encodings(raw: bytes) -> tuple[str, ...]:
    """What a file may be written in, likeliest first."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    if raw.startswith(_UTF8_MARK):
        return ("utf-8-sig",)
    even, odd = (raw[start:20_000:2].count(0) for start in (0, 1))
    if max(even, odd) > 4 * min(even, odd) and len(raw) % 2 == 0:
        # Every comma and digit has a NUL beside it; of Chinese characters few have one in them.
        return ("utf-16-le" if odd > even else "utf-16-be",)
    return ("utf-8", "gb18030")


def _is_utf8_so_far(head: bytes) -> bool:
    """Whether the sound part of a file shows Chinese that is Chinese in UTF-8 only."""
    return sum("\u3000" <= c <= "\u9fff" for c in head.decode("utf-8")) >= 3


def read_bytes(path: Path, file: str, largest: int = _LARGEST_FILE) -> bytes | Problem:
    """Bytes of a file, which another program may be holding."""
    try:
        if path.is_symlink():  # it may lead to what is not the village's
            reason = "它只是一个链接，内容在别处；请把文件本身放进来"
            return problem("file-unreadable", Source(file), reason=reason)
        if not path.is_file():  # to read a pipe or a device might never end
            raise OSError
        if path.stat().st_size > largest:
            limit = f"超过了 {largest // 1_000_000} MB"
            return problem("file-large", Source(file), reason=limit)
        return path.read_bytes()
    except OSError:
        reason = "它不是文件，或者正被别的程序占用，或者没有权限读"
        return problem("file-unreadable", Source(file), reason=reason)


def read_text(path: Path, file: str) -> str | Problem:
    """Decoded text of a file with its line ends made one kind, without characters that have no
    width; one with control or direction characters is refused."""
    raw = read_bytes(path, file, _LARGEST_TEXT)
    text = raw if isinstance(raw, Problem) else decode(raw, file)
    if isinstance(text, Problem):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_WITHOUT_ZERO_WIDTH)
    if text.replace("\n", "").replace("\t", "").isprintable():
        return text
    for row, line in enumerate(text.split("\n"), start=1):
        char = unprintable(line.replace("\t", " "))
        if char:
            return problem(
                "text-unprintable", Source(file, row), row=row, char=f"U+{ord(char):04X}"
            )
    return text


def clean(cell: str) -> str:
    """A cell in one line, without characters that have no width and outer white space."""
    if cell.isprintable():  # neither a line end nor anything invisible in it
        return cell.strip()
    kept = "".join(" " if c in _LINE_ENDS else c for c in cell if c not in _ZERO_WIDTH)
    return kept.strip()


def unprintable(cell: str) -> str:
    """The first control or direction character of a cell, which no text of a village needs.

    A direction character can show 100 as 001, so none is let through and none is dropped
    without a word.
    """
    if cell.isprintable():
        return ""
    return next((c for c in cell if _is_unprintable(c)), "")


def _is_unprintable(char: str) -> bool:
    joiner = char in "\u200c\u200d"  # parts of words in some of the country's scripts
    return unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp") and not joiner
