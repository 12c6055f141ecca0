"""A publication's table as written on a sheet: its headings and its lines."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import ceil

from generator.publishing.publication import PublicProof, PublicTable
from generator.render.posters.carried import Amounts, Carried, amounts_of, carried_columns
from generator.render.posters.columns import (
    APART,
    DETAIL,
    INDENT,
    LEADING,
    NO_MARKS,
    PAD,
    ROW,
    WHITE,
    Column,
    Layout,
    Marks,
    best_layout,
    halves,
    own_unit,
    read_columns,
    wrapped,
)
from generator.render.posters.typeface import Measure
from generator.views.records import RecordView

_RULE = 0.05  # ems: the line between rows
_LONGEST = 14  # lines of a cell on one page; a page holds 20 or more


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
    """A line of the table: `row`, `more` of a row, or a proof: `opening`, `total`, `closing`.

    `detail` holds what has no column of its own on this paper, `amounts` the numbers that are
    carried forward, `height` about how high the line is in ems; it `wraps` where that is a guess.
    """

    kind: str
    cells: tuple[Cell, ...]
    detail: tuple[tuple[str, str], ...] = ()
    amounts: Amounts = field(default_factory=dict)
    height: float = LEADING + ROW + _RULE
    wraps: bool = False


@dataclass(frozen=True)
class Part:
    """What stands on one page: the `next`, or the one that the text has come to; `label` says
    where it begins, for the file's bookmarks."""

    lines: tuple[Line, ...]
    is_next: bool = False
    label: str = ""


@dataclass(frozen=True)
class Room:
    """Room for lines in ems: on the page where the table begins, and on every other; what the
    line with carried sums takes, and what stands below the table."""

    first: float
    other: float
    carried: float
    tail: float


@dataclass(frozen=True)
class SheetTable:
    """A table ready to be written; `unit` is the one that all amounts share, `common` what is
    the same in every row and has no column.

    `places` are those of its columns in the publication, `carried` the columns that are carried
    forward, `pages` its parts once it is known what each page holds; until then it flows.
    """

    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    unit: str
    common: tuple[tuple[str, str], ...] = ()
    places: tuple[int, ...] = ()
    carried: tuple[Carried, ...] = ()
    pages: tuple[Part, ...] = ()

    @property
    def parts(self) -> tuple[Part, ...]:
        """The tables to be written: one for each page, or one that flows."""
        return self.pages or (Part(self.lines),)


def sheet_table(
    view: RecordView,
    width: float,
    measure: Measure,
    marks: Marks = NO_MARKS,
    ordered: PublicTable | None = None,
) -> SheetTable:
    """Lay the table of a record out on `width` ems, with words beside some of its cells; `ordered`
    is the same table in another order."""
    body = ordered or view.publication.table
    columns = read_columns(view, body, measure, marks)
    if not columns:
        return SheetTable((), (), "")
    layout = best_layout(columns, width)
    shown = layout.shown
    heads = tuple(
        _head(c, share, width, measure) for c, share in zip(shown, layout.shares, strict=True)
    )
    places = tuple(column.place for column in shown)
    carried = carried_columns(body)
    rows: list[Line] = []
    for n, row in enumerate(body.rows):
        first, *others = _row(n, layout, width, measure)
        rows += [replace(first, amounts=amounts_of(row.cells, carried)), *others]
    openings = _openings(body, layout, carried)
    lines = tuple(
        _high(line, width - INDENT, measure)
        for line in (*openings, *rows, *_closings(body, layout))
    )
    return SheetTable(
        heads,
        lines,
        unit="元" if any(column.field.is_money for column in shown) else "",
        common=tuple((column.field.heading, column.texts[0]) for column in layout.common),
        places=places,
        carried=carried,
    )


def _head(column: Column, share: float, width: float, measure: Measure) -> Head:
    name, unit = column.field.heading, own_unit(column.field)
    if measure(name) + PAD > share:
        lines: tuple[str, ...] = halves(name)
    else:
        lines = (name,) if measure(name + unit) + PAD <= share else (name, "")
    return Head(lines, unit, column.kind, f"{share * 100 / width:.2f}%")


# ---------------------------------------------------------------------------------- lines


def _row(n: int, layout: Layout, width: float, measure: Measure) -> tuple[Line, ...]:
    """A row, and lines that go on with what is too long for one place on one page."""
    shown = tuple(zip(layout.shown, layout.shares, strict=True))
    texts = [_pieces(c.texts[n], share - WHITE, c.widths[n], measure) for c, share in shown]
    lines, more = layout.lines_of(n, measure), max(map(len, texts)) - 1
    height = min(lines, _LONGEST) * LEADING + ROW + _RULE
    made = [Line("row", _cells(texts, layout, 0), height=height, wraps=lines > 1)]
    for part in range(1, more + 1):
        made.append(Line("more", _cells(texts, layout, part), height=height, wraps=True))
    return (*made[:-1], *_with_detail(made[-1], n, layout, width - INDENT, measure))


