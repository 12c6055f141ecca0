"""Checks periods and days of publication."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from generator.checks.context import Context, cell
from generator.model.books import Book
from generator.model.period import Period
from generator.model.schema import TableSchema
from generator.model.village import Record, Table
from generator.problems import Problem, problem

_CLOSING = timedelta(days=7)  # before the end of a period, at most, books are closed


def published_is_known(context: Context) -> Iterator[Problem]:
    """A table says on which day it was made public. A list of persons must: without that day it
    would never come down."""
    for record in context.data.records:
        if isinstance(record.content, Table) and record.published is None:
            item = context.shared.catalogue.find(record.item)
            is_personal = item is not None and item.personal and bool(record.content.rows)
            yield problem(
                "published-personal" if is_personal else "published-missing", record.source
            )


def published_not_in_future(context: Context) -> Iterator[Problem]:
    """Nothing is published before its day."""
    for record in context.data.records:
        if record.published is not None and record.published > context.today:
            day = record.published.isoformat()
            yield problem("published-future", record.source, value=day)


def period_has_ended(context: Context) -> Iterator[Problem]:
    """A table is not of a period that has not begun, but for a plan of the next one."""
    for record, _, _ in context.tables():
        first = record.period
        if _is_plan(record, context):
            first = first.before or first
        if first.start > context.today:
            yield problem("period-future", record.source, value=record.period.title)


def published_after_period(context: Context) -> Iterator[Problem]:
    """What falls due after its period was not public before the period began, but for what was agreed for
    a year in the year before; a book not before it was closed, which is some days before the period ends,
    nor before its last entry, unless a correction since tells what came later. What the catalogue wants
    earlier is a plan."""
    for record, table, schema in context.tables():
        period, day = record.period, record.published
        if day is None or period.kind in ("event", "standing") or _is_plan(record, context):
            continue
        if day >= period.end or period.start > context.today:
            continue
        last = max((entry.date for entry in record.corrections), default=day)
        is_agreed = period.kind == "year" and not schema.is_book
        first = (period.before or period).start if is_agreed else period.start
        if day < first or (schema.is_book and last < _closed(table, schema, period)):
            kind = "published-early" if day < first else "published-midway"
            facts = {"period": period.title, "start": period.start, "end": period.end}
            yield problem(kind, record.source, value=day.isoformat(), **facts)


def _is_plan(record: Record, context: Context) -> bool:
    """Whether the catalogue wants a record before its period ends."""
    item = context.shared.catalogue.find(record.item)
    return item is None or item.due.days < 0


def _closed(table: Table, schema: TableSchema, period: Period) -> date:
    """The first day on which a book may have been closed."""
    values = (schema.value(row.values, "date") for row in table.rows)
    days = [day for day in values if isinstance(day, date) and day <= period.end]
    return max((period.end - _CLOSING, *days))


def entries_dated(context: Context) -> Iterator[Problem]:
    """In a book of accounts that has dates every entry has one; a form without them is named."""
    for record, table, schema in context.tables():
        field = schema.with_role("date")
        if field is None or schema.with_role("balance") is None or not table.rows:
            continue
        if field.name not in table.columns:
            yield problem("dates-missing", record.source, count=len(table.rows))
            continue
        for row in table.rows:
            if row.values.get(field.name) is None:
                yield problem(
                    "{table}-required",
                    cell(record, row.number, field.name),
                    table=schema.name,
                    heading=field.name,
                    example=field.example,
                )


def dates_inside_period(context: Context) -> Iterator[Problem]:
    """In a book of accounts every entry's date lies in the file's period."""
    for record, table, schema in context.tables():
        field = schema.with_role("date")
        if field is None or schema.with_role("balance") is None:
            continue
        for row in table.rows:
            day = row.values.get(field.name)
            if isinstance(day, date) and not record.period.start <= day <= record.period.end:
                yield problem(
                    "date-outside-period",
                    cell(record, row.number, field.name),
                    value=day.isoformat(),
                    period=record.period.title,
                )


def books_do_not_overlap(context: Context) -> Iterator[Problem]:
    """No two files of one set of books are for the same days: each entry would be published
    twice."""
    books: dict[tuple[str, str], list[Record]] = {}
    for record, table, schema in context.tables():
        if Book.of(table, schema) is not None:
            books.setdefault((record.item, record.account), []).append(record)
    for records in books.values():
        ordered = sorted(records, key=lambda r: (r.period.end - r.period.start, r.period))
        for place, longer in enumerate(ordered):
            inside = [r for r in ordered[:place] if _share_days(r, longer)]
            if inside:
                others = "、".join(r.source.file.rsplit("/", 1)[-1] for r in inside)
                yield problem(
                    "periods-overlap", longer.source, value=longer.period.title, others=others
                )


def _share_days(one: Record, other: Record) -> bool:
    return one.period.start <= other.period.end and other.period.start <= one.period.end
