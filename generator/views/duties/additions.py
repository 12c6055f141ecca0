"""Decides whether rows were added to a register within the days that its item gives for that.

A register stands for a whole year, and what is agreed within the year is added to it. When a row
was first shown is known where it stood there from the first day, or where a correction names it;
what cannot be known is never called late.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from generator.model.calendar import days_after, due_day
from generator.model.catalogue import Item, RowDue
from generator.model.schema import TableSchema
from generator.model.targets import Target
from generator.model.village import Record, Row, Table
from generator.views.duties.since import since_day
from generator.views.linking import VillageRecords, link_to
from generator.views.places import Link
from generator.views.said import say


@dataclass(frozen=True)
class LateRow:
    """A row that was added after its day. `shown` is the first day on which it can have stood
    there; where `is_exact`, it did from that day on. `words` say both days."""

    item: Item
    link: Link
    due: date
    shown: date
    is_exact: bool
    words: str = ""


def late_rows(record: Record, records: VillageRecords) -> Mapping[int, LateRow]:
    """The late rows of a record, by row number; only rows that everybody may see."""
    item = records.shared.catalogue.item(record.item)
    rule, table = item.due.rows, record.content
    since = since_day(records.data) if rule else None
    if rule is None or since is None or not isinstance(table, Table):
        return {}
    schema, public = records.shared.tables[table.schema], records.publication(record).table
    first = max(since, record.period.start)
    found = {}
    for row in table.rows:
        seen = public.row(row.number)
        begun = public.cell(seen, rule.column).value if seen else None
        if not isinstance(begun, date) or not first <= begun <= record.period.end:
            continue
        shown = _shown(row, begun, schema, record, records)
        due = _due(begun, rule, item, record, records)
        if shown is not None and shown[0] > due:
            link = link_to(Target(record, row.number), records, numbered=True)
            late = LateRow(item, link, due, *shown)
            words = say(records.shared.phrases, "duties", "late_row", row=late)
            found[row.number] = replace(late, words=words)
    return found


def all_late_rows(records: VillageRecords) -> tuple[LateRow, ...]:
    """The late rows of all records, newest first."""
    found = (late for r in records.data.records for late in late_rows(r, records).values())
    return tuple(sorted(found, key=lambda late: (late.due, late.link.url), reverse=True))


def _due(begun: date, rule: RowDue, item: Item, record: Record, records: VillageRecords) -> date:
    """The last day for a row, which is never before that of its register."""
    holidays = records.shared.holidays
    own = days_after(begun, rule.days, rule.counted, holidays)
    return max(own, due_day(item, record.period, records.rules, holidays))


def _shown(
    row: Row, begun: date, schema: TableSchema, record: Record, records: VillageRecords
) -> tuple[date, bool] | None:
    """Since when a row that was added stands in the register, and whether that is exact; None
    where it stood there from the first day, as its register was or was not in time, and where
    it is not known."""
    registers = _with_row(row, schema, record, records)
    first = min(registers, key=lambda r: r.published or date.max, default=None)
    if first is None or first.published is None:
        return None
    number = str(row.values.get(schema.link_key) or "")
    named = [c.date for c in first.corrections if number and names_number(c.what, number)]
    if named:
        return min(named), True
    if begun <= first.published:
        return None
    later = sorted(c.date for c in first.corrections if c.date >= begun)
    return (later[0], len(later) == 1) if later else None


def _with_row(
    row: Row, schema: TableSchema, record: Record, records: VillageRecords
) -> Iterator[Record]:
    """The registers of the same books in which the row stands."""
    number = row.values.get(schema.link_key)
    for other in records.series_of(record).records:
        if isinstance(other.content, Table):
            numbers = (r.values.get(schema.link_key) for r in other.content.rows)
            if other is record or (number is not None and number in numbers):
                yield other


def names_number(words: str, number: str) -> bool:
    """Whether words name a register number, and not a longer one that it is a part of."""
    return bool(re.search(rf"(?<![0-9A-Za-z-]){re.escape(number)}(?![0-9A-Za-z-])", words))
