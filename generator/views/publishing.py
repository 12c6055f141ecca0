"""A record becomes a publication: masks and the end of the display are applied here only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from generator.model.books import ZERO
from generator.model.catalogue import Field, Item, TableSchema
from generator.model.masks import MaskProfile
from generator.model.shared import Shared
from generator.model.village import DecisionStep, Document, People, Proof, Record, Table, Village
from generator.views import text
from generator.views.calendar import display_window
from generator.views.groups import Groups, groups_of
from generator.views.publication import (
    Publication,
    PublicCell,
    PublicCorrection,
    PublicDocument,
    PublicPerson,
    PublicProof,
    PublicRow,
    PublicStep,
    Total,
)


def publish(record: Record, village: Village, shared: Shared, today: date) -> Publication:
    """Turn a sound record into what may be seen of it on a day."""
    item = next(i for i in shared.catalogue.items if i.id == record.item)
    masks = shared.masks[village.masks or shared.site.masks]
    rules = shared.rules[village.rules or shared.site.rules]
    content = record.content
    until = content.front.display_until if isinstance(content, Document) else None
    window = display_window(record.published, until, item, rules, shared.holidays)
    is_expired = item.personal and window.is_over(today)
    parts: dict[str, Any] = {
        "columns": (),
        "rows": (),
        "proofs": (),
        "totals": (),
        "row_count": 0,
        "withheld": "",
        "nothing": False,
        "document": None,
        "persons": (),
    }
    if isinstance(content, Table):
        schema = shared.tables[content.schema]
        groups = groups_of(content, schema, masks, is_expired=is_expired)
        parts.update(_table_parts(content, schema, masks, groups))
    elif isinstance(content, Document):
        parts["document"] = _document(content)
    else:
        parts["persons"] = _persons(content)
    facts: dict[str, Any] = {
        "village": village.id,
        "item": record.item,
        "key": record.key,
        "title": _title(record, item, village),
        "publisher": _publisher(record, village),
        "period": record.period.title,
    }
    return Publication(
        **facts,
        **parts,
        url=f"v/{village.id}/{record.item}/{record.key}/",
        window=window,
        is_expired=is_expired,
        source=record.source.file,
        corrections=tuple(_corrections(record, shared, masks, is_expired=is_expired)),
        covers=None
        if record.period.kind == "standing"
        else (record.period.start, record.period.end),
    )


def _corrections(
    record: Record, shared: Shared, masks: MaskProfile, *, is_expired: bool
) -> Iterator[PublicCorrection]:
    """Corrections, oldest first. What a masked column holds is masked in their words as well,
    and no words stay when the rows that they speak of came down."""
    hidden: dict[str, str] = {}
    if isinstance(record.content, Table):
        for field in shared.tables[record.content.schema].fields:
            rule = masks.rule(field.mask)
            is_hidden = rule.style != "show" and field.type == "string"
            for row in record.content.rows if is_hidden else ():
                value = text.cell_data(row.values.get(field.name), field)
                hidden[value] = rule.apply(value) if rule.style != "drop" else "*" * len(value)
    for correction in sorted(record.corrections, key=lambda c: c.date):
        words = "" if is_expired else correction.what
        for value in sorted(filter(_is_told_apart, hidden), key=len, reverse=True):
            words = words.replace(value, hidden[value])
        yield PublicCorrection(correction.date, words)


def _is_told_apart(value: str) -> bool:
    """Whether a hidden value is long enough to be found in a sentence."""
    return len(value) > 1


def _title(record: Record, item: Item, village: Village) -> str:
    if isinstance(record.content, Document):
        return record.content.front.title
    account = village.account(record.account)
    is_side_account = record.account and account is not village.accounts[0]
    suffix = f"（{account.title}）" if is_side_account else ""
    return f"{record.period.title}{item.title}{suffix}"


def _publisher(record: Record, village: Village) -> str:
    if isinstance(record.content, Document) and record.content.front.publisher:
        return record.content.front.publisher
    if record.account:
        return village.account(record.account).owner
    return f"{village.name}村民委员会"


def _table_parts(
    table: Table, schema: TableSchema, masks: MaskProfile, groups: Groups
) -> dict[str, Any]:
    columns = tuple(
        field
        for field in schema.fields
        if field.name in table.columns and masks.rule(field.mask).style != "drop"
    )
    withheld = frozenset(f.name for f in columns if f.is_numeric and groups.withholds(f.name))
    proofs = (_proof(proof, columns, withheld) for proof in table.proofs)
    told = tuple(proof for proof in proofs if any(c.text for c in proof.cells) or not withheld)
    shown = () if table.nothing else columns
    totals = tuple(_total(f, table) for f in shown if f.total and f.name not in withheld)
    is_less = len(told) < len(table.proofs) or any(f.total and f.name in withheld for f in columns)
    return {
        "columns": columns,
        "rows": () if groups.hides_rows else tuple(_rows(table, columns, masks)),
        "proofs": told,
        "totals": totals,
        "row_count": None if groups.hides_rows and groups.is_small else len(table.rows),
        "withheld": groups.words if groups.is_small or is_less else "",
        "nothing": table.nothing,
    }


def _proof(proof: Proof, columns: tuple[Field, ...], withheld: frozenset[str]) -> PublicProof:
    values = ((None if f.name in withheld else proof.values.get(f.name), f) for f in columns)
    cells = (PublicCell(text.cell_text(value, f), text.cell_data(value, f)) for value, f in values)
    return PublicProof(proof.kind, proof.label, tuple(cells))


def _rows(table: Table, columns: tuple[Field, ...], masks: MaskProfile) -> Iterator[PublicRow]:
    for row in table.rows:
        cells = []
        for field in columns:
            value = row.values.get(field.name)
            rule = masks.rule(field.mask)
            if rule.style == "show":
                cells.append(PublicCell(text.cell_text(value, field), text.cell_data(value, field)))
            else:
                masked = rule.apply(text.cell_data(value, field))
                cells.append(PublicCell(masked, masked))
        yield PublicRow(row.number, tuple(cells))


def _total(field: Field, table: Table) -> Total:
    numbers = (row.values.get(field.name) for row in table.rows)
    total = sum((Decimal(str(n)) for n in numbers if n is not None), ZERO)
    return Total(field.name, text.cell_text(total, field), field.unit)


def _document(document: Document) -> PublicDocument:
    front = document.front
    steps = tuple(_step(step) for step in front.steps)
    return PublicDocument(
        front.number, front.summary, document.body, front.outcome, steps, document.attachments
    )


def _step(step: DecisionStep) -> PublicStep:
    counts = (step.entitled, step.present, step.agreed)
    return PublicStep(step.step, step.date, _votes(*counts), step.note, counts)


def _votes(entitled: int | None, present: int | None, agreed: int | None) -> str:
    parts = (
        f"应到 {entitled} 人" if entitled is not None else "",
        f"实到 {present} 人" if present is not None else "",
        f"同意 {agreed} 人" if agreed is not None else "",
    )
    return "，".join(part for part in parts if part)


def _persons(people: People) -> tuple[PublicPerson, ...]:
    """Officials are public by their office: names and office numbers are not masked."""
    return tuple(PublicPerson(p.name, p.title, p.duty, p.phone, p.since) for p in people.persons)
