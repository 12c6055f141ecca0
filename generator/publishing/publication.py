"""A record as anyone may see it. Pages, sheets, data, feeds and search show only this.

The digest is over what a publication says, so that page, sheet, CSV and JSON of one record
share it.
"""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from generator.model.attachments import Attachment
from generator.model.calendar import Window
from generator.model.schema import Field, Role
from generator.model.village import Value
from generator.publishing.digest import code_of, digest_of


@dataclass(frozen=True)
class PublicCell:
    """One cell: its value where it is shown as it is (None where it is masked or empty), its text
    on pages and sheets, and its open data."""

    value: Value
    text: str
    data: str


@dataclass(frozen=True)
class PublicRow:
    """A row under the columns; `number` is the source's row and makes the anchor."""

    number: int
    cells: tuple[PublicCell, ...]

    @property
    def anchor(self) -> str:
        """The id of the row on its page."""
        return f"r{self.number}"


@dataclass(frozen=True)
class PublicProof:
    """Opening, totals or closing as stated in the table; `number` is the source's row."""

    kind: str
    label: str
    cells: tuple[PublicCell, ...]
    number: int = 0


@dataclass(frozen=True)
class Total:
    """The sum of a column over all rows; it stays when personal rows come down."""

    column: str
    value: Decimal
    text: str
    unit: str


@dataclass(frozen=True)
class PublicTable:
    """A table as anyone may see it. `masked` are those of its columns that show less than they
    hold; `withheld` says why numbers are missing, `row_count` is None when it is one of them."""

    columns: tuple[Field, ...] = ()
    rows: tuple[PublicRow, ...] = ()
    proofs: tuple[PublicProof, ...] = ()
    totals: tuple[Total, ...] = ()
    row_count: int | None = 0
    withheld: str = ""
    nothing: bool = False
    masked: frozenset[str] = frozenset()

    @property
    def added(self) -> PublicProof | None:
        """The totals as a row under the table, where the table states none itself."""
        if not self.totals or any(proof.kind == "total" for proof in self.proofs):
            return None
        known = {t.column: PublicCell(t.value, t.text, t.text) for t in self.totals}
        cells = tuple(known.get(field.name, PublicCell(None, "", "")) for field in self.columns)
        return PublicProof("total", "合计", cells)

    @cached_property
    def _numbered(self) -> dict[int, PublicRow]:
        return {row.number: row for row in self.rows}

    @cached_property
    def _places(self) -> dict[str, int]:
        return {field.name: place for place, field in enumerate(self.columns)}

    def row(self, number: int) -> PublicRow | None:
        """The row of this number, while it is on display."""
        return self._numbered.get(number)

    def cell(self, row: PublicRow, column: str) -> PublicCell:
        """A row's cell in a column; an empty one where the column is not published."""
        place = self._places.get(column)
        return PublicCell(None, "", "") if place is None else row.cells[place]

    def heading(self, column: str) -> str:
        """What readers see above a column."""
        return self.columns[self._places[column]].heading if column in self._places else column

    def with_role(self, role: Role) -> Field | None:
        """The first published column that plays a role."""
        return next((field for field in self.columns if field.role == role), None)

    def shows(self, column: str) -> bool:
        """Whether a column is published as it is."""
        return column in self._places and column not in self.masked


@dataclass(frozen=True)
class PublicPerson:
    """A person with the number by which the office is reached."""

    name: str
    title: str
    duty: str
    phone: str
    since: date | None


@dataclass(frozen=True)
class PublicStep:
    """A step of a decision with its count of votes, in words; `counts` are the numbers of
    entitled, present and agreed, as far as they are known. On the day `notified` they were told
    of the meeting."""

    step: str
    date: datetime.date
    votes: str
    note: str
    counts: tuple[int | None, int | None, int | None] = (None, None, None)
    notified: datetime.date | None = None

    @property
    def content(self) -> list[str]:
        """The step's part of the publication's content."""
        told = [self.step, self.date.isoformat(), self.votes, self.note]
        return [*told, self.notified.isoformat()] if self.notified else told


@dataclass(frozen=True)
class PublicDocument:
    """A document's words; `body` is Markdown."""

    number: str
    summary: str
    body: str
    outcome: str
    steps: tuple[PublicStep, ...]
    attachments: tuple[Attachment, ...]
    replaces: str = ""

    @property
    def files(self) -> tuple[Attachment, ...]:
        """What is offered for download; the others are pictures in the text."""
        return tuple(a for a in self.attachments if a.picture is None)

    @property
    def content(self) -> dict[str, Any]:
        """The document's part of the publication's content."""
        content = {
            "number": self.number,
            "summary": self.summary,
            "body": self.body,
            "outcome": self.outcome,
            "steps": [step.content for step in self.steps],
            "attachments": {
                a.name: hashlib.sha256(a.content).hexdigest() for a in self.attachments
            },
        }
        if self.replaces:
            content["replaces"] = self.replaces
        if titles := {a.name: a.title for a in self.attachments if a.title}:
            content["titles"] = titles
        return content


