"""Decides how a table is set on a page: which cell heads a row, what each cell is called.

The same HTML is a table on a wide screen and cards on a phone, so every column has a part that
it plays on a card. Columns that link to other records stand in a line under the row.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from generator.model.schema import Field
from generator.publishing.publication import Publication, PublicCell, PublicProof, PublicRow
from generator.render.pages.frame import Say
from generator.views.places import Link
from generator.views.records import RecordView

_SIGNS = {"income": "plus", "expense": "minus"}
_ROOMY = 13  # columns; with more of them rows stay cards on any screen
_MANY = 3  # rows that would repeat what all of them say
_WIDE = 10  # columns; with more of them none may claim its width
_SHORT = 8  # characters
_BRIEF = ("subject", "group")


class Part(Enum):
    """A column's part on a card, by the class of its cells."""

    HEAD = "head"  # names the row
    QUESTION = "head question"  # names a row that is answered
    ANSWER = "answer"
    SUM = "sum"  # the row's amount
    BRIEF = "brief"  # needs no label
    MORE = "more"


@dataclass(frozen=True)
class Column:
    """A column with its `place` among the publication's. Cells of one that `is_whole` are not
    broken, nor those of one that `is_short` where there is room."""

    field: Field
    place: int
    part: Part
    is_whole: bool
    is_short: bool

    @cached_property
    def is_heading(self) -> bool:
        """Whether the column names the row."""
        return self.part in (Part.HEAD, Part.QUESTION)

    @cached_property
    def is_sum(self) -> bool:
        """Whether cards show it large at the right, with its sign."""
        return self.part is Part.SUM

    @cached_property
    def label(self) -> str:
        """The heading, with the unit where that is not yuan."""
        field = self.field
        has_unit = field.unit and not field.is_money
        return f"{field.heading}（{field.unit}）" if has_unit else field.heading

    @cached_property
    def css(self) -> str:
        """The classes of its cells."""
        marks = {
            "whole": self.is_whole,
            "num": self.field.is_numeric and not self.is_heading,
            "short": self.is_short,
        }
        return " ".join((self.part.value, *(name for name, holds in marks.items() if holds)))


@dataclass(frozen=True)
class Cell:
    """One cell; `sign` is the class by which cards write plus or minus before it."""

    column: Column
    text: str
    sign: str = ""


@dataclass(frozen=True)
class Note:
    """A note under a row; `text` is empty where the row itself says it, `url` when it leads nowhere."""

    label: str
    text: str
    url: str


@dataclass(frozen=True)
class Line:
    """A row; `anchor` is empty for proofs, `notes` are what it links to and what speaks of it."""

    anchor: str
    cells: tuple[Cell, ...]
    notes: tuple[Note, ...] = ()

    @property
    def name(self) -> str:
        """What heads the row."""
        return next((cell.text for cell in self.cells if cell.column.is_heading), "")


@dataclass(frozen=True)
class PageTable:
    """A table ready to be written; `notes` are those that every row has, `shared` what all rows say,
    by its column: it stands once, and in no row."""

    caption: str
    count: int | None
    is_book: bool
    has_money: bool
    columns: tuple[Column, ...]
    opening: tuple[Line, ...]
    rows: tuple[Line, ...]
    closing: tuple[Line, ...]
    notes: tuple[Note, ...]
    shared: tuple[tuple[str, str], ...] = ()

    @property
    def sum_of(self) -> str:
        """What the one amount of each card is, said once above all; nothing where there are several."""
        sums = [c for c in self.columns if c.is_sum]
        is_signed = any(column.field.role in _SIGNS for column in sums)
        return sums[0].label if len(sums) == 1 and not is_signed else ""

    @property
    def sum_is_money(self) -> bool:
        """Whether that amount is of money, and not an area."""
        return all(column.field.is_money for column in self.columns if column.is_sum)

    @cached_property
    def roll(self) -> tuple[tuple[str, tuple[Line, ...]], ...]:
        """The groups with their lines, where rows say no more than a name and its group; as on the
        sheet, names then stand side by side under their group."""
        roles = [column.field.role for column in self.columns]
        if sorted(roles) != ["group", "name"] or self.opening or self.closing:
            return ()
        if any(line.notes for line in self.rows):
            return ()
        place = roles.index("group")
        groups: dict[str, list[Line]] = {}
        for line in self.rows:
            groups.setdefault(line.cells[place].text, []).append(line)
        return tuple((group, tuple(lines)) for group, lines in groups.items())

    @property
    def is_roomy(self) -> bool:
        """Whether a wide screen holds all columns side by side."""
        return len(self.columns) <= _ROOMY

    @property
    def is_tight(self) -> bool:
        """Whether it holds them only in smaller type."""
        return _WIDE < len(self.columns) <= _ROOMY


def page_table(view: RecordView, say: Say) -> PageTable | None:
    """The table of a record; None where it has no rows to show."""
    publication = view.publication
    if not publication.rows:
        return None
    fields = publication.columns
    every = _columns(publication, by_name=view.item.personal)
    shared = {c.place: text for c in every if (text := _said_by_all(publication, c))}
    columns = tuple(column for column in every if column.place not in shared)
    notes = {row.number: _notes(view, row, say) for row in publication.rows}
    common = _common(tuple(notes.values()))
    proofs = publication.proofs
    closing = [proof for proof in proofs if proof.kind != "opening"]
    if publication.table.added is not None and len(publication.rows) > 1:
        closing.insert(0, publication.table.added)
    return PageTable(
        caption=publication.title,
        count=publication.row_count,
        is_book=any(field.role == "income" for field in fields),
        has_money=any(field.is_money for field in fields),
        columns=columns,
        opening=tuple(_proof_line(p, columns) for p in proofs if p.kind == "opening"),
        rows=tuple(
            Line(
                row.anchor,
                tuple(_cell(row.cells[column.place], column) for column in columns),
                tuple(note for note in notes[row.number] if note not in common),
            )
            for row in publication.rows
        ),
        closing=tuple(_proof_line(proof, columns) for proof in closing),
        notes=common,
        shared=tuple((c.label, shared[c.place]) for c in every if c.place in shared),
    )


