"""Questions and answers of a register, each to be read from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass

from generator.views.figures.tallies import Count, counts
from generator.views.publication import PublicRow
from generator.views.records import RecordView

# Marks of what is asked, done and answered, in the order in which the register tells them.
_MARKS = {"title": "问", "status": "办", "answer": "答"}
_SIDE = ("reference", "date")


@dataclass(frozen=True)
class Entry:
    """A row: `side` is its number and day, `told` what was asked, done and answered with the
    marks of these, `verdict` what is counted at the top, `details` everything else by column."""

    side: tuple[str, ...]
    told: tuple[tuple[str, str], ...]
    verdict: str
    details: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Entries:
    """The rows with their counts; `common` says what is the same in all of them."""

    counts: tuple[Count, ...]
    verdict: str
    entries: tuple[Entry, ...]
    common: tuple[tuple[str, str], ...]


def entries_of(view: RecordView) -> Entries:
    """The rows of a register of questions. Every filled cell is told once."""
    publication, columns = view.publication, view.publication.columns
    verdict = next((t.column for t in view.item.tallies if t.column), "")
    shared = {
        n: publication.rows[0].cells[n].text
        for n, field in enumerate(columns)
        if field.role not in _MARKS and field.name != verdict and _is_shared(n, publication.rows)
    }
    return Entries(
        counts(view.item, (publication,)),
        verdict,
        tuple(_entry(row, view, verdict, frozenset(shared)) for row in publication.rows),
        tuple((columns[n].name, text) for n, text in shared.items()),
    )


def _is_shared(place: int, rows: tuple[PublicRow, ...]) -> bool:
    texts = {row.cells[place].text for row in rows}
    return len(rows) > 1 and len(texts) == 1 and texts != {""}


def _entry(row: PublicRow, view: RecordView, verdict: str, shared: frozenset[int]) -> Entry:
    side: list[str] = []
    told: list[tuple[str, str]] = []
    details: list[tuple[str, str]] = []
    said = ""
    for n, (field, cell) in enumerate(zip(view.publication.columns, row.cells, strict=True)):
        if not cell.text or n in shared:
            continue
        if field.role in _MARKS:
            told.append((_MARKS[field.role], cell.text))
        elif field.name == verdict:
            said = cell.text
        elif field.role in _SIDE:
            side.append(cell.text)
        else:
            details.append((field.name, cell.text))
    return Entry(tuple(side), tuple(told), said, tuple(details))
