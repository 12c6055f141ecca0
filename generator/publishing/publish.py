"""Turns records into publications: the only place where masks and the end of the display are applied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from generator.model.books import ZERO, decimal
from generator.model.calendar import Window, display_window
from generator.model.catalogue import Item
from generator.model.decisions import DecisionStep
from generator.model.masks import MaskProfile, MaskRule
from generator.model.mentions import pattern_of
from generator.model.schema import Field, TableSchema
from generator.model.shared import Shared
from generator.model.units import is_mixed
from generator.model.village import (
    Document,
    People,
    Proof,
    Record,
    Table,
    Value,
    Village,
    VillageData,
)
from generator.publishing import text
from generator.publishing.groups import Groups, groups_of
from generator.publishing.hiding import hidden_values, without_hidden
from generator.publishing.publication import (
    Publication,
    PublicCell,
    PublicCorrection,
    PublicDocument,
    PublicPeople,
    PublicPerson,
    PublicProof,
    PublicRow,
    PublicStep,
    PublicTable,
    Total,
)

PublicBody = PublicTable | PublicDocument | PublicPeople
_KEEPS_BOOKS = {"村民委员会", "村集体经济组织"}


def publish_all(data: VillageData, shared: Shared, today: date) -> dict[str, Publication]:
    """The publications of a village's records on a day, by `item/key`."""
    return {record.name: publish(record, data.village, shared, today) for record in data.records}


def publish(record: Record, village: Village, shared: Shared, today: date) -> Publication:
    """Turn a sound record into its publication of a day."""
    item, masks = shared.catalogue.item(record.item), shared.mask_profile(village.masks)
    period = record.period
    window = window_of(record, village, shared)
    is_expired = names_came_down(record, village, shared, today)
    body = _body(record, shared, masks, is_expired=is_expired)
    return Publication(
        village=village.id,
        item=record.item,
        key=record.key,
        url=f"v/{village.id}/{record.name}/",
        title=_title(record, item.called, village),
        official=_title(record, item.title, village),
        publisher=_publisher(record, item, village, shared),
        period=period.title,
        window=window,
        is_expired=is_expired,
        body=body,
        source=record.source.file,
        corrections=tuple(_corrections(record, body, shared, masks, is_expired=is_expired)),
        covers=None if period.kind == "standing" else (period.start, period.end),
    )


def window_of(record: Record, village: Village, shared: Shared) -> Window:
    """The days of a record's display."""
    item, rules = shared.catalogue.item(record.item), shared.rule_pack(village.rules)
    until = record.content.front.display_until if isinstance(record.content, Document) else None
    corrected = max((c.date for c in record.corrections), default=None)
    return display_window(record.published, until, item, rules, shared.holidays, corrected)


def names_came_down(record: Record, village: Village, shared: Shared, today: date) -> bool:
    """Whether a record is about persons, and its days are over."""
    is_personal = shared.catalogue.item(record.item).personal
    return is_personal and window_of(record, village, shared).is_over(today)


def _body(record: Record, shared: Shared, masks: MaskProfile, *, is_expired: bool) -> PublicBody:
    content, period = record.content, record.period
    if isinstance(content, Table):
        schema = shared.tables[content.schema]
        groups = groups_of(content, schema, masks, is_expired=is_expired)
        is_of_year = period.kind != "standing" and period.start.year == period.end.year
        return _table(content, schema, masks, groups, period.start.year if is_of_year else None)
    return _document(content) if isinstance(content, Document) else _people(content)


def _corrections(
    record: Record, body: PublicBody, shared: Shared, masks: MaskProfile, *, is_expired: bool
) -> Iterator[PublicCorrection]:
    """Corrections, oldest first. What a masked column holds is masked in their words as well,
    and no words stay when the rows that they speak of came down."""
    for correction in sorted(record.corrections, key=lambda c: c.date):
        words = "" if is_expired else correction.what
        if isinstance(record.content, Table):
            schema = shared.tables[record.content.schema]
            words = without_hidden(words, hidden_values(record.content, schema, masks))
        said = _named(words, body) if isinstance(body, PublicTable) else words
        yield PublicCorrection(correction.date, words, said)


def _named(words: str, table: PublicTable) -> str:
    """Words in which rows are called by what they are about, with their numbers behind."""
    number, title = table.with_role("reference"), table.with_role("title")
    if not number or not title or not table.shows(number.name) or not table.shows(title.name):
        return words
    titles = {table.cell(r, number.name).text: table.cell(r, title.name).text for r in table.rows}
    pattern = pattern_of(tuple(n for n, name in titles.items() if name and name not in words))
    return (
        re.sub(f" ?({pattern.pattern})", lambda m: f"{titles[m[1]]}（{m[1]}）", words)
        if pattern
        else words
    )


def _title(record: Record, name: str, village: Village) -> str:
    if isinstance(record.content, Document):
        return record.content.front.title
    account = village.account(record.account)
    is_side_account = record.account and account is not village.accounts[0]
    suffix = f"（{account.title}）" if is_side_account else ""
    return f"{record.period.title}{name}{suffix}"


