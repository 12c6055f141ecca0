"""Assembles a flat worksheet: each row from cells of the office's own, none forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.importer.forms.compared import is_filled, number, turned
from generator.intake.decoding import GridRow, Look, Span, Worksheet


@dataclass
class Cover:
    """Per-call state: an office's worksheet, and which of its cells were dealt with."""

    worksheet: Worksheet
    seen: set[tuple[int, int]] = field(default_factory=set)

    def see(self, row: GridRow, columns: Iterable[int] | None = None) -> None:
        """Mark cells as dealt with though they go into no flat worksheet; all of the row by
        default."""
        chosen = range(len(row.cells)) if columns is None else columns
        self.seen.update((row.number, column) for column in chosen)

    def left(self) -> list[tuple[GridRow, int]]:
        """The filled cells that were not dealt with."""
        return [
            (row, column)
            for row in self.worksheet.rows
            for column, cell in enumerate(row.cells)
            if is_filled(cell) and (row.number, column) not in self.seen
        ]


def _look_of(look: Look, was: str, text: str) -> Look:
    """How a cell looks that another text was written over: struck or unseen it stays. A number with
    the other sign is shown as before but for the sign; of another number its format still says the
    unit, but nobody knows how it would be shown."""
    before, now = number(was), number(text)
    if not now:
        return replace(look, shown="", code="")
    if before == -now:
        return replace(look, shown=turned(look.shown))
    return replace(look, shown="")


@dataclass(frozen=True)
class Piece:
    """Cells of a row: for each new column the one that it comes from."""

    cover: Cover
    row: GridRow
    columns: Mapping[int, int]


class Bench:
    """Rows of a flat worksheet as they come; numbers count from 1, `origin` is the office's row."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: list[GridRow] = []
        self.places: list[tuple[Cover, int, int, int, int]] = []

    def keep(self, cover: Cover, rows: Iterable[GridRow]) -> None:
        """Rows of words as they are, titles and notes, without the empty cells between them."""
        for row in rows:
            filled = [column for column, cell in enumerate(row.cells) if cell]
            cover.see(row)
            self.rows.append(row.arranged(len(self.rows) + 1, filled))

    def head(self, headings: Sequence[str], origin: int) -> None:
        """The row of headings."""
        self.rows.append(GridRow(len(self.rows) + 1, tuple(headings), origin=origin))

    def put(self, pieces: Sequence[Piece], texts: Mapping[int, str] | None = None) -> None:
        """A row of cells from one row of the office's or several; `texts` are written over them,
        and whoever overwrites a cell marks it as dealt with."""
        number = len(self.rows) + 1
        cells: dict[int, str] = {}
        looks: dict[int, Look] = {}
        for piece in pieces:
            kept = (old for new, old in piece.columns.items() if new not in (texts or {}))
            piece.cover.see(piece.row, kept)
            for new, old in piece.columns.items():
                cells[new] = piece.row.at(old)
                self.places.append((piece.cover, piece.row.number, old, number, new))
                if old in piece.row.looks:
                    looks[new] = piece.row.looks[old]
        was = dict(cells)
        for new, text in (texts or {}).items():
            cells[new] = text
            if new in looks:
                looks[new] = _look_of(looks[new], was.get(new, ""), text)
        first = pieces[0].row if pieces else self.rows[-1]
        line = tuple(cells.get(column, "") for column in range(max(cells, default=-1) + 1))
        self.rows.append(GridRow(number, line, looks, first.origin or first.number))

    def worksheet(self) -> Worksheet:
        """The flat worksheet; hidden and merged cells stay so."""
        hidden_rows = {
            new for cover, old, _, new, _ in self.places if old in cover.worksheet.hidden_rows
        }
        hidden_columns = {
            new for cover, _, old, _, new in self.places if old in cover.worksheet.hidden_columns
        }
        return Worksheet(
            self.name,
            tuple(self.rows),
            hidden_rows=frozenset(hidden_rows),
            hidden_columns=frozenset(hidden_columns),
            merged=tuple(self._merged()),
        )

    def _merged(self) -> Iterable[Span]:
        """Cells merged down a column whose rows still stand one below the other."""
        for cover in {id(cover): cover for cover, *_ in self.places}.values():
            for span in cover.worksheet.merged:
                if span.bottom == span.top:
                    continue
                found = [
                    (row, column)
                    for other, old, left, row, column in self.places
                    if other is cover and left == span.left and span.top <= old <= span.bottom
                ]
                for column in sorted({column for _, column in found}):
                    rows = sorted({row for row, c in found if c == column})
                    if len(rows) > 1 and rows[-1] - rows[0] == len(rows) - 1:
                        yield Span(rows[0], rows[-1], column, column)
