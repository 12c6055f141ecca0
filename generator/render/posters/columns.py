"""Decides which columns of a table are set side by side on a paper, and how wide.

Type never shrinks. Columns that do not fit are told in a line under each row instead, so that
no paper loses a word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from types import MappingProxyType

from generator.model.schema import ANY_RECORD, DETAIL_ROLES, Field
from generator.publishing.publication import PublicTable
from generator.render.posters.typeface import Measure
from generator.views.records import RecordView
from generator.views.sheets.blocks import DOCUMENT_KEY

# In ems: the white left and right in a cell, the height of a line, the white above and below
# a row, and the line under a row that holds what has no column.
PAD, LEADING, ROW, DETAIL = 0.95, 1.35, 0.6, 1.65
INDENT, APART = 1.75, 1.2  # of that line, and between what it tells
_WORTH = 1.15  # as high as the lowest table may be one whose lines below rows are mere details
_TELLING = ("title", "name")  # without them a row says nothing
WHITE = 0.8  # of PAD, what the style sheet gives; the rest is for safety
_FEW = 0.85  # a column of usual width breaks no more than the widest 15 % of its cells
_WHOLE = re.compile(r"\d+月\d+日|[!-~·]+")  # words and numbers that a line must not break
_PIECE = re.compile(
    r"[（《“〔]*(?:[!-~·]+|.)[，。、；：？！）》”〕]*", re.DOTALL
)  # what a line holds whole
_SURE = 0.05  # ems that a width may be wrong by


@dataclass(frozen=True)
class Column:
    """A column with its texts and their widths; widths in ems, with the cell's white.

    `least` breaks no word or number, `usual` breaks few cells, `need` breaks none.
    """

    place: int
    field: Field
    texts: tuple[str, ...]
    widths: tuple[float, ...]
    least: float
    usual: float
    need: float

    @property
    def kind(self) -> str:
        """The way its cells are set."""
        return "number" if self.field.is_numeric else "text"

    @property
    def is_constant(self) -> bool:
        """Whether every row says the same."""
        return len(self.texts) > 1 and len(set(self.texts)) == 1


@dataclass(frozen=True)
class Layout:
    """Columns side by side with their widths; the others are written under each row, or once."""

    shown: tuple[Column, ...]
    shares: tuple[float, ...]
    hidden: tuple[Column, ...]
    common: tuple[Column, ...]

    @property
    def height(self) -> float:
        """About the height of all rows in ems."""
        rows = range(len(self.shown[0].texts))
        return sum(self._row_height(n) for n in rows) + LEADING * len(self.common)

    def _row_height(self, n: int) -> float:
        pairs = zip(self.shown, self.shares, strict=True)
        lines = max(ceil((column.widths[n] - PAD) / (share - PAD)) for column, share in pairs)
        return max(lines, 1) * LEADING + ROW + self._detail_height(n)

    def _detail_height(self, n: int) -> float:
        told = [c for c in self.hidden if c.texts[n]]
        if not told:
            return 0.0
        wide = sum(c.widths[n] - PAD + len(c.field.heading) + 1 + APART for c in told)
        return DETAIL + (ceil(wide / (sum(self.shares) - INDENT)) - 1) * LEADING

    def lines_of(self, n: int, measure: Measure) -> int:
        """The number of lines in the highest cell of a row."""
        pairs = zip(self.shown, self.shares, strict=True)
        return max(
            len(wrapped(column.texts[n], share - WHITE, measure))
            if column.widths[n] - PAD > share - WHITE - _SURE
            else 1
            for column, share in pairs
        )


def wrapped(text: str, room: float, measure: Measure) -> tuple[str, ...]:
    """About the lines of `room` ems in which a text is set."""
    lines, used = [""], 0.0
    for whole in _PIECE.findall(text):
        for piece in whole if measure(whole) > room else (whole,):
            width = measure(piece)
            if used and used + width > room - _SURE:
                lines.append("")
                used = 0.0
            lines[-1] += piece
            used += width
    return tuple(lines)


Marks = Mapping[tuple[int, str], str]
"""Words beside cells, by row number and column."""
NO_MARKS: Marks = MappingProxyType({})


def read_columns(
    view: RecordView, table: PublicTable, measure: Measure, marks: Marks = NO_MARKS
) -> tuple[Column, ...]:
    """The columns of a record's table in which anything is written, units apart that stand beside
    their numbers."""
    units = view.publication.unit_columns
    columns = []
    for place, field in enumerate(table.columns):
        proofs = [proof.cells[place].text for proof in table.proofs]
        proofs += [total.text for total in table.totals if total.column == field.name]
        own = (marks.get((row.number, field.name), "") for row in table.rows)
        plain = zip(_texts(place, field, view, table), own, strict=True)
        texts = tuple(f"{t} {mark}" if t and mark else t for t, mark in plain)
        if field.name not in units and (any(texts) or any(proofs)):
            columns.append(_column(place, field, texts, proofs, measure))
    return tuple(columns)


def _column(
    place: int, field: Field, texts: tuple[str, ...], proofs: list[str], measure: Measure
) -> Column:
    # A heading may take two lines; a number, a date and a word may not.
    name = field.heading
    heading = measure(name if len(name) < 4 else halves(name)[0]) + PAD
    heading = max(heading, measure(own_unit(field)) + PAD)
    every = (*texts, *proofs)
    whole = max((measure(word) for text in every for word in _WHOLE.findall(text)), default=0.0)
    widths = tuple(measure(text) + PAD for text in texts)
    need = max(heading, *widths, *(measure(text) + PAD for text in proofs))
    least = need if field.is_numeric else max(heading, min(whole + PAD, need))
    usual = sorted(widths)[int(len(widths) * _FEW)] if widths else need
    return Column(place, field, texts, widths, least, max(least, min(usual, need)), need)


def _texts(place: int, field: Field, view: RecordView, table: PublicTable) -> tuple[str, ...]:
    """The column as shown on paper: documents are called by their titles."""
    cells = [row.cells[place] for row in table.rows]
    links = (view.cell_links.get((row.number, field.name)) for row in table.rows)
    is_any = field.link == ANY_RECORD
    return tuple(
        link.title if link and (is_any or DOCUMENT_KEY.fullmatch(cell.text)) else cell.text
        for cell, link in zip(cells, links, strict=True)
    )


def best_layout(columns: tuple[Column, ...], width: float) -> Layout:
    """The layout that makes the lowest table, or one not much higher that puts only details below
    the rows. Columns give way one after another, those that
    say the same in every row first, numbers that have totals only where nothing else helps."""
    shown = list(columns)
    layouts = [_layout(columns, tuple(shown), width)]
    for column in sorted(columns, key=_worth)[: len(columns) - 1]:
        if column.field.total and sum(c.least for c in shown) <= width:
            break
        shown.remove(column)
        layouts.append(_layout(columns, tuple(shown), width))
    fitting = [layout for layout in layouts if sum(c.least for c in layout.shown) <= width]
    telling = [x for x in fitting if not any(c.field.role in _TELLING for c in x.hidden)]
    good = telling or fitting or layouts[-1:]
    most = min(layout.height for layout in good) * _WORTH
    plain = [x for x in good if x.height <= most and all(_is_detail(c) for c in x.hidden)]
    return min(plain or good, key=lambda layout: layout.height)


def _layout(columns: tuple[Column, ...], shown: tuple[Column, ...], width: float) -> Layout:
    told = tuple(column for column in columns if column not in shown)
    return Layout(
        shown,
        _shares(shown, width),
        hidden=tuple(column for column in told if not column.is_constant),
        common=tuple(column for column in told if column.is_constant),
    )


def _is_detail(column: Column) -> bool:
    return not column.field.role or column.field.role in DETAIL_ROLES


def _worth(column: Column) -> tuple[bool, int, bool, int]:
    """Order in which columns give way: mere details first, from the right."""
    order = ("", "status", "group", "subject", "reference", "date", "name", "title")
    role = column.field.role
    rank = 0 if role in DETAIL_ROLES else order.index(role) if role in order else len(order)
    return column.field.total, rank, not column.is_constant, -column.place


def _shares(columns: tuple[Column, ...], width: float) -> tuple[float, ...]:
    """The width of each column, together `width`."""
    least = [column.least for column in columns]
    usual = [column.usual for column in columns]
    need = [column.need for column in columns]
    if sum(usual) > width:
        shares = _level(least, usual, width)
    elif sum(need) > width:
        shares = _level(usual, need, width)
    else:
        shares = need
    return tuple(share * width / sum(shares) for share in shares)


def _level(floors: list[float], tops: list[float], width: float) -> list[float]:
    """Widths between floors and tops, the narrow ones raised to one level until `width` is
    used up."""

    def at(level: float) -> list[float]:
        return [min(top, max(level, floor)) for floor, top in zip(floors, tops, strict=True)]

    low, high = 0.0, width
    for _ in range(30):  # halving: far below a hair's breadth
        level = (low + high) / 2
        low, high = (low, level) if sum(at(level)) > width else (level, high)
    return at(low)


def halves(name: str) -> tuple[str, str]:
    """A heading in two lines."""
    middle = (len(name) + 1) // 2
    return name[:middle], name[middle:]


def own_unit(field: Field) -> str:
    """The unit that a heading names: yuan stand once above the table."""
    return "" if field.is_money or not field.unit else f"（{field.unit}）"
