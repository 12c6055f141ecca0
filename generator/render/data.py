"""Open data of each record: CSV for spreadsheets, JSON for programs, attachments as they are."""

from __future__ import annotations

import csv
import io
import json

from generator.output.files import OutputFile
from generator.views.publication import Publication
from generator.views.records import RecordView

_BOM = "\ufeff"  # without it Excel and WPS take UTF-8 for the system's encoding
_PEOPLE_HEADINGS = ("姓名", "职务", "分工", "电话", "任职起始")


def render_data(view: RecordView) -> tuple[OutputFile, ...]:
    """data.json of every record, data.csv of tables and people, attachments of documents."""
    publication = view.publication
    files = [OutputFile(f"{publication.url}data.json", _json(view))]
    if publication.document is None:
        files.append(OutputFile(f"{publication.url}data.csv", _csv(publication)))
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
    data = {
        "content": publication.content,
        "digest": publication.digest,
        "code": publication.code,
        "sentence": view.sentence,
        "checks": view.checks,
        "display_until": window.end.isoformat() if window.end else None,
        "expired": publication.is_expired,
    }
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _csv(publication: Publication) -> bytes:
    """Exactly the published columns and rows."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    if publication.persons:
        writer.writerow(_PEOPLE_HEADINGS)
        for person in publication.persons:
            since = person.since.isoformat() if person.since else ""
            writer.writerow([person.name, person.title, person.duty, person.phone, since])
    else:
        writer.writerow([field.name for field in publication.columns])
        for row in publication.rows:
            writer.writerow([cell.data for cell in row.cells])
    return (_BOM + text.getvalue()).encode()
