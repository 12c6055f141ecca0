"""Proves from the balances of a book on which side an amount belongs, and which row is the oldest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from generator.intake.columns import place_of, told_rows
from generator.intake.decoding import GridRow
from generator.intake.layout import Layout, first_cell
from generator.intake.values import CellContext, read_value
from generator.model.period import Period
from generator.model.schema import Role, TableSchema

ZERO = Decimal(0)
_LONGEST_LABEL = 6  # characters of 本季度合计 and its kind


@dataclass(frozen=True)
class Entry:
    """A row with money in it: what the two columns hold, and the balance after it. A row without
    amounts is a balance that stands by itself."""

    number: int
    first: Decimal
    second: Decimal
    balance: Decimal | None

    @property
    def is_step(self) -> bool:
        """Whether the row may change the balance."""
        return self.first != ZERO or self.second != ZERO


def incoming_first(
    entries: Sequence[Entry], *, may_fall: bool = True, may_rise: bool = True
) -> bool | None:
    """Whether the first of two columns is what came in, as the balances prove it; None where they
    prove nothing, or both. `may_rise` and `may_fall` say whether the dates let the oldest row be the
    first, or the last."""
    swapped = [Entry(e.number, e.second, e.first, e.balance) for e in entries]
    ways = [
        (may_rise and bool(follow(way))) or (may_fall and follow_turned(way))
        for way in (entries, swapped)
    ]
    return ways[0] if ways[0] != ways[1] else None


def follow(entries: Sequence[Entry]) -> bool | None:
    """Whether each balance is the one before it, the first column more and the second less; None
    where no two balances stand to be compared."""
    balance: Decimal | None = None
    is_proved = False
    has_begun = False
    for entry in entries:
        if not entry.is_step:
            if not has_begun:
                balance = entry.balance
            continue
        has_begun = True
        if balance is not None:
            balance += entry.first - entry.second
            if entry.balance is not None and entry.balance != balance:
                return False
            is_proved = is_proved or entry.balance is not None
        elif entry.balance is not None:
            balance = entry.balance
    return True if is_proved else None


def follow_turned(entries: Sequence[Entry]) -> bool:
    """Whether they do from the last row up. A balance under the last row is the opening or the
    closing one, so that it is no proof against it."""
    turned = list(entries[::-1])
    while turned and not turned[0].is_step:
        turned.pop(0)
    return bool(follow(turned))


def sides_of(
    entries: Sequence[Entry], *, may_fall: bool = True, may_rise: bool = True
) -> dict[int, bool] | None:
    """By row number, whether the amounts of one column came in, where every balance is the one
    before it with the amount more or less (or, where amounts have signs, with the amount); in one
    order of the rows only."""
    has_signs = any(e.first < ZERO for e in entries)
    orders = [entries] * may_rise + [entries[::-1]] * may_fall
    found = [
        sides for order in orders if (sides := _sides_in(order, has_signs=has_signs)) is not None
    ]
    return found[0] if len(found) == 1 and found[0] else None


def _sides_in(entries: Sequence[Entry], *, has_signs: bool) -> dict[int, bool] | None:
    sides: dict[int, bool] = {}
    before: Decimal | None = None
    for entry in entries:
        if entry.first != ZERO:
            if before is None or entry.balance is None:
                return None
            change = entry.balance - before
            if (change if has_signs else abs(change)) != entry.first:
                return None
            sides[entry.number] = change > ZERO
        before = entry.balance
    return sides


# --- what the rows of a worksheet hold ---


def place_of_role(layout: Layout, schema: TableSchema, role: Role) -> int | None:
    """The place of the column of a role."""
    field = schema.with_role(role)
    return place_of(layout, field.name) if field else None


def money_of(layout: Layout, schema: TableSchema, row: GridRow, place: int) -> Decimal | None:
    """The amount in a cell, in yuan; None where there is none, or nobody can read it."""
    column = layout.columns.get(place)
    text = row.at(place)
    if column is None or text in schema.missing_values:
        return None
    value = read_value(text, "amount", CellContext(None, column.unit or layout.unit, "元"))
    return value if isinstance(value, Decimal) else None


def is_sum(layout: Layout, schema: TableSchema, row: GridRow) -> bool:
    """Whether a row is called a sum or a balance, so that it is no entry of its own. A row with a date
    is one only where its label is nothing else (本月合计, 上期结余)."""
    if schema.sides is None:
        return False
    dated = place_of_role(layout, schema, "date")
    has_day = dated is not None and any(c.isdigit() for c in row.at(dated))
    labels = [first_cell(row)]
    labels += [row.at(p) for p, c in layout.columns.items() if c.field.type in ("string", "date")]
    rows = schema.rows
    if has_day:
        short = (label for label in labels if len("".join(label.split())) <= _LONGEST_LABEL)
        return any(rows.label(label) or rows.is_standing(label) for label in short)
    return any(rows.label(label) or rows.speaks_of_sums(label) for label in labels)


def entries_of(
    layout: Layout, schema: TableSchema, first: int, second: int | None
) -> Iterator[Entry]:
    """The rows with money. Sums of others are none; a balance that stands by itself is one."""
    beside = place_of_role(layout, schema, "balance")
    for row in told_rows(layout):
        one = money_of(layout, schema, row, first) or ZERO
        other = (money_of(layout, schema, row, second) or ZERO) if second is not None else ZERO
        balance = money_of(layout, schema, row, beside) if beside is not None else None
        has_money = one != ZERO or other != ZERO
        if has_money and is_sum(layout, schema, row):
            continue
        if has_money or balance is not None:
            yield Entry(row.number, one, other, balance)


def orders_of(
    layout: Layout, schema: TableSchema, entries: Sequence[Entry], period: Period | None
) -> tuple[bool, bool]:
    """Whether by their dates the rows may stand with the oldest first, and with the newest first."""
    dated = place_of_role(layout, schema, "date")
    steps = {entry.number for entry in entries if entry.is_step}
    days = [
        read_value(row.at(dated), "date", CellContext(period))
        for row in layout.body
        if dated is not None and row.number in steps
    ]
    known = [day for day in days if isinstance(day, date)]
    if len(known) < len(days) or len(set(known)) < 2:
        return True, True
    return known == sorted(known), known == sorted(known, reverse=True)