def _columns(publication: Publication, *, by_name: bool) -> tuple[Column, ...]:
    """The columns that say something, and are no link and no other column's unit."""
    fields, units = publication.columns, publication.unit_columns
    shown = [
        (n, field)
        for n, field in enumerate(fields)
        if not field.link and field.name not in units and _is_used(publication, n)
    ]
    parts = _parts(fields, by_name=by_name)
    columns = []
    for n, field in shown:
        part = parts[field.name]
        is_small = part in (Part.BRIEF, Part.MORE)
        is_whole = is_small and (field.type == "date" or field.role == "reference")
        is_short = len(shown) <= _WIDE and is_small and not is_whole and not field.is_numeric
        columns.append(
            Column(field, n, part, is_whole, is_short and _longest(publication, n) <= _SHORT)
        )
    return tuple(columns)


def _said_by_all(publication: Publication, column: Column) -> str:
    """What every row says in a column that is no number and heads none; of two rows each says it
    itself."""
    texts = {row.cells[column.place].text for row in publication.rows}
    is_plain = column.part in (Part.MORE, Part.BRIEF) and not column.field.is_numeric
    is_many = len(publication.rows) >= _MANY and column.field.role != "group"
    return texts.pop() if is_plain and is_many and len(texts) == 1 else ""


def _is_used(publication: Publication, n: int) -> bool:
    """Whether a column says anything; one that is blank in every row is not worth its width."""
    rows = any(row.cells[n].text for row in publication.rows)
    return rows or any(proof.cells[n].text for proof in publication.proofs)


def _longest(publication: Publication, n: int) -> int:
    """The characters of a column's longest cell: a name or a rate of a few would lose its last one
    to the next line."""
    return max(len(row.cells[n].text) for row in publication.rows)


def _parts(fields: tuple[Field, ...], *, by_name: bool) -> dict[str, Part]:
    """The part that each column plays."""
    heading = _heading(fields, by_name=by_name)
    dates = [field for field in fields if field.type == "date"]
    sums = [f for f in fields if f.role == "amount"] or [f for f in fields if f.role in _SIGNS]
    is_answered = any(field.role == "answer" for field in fields)

    def part(field: Field) -> Part:
        if field is heading:
            return Part.QUESTION if is_answered else Part.HEAD
        if field in sums:
            return Part.SUM
        if field.role == "answer":
            return Part.ANSWER
        is_plain = field.role in _BRIEF or dates == [field] or (by_name and field.role == "title")
        return Part.BRIEF if is_plain else Part.MORE

    return {field.name: part(field) for field in fields}


def _heading(fields: tuple[Field, ...], *, by_name: bool) -> Field:
    """The column that says what a row is about; in a list of persons readers look for a name."""
    roles = ("title", "name", "subject")
    for role in sorted(roles, key=lambda role: by_name and role != "name"):
        found = next((field for field in fields if field.role == role), None)
        if found is not None:
            return found
    return fields[0]


def _notes(view: RecordView, row: PublicRow, say: Say) -> tuple[Note, ...]:
    """Cells of linking columns, the chains that the row belongs to, then documents that speak of
    the row; each address once."""
    late = view.late.get(row.number)
    notes = [Note(say("late"), late.words, "")] if late else []
    for field, cell in zip(view.publication.columns, row.cells, strict=True):
        if field.link and cell.text:
            link = view.cell_links.get((row.number, field.name), Link(cell.text, ""))
            notes.append(Note(field.heading, link.title, link.url))
    said = {cell.text for cell in row.cells}
    notes += [
        Note(t.label, "" if t.link.title in said else t.link.title, t.link.url)
        for t in view.ties.get(row.number, ())
    ]
    known = {note.url for note in notes}
    for spoken in view.row_links.get(row.number, ()):
        if spoken.link.url not in known:
            label = say("rests_on" if spoken.is_basis else "speaks_of")
            notes.append(Note(label, spoken.link.title, spoken.link.url))
    return tuple(notes)


def _common(notes: tuple[tuple[Note, ...], ...]) -> tuple[Note, ...]:
    """What stands under every row and leads somewhere; of two rows each says it itself."""
    if len(notes) < _MANY:
        return ()
    return tuple(note for note in notes[0] if note.url and all(note in own for own in notes))


def _cell(cell: PublicCell, column: Column) -> Cell:
    """Cards write a sign before income and expense; a zero says nothing there."""
    sign = _SIGNS.get(column.field.role)
    if sign is None or not cell.text:
        return Cell(column, cell.text)
    if not cell.data.strip("0.-"):
        return Cell(column, cell.text, " nil")
    return Cell(column, cell.text, " back" if cell.text.startswith("-") else f" {sign}")


def _proof_line(proof: PublicProof, columns: tuple[Column, ...]) -> Line:
    cells = []
    for column in columns:
        cell = proof.cells[column.place]
        stated = cell.text if column.field.is_numeric else ""
        cells.append(Cell(column, proof.label if column.is_heading else stated))
    return Line("", tuple(cells))
