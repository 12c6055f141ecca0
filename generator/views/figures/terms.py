"""Contracts by what they are on a day: leases in force, not begun, ended, and all others.

Rent is summed over what is in force, so that an ended lease and the one that follows it on the
same land are never both counted, and what the village pays never counts as rent.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Literal

from generator.model.books import ZERO, decimal
from generator.model.catalogue import Role, TableSchema
from generator.model.village import Row, Table, Value
from generator.views.text import money

Term = Literal["在执行", "已到期", "未开始", "其他"]


def brings_rent(side: str, rent: Decimal | None, due: Decimal | None) -> bool:
    """Whether a contract brings rent: the register says so, or it tells of rent that was due."""
    return bool(rent) and (side == "收入" or (not side and bool(due)))


def is_begun(start: date | None, day: date) -> bool:
    """Whether a contract has begun by a day; one that says no day has."""
    return start is None or start <= day


def has_ended(end: date | None, day: date) -> bool:
    """Whether a contract ended before a day; its last day is still its own."""
    return end is not None and end < day


def term_of(row: Row, schema: TableSchema, day: date) -> Term:
    """What a row of a register of contracts is on a day."""
    rent, due = decimal(_cell(row, schema, "amount")), decimal(_cell(row, schema, "due"))
    if not brings_rent(str(_cell(row, schema, "side") or ""), rent, due):
        return "其他"
    start, end = _cell(row, schema, "date"), _cell(row, schema, "end")
    if has_ended(end if isinstance(end, date) else None, day):
        return "已到期"
    return "在执行" if is_begun(start if isinstance(start, date) else None, day) else "未开始"


def lease_notes(table: Table, schema: TableSchema, day: date) -> tuple[str, ...]:
    """What is to be said of the sums of a register of contracts."""
    if schema.affair != "contract":
        return ()
    current = [row for row in table.rows if term_of(row, schema, day) == "在执行"]
    return (*_stated_notes(table, schema, current), *_twice_notes(schema, current))


def _stated_notes(table: Table, schema: TableSchema, current: list[Row]) -> Iterator[str]:
    """That a stated total of rent adds up more than a year brings: leases that ended or have not
    begun, and contracts that bring no rent."""
    field, total = schema.with_role("amount"), table.proof("total")
    stated = total.values.get(field.name) if field and total else None
    if field is None or stated is None:
        return
    rent = sum((decimal(row.values.get(field.name)) for row in current), ZERO)
    if decimal(stated) != rent:
        yield (
            f"合计里的{field.name} {money(decimal(stated))} 元，是表里全部合同的；"
            f"正在执行的出租、发包合同一年是 {money(rent)} 元。"
        )


def _twice_notes(schema: TableSchema, current: list[Row]) -> Iterator[str]:
    """That one thing is leased by several contracts at once: it may be in parts, or an earlier
    lease was given up and its end not written. The program cannot know which."""
    found: dict[str, list[str]] = {}
    for row in current:
        what, title = _cell(row, schema, "leased"), _cell(row, schema, "title")
        if what is not None:
            found.setdefault(str(what), []).append(str(title or ""))
    for what, titles in found.items():
        if len(titles) > 1:
            yield (
                f"“{what}”有 {len(titles)} 份合同同时在执行（{'、'.join(titles)}），"
                "租金都算在内；如果有一份已经停了，那是它的终止日期没有改。"
            )


def _cell(row: Row, schema: TableSchema, role: Role) -> Value:
    field = schema.with_role(role)
    return row.values.get(field.name) if field else None
