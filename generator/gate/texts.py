"""Collects every text that will be published, with the place where it was written.

What is published of a record is judged as it will be shown on the day: masked, without what came
down. Trees are walked field by field, so that a field which the model gains is judged from its
first day on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from typing import Any

from generator.model.attachments import Attachment
from generator.model.forms import FormWords
from generator.model.headwords import HeadWords
from generator.model.phrases import Phrases
from generator.model.rows import RowWords
from generator.model.shared import Shared
from generator.model.village import Document, Record, VillageData
from generator.problems import Source
from generator.publishing.publication import Publication, PublicCell, PublicDocument, PublicTable

# Never published, or judged in their own way.
_LEFT_OUT = frozenset({"source", "exceptions", "content", "code", "privacy", "unread", "codes"})
_BODY, _ATTACHMENT = "正文", "附件"


@dataclass(frozen=True)
class PublishedText:
    """A text and its place. `heading` is the column that it stands under, which says what it
    is; `is_personal` says that it stands in a table of persons, `is_cell` that it is shown letter
    by letter, while other texts may be Markdown; `is_lines` that its lines are the file's, from
    the source's row on."""

    text: str
    source: Source
    heading: str = ""
    is_personal: bool = False
    is_cell: bool = False
    is_lines: bool = False


def village_texts(
    data: VillageData, publications: Mapping[str, Publication], shared: Shared
) -> Iterator[PublishedText]:
    """The village's own texts, its powers, and what is published of all its records."""
    village = data.village
    yield from _walk(village, village.source)
    for override in data.overrides:
        yield from _walk(override, override.power.source)
    for withdrawal in data.withdrawn:
        yield from _walk(withdrawal, withdrawal.source)
    for explanation in data.explanations:
        yield from _walk(explanation, explanation.source)
    for record in data.records:
        is_personal = shared.catalogue.item(record.item).personal
        yield from _record(record, publications[record.name], is_personal=is_personal)
        if record.name in data.history and not publications[record.name].is_expired:
            history = data.history[record.name]
            yield from _walk(history, history.source)


def content_texts(shared: Shared) -> Iterator[PublishedText]:
    """Every text of content/, but for the lists of what is private.

    Words that all tables share are in each of them, and are reported once, under their own file.
    """
    folder = shared.site.source.file.rpartition("/")[0]
    bare = {
        name: replace(table, words=HeadWords(), rows=RowWords())
        for name, table in shared.tables.items()
    }
    rest = replace(shared, tables=bare, words=HeadWords(), forms=FormWords(), phrases=Phrases())
    rest = replace(rest, staff={}, bank=None)  # by which is read what nobody publishes
    yield from _walk(rest, shared.site.source)
    yield from _walk(shared.words, Source(f"{folder}/headings.yaml"))
    yield from _walk(shared.forms, Source(f"{folder}/forms.yaml"))
    for kind, text in shared.phrases.files.items():
        source = Source(f"{folder}/templates/words/{kind}.txt", 1)
        yield PublishedText(text, source, is_lines=True)
    rows = {id(table.rows): table.rows for table in shared.tables.values()}
    for words in rows.values():
        yield from _walk(words, Source(f"{folder}/rows.yaml"))


def _record(
    record: Record, publication: Publication, *, is_personal: bool
) -> Iterator[PublishedText]:
    """What is published of a record. Persons of village.yaml are judged with it."""
    yield PublishedText(record.key, record.source)
    if isinstance(publication.body, PublicTable):
        yield from _table(publication.body, record.source.file, is_personal=is_personal)
        written = sorted(record.corrections, key=lambda c: c.date)
        for correction, entry in zip(publication.corrections, written, strict=True):
            yield PublishedText(correction.what, entry.source, "更正", is_personal)
    elif isinstance(publication.body, PublicDocument) and isinstance(record.content, Document):
        yield from _document(record, record.content, publication.body)


def _table(table: PublicTable, file: str, *, is_personal: bool) -> Iterator[PublishedText]:
    """Cells and proofs as they are shown."""
    for row in table.rows:
        yield from _cells(table, row.cells, Source(file, row.number), is_personal=is_personal)
    for proof in table.proofs:
        source = Source(file, proof.number)
        yield PublishedText(proof.label, source, "", is_personal)
        yield from _cells(table, proof.cells, source, is_personal=is_personal)


def _cells(
    table: PublicTable, cells: tuple[PublicCell, ...], source: Source, *, is_personal: bool
) -> Iterator[PublishedText]:
    """Cells as open data carries them, with the unit that pages set beside a number."""
    for field, cell in zip(table.columns, cells, strict=True):
        text = cell.text.replace(",", "") if field.unit_in else cell.data
        if text:
            place = Source(source.file, source.row, field.name)
            yield PublishedText(text, place, field.name, is_personal, is_cell=True)


def _document(
    record: Record, document: Document, published: PublicDocument
) -> Iterator[PublishedText]:
    """Head, body and attachments; all findings are the record's, which leaves as a whole. Of the
    head also the keys are judged of which pages show only where they lead."""
    yield from _walk(document.front, record.source, "front")
    body = Source(record.source.file, document.row, _BODY)
    yield PublishedText(published.body, body, is_lines=True)  # whole: numbers run over lines
    for entry in published.attachments:
        yield from _walk(_in_cells(entry), record.source, f"{_ATTACHMENT} {entry.name}")


def _in_cells(attachment: Attachment) -> Attachment:
    """A workbook's text with its cells kept apart: numbers below each other are not one."""
    if not attachment.name.lower().endswith((".xlsx", ".csv")):
        return attachment
    return replace(attachment, text=re.sub(r"[\n\t]", " | ", attachment.text))


def _walk(node: Any, source: Source, key: str = "") -> Iterator[PublishedText]:
    """All texts of a tree of dataclasses; the nearest source says where."""
    if isinstance(node, str):
        if node:
            yield PublishedText(node, Source(source.file, source.row, key), key)
    elif isinstance(node, (tuple, frozenset)):
        for entry in node:
            yield from _walk(entry, source, key)
    elif isinstance(node, dict):
        for name, entry in node.items():
            yield from _walk(name, source, key)
            yield from _walk(entry, source, key)
    elif is_dataclass(node) and not isinstance(node, type):
        own = getattr(node, "source", source)
        is_place = isinstance(node, Attachment)
        for name in _walked(type(node)):
            yield from _walk(getattr(node, name), own, key if is_place else name)


@cache
def _walked(shape: type) -> tuple[str, ...]:
    """The fields of a dataclass that hold what would be published."""
    return tuple(part.name for part in fields(shape) if part.name not in _LEFT_OUT)
