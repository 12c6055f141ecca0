"""A record becomes a publication: masks and the end of the display are applied here only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from generator.model.books import ZERO
from generator.model.catalogue import Field, Item, TableSchema
from generator.model.hiding import hidden_values, without_hidden
from generator.model.masks import MaskProfile
from generator.model.shared import Shared
from generator.model.units import is_mixed
from generator.model.village import (
    DecisionStep,
    Document,
    People,
    Proof,
    Record,
    Row,
    Table,
    Village,
)
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
    corrected = max((c.date for c in record.corrections), default=None)
    window = display_window(record.published, until, item, rules, shared.holidays, corrected)
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
    for correction in sorted(record.corrections, key=lambda c: c.date):
        words = "" if is_expired else correction.what
        if isinstance(record.content, Table):
            schema = shared.tables[record.content.schema]
            words = without_hidden(words, hidden_values(record.content, schema, masks))
        yield PublicCorrection(correction.date, words)


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
    mixed = frozenset(f.name for f in columns if is_mixed(f, table))
    proofs = [_proof(proof, columns, withheld | mixed) for proof in _told_proofs(table)]
    told = tuple(proof for proof in proofs if any(c.text for c in proof.cells) or not withheld)
    shown = () if table.nothing else columns
    totals = tuple(_total(f, table) for f in shown if f.total and f.name not in withheld)
    is_less = len(told) < len(proofs) or any(f.total and f.name in withheld for f in columns)
    return {
        "columns": columns,
        "rows": () if groups.hides_rows else tuple(_rows(table, columns, masks)),
        "proofs": told,
        "totals": totals,
        "row_count": None if groups.hides_rows and groups.is_small else len(table.rows),
        "withheld": groups.words if groups.is_small or is_less else "",
        "nothing": table.nothing,
    }


def _told_proofs(table: Table) -> Iterator[Proof]:
    """The proofs that stand under the table: those of the whole of it. Sums of a part were checked
    and would tell of few households; sums of a year are those of other records."""
    openings = [proof for proof in table.proofs if proof.kind == "opening"]
    closings = [proof for proof in table.proofs if proof.kind == "closing"]
    for proof in table.proofs:
        if proof in (*openings[:1], *closings[-1:]) or (
            proof.kind == "total"
            and proof.scope != "year"
            and len(proof.rows_of(table.rows)) == len(table.rows)
        ):
            yield proof


def _proof(proof: Proof, columns: tuple[Field, ...], withheld: frozenset[str]) -> PublicProof:
    values = ((None if f.name in withheld else proof.values.get(f.name), f) for f in columns)
    cells = (PublicCell(text.cell_text(value, f), text.cell_data(value, f)) for value, f in values)
    return PublicProof(proof.kind, proof.label, tuple(cells))


def _rows(table: Table, columns: tuple[Field, ...], masks: MaskProfile) -> Iterator[PublicRow]:
    for row in table.rows:
        yield PublicRow(row.number, tuple(_cell(row, field, columns, masks) for field in columns))


def _cell(row: Row, field: Field, columns: tuple[Field, ...], masks: MaskProfile) -> PublicCell:
    """A cell as anyone may see it; a quantity is shown with its own unit, where that is shown."""
    value, rule = row.values.get(field.name), masks.rule(field.mask)
    if rule.style != "show":
        masked = rule.apply(text.cell_data(value, field))
        return PublicCell(masked, masked)
    shown = text.cell_text(value, field)
    unit = next((f for f in columns if f.name == field.unit_in and not f.mask), None)
    word = row.values.get(unit.name) if unit else None
    return PublicCell(f"{shown} {word}" if shown and word else shown, text.cell_data(value, field))


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
