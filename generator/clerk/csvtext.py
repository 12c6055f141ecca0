"""A file as rows that can be mended, and back to bytes in which only what was mended is other: a CSV file,
or the lines of a text."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from generator.intake.decoding import decoded
from generator.intake.worksheets import separator_of
from generator.problems import Problem, Source, problem

Row = tuple[str, ...]
_MARKS = {"utf-8-sig": codecs.BOM_UTF8}


@dataclass(frozen=True)
class CsvText:
    """The rows of a file, the text of each as it stands there with its line end, and how new ones
    are written: encoding, the mark before the text, separator, line end, whether cells are quoted. The
    lines of a text are rows of one cell, without a separator."""

    rows: tuple[Row, ...]
    texts: tuple[str, ...]
    encoding: str
    mark: bytes
    separator: str
    line_end: str
    is_quoted: bool

    @property
    def width(self) -> int:
        """The number of cells that most rows have."""
        widths = Counter(len(row) for row in self.rows if any(row))
        return max(widths, key=lambda width: (widths[width], width), default=0)


def opened(raw: bytes, file: str) -> CsvText | Problem:
    """The rows of a file's bytes, or why it cannot be shown."""
    found = _read(raw, file)
    if isinstance(found, Problem):
        return found
    text, encoding, mark = found
    separator = separator_of(text)
    taken: list[str] = []
    lines = _taking(text, taken)
    rows: list[Row] = []
    texts: list[str] = []
    try:
        for cells in csv.reader(lines, delimiter=separator, strict=True):
            rows.append(tuple(cells))
            texts.append("".join(taken))
            taken.clear()
    except csv.Error:
        number = len(rows) + 1
        reason = f"从第 {number} 行起引号不成对，或者有一格太长"
        return problem("file-unreadable", Source(file, number), reason=reason)
    is_quoted = bool(texts) and _is_quoted(texts[0], rows[0], separator)
    end = _line_end(texts, "\r\n")
    return CsvText(tuple(rows), tuple(texts), encoding, mark, separator, end, is_quoted)


def opened_lines(raw: bytes, file: str) -> CsvText | Problem:
    """The lines of a text file, or why it cannot be shown."""
    found = _read(raw, file)
    if isinstance(found, Problem):
        return found
    text, encoding, mark = found
    texts = tuple(io.StringIO(text, newline=""))
    rows = tuple((line.rstrip("\r\n"),) for line in texts)
    return CsvText(rows, texts, encoding, mark, "", _line_end(texts, "\n"), is_quoted=False)


def _read(raw: bytes, file: str) -> tuple[str, str, bytes] | Problem:
    """A file's text, the encoding in which it is written behind its mark, and the mark."""
    found = decoded(raw, file)
    if isinstance(found, Problem):
        return found
    text, encoding = found
    if encoding == "utf-16":
        mark = raw[:2]
        return text, "utf-16-le" if mark == codecs.BOM_UTF16_LE else "utf-16-be", mark
    mark = _MARKS.get(encoding, b"")
    return text, "utf-8" if mark else encoding, mark


def _line_end(texts: Sequence[str], usual: str) -> str:
    """How most lines end."""
    ends = Counter(text[len(text.rstrip("\r\n")) :] for text in texts)
    return max(filter(None, ends), key=lambda end: ends[end], default=usual)


def _taking(text: str, taken: list[str]) -> Iterator[str]:
    """The lines of a text, each noted when the reader takes it."""
    for line in io.StringIO(text, newline=""):
        taken.append(line)
        yield line


def _is_quoted(text: str, row: Row, separator: str) -> bool:
    return len(row) > 1 and text.startswith('"') and text.count(f'"{separator}"') == len(row) - 1


def written(before: CsvText, rows: Sequence[Sequence[str]]) -> bytes:
    """The bytes of the file with these rows: those that stand there already keep their text, and
    encoding, mark and line ends are as they were.

    Raises UnicodeEncodeError where a character is none.
    """
    old, new = [_bare(row) for row in before.rows], [_bare(row) for row in rows]
    texts: list[str] = []
    for kind, first, last, start, end in _steps(old, new):
        if kind == "equal":
            texts += before.texts[first:last]
            continue
        for place in range(start, end):
            beside = first + place - start
            if beside < last and old[beside] == new[place]:  # an empty one amid others
                texts.append(before.texts[beside])
                continue
            wide = len(before.rows[beside]) if beside < last else before.width
            texts.append(_text(new[place], wide, before))
    body = "".join(
        text if text.endswith(("\n", "\r")) or place == len(texts) - 1 else text + before.line_end
        for place, text in enumerate(texts)
    )
    ended = not before.texts or before.texts[-1].endswith(("\n", "\r"))
    if not ended and body.endswith(before.line_end) and texts and texts[-1] not in before.texts:
        body = body.removesuffix(before.line_end)
    return before.mark + body.encode(before.encoding)


def _bare(row: Sequence[str]) -> Row:
    """A row without the empty cells at its end: of those a grid shows more than a file has."""
    cells = list(row)
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _steps(old: list[Row], new: list[Row]) -> list[tuple[str, int, int, int, int]]:
    """What was done to rows. Both ends that are alike are set aside, and rows that programs leave
    empty by the thousand are no places to begin at: each would be held against each."""
    most = min(len(old), len(new))
    head = next((n for n in range(most) if old[n] != new[n]), most)
    tail = next((n for n in range(most - head) if old[-1 - n] != new[-1 - n]), most - head)
    inner = old[head : len(old) - tail], new[head : len(new) - tail]
    steps = [
        (kind, first + head, last + head, start + head, end + head)
        for kind, first, last, start, end in SequenceMatcher(_is_empty, *inner, False).get_opcodes()
    ]
    before, after = (len(rows) - tail for rows in (old, new))
    ends = (("equal", 0, head, 0, head), ("equal", before, len(old), after, len(new)))
    return [ends[0], *steps, ends[1]]


def _is_empty(row: Row) -> bool:
    return not row


def _text(row: Row, wide: int, before: CsvText) -> str:
    if not before.separator:
        return "".join(row) + before.line_end
    cells = [*row, *[""] * (wide - len(row))]
    buffer = io.StringIO(newline="")
    delimiter, end = before.separator, before.line_end
    if before.is_quoted:
        writer = csv.writer(buffer, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL)
    else:
        writer = csv.writer(buffer, delimiter=delimiter, lineterminator=end)
    writer.writerow(cells)
    return buffer.getvalue()


@dataclass(frozen=True)
class Change:
    """A row before and after, by their numbers; 0 and no cells where there is none."""

    before: int
    after: int
    old: Row
    new: Row


def changes(old: Sequence[Row], new: Sequence[Sequence[str]]) -> list[Change]:
    """The rows that differ, in order: changed ones beside each other, then those that came or went."""
    olds, news = [_bare(row) for row in old], [_bare(row) for row in new]
    found: list[Change] = []
    for kind, first, last, start, end in _steps(olds, news):
        if kind == "equal":
            continue
        for step in range(max(last - first, end - start)):
            before, after = first + step, start + step
            if before < last and after < end and olds[before] == news[after]:
                continue
            found.append(
                Change(
                    before + 1 if before < last else 0,
                    after + 1 if after < end else 0,
                    olds[before] if before < last else (),
                    news[after] if after < end else (),
                )
            )
    return found
