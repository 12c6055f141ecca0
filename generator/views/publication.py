"""What anyone may see of a record. Pages, sheets, data, feeds and search read only this.

The digest is over what a publication says, so that page, sheet, CSV and JSON of one record
share it.
"""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from generator.model.catalogue import Field
from generator.model.village import Attachment
from generator.views.calendar import Window
from generator.views.digest import code_of, digest_of


@dataclass(frozen=True)
class PublicCell:
    """One cell: as shown, and as open data."""

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
    """Opening, totals or closing as stated in the table."""

    kind: str
    label: str
    cells: tuple[PublicCell, ...]


@dataclass(frozen=True)
class Total:
    """The sum of a column over all rows; it stays when personal rows come down."""

    column: str
    text: str
    unit: str


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
    entitled, present and agreed, as far as they are known."""

    step: str
    date: datetime.date
    votes: str
    note: str
    counts: tuple[int | None, int | None, int | None] = (None, None, None)


@dataclass(frozen=True)
class PublicDocument:
    """A document's words; `body` is Markdown."""

    number: str
    summary: str
    body: str
    outcome: str
    steps: tuple[PublicStep, ...]
    attachments: tuple[Attachment, ...]

    @property
    def files(self) -> tuple[Attachment, ...]:
        """What is offered for download; the others are pictures in the text."""
        return tuple(a for a in self.attachments if a.picture is None)

    @property
    def content(self) -> dict[str, Any]:
        """The document's part of the publication's content."""
        return {
            "number": self.number,
            "summary": self.summary,
            "body": self.body,
            "outcome": self.outcome,
            "steps": [[s.step, s.date.isoformat(), s.votes, s.note] for s in self.steps],
            "attachments": {
                a.name: hashlib.sha256(a.content).hexdigest() for a in self.attachments
            },
        }


@dataclass(frozen=True)
class PublicCorrection:
    """What was changed after publication, in words; none once they would name a person whose
    row came down."""

    date: datetime.date
    what: str


@dataclass(frozen=True)
class Publication:
    """A record as published. `url` is relative to the site's root and ends with a slash.

    `withheld` says why numbers are missing; `row_count` is None when it is one of them.
    `covers` are the first and the last day that the record speaks of, where it has such.
    """

    village: str
    item: str
    key: str
    url: str
    title: str
    publisher: str
    period: str
    window: Window
    is_expired: bool
    columns: tuple[Field, ...]
    rows: tuple[PublicRow, ...]
    proofs: tuple[PublicProof, ...]
    totals: tuple[Total, ...]
    row_count: int | None
    withheld: str
    nothing: bool
    document: PublicDocument | None
    persons: tuple[PublicPerson, ...]
    source: str
    corrections: tuple[PublicCorrection, ...] = ()
    covers: tuple[date, date] | None = None

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

    @property
    def content(self) -> dict[str, Any]:
        """What the publication says, as data.json carries it and the digest is taken over."""
        start = self.window.start
        content = {
            "village": self.village,
            "item": self.item,
            "key": self.key,
            "title": self.title,
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