def _cells(texts: list[tuple[str, ...]], layout: Layout, part: int) -> tuple[Cell, ...]:
    pairs = zip(texts, layout.shown, strict=True)
    return tuple(Cell(t[part] if part < len(t) else "", column.kind) for t, column in pairs)


def _with_detail(
    line: Line, n: int, layout: Layout, room: float, measure: Measure
) -> tuple[Line, ...]:
    """The line with what has no column below it."""
    detail = tuple((c.field.heading, c.texts[n]) for c in layout.hidden if c.texts[n])
    below = _below(detail, room, measure)
    if below > _LONGEST:
        more: list[Line] = []
        for name, text in detail:
            pieces = _pieces(f"{name}：{text}", room, measure(text), measure)
            cells = (Cell(piece, "text", len(layout.shown)) for piece in pieces)
            high = LEADING * min(_LONGEST, 1 + ceil(measure(text) / room)) + ROW + _RULE
            more += [Line("more", (cell,), height=high, wraps=True) for cell in cells]
        return (line, *more)
    return (replace(line, detail=detail),)


def _high(line: Line, room: float, measure: Measure) -> Line:
    """The line as high as it is with its details below it."""
    below = _below(line.detail, room, measure)
    if not below:
        return line
    height = line.height + below * LEADING + DETAIL - LEADING
    return replace(line, height=height, wraps=line.wraps or below > 1)


def _below(detail: tuple[tuple[str, str], ...], room: float, measure: Measure) -> int:
    """About how many lines below a row its details take."""
    return ceil(sum(measure(f"{name}：{text}") + APART for name, text in detail) / room)


def _pieces(text: str, room: float, width: float, measure: Measure) -> tuple[str, ...]:
    """A text in pieces that are not too high; almost always one."""
    if width < room * _LONGEST:
        return (text,)
    lines = wrapped(text, room, measure)
    return tuple("".join(lines[n : n + _LONGEST]) for n in range(0, len(lines), _LONGEST))


def _openings(body: PublicTable, layout: Layout, carried: tuple[Carried, ...]) -> tuple[Line, ...]:
    """The lines of openings, their labels under what rows are about. Of their numbers only the
    balance is carried on."""
    shown = layout.shown
    balances = tuple(column for column in carried if column.role == "balance")
    title = next((n for n, c in enumerate(shown) if c.field.role == "title"), 0)
    lines: list[Line] = []
    for proof in body.proofs:
        if proof.kind == "opening":
            amounts = amounts_of(proof.cells, balances)
            cells = [Cell(proof.cells[c.place].text, c.kind) for c in shown]
            if cells[title].text:
                *above, last = _labelled(proof, layout)
                lines.extend((*above, replace(last, amounts=amounts)))
            else:
                cells[title] = replace(cells[title], text=proof.label)
                unshown = _unshown(proof, layout)
                lines.append(Line("opening", tuple(cells), unshown, amounts))
    return tuple(lines)


def _closings(body: PublicTable, layout: Layout) -> tuple[Line, ...]:
    """Totals and closings as stated, or the computed totals where the table states none."""
    proofs = [proof for proof in body.proofs if proof.kind != "opening"]
    if body.added is not None:
        proofs.insert(0, body.added)
    return tuple(line for proof in proofs for line in _labelled(proof, layout))


def _unshown(proof: PublicProof, layout: Layout) -> tuple[tuple[str, str], ...]:
    """The numbers of a proof in columns that are not shown."""
    others = (*layout.hidden, *layout.common)
    return tuple((c.field.heading, t) for c in others if (t := proof.cells[c.place].text))


def _labelled(proof: PublicProof, layout: Layout) -> tuple[Line, ...]:
    """A proof with its label over the empty columns on the left, or on a line of its own."""
    cells = tuple(Cell(proof.cells[column.place].text, column.kind) for column in layout.shown)
    unshown = _unshown(proof, layout)
    blank = next((n for n, cell in enumerate(cells) if cell.text), len(cells))
    label = Cell(proof.label, "label", max(blank, 1))
    if blank == 0:
        above = Line(proof.kind, (replace(label, span=len(cells)),))
        return above, Line(proof.kind, cells, unshown)
    return (Line(proof.kind, (label, *cells[blank:]), unshown),)
