"""Writes a table that was read as a clean file, and lists how it differs from the worksheet."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from generator.model.masks import MaskProfile
from generator.model.schema import Field, TableSchema
from generator.model.village import Correction, Proof, Row, Table, Value
from generator.problems import without_numbers

NOTHING = "本期无发生"
PUBLISHED = "公开日期"
CORRECTED = "更正"
CONFIRMED = "已核对"


@dataclass(frozen=True)
class Change:
    """A cell that is written in another way than in the worksheet, and how often."""

    column: str
    before: str
    after: str
    count: int


def kept_fields(table: Table, schema: TableSchema, masks: MaskProfile) -> tuple[Field, ...]:
    """The columns of a clean file, in the schema's order."""
    private = private_fields(table, schema, masks)
    return tuple(
        field for field in schema.fields if field.name in table.columns and field not in private
    )


def private_fields(table: Table, schema: TableSchema, masks: MaskProfile) -> tuple[Field, ...]:
    """The columns that can never be published: they stay behind in the office's own file."""
    return tuple(
        field
        for field in schema.fields
        if field.name in table.columns and masks.drops(field) and not field.constraints.required
    )


def clean_file(
    table: Table,
    fields: Sequence[Field],
    published: date | None,
    corrections: Sequence[Correction] = (),
) -> bytes:
    """The table as CSV, UTF-8 with the mark by which WPS and Excel know it."""
    lines = [[field.name for field in fields]]
    if table.nothing:
        lines.append([NOTHING])
    for entry in _in_order(table):
        lines.append(_proof(entry, fields) if isinstance(entry, Proof) else _row(entry, fields))
    if published is not None:
        lines.append([PUBLISHED, published.isoformat()])
    lines += [[CORRECTED, entry.date.isoformat(), entry.what] for entry in corrections]
    if table.confirmed:
        lines.append([CONFIRMED, *table.confirmed])
    text = io.StringIO(newline="")
    csv.writer(text).writerows(lines)
    return text.getvalue().encode("utf-8-sig")


def line_numbers(table: Table) -> dict[int, int]:
    """The line of the clean file on which each row of the worksheet stands, by the row's number."""
    first = 3 if table.nothing else 2
    ordered = sorted(entry.number for entry in _entries(table))
    return {number: line for line, number in enumerate(ordered, start=first)}


def _entries(table: Table) -> list[Row | Proof]:
    return [*table.rows, *table.proofs]


def _in_order(table: Table) -> list[Row | Proof]:
    """Rows as the table has them, each proof where it stood among them; rows that were turned round
    take one another's places."""
    places = sorted(row.number for row in table.rows)
    placed: list[tuple[int, Row | Proof]] = [*zip(places, table.rows, strict=True)]
    placed += [(proof.number, proof) for proof in table.proofs]
    return [entry for _, entry in sorted(placed, key=lambda pair: pair[0])]


def _row(row: Row, fields: Sequence[Field]) -> list[str]:
    return [written(row.values.get(field.name), field) for field in fields]


def _proof(proof: Proof, fields: Sequence[Field]) -> list[str]:
    """A proof row: its label in the column that says what a row is about."""
    place = _label_column(fields)
    return [
        proof.label if field is place else written(proof.values.get(field.name), field)
        for field in fields
    ]


def _label_column(fields: Sequence[Field]) -> Field | None:
    words = [field for field in fields if field.type == "string"]
    titles = [field for field in words if field.role == "title"]
    return next(iter((*titles, *words)), None)


def written(value: Value, field: Field) -> str:
    """A value as the program's own files write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value.strftime("%Y-%m") if field.type == "yearmonth" else value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}" if field.is_money else f"{value:f}"
    return str(value)


def changes(
    table: Table, cells: Mapping[tuple[int, str], str], fields: Sequence[Field], masks: MaskProfile
) -> tuple[Change, ...]:
    """The cells written differently; `cells` are the worksheet's own by row number and column,
    without those that could not be read."""
    found: Counter[tuple[int, str, str, str]] = Counter()
    for entry in _entries(table):
        for place, field in enumerate(fields):
            if isinstance(entry, Proof) and not field.is_numeric:
                continue
            before = cells.get((entry.number, field.name))
            after = written(entry.values.get(field.name), field)
            if before and not after and isinstance(entry, Proof):
                after = _moved(entry, before, cells, fields)
            if before is not None and not _is_same(before, after):
                rule = masks.rule(field.mask)
                shown = (without_numbers(rule.apply(text)) for text in (before, after))
                found[(place, field.name, *shown)] += 1  # type: ignore[index]
    ordered = sorted(found.items(), key=lambda pair: (pair[0][0], -pair[1]))
    return tuple(
        Change(column, before, after, count) for (_, column, before, after), count in ordered
    )


def _moved(
    proof: Proof, before: str, cells: Mapping[tuple[int, str], str], fields: Sequence[Field]
) -> str:
    """Where a number of a proof stands now: a balance under 收入 has got a column of its own."""
    for field in fields:
        text = written(proof.values.get(field.name), field)
        is_new = text and not cells.get((proof.number, field.name))
        if is_new and field.is_numeric and _is_same(before, text):
            return f"{field.name}一栏的 {text}"
    return ""


def _is_same(before: str, after: str) -> bool:
    """Whether nothing was changed but zeros after the point, which a workbook never shows."""
    if before == after:
        return True
    try:
        return Decimal(before) == Decimal(after)
    except InvalidOperation:
        return False
