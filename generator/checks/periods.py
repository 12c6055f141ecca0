"""Periods and the day of publication."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.checks.context import Context, cell
from generator.model.village import Table
from generator.problems import Problem, problem


def published_is_known(context: Context) -> Iterator[Problem]:
    """A table says on which day it was made public."""
    for record in context.data.records:
        if isinstance(record.content, Table) and record.published is None:
            yield problem("published-missing", record.source)


def published_not_in_future(context: Context) -> Iterator[Problem]:
    """Nothing is published before its day."""
    for record in context.data.records:
        if record.published is not None and record.published > context.today:
            day = record.published.isoformat()
            yield problem("published-future", record.source, value=day)


def period_has_ended(context: Context) -> Iterator[Problem]:
    """A table is not of a period that has not begun."""
    for record, _, _ in context.tables():
        if record.period.start > context.today:
            yield problem("period-future", record.source, value=record.period.title)


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