@dataclass(frozen=True)
class PublicPeople:
    """A list of officials or supervisors."""

    persons: tuple[PublicPerson, ...]


@dataclass(frozen=True)
class PublicCorrection:
    """What was changed after publication, in words; none once they would name a person whose
    row came down. `said` are the same words for readers, with rows called by name."""

    date: datetime.date
    what: str
    said: str


_NO_TABLE = PublicTable()


@dataclass(frozen=True)
class Publication:
    """A record as published. `url` is relative to the site's root and ends with a slash.

    `title` is for readers, `official` what data and manifests call the record. `covers` are the
    first and the last day that the record speaks of, where it has such.
    """

    village: str
    item: str
    key: str
    url: str
    title: str
    official: str
    publisher: str
    period: str
    window: Window
    is_expired: bool
    body: PublicTable | PublicDocument | PublicPeople
    source: str
    corrections: tuple[PublicCorrection, ...] = ()
    covers: tuple[date, date] | None = None

    @property
    def table(self) -> PublicTable:
        """The table; one without columns for what is no table."""
        return self.body if isinstance(self.body, PublicTable) else _NO_TABLE

    @property
    def document(self) -> PublicDocument | None:
        """The document, if it is one."""
        return self.body if isinstance(self.body, PublicDocument) else None

    @property
    def persons(self) -> tuple[PublicPerson, ...]:
        """The persons of a list of officials."""
        return self.body.persons if isinstance(self.body, PublicPeople) else ()

    @property
    def columns(self) -> tuple[Field, ...]:
        """The table's columns."""
        return self.table.columns

    @property
    def rows(self) -> tuple[PublicRow, ...]:
        """The table's rows; none once they came down."""
        return self.table.rows

    @property
    def proofs(self) -> tuple[PublicProof, ...]:
        """Opening, totals and closing of the whole table, as it states them."""
        return self.table.proofs

    @property
    def totals(self) -> tuple[Total, ...]:
        """The sums of the table's columns, as far as they are shown."""
        return self.table.totals

    @property
    def row_count(self) -> int | None:
        """The count of the table's rows; None where it is not shown."""
        return self.table.row_count

    @property
    def withheld(self) -> str:
        """Why numbers are missing."""
        return self.table.withheld

    @property
    def nothing(self) -> bool:
        """Whether the table says that there was nothing in the period."""
        return self.table.nothing

    @property
    def unit_columns(self) -> frozenset[str]:
        """Columns that say no more than the unit of another, which its cells show already."""
        return frozenset(field.unit_in for field in self.columns if field.unit_in)

    @property
    def changed(self) -> date | None:
        """The day on which it was made public or last corrected, for feeds and search engines;
        None when that is not known."""
        start = self.window.start
        return max([start, *(c.date for c in self.corrections)]) if start else None

    @cached_property
    def digest(self) -> str:
        """SHA-256 over what the publication says; see `content`."""
        return digest_of(self.content)

    @cached_property
    def code(self) -> str:
        """The short form of the digest that is printed on the sheet."""
        return code_of(self.digest)

    @cached_property
    def content(self) -> dict[str, Any]:
        """What the publication says, as data.json carries it and the digest is taken over."""
        start = self.window.start
        content = {
            "village": self.village,
            "item": self.item,
            "key": self.key,
            "title": self.official,
            "publisher": self.publisher,
            "period": self.period,
            "published": start.isoformat() if start else None,
            "columns": [field.name for field in self.columns],
            "rows": [[row.number, *(cell.data for cell in row.cells)] for row in self.rows],
            "proofs": [
                [proof.kind, proof.label, *(cell.data for cell in proof.cells)]
                for proof in self.proofs
            ],
            "totals": {total.column: total.text for total in self.totals},
            "row_count": self.row_count,
            "nothing": self.nothing,
            "document": None if self.document is None else self.document.content,
            "persons": [
                [p.name, p.title, p.duty, p.phone, p.since.isoformat() if p.since else ""]
                for p in self.persons
            ],
        }
        if self.corrections:  # only then, so that sheets on the wall keep their codes
            content["corrections"] = [[c.date.isoformat(), c.what] for c in self.corrections]
        return content
