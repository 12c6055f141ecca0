"""Asks about cells that are struck through or invisible before anything else is read from a worksheet.

To strike a line through is how offices void it on a screen, and what is white on white was meant for nobody.
Whether it is published is not the program's to decide, so the question names the very cells that it is about:
an answer given for this month's is none for the next.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.intake.decoding import GridRow, Look, Worksheet
from generator.intake.doubts import Asking, Choice, Doubt
from generator.intake.layout import Layout
from generator.intake.looks.styles import COVERED
from generator.model.masks import MaskProfile
from generator.problems import Problem, Source, problem

_LEAVE_OUT, _PUBLISH = "不公开", "公开"
_EXAMPLES = 5  # of cells that a question names


@dataclass(frozen=True)
class _Cell:
    """A cell in question: where it is, its heading, what of it is published if what is struck or unseen is
    left out, and the text as messages may show it."""

    row: int
    column: int
    heading: str
    kept: str
    shown: str
    look: Look
    is_words: bool


def without_void(
    worksheet: Worksheet, layout: Layout, file: str, masks: MaskProfile, asking: Asking
) -> Worksheet:
    """The worksheet as the answers leave it; what no answer settles stays, and so does its question."""
    if not any(look.struck or look.unseen for row in worksheet.rows for look in row.looks.values()):
        return worksheet
    return _Void(worksheet, layout, file, masks, asking).read()


class _Void:
    """Per-call state of the steps for one worksheet."""

    def __init__(
        self, worksheet: Worksheet, layout: Layout, file: str, masks: MaskProfile, asking: Asking
    ) -> None:
        self.worksheet = worksheet
        self.layout = layout
        self.file = file
        self.masks = masks
        self.asking = asking
        self.body = {row.number for row in layout.body}
        self.unread = {row.number for row in layout.notes}
        self.texts: dict[int, dict[int, str]] = {}  # by row number and column

    def read(self) -> Worksheet:
        rows = [row for row in self.worksheet.rows if row.number not in self.unread]
        void = [row for row in rows if self._is_void(row)]
        left_out = self._rows(void) if void else set()
        struck = {row.number for row in void}
        others = [row for row in rows if row.number not in struck]
        cells = [cell for row in others for cell in self._cells(row)]
        for part in (False, True):
            own = [c for c in cells if c.look.struck and bool(c.look.kept) is part]
            for heading in dict.fromkeys(cell.heading for cell in own):
                self._struck([cell for cell in own if cell.heading == heading], part)
        unseen = [cell for cell in cells if cell.look.unseen and not cell.look.struck]
        for key in dict.fromkeys((cell.heading, cell.look.unseen) for cell in unseen):
            self._unseen([cell for cell in unseen if (cell.heading, cell.look.unseen) == key])
        return replace(
            self.worksheet,
            rows=tuple(self._row(row) for row in self.worksheet.rows if row.number not in left_out),
        )

    def _is_void(self, row: GridRow) -> bool:
        """Whether a row of the table is struck as a whole: most of what it holds is."""
        filled = [position for position, cell in enumerate(row.cells) if cell]
        looks = (row.looks.get(position, Look()) for position in filled)
        struck = sum(bool(look.struck) and not look.kept for look in looks)
        return row.number in self.body and len(filled) > 1 and 2 * struck > len(filled)

    def _rows(self, rows: Sequence[GridRow]) -> set[int]:
        """The numbers of the struck rows that are left out."""
        shown = [self._line(row) for row in rows]
        facts = {"count": str(len(rows)), "value": shown[0]}
        fault = problem("rows-struck", Source(self.file, rows[0].number), **facts)
        many = f"这 {len(rows)} 行" if len(rows) > 1 else "这一行"
        choices = (
            Choice(_LEAVE_OUT, f"{many}都不公开" if len(rows) > 1 else f"{many}不公开"),
            Choice(_PUBLISH, f"{many}照写的公开，例如“{shown[0]}”"),
        )
        about = f"划掉的行：{_named(shown)}"
        is_lasting = all(map(self._is_told, rows))
        answer = self.asking.settle(Doubt(about, fault, choices, lasting=is_lasting))
        return {row.number for row in rows} if answer == _LEAVE_OUT else set()

    def _is_told(self, row: GridRow) -> bool:
        """Whether the words of a question name all of a row: 王* of next month may be another."""
        cells = [cell for position, cell in enumerate(row.cells) if cell]
        return self._line(row) == "，".join(cells)

    def _line(self, row: GridRow) -> str:
        """A row in a few words, its persons masked."""
        columns = self.layout.columns
        cells = (
            self._masked(position, cell)
            for position, cell in enumerate(row.cells)
            if cell and position in columns
        )
        return "，".join(filter(None, cells))[:60]

    def _masked(self, position: int, text: str) -> str:
        column = self.layout.columns.get(position)
        return self.masks.rule(column.field.mask).apply(text) if column else text

    def _cells(self, row: GridRow) -> Iterator[_Cell]:
        """The cells of a row that are in question: those that would be read."""
        for position, look in row.looks.items():
            text = row.at(position)
            if not text or not (look.struck or look.unseen):
                continue
            column = self.layout.columns.get(position)
            if row.number in self.body:
                if column is None or column.field.mask in ("drop", "private"):
                    continue
                if look.unseen == COVERED and self._is_repeated(row, position):
                    continue
                heading = column.field.name
            else:
                heading = "标题" if row.number < self.layout.heading.number else "表头"
            is_words = column is None or column.field.type == "string"
            shown = self._masked(position, text) if row.number in self.body else text
            yield _Cell(row.number, position, heading, look.kept, shown, look, is_words)

    def _is_repeated(self, row: GridRow, position: int) -> bool:
        """Whether a cell lies under one that is merged down a column of words, which counts for each row."""
        column = self.layout.columns[position]
        return not column.field.is_numeric and any(
            span.left == position and span.top < row.number <= span.bottom
            for span in self.worksheet.merged
        )

    def _struck(self, cells: Sequence[_Cell], is_part: bool) -> None:
        first = cells[0]
        kind = "cells-struck-part" if is_part else "cells-struck"
        fault = self._fault(
            kind,
            cells,
            struck=self._masked_in(first, first.look.struck),
            kept=self._masked_in(first, first.kept),
        )
        if not is_part:
            self._ask(f"划掉的格子：{first.heading}", fault, cells)
            return
        choices = [Choice("只留没划掉的", f"“{self._masked_in(first, first.kept)}”")]
        if first.is_words:  # two numbers in one cell are none
            choices.append(Choice("都公开", f"“{first.shown}”"))
        about = f"划掉一部分的格子：{first.heading}：{_named([cell.shown for cell in cells])}"
        doubt = Doubt(about, fault, tuple(choices), lasting=_are_told(cells, self.worksheet))
        if self.asking.settle(doubt) == "只留没划掉的":
            self._settle(cells, [cell.kept for cell in cells])

    def _masked_in(self, cell: _Cell, text: str) -> str:
        """A part of a cell's text as messages may show it."""
        return self._masked(cell.column, text) if cell.row in self.body else text

    def _unseen(self, cells: Sequence[_Cell]) -> None:
        first = cells[0]
        reason = first.look.unseen
        fault = self._fault("cells-unseen", cells, reason=reason)
        self._ask(f"看不见的内容（{reason}）：{first.heading}", fault, cells)

    def _fault(self, kind: str, cells: Sequence[_Cell], **facts: str) -> Problem:
        first = cells[0]
        source = Source(self.file, first.row, first.heading)
        return problem(
            kind, source, value=first.shown, heading=first.heading, count=len(cells), **facts
        )

    def _ask(self, about: str, fault: Problem, cells: Sequence[_Cell]) -> None:
        """Whether cells are published or emptied."""
        shown = _named([cell.shown for cell in cells])
        choices = (
            Choice(_LEAVE_OUT, "这一格空着" if len(cells) == 1 else f"这 {len(cells)} 格都空着"),
            Choice(_PUBLISH, f"照写的公开：“{cells[0].shown}”"),
        )
        is_lasting = _are_told(cells, self.worksheet)
        doubt = Doubt(f"{about}：{shown}", fault, choices, lasting=is_lasting)
        if self.asking.settle(doubt) == _LEAVE_OUT:
            self._settle(cells, [""] * len(cells))

    def _settle(self, cells: Sequence[_Cell], texts: Sequence[str]) -> None:
        for cell, text in zip(cells, texts, strict=True):
            self.texts.setdefault(cell.row, {})[cell.column] = text

    def _row(self, row: GridRow) -> GridRow:
        """A row with the texts that were settled, which have no look of their own any more."""
        own: Mapping[int, str] = self.texts.get(row.number, {})
        if not own:
            return row
        cells = tuple(own.get(column, cell) for column, cell in enumerate(row.cells))
        looks = {column: look for column, look in row.looks.items() if column not in own}
        return replace(row, cells=cells, looks=looks)


def _are_told(cells: Sequence[_Cell], worksheet: Worksheet) -> bool:
    """Whether the words of a question show the cells as they are, without masks."""
    rows = {row.number: row for row in worksheet.rows}
    return all(cell.shown == rows[cell.row].at(cell.column) for cell in cells)


def _named(texts: Sequence[str]) -> str:
    """The first few of some texts, and a name for all of them: an answer is about these and no others."""
    if len(texts) <= _EXAMPLES:
        return "；".join(texts)
    mark = zlib.crc32("\n".join(texts).encode())
    return f"{'；'.join(texts[:_EXAMPLES])} 等 {len(texts)} 处（{mark:08x}）"
