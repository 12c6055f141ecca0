"""Decides what of a record may be kept longer than its file: no more than what it publishes needs.

What a column hides is cut as it is shown, so that it lies nowhere but in the village's folder. The
name that a list goes by stays while the list is shown, since its households are counted by it; once
the names came down it becomes a number.
"""

from __future__ import annotations

from dataclasses import replace

from generator.model.masks import MaskProfile
from generator.model.schema import Field, TableSchema
from generator.model.village import Proof, Record, Row, Table, Value
from generator.publishing.hiding import hidden_values, without_hidden


def kept_record(
    record: Record, schema: TableSchema | None, masks: MaskProfile, *, is_expired: bool
) -> Record:
    """A record that publishes the same as this one, under the same masks; `schema` is that of its
    table, `is_expired` says that its names came down."""
    table = record.content
    if not isinstance(table, Table) or schema is None:
        return record
    hidden = tuple(hidden_values(table, schema, masks))
    corrections = tuple(
        replace(told, what=without_hidden(told.what, iter(hidden))) for told in record.corrections
    )
    name = schema.with_role("name")
    cut = {f.name: f for f in schema.fields if not masks.shows(f) and f != name}

    numbers: dict[Value, Value] = {None: None}

    def kept(column: str, value: Value) -> Value:
        if is_expired and name and column == name.name:
            return numbers.setdefault(value, str(len(numbers)))
        return _cut(value, cut[column], masks) if column in cut else value

    def values(of: Row | Proof) -> dict[str, Value]:
        return {column: kept(column, value) for column, value in of.values.items()}

    content = replace(
        table,
        rows=tuple(replace(row, values=values(row)) for row in table.rows),
        proofs=tuple(replace(proof, values=values(proof)) for proof in table.proofs),
        titles=(),
    )
    return replace(record, content=content, corrections=corrections)


def _cut(value: Value, field: Field, masks: MaskProfile) -> Value:
    """A hidden value as it is shown. Amounts stay: what is masked counts."""
    if value is None or field.is_numeric:
        return value
    return masks.rule(field.mask).apply(str(value)) or None
