"""Sorts contracts by their state on a day: leases in force, not begun, ended, and all others.

Rent is summed over what is in force, so that an ended lease and the one that follows it on the
same land are never both counted, and what the village pays never counts as rent.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from generator.model.books import ZERO, decimal
from generator.model.phrases import Phrases
from generator.model.schema import LeaseWords, TableSchema, TermState
from generator.model.village import Row, Table
from generator.views.said import say


def brings_rent(
    side: str, rent: Decimal | None, due: Decimal | None, lease: LeaseWords | None
) -> bool:
    """Whether a contract brings rent: the register says so, or has rent that was due."""
    if lease is None or not rent:
        return False
    return side == lease.income or (not side and bool(due))


def is_begun(start: date | None, day: date) -> bool:
    """Whether a contract has begun by a day; one without a first day has."""
    return start is None or start <= day


def has_ended(end: date | None, day: date) -> bool:
    """Whether a contract ended before a day; its last day is still its own."""
    return end is not None and end < day


def term_of(row: Row, schema: TableSchema, day: date) -> TermState:
    """The state of a contract on a day, by its row of a register."""
    rent = decimal(schema.value(row.values, "amount"))
    due = decimal(schema.value(row.values, "due"))
    if not brings_rent(str(schema.value(row.values, "side") or ""), rent, due, schema.lease):
        return "other"
    start, end = schema.value(row.values, "date"), schema.value(row.values, "end")
    if has_ended(end if isinstance(end, date) else None, day):
        return "ended"
    return "running" if is_begun(start if isinstance(start, date) else None, day) else "waiting"


def lease_notes(table: Table, schema: TableSchema, day: date, phrases: Phrases) -> tuple[str, ...]:
    """Notes on the sums of a register of contracts."""
    if schema.lease is None:
        return ()
    current = [row for row in table.rows if term_of(row, schema, day) == "running"]
    stated = _stated_notes(table, schema, current, phrases)
    return (*stated, *_twice_notes(schema, current, phrases))


def _stated_notes(
    table: Table, schema: TableSchema, current: list[Row], phrases: Phrases
) -> Iterator[str]:
    """That a stated total of rent adds up more than a year brings: leases that ended or have not
    begun, and contracts that bring no rent."""
    field, total = schema.with_role("amount"), table.proof("total")
    stated = total.values.get(field.name) if field and total else None
    if field is None or stated is None:
        return
    rent = sum((decimal(row.values.get(field.name)) for row in current), ZERO)
    if decimal(stated) != rent:
        facts = {"column": field.heading, "stated": decimal(stated), "rent": rent}
        yield say(phrases, "notes", "stated_rent", **facts)


def _twice_notes(schema: TableSchema, current: list[Row], phrases: Phrases) -> Iterator[str]:
    """That one thing is leased by several contracts at once: it may be in parts, or an earlier
    lease was given up and its end not written. The program cannot know which."""
    found: dict[str, list[str]] = {}
    for row in current:
        what, title = schema.value(row.values, "leased"), schema.value(row.values, "title")
        if what is not None:
            found.setdefault(str(what), []).append(str(title or ""))
    for what, titles in found.items():
        if len(titles) > 1:
            yield say(phrases, "notes", "leased_twice", what=what, titles=titles)
