"""Open data of each record: CSV for spreadsheets, JSON for programs, attachments and pictures."""

from __future__ import annotations

import csv
import io
import json

from generator.model.formulas import is_formula
from generator.output.files import OutputFile
from generator.views.publication import Publication
from generator.views.records import RecordView

_BOM = "\ufeff"  # without it Excel and WPS take UTF-8 for the system's encoding
_PEOPLE_HEADINGS = ("姓名", "职务", "分工", "电话", "任职起始")


def render_data(view: RecordView) -> tuple[OutputFile, ...]:
    """data.json of every record, data.csv of tables and people, files and pictures of documents."""
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
        "withheld": publication.withheld,
    }
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _csv(publication: Publication) -> bytes:
    """Exactly the published columns and rows, in words that no program calculates."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    if publication.persons:
        writer.writerow(_PEOPLE_HEADINGS)
        for person in publication.persons:
            since = person.since.isoformat() if person.since else ""
            cells = (person.name, person.title, person.duty, person.phone, since)
            writer.writerow(map(_shown, cells))
    else:
        writer.writerow([_shown(field.name) for field in publication.columns])
        for row in publication.rows:
            writer.writerow([_shown(cell.data) for cell in row.cells])
    return (_BOM + text.getvalue()).encode()


def _shown(cell: str) -> str:
    """A cell as spreadsheet programs show it: an apostrophe keeps them from calculating text.
    Numbers, dates and phone numbers stay as they are."""
    return f"'{cell}" if is_formula(cell) else cell
