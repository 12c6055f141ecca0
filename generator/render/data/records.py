"""Open data of a record: CSV for spreadsheets, JSON for programs, attachments and pictures."""

from __future__ import annotations

from typing import Any

from generator.model.filenames import DATA, ROWS
from generator.output.files import OutputFile
from generator.output.lines import json_lines
from generator.publishing.publication import Publication
from generator.render.data.csvfile import csv_bytes
from generator.render.data.tables import PEOPLE
from generator.views.records import RecordView


def render_data(view: RecordView) -> tuple[OutputFile, ...]:
    """data.json of every record, data.csv of tables and people, files and pictures of documents."""
    publication = view.publication
    files = [OutputFile(publication.url + DATA, _json(view))]
    if publication.document is None:
        files.append(OutputFile(publication.url + ROWS, _csv(publication)))
    else:
        files += [
            OutputFile(publication.url + attachment.name, attachment.content)
            for attachment in publication.document.attachments
        ]
    return tuple(files)


def _json(view: RecordView) -> bytes:
    """The content that the digest is taken over, and what is said about it."""
    publication = view.publication
    window = publication.window
    data: dict[str, Any] = {
        "content": publication.content,
        "digest": publication.digest,
        "code": publication.code,
        "sentence": view.sentence,
        "checks": view.checks,
        "display_until": window.end.isoformat() if window.end else None,
        "expired": publication.is_expired,
        "withheld": publication.withheld,
    }
    if view.stale_since:
        data["stale_since"] = view.stale_since.isoformat()
    if view.approval:
        data["approved"] = {"role": view.approval.role, "day": view.approval.day.isoformat()}
    if view.history:
        data["history"] = [
            {"day": v.day.isoformat(), "codes": v.codes, "changes": v.lines, "since": v.since}
            for v in view.history
        ]
    return json_lines(data, is_sorted=True)


def _csv(publication: Publication) -> bytes:
    """Exactly the published columns and rows."""
    if publication.persons:
        people = (
            (p.name, p.title, p.duty, p.phone, p.since.isoformat() if p.since else "")
            for p in publication.persons
        )
        return csv_bytes((column.name for column in PEOPLE), people)
    headings = [field.name for field in publication.columns]
    return csv_bytes(headings, ([cell.data for cell in row.cells] for row in publication.rows))
