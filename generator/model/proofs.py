"""Decides which rows a total may add up, and whether it does. All in exact decimal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from generator.model.books import ZERO, decimal
from generator.model.rows import Label, Scope
from generator.model.schema import TableSchema
from generator.model.spellings import group_key
from generator.model.village import Row, Value


@dataclass(frozen=True)
class Reach:
    """Rows that a total may add up, and by which scope."""

    scope: Scope
    rows: tuple[Row, ...]

    @property
    def covers(self) -> tuple[int, ...] | None:
        """The rows' numbers; None where it is the whole table, whatever is added to it."""
        return None if self.scope == "table" else tuple(row.number for row in self.rows)


@dataclass(frozen=True)
class Surroundings:
    """What stands around a total: the rows above it and all rows of the table, and for each scope
    that begins anew (`kind`, `run`) the numbers of the rows after which it may begin."""

    above: tuple[Row, ...]
    all: tuple[Row, ...]
    kind: int = 0
    starts: tuple[int, ...] = (0,)


def reaches(
    label: Label, texts: Mapping[str, str], around: Surroundings, schema: TableSchema
) -> tuple[Reach, ...]:
    """What a total may add up, in the order in which its words are to be read."""
    found: list[Reach] = []
    for scope in label.words.scopes:
        found += [Reach(scope, rows) for rows in _rows(scope, label, texts, around, schema)]
    return tuple(found)


def _rows(
    scope: Scope, label: Label, texts: Mapping[str, str], around: Surroundings, schema: TableSchema
) -> Iterator[tuple[Row, ...]]:
    above = around.above
    if scope == "table":
        yield around.all
    elif scope == "above":
        yield above
    elif scope == "kind":
        yield tuple(row for row in above if row.number > around.kind)
    elif scope == "run":
        for start in around.starts:
            yield tuple(row for row in above if row.number > start)
    elif scope == "group":
        yield from _group(label, texts, above, schema)
    elif scope == "month":
        yield _month(above, schema)


def _group(
    label: Label, texts: Mapping[str, str], above: tuple[Row, ...], schema: TableSchema
) -> Iterator[tuple[Row, ...]]:
    """Rows that share what the words before 小计 name, what the total's own cells say, or the group
    of the row above."""
    words = [f.name for f in schema.fields if f.type == "string"]
    if label.prefix:
        key = group_key(label.prefix)
        named = (r for r in above if any(_key(r.values.get(name)) == key for name in words))
        yield tuple(named)
    if texts:
        yield tuple(
            r for r in above if all(_key(r.values.get(n)) == group_key(t) for n, t in texts.items())
        )
    group = schema.with_role("group")
    if group is not None and above:
        last = _key(above[-1].values.get(group.name))
        yield tuple(r for r in above if last and _key(r.values.get(group.name)) == last)


def _key(value: Value) -> str:
    return group_key(value) if isinstance(value, str) else ""


def _month(above: tuple[Row, ...], schema: TableSchema) -> tuple[Row, ...]:
    field = schema.with_role("date")
    if field is None:
        return ()
    days = {row.number: row.values.get(field.name) for row in above}
    last = next((day for day in reversed(days.values()) if isinstance(day, date)), None)
    if last is None:
        return ()
    return tuple(row for row in above if _is_of(days[row.number], last))


def _is_of(day: Value, month: date) -> bool:
    return isinstance(day, date) and (day.year, day.month) == (month.year, month.month)


def total_of(rows: Sequence[Row], column: str) -> Decimal:
    """The sum of a column; an empty cell counts as zero."""
    return sum((decimal(row.values.get(column)) for row in rows), ZERO)


def stated(values: Mapping[str, Value], schema: TableSchema) -> dict[str, Decimal]:
    """The sums that a total states; a running balance is none."""
    balance = schema.with_role("balance")
    apart = balance.name if balance else ""
    return {
        name: decimal(value)
        for name, value in values.items()
        if value is not None and name != apart
    }
