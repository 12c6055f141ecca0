"""A publication's table as a page shows it: which cell heads a row, what each cell is called.

The same HTML is a table on a wide screen and cards on a phone, so every cell knows its label
and its part: `head` names the row, `sum` is its amount, `brief` needs no label on a card, a
`whole` one is not broken, and one of a `short` column is not where there is room. Columns that
link to other records stand in a line under the row.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.catalogue import Field
from generator.views.places import Link
from generator.views.publication import Publication, PublicCell, PublicProof, PublicRow
from generator.views.records import RecordView

_YUAN = "元"
_LATE = "补得晚了"
_BASIS, _ABOUT = "依据", "有关"  # a decision that the row rests on; any other document
_SIGNS = {"income": "plus", "expense": "minus"}
_ROOMY = 12  # columns; with more of them rows stay cards on any screen
_MANY = 3  # rows that would repeat what all of them say
_WIDE = 10  # columns; with more of them none may claim its width
_SHORT = 8  # characters
_BRIEF = ("subject", "group")


@dataclass(frozen=True)
class Column:
    """A heading; `css` says how its cells are set."""

    name: str
    label: str
    css: str


@dataclass(frozen=True)
class Cell:
    """One cell with its label for cards."""

    text: str
    label: str
    css: str
    is_heading: bool


@dataclass(frozen=True)
class Note:
    """What stands under a row; `url` is empty when it leads nowhere."""

    label: str
    text: str
    url: str


@dataclass(frozen=True)
class Line:
    """A row; `anchor` is empty for proofs, `notes` are what it links to and what speaks of it."""

    anchor: str
    cells: tuple[Cell, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class PageTable:
    """A table ready to be written; `unit` is the one that all amounts share, `notes` are those
    that every row has."""

    heading: str
    caption: str
    unit: str
    columns: tuple[Column, ...]
    opening: tuple[Line, ...]
    rows: tuple[Line, ...]
    closing: tuple[Line, ...]
    css: str
    notes: tuple[Note, ...]


def page_table(view: RecordView) -> PageTable | None:
    """The table of a record; None where it has no rows to show."""
    publication = view.publication
    if not publication.rows:
        return None
    parts = _parts(publication.columns, by_name=view.item.personal)
    fields = publication.columns
    units = publication.unit_columns
    shown = [
        n
        for n, f in enumerate(fields)
        if not f.link and f.name not in units and _is_used(publication, n)
    ]
    if len(shown) <= _WIDE:
        parts |= {name: f"{parts[name]} short" for name in _short(publication, parts)}
    is_book = any(field.role == "income" for field in fields)
    word = "笔" if is_book else "条"
    notes = {row.number: _notes(view, row) for row in publication.rows}
    common = _common(tuple(notes.values()))
    return PageTable(
        heading=f"每一{word}（共 {publication.row_count} {word}）",
        caption=publication.title,
        unit=_YUAN if any(field.is_money for field in fields) else "",
        columns=tuple(
            Column(fields[n].name, _label(fields[n]), parts[fields[n].name]) for n in shown
        ),
        opening=tuple(
            _proof_line(p, fields, parts, shown) for p in publication.proofs if p.kind == "opening"
        ),
        rows=tuple(
            Line(
                row.anchor,
                _cells(row, fields, parts, shown),
                tuple(note for note in notes[row.number] if note not in common),
            )
            for row in publication.rows
        ),
        closing=_closing(publication, parts, shown),
        css="roomy" if len(shown) <= _ROOMY else "broad",
        notes=common,
    )


def _is_used(publication: Publication, n: int) -> bool:
    """Whether a column says anything; one that is blank in every row is not worth its width."""
    rows = any(row.cells[n].text for row in publication.rows)
    return rows or any(proof.cells[n].text for proof in publication.proofs)


def _parts(fields: tuple[Field, ...], *, by_name: bool) -> dict[str, str]:
    """The part that each column plays, as class names."""
    heading = _heading(fields, by_name=by_name)
    dates = [field for field in fields if field.type == "date"]
    sums = [f for f in fields if f.role == "amount"] or [f for f in fields if f.role in _SIGNS]
    is_answered = any(field.role == "answer" for field in fields)
    parts = {}
    for field in fields:
        if field is heading:
            part = "head question" if is_answered else "head"
        elif field in sums:
            part = "sum"
        elif field.role == "answer":
            part = "answer"
        else:
            is_plain = (
                field.role in _BRIEF or dates == [field] or (by_name and field.role == "title")
            )
            part = "brief" if is_plain else "more"
            part += " whole" if field.type == "date" or field.role == "reference" else ""
        is_number = field.is_numeric and field is not heading
        parts[field.name] = f"{part} num" if is_number else part
    return parts


def _short(publication: Publication, parts: dict[str, str]) -> tuple[str, ...]:
    """Columns of a few characters: a name or a rate would lose its last one to the next line."""
    texts = {
        field.name: [row.cells[n].text for row in publication.rows]
        for n, field in enumerate(publication.columns)
        if parts[field.name] in ("brief", "more")
    }
    return tuple(name for name, cells in texts.items() if max(map(len, cells)) <= _SHORT)


def _heading(fields: tuple[Field, ...], *, by_name: bool) -> Field:
    """The column that says what a row is about; in a list of persons readers look for a name."""
    roles = ("title", "name", "subject")
    for role in sorted(roles, key=lambda role: by_name and role != "name"):
        found = next((field for field in fields if field.role == role), None)
        if found is not None:
            return found
    return fields[0]


def _label(field: Field) -> str:
    return f"{field.name}（{field.unit}）" if field.unit and not field.is_money else field.name


def _cells(
    row: PublicRow, fields: tuple[Field, ...], parts: dict[str, str], shown: list[int]
) -> tuple[Cell, ...]:
    made = []
    for n in shown:
        field, cell = fields[n], row.cells[n]
        css = f"{parts[field.name]}{_sign(field, cell)}"
        made.append(Cell(cell.text, _label(field), css, css.startswith("head")))
    return tuple(made)


def _notes(view: RecordView, row: PublicRow) -> tuple[Note, ...]:
    """Cells of linking columns, the chains that the row belongs to, then documents that speak of
    the row; each address once."""
    late = view.late.get(row.number)
    notes = [Note(_LATE, late.words, "")] if late else []
    for field, cell in zip(view.publication.columns, row.cells, strict=True):
        if field.link and cell.text:
            link = view.cell_links.get((row.number, field.name), Link(cell.text, ""))
            notes.append(Note(field.name, link.title, link.url))
    notes += [Note(t.label, t.link.title, t.link.url) for t in view.ties.get(row.number, ())]
    known = {note.url for note in notes}
    spoken = (x for x in view.row_links.get(row.number, ()) if x.link.url not in known)
    told = (Note(_BASIS if x.is_basis else _ABOUT, x.link.title, x.link.url) for x in spoken)
    return (*notes, *told)


def _common(notes: tuple[tuple[Note, ...], ...]) -> tuple[Note, ...]:
    """What stands under every row and leads somewhere; of two rows each says it itself."""
    if len(notes) < _MANY:
        return ()
    return tuple(note for note in notes[0] if note.url and all(note in own for own in notes))


def _sign(field: Field, cell: PublicCell) -> str:
    """Cards write a sign before income and expense; a zero says nothing there."""
    if field.role not in _SIGNS or not cell.text:
        return ""
    if not cell.data.strip("0.-"):
        return " nil"
    return " back" if cell.text.startswith("-") else f" {_SIGNS[field.role]}"


def _proof_line(
    proof: PublicProof, fields: tuple[Field, ...], parts: dict[str, str], shown: list[int]
) -> Line:
    cells = []
    for n in shown:
        part = parts[fields[n].name]
        is_heading = part.startswith("head")
        is_told = is_heading or (fields[n].is_numeric and bool(proof.cells[n].text))
        text = proof.label if is_heading else proof.cells[n].text
        cells.append(Cell(text if is_told else "", _label(fields[n]), part, is_heading))
    return Line("", tuple(cells))


def _closing(publication: Publication, parts: dict[str, str], shown: list[int]) -> tuple[Line, ...]:
    """Stated totals and closing; where the file states no totals, those of the columns."""
    fields = publication.columns
    proofs = [p for p in publication.proofs if p.kind != "opening"]
    has_total = any(proof.kind == "total" for proof in proofs)
    if not has_total and publication.totals and len(publication.rows) > 1:
        sums = {total.column: total.text for total in publication.totals}
        texts = (sums.get(field.name, "") for field in fields)
        total = PublicProof("total", "合计", tuple(PublicCell(text, text) for text in texts))
        proofs.insert(0, total)
    return tuple(_proof_line(proof, fields, parts, shown) for proof in proofs)
