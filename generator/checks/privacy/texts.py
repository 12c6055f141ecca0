"""Every text that would be published, and where it stands.

Records are walked field by field, so that a field that the model gains is judged from its first
day on. Texts that leave only masked are judged as they leave.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from generator.model.catalogue import TableSchema
from generator.model.forms import FormWords
from generator.model.headwords import HeadWords
from generator.model.hiding import hidden_values, without_hidden
from generator.model.masks import MaskProfile
from generator.model.rows import RowWords
from generator.model.shared import Shared
from generator.model.village import Attachment, Document, Record, Table, Value, VillageData
from generator.problems import Source

# Never published, or judged in their own way.
_LEFT_OUT = frozenset({"source", "exceptions", "content", "code", "privacy", "unread"})
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


def village_texts(data: VillageData, shared: Shared) -> Iterator[PublishedText]:
    """The village's own texts, its powers and all its records."""
    village = data.village
    yield from _walk(village, village.source)
    for override in data.overrides:
        yield from _walk(override, override.power.source)
    for withdrawal in data.withdrawn:
        yield from _walk(withdrawal, withdrawal.source)
    profile = shared.masks[village.masks or shared.site.masks]
    for record in data.records:
        yield PublishedText(record.key, record.source)
        if isinstance(record.content, Table):
            schema = shared.tables[record.content.schema]
            item = shared.catalogue.find(record.item)
            is_personal = item is not None and item.personal
            yield from _table(record, record.content, schema, profile, is_personal=is_personal)
            for entry in record.corrections:  # masked in its words as in publications
                hidden = hidden_values(record.content, schema, profile)
                text = without_hidden(entry.what, hidden)
                yield PublishedText(text, entry.source, "更正", is_personal)
        elif isinstance(record.content, Document):
            yield from _document(record, record.content)


def content_texts(shared: Shared) -> Iterator[PublishedText]:
    """Every text of content/, but for the lists of what is private.

    Words that all tables share are in each of them, and are told of once, under their own file.
    """
    folder = shared.site.source.file.rpartition("/")[0]
    bare = {
        name: replace(table, words=HeadWords(), rows=RowWords())
        for name, table in shared.tables.items()
    }
    rest = replace(shared, tables=bare, words=HeadWords(), forms=FormWords())
    yield from _walk(rest, shared.site.source)
    yield from _walk(shared.words, Source(f"{folder}/headings.yaml"))
    yield from _walk(shared.forms, Source(f"{folder}/forms.yaml"))
    rows = {id(table.rows): table.rows for table in shared.tables.values()}
    for words in rows.values():
        yield from _walk(words, Source(f"{folder}/rows.yaml"))


def _table(
    record: Record, table: Table, schema: TableSchema, masks: MaskProfile, *, is_personal: bool
) -> Iterator[PublishedText]:
    """Cells that are not dropped, proofs, and whatever else the table says."""
    file = record.source.file
    shown = {
        name: masks.rule(field.mask)
        for name in table.columns
        if (field := schema.find(name)) is not None and masks.rule(field.mask).style != "drop"
    }
    for row in table.rows:
        for name, rule in shown.items():
            value = row.values.get(name)
            if value is not None:
                source = Source(file, row.number, name)
                text = rule.apply(_written(value))
                yield PublishedText(text, source, name, is_personal, is_cell=True)
    for proof in table.proofs:
        yield PublishedText(proof.label, Source(file, proof.number), "", is_personal)
        for name in shown:
            value = proof.values.get(name)
            if value is not None:
                source = Source(file, proof.number, name)
                yield PublishedText(_written(value), source, name, is_personal, is_cell=True)
    for part in fields(table):
        if part.name not in ("rows", "proofs", "schema", "columns"):
            yield from _walk(getattr(table, part.name), record.source, part.name)


def _document(record: Record, document: Document) -> Iterator[PublishedText]:
    """Head, body and attachments; all findings are the record's, which leaves as a whole."""
    for part in fields(document):
        value = getattr(document, part.name)
        if part.name == "body":  # as a whole: numbers may run over lines
            source = Source(record.source.file, document.row, _BODY)
            yield PublishedText(value, source, is_lines=True)
        elif part.name == "attachments":
            for entry in value:
                yield from _walk(_in_cells(entry), record.source, f"{_ATTACHMENT} {entry.name}")
        else:
            yield from _walk(value, record.source, part.name)


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


def _written(value: Value) -> str:
    """A cell as open data carries it; pages only set commas into it."""
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