def _publisher(record: Record, item: Item, village: Village, shared: Shared) -> str:
    """Who publishes: whom the document names; whose books they are, where bodies that keep books
    have to publish by the catalogue; or the first body there. The 村 of 村党组织 is the place, and
    stands in its name already."""
    if isinstance(record.content, Document) and record.content.front.publisher:
        return record.content.front.publisher
    bodies = item.body.split("、")
    if record.account and not _KEEPS_BOOKS.isdisjoint(bodies):
        return village.account(record.account).owner
    body = bodies[0]
    if not body.startswith(("村民", "村务")):
        body = body.removeprefix("村")
    return village.name + shared.said(body)


def _table(
    table: Table, schema: TableSchema, masks: MaskProfile, groups: Groups, year: int | None
) -> PublicTable:
    columns = tuple(
        field for field in schema.fields if field.name in table.columns and not masks.drops(field)
    )
    withheld = frozenset(f.name for f in columns if f.is_numeric and groups.withholds(f.name))
    mixed = frozenset(f.name for f in columns if is_mixed(f, table))
    proofs = [_proof(proof, columns, withheld | mixed) for proof in _told_proofs(table)]
    told = tuple(proof for proof in proofs if any(c.text for c in proof.cells) or not withheld)
    shown = () if table.nothing else columns
    is_less = len(told) < len(proofs) or any(f.total and f.name in withheld for f in columns)
    return PublicTable(
        columns=columns,
        rows=() if groups.hides_rows else tuple(_rows(table, columns, masks, year)),
        proofs=told,
        totals=tuple(_total(f, table) for f in shown if f.total and f.name not in withheld),
        row_count=None if groups.hides_rows and groups.is_small else len(table.rows),
        withheld=groups.words if groups.is_small or is_less else "",
        nothing=table.nothing,
        masked=frozenset(f.name for f in columns if not masks.shows(f)),
    )


def _told_proofs(table: Table) -> Iterator[Proof]:
    """The proofs shown under the table: those of all its rows. Sums of a part were checked and
    would speak of few households; sums of a year belong to other records as well."""
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
    cells = tuple(_shown(value, f) for value, f in values)
    return PublicProof(proof.kind, proof.label, cells, proof.number)


def _rows(
    table: Table, columns: tuple[Field, ...], masks: MaskProfile, year: int | None
) -> Iterator[PublicRow]:
    """The rows as anyone may see them; a quantity is shown with its own unit, where that is, and
    the days of a column without their year, where all are in the record's own `year`."""
    shown = frozenset(f.name for f in columns if masks.shows(f))
    years = {name: year for name in shown if _years(table, name) == {year}}
    for row in table.rows:
        yield PublicRow(
            row.number,
            tuple(
                _shown(
                    row.values.get(field.name),
                    field,
                    row.values.get(field.unit_in) if field.unit_in in shown else None,
                    years.get(field.name),
                )
                if field.name in shown
                else _masked(row.values.get(field.name), field, masks.rule(field.mask))
                for field in columns
            ),
        )


def _years(table: Table, column: str) -> set[int | None]:
    """The years of the days in a column."""
    values = (row.values.get(column) for row in table.rows)
    return {value.year for value in values if isinstance(value, date)}


def _shown(value: Value, field: Field, unit: Value = None, year: int | None = None) -> PublicCell:
    shown = text.cell_text(value, field, year)
    return PublicCell(
        value, f"{shown} {unit}" if shown and unit else shown, text.cell_data(value, field)
    )


def _masked(value: Value, field: Field, rule: MaskRule) -> PublicCell:
    words = rule.apply(text.cell_data(value, field))
    return PublicCell(None, words, words)


def _total(field: Field, table: Table) -> Total:
    total = sum((decimal(row.values.get(field.name)) for row in table.rows), ZERO)
    return Total(field.name, total, text.cell_text(total, field), field.unit)


def _document(document: Document) -> PublicDocument:
    front = document.front
    steps = tuple(_step(step) for step in front.steps)
    return PublicDocument(
        number=front.number,
        summary=front.summary,
        body=document.body,
        outcome=front.outcome,
        steps=steps,
        attachments=document.attachments,
        replaces=front.replaces,
    )


def _step(step: DecisionStep) -> PublicStep:
    counts = (step.entitled, step.present, step.agreed)
    unit = "户" if step.households else "人"
    told = zip(("应到", "实到", "同意"), counts, strict=True)
    votes = "，".join(f"{word} {count} {unit}" for word, count in told if count is not None)
    return PublicStep(step.step, step.date, votes, step.note, counts, step.notified)


def _people(people: People) -> PublicPeople:
    """Officials are public by their office: names and office numbers are not masked."""
    return PublicPeople(
        tuple(PublicPerson(p.name, p.title, p.duty, p.phone, p.since) for p in people.persons)
    )
