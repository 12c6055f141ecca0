"""A publication's table laid out for a paper: which columns, how wide, in which lines.

Type never shrinks. Columns that do not fit are told in a line under each row instead, so that
no paper loses a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from generator.model.catalogue import Field
from generator.views.publication import Publication, PublicCell, PublicProof
from generator.views.records import RecordView
from generator.views.text import short_day

Measure = Callable[[str], float]

# In ems: the white left and right in a cell, the height of a line, the white above and below
# a row, and the line under a row that holds what has no column.
_PAD, _LEADING, _ROW, _DETAIL = 0.95, 1.35, 0.6, 1.65
_FEW = 0.85  # a column of usual width breaks no more than the widest 15 % of its cells
_KEY = re.compile(r"\d{4}-\d\d-\d\d-[a-z0-9-]+")  # a document's key, which says nothing on paper
_WHOLE = re.compile(r"[!-~·]+")  # words and numbers that a line must not break


@dataclass(frozen=True)
class Head:
    """A column as headed on the sheet, in one or two lines; `width` in per cent of the table."""

    lines: tuple[str, ...]
    unit: str
    kind: str
    width: str


@dataclass(frozen=True)
class Cell:
    """A cell of a line; `span` columns wide."""

    text: str
    kind: str
    span: int = 1


@dataclass(frozen=True)
class Line:
    """A line of the table: `row`, or one of the proofs `opening`, `total`, `closing`.

    `detail` holds what has no column of its own on this paper.
    """

    kind: str
    cells: tuple[Cell, ...]
    detail: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class SheetTable:
    """A table ready to be written; `unit` is the one that all amounts share, `common` what is
    the same in every row and has no column, `height` about how high the rows are in ems."""

    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    unit: str
    height: float
    common: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class _Column:
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
        return "number" if self.field.is_numeric else "text"

    @property
    def is_constant(self) -> bool:
        """Whether every row says the same."""
        return len(self.texts) > 1 and len(set(self.texts)) == 1


@dataclass(frozen=True)
class _Layout:
    """Columns side by side with their widths; the others are told under each row or once."""

    shown: tuple[_Column, ...]
    shares: tuple[float, ...]
    hidden: tuple[_Column, ...]
    common: tuple[_Column, ...]

    @property
    def height(self) -> float:
        """About the height of all rows in ems."""
        rows = range(len(self.shown[0].texts))
        return sum(self._row_height(n) for n in rows) + _LEADING * len(self.common)

    def _row_height(self, n: int) -> float:
        pairs = zip(self.shown, self.shares, strict=True)
        lines = max(ceil((column.widths[n] - _PAD) / (share - _PAD)) for column, share in pairs)
        return max(lines, 1) * _LEADING + _ROW + _DETAIL * any(c.texts[n] for c in self.hidden)


def sheet_table(view: RecordView, width: float, measure: Measure) -> SheetTable:
    """Lay the table of a record out on `width` ems."""
    publication = view.publication
    columns = _columns(view, measure)
    if not columns:
        return SheetTable((), (), "", 0.0)
    layout = _best_layout(columns, width)
    shown = layout.shown
    heads = tuple(
        _head(c, share, width, measure) for c, share in zip(shown, layout.shares, strict=True)
    )
    rows = tuple(_row(n, shown, layout.hidden) for n in range(len(publication.rows)))
    lines = (*_openings(publication, shown), *rows, *_closings(publication, shown))
    return SheetTable(
        heads,
        lines,
        unit="元" if any(column.field.is_money for column in shown) else "",
        height=layout.height + (len(lines) - len(rows)) * (_LEADING + _ROW),
        common=tuple((column.field.name, column.texts[0]) for column in layout.common),
    )


# -------------------------------------------------------------------------------- columns


def _columns(view: RecordView, measure: Measure) -> tuple[_Column, ...]:
    """The columns in which anything is written."""
    publication = view.publication
    columns = []
    for place, field in enumerate(publication.columns):
        proofs = [proof.cells[place].text for proof in publication.proofs]
        proofs += [total.text for total in publication.totals if total.column == field.name]
        texts = _texts(place, field, view)
        if any(texts) or any(proofs):
            columns.append(_column(place, field, texts, proofs, measure))
    return tuple(columns)


def _column(
    place: int, field: Field, texts: tuple[str, ...], proofs: list[str], measure: Measure
) -> _Column:
    # A heading may take two lines; a number, a date and a word may not.
    name = field.name
    heading = measure(name if len(name) < 4 else _halves(name)[0]) + _PAD
    heading = max(heading, measure(_own_unit(field)) + _PAD)
    every = (*texts, *proofs)
    whole = max((measure(word) for text in every for word in _WHOLE.findall(text)), default=0.0)
    widths = tuple(measure(text) + _PAD for text in texts)
    need = max(heading, *widths, *(measure(text) + _PAD for text in proofs))
    least = need if field.is_numeric else max(heading, min(whole + _PAD, need))
    usual = sorted(widths)[int(len(widths) * _FEW)] if widths else need
    return _Column(place, field, texts, widths, least, max(least, min(usual, need)), need)


def _texts(place: int, field: Field, view: RecordView) -> tuple[str, ...]:
    """The column as shown on paper: days are short where all are in the month that the title
    names, and documents are called by their titles."""
    rows, title = view.publication.rows, view.publication.title
    cells = [row.cells[place] for row in rows]
    if field.type == "date" and not field.mask:
        days = [date.fromisoformat(cell.data) if cell.data else None for cell in cells]
        if all(day is None or f"{day.year}年{day.month}月" in title for day in days):
            return tuple(short_day(day) if day else "" for day in days)
    links = (view.cell_links.get((row.number, field.name)) for row in rows)
    return tuple(
        link.title if link and _KEY.fullmatch(cell.text) else cell.text
        for cell, link in zip(cells, links, strict=True)
    )


def _best_layout(columns: tuple[_Column, ...], width: float) -> _Layout:
    """The layout that makes the lowest table. Columns give way one after another, those that
    say the same in every row first; only numbers that have totals never do."""
    shown = list(columns)
    layouts = [_layout(columns, tuple(shown), width)]
    for column in sorted(columns, key=_worth):
        if column.field.total or len(shown) == 1:
            break
        shown.remove(column)
        layouts.append(_layout(columns, tuple(shown), width))
    fitting = [layout for layout in layouts if sum(c.least for c in layout.shown) <= width]
    return min(fitting or layouts[-1:], key=lambda layout: layout.height)


def _layout(columns: tuple[_Column, ...], shown: tuple[_Column, ...], width: float) -> _Layout:
    told = tuple(column for column in columns if column not in shown)
    return _Layout(
        shown,
        _shares(shown, width),
        hidden=tuple(column for column in told if not column.is_constant),
        common=tuple(column for column in told if column.is_constant),
    )


def _worth(column: _Column) -> tuple[bool, int, bool, int]:
    """Order in which columns give way: mere details first, from the right."""
    order = ("", "status", "group", "subject", "reference", "date", "name", "title")
    role = column.field.role
    rank = order.index(role) if role in order else len(order)
    return column.field.total, rank, not column.is_constant, -column.place


def _shares(columns: tuple[_Column, ...], width: float) -> tuple[float, ...]:
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


def _head(column: _Column, share: float, width: float, measure: Measure) -> Head:
    name, unit = column.field.name, _own_unit(column.field)
    if measure(name) + _PAD > share:
        lines: tuple[str, ...] = _halves(name)
    else:
        lines = (name,) if measure(name + unit) + _PAD <= share else (name, "")
    return Head(lines, unit, column.kind, f"{share * 100 / width:.2f}%")


def _halves(name: str) -> tuple[str, str]:
    middle = (len(name) + 1) // 2
    return name[:middle], name[middle:]


def _own_unit(field: Field) -> str:
    """The unit that a heading names: yuan stand once above the table."""
    return "" if field.is_money or not field.unit else f"（{field.unit}）"


# ---------------------------------------------------------------------------------- lines


def _row(n: int, shown: tuple[_Column, ...], hidden: tuple[_Column, ...]) -> Line:
    cells = tuple(Cell(column.texts[n], column.kind) for column in shown)
    detail = tuple((c.field.name, c.texts[n]) for c in hidden if c.texts[n])
    return Line("row", cells, detail)


def _openings(publication: Publication, shown: tuple[_Column, ...]) -> tuple[Line, ...]:
    """What was carried forward, its label under what rows are about."""
    title = next((n for n, c in enumerate(shown) if c.field.role == "title"), 0)
    lines: list[Line] = []
    for proof in publication.proofs:
        if proof.kind == "opening":
            cells = [Cell(proof.cells[c.place].text, c.kind) for c in shown]
            if cells[title].text:
                lines.extend(_labelled(proof, shown))
            else:
                cells[title] = replace(cells[title], text=proof.label)
                lines.append(Line("opening", tuple(cells)))
    return tuple(lines)


def _closings(publication: Publication, shown: tuple[_Column, ...]) -> tuple[Line, ...]:
    """Totals and closings as stated, or the computed totals where the table states none."""
    proofs = [proof for proof in publication.proofs if proof.kind != "opening"]
    if publication.totals and not any(proof.kind == "total" for proof in proofs):
        texts = {total.column: total.text for total in publication.totals}
        cells = tuple(
            PublicCell(texts.get(f.name, ""), texts.get(f.name, "")) for f in publication.columns
        )
        proofs.insert(0, PublicProof("total", "合计", cells))
    return tuple(line for proof in proofs for line in _labelled(proof, shown))


def _labelled(proof: PublicProof, shown: tuple[_Column, ...]) -> tuple[Line, ...]:
    """A proof with its label over the empty columns on the left, or on a line of its own."""
    cells = tuple(Cell(proof.cells[column.place].text, column.kind) for column in shown)
    blank = next((n for n, cell in enumerate(cells) if cell.text), len(cells))
    label = Cell(proof.label, "label", max(blank, 1))
    if blank == 0:
        return Line(proof.kind, (replace(label, span=len(cells)),)), Line(proof.kind, cells)
    return (Line(proof.kind, (label, *cells[blank:])),)
