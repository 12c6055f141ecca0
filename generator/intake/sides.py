"""Decides whether money came in or went out, where the headings do not say it: 借方, 贷方, 金额.

A bank's 借方 is what went out of the account, that of a village's own book what came in. Nothing in the
words tells them apart, so the balances are asked: a column is what came in where each balance is the one
before it and that amount more. Without balances a column that says 收入 or 支出 in every row decides, and
else a person. Statements of banks often begin with the newest row; they are turned round where dates and
balances agree that they do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from generator.intake.arranging import left_behind
from generator.intake.columns import place_of, renamed, told_rows, with_cells, without
from generator.intake.decoding import GridRow
from generator.intake.doubts import Asking, Choice
from generator.intake.layout import Layout
from generator.intake.onecolumn import OneColumn, kind_column, side_word
from generator.intake.sideproof import (
    ZERO,
    Entry,
    entries_of,
    follow,
    follow_turned,
    incoming_first,
    money_of,
    orders_of,
    place_of_role,
)
from generator.intake.sidewords import BY_BALANCE, ask_side, known_side, totals
from generator.model.arrangements import Sides
from generator.model.period import Period
from generator.model.schema import Field, Role, TableSchema
from generator.problems import Problem, Source, problem

_SEEN = "它只说余额是正是负，已经照着读了"
_FOR_LEFT = "收入和支出已经分开写了"


def with_sides(
    layout: Layout, schema: TableSchema, file: str, period: Period | None, asking: Asking
) -> Layout:
    """The layout with ordinary columns of income, expense and balance, oldest row first."""
    if schema.sides is None:
        return layout
    return _Sider(layout, schema, schema.sides, file, period, asking).resolved()


class _Sider:
    """The layout as the steps change it, and the notices they give, for one worksheet."""

    def __init__(
        self,
        layout: Layout,
        schema: TableSchema,
        sides: Sides,
        file: str,
        period: Period | None,
        asking: Asking,
    ) -> None:
        self.layout = layout
        self.schema = schema
        self.sides = sides
        self.file = file
        self.period = period
        self.asking = asking
        self.said: list[Problem] = []

    def resolved(self) -> Layout:
        """The layout in which every amount has its side, or the question which it has."""
        is_open = self._standing()
        debit, credit = self._place(self.sides.debit), self._place(self.sides.credit)
        amount = self._place(self.sides.amount)
        single = next((p for p in (amount, debit, credit) if p is not None), None)
        if self._at("income") is not None or self._at("expense") is not None:
            self._declared()
        elif debit is not None and credit is not None:
            self._two(debit, credit, is_open=is_open)
        elif single is not None:
            one = OneColumn(self.layout, self.schema, self.sides, self.file, self.period)
            self.layout = one.divided(single, self.asking, is_plain=single == amount)
            self.said += one.said
        self._leave_rest()
        self._turn()
        return replace(self.layout, problems=(*self.layout.problems, *self.said))

    def _place(self, names: Sequence[str]) -> int | None:
        return place_of(self.layout, names[0]) if names else None

    def _at(self, role: Role) -> int | None:
        """The place of the column of a role."""
        return place_of_role(self.layout, self.schema, role)

    def _field(self, role: Role) -> Field:
        """The column of a role, which a table with sides has (`tables_with_sides` checks it)."""
        field = self.schema.with_role(role)
        assert field is not None
        return field

    def _declared(self) -> None:
        """Where income or expense has its own column, what says it again must not contradict it, and
        is left behind."""
        kind = kind_column(self.layout, self.schema, self.sides)
        if kind is None:
            return
        heading = self.layout.heading.at(kind)
        self._clashes(kind, "income", self.sides.outgoing)
        self._clashes(kind, "expense", self.sides.incoming)
        if kind == self._place(self.sides.kind):
            self.layout = without(self.layout, [kind], _FOR_LEFT)
            source = Source(self.file, self.layout.heading.number, heading)
            self.said.append(problem("heading-left", source, value=heading, reason=_FOR_LEFT))

    def _clashes(self, kind: int, role: Role, others: Sequence[str]) -> None:
        """Rows whose amount stands in one column while their word names the other."""
        place = self._at(role)
        if place is None:
            return
        heading, column = self.layout.heading.at(kind), self._field(role).name
        for row in told_rows(self.layout):
            if side_word(row.at(kind)) in others and self._money(row, place):
                source = Source(self.file, row.number, heading)
                facts = {"heading": heading, "column": column}
                self.said.append(problem("side-clash", source, value=row.at(kind), **facts))

    def _money(self, row: GridRow, place: int) -> Decimal | None:
        return money_of(self.layout, self.schema, row, place)

    def _leave_rest(self) -> None:
        """Columns of money that could not be used are unknown headings, as anywhere."""
        sides = self.sides
        for names in (sides.debit, sides.credit, sides.amount, sides.kind, sides.standing):
            place = self._place(names)
            if place is not None:
                self.layout, found = left_behind(self.layout, place, self.schema, self.file)
                self.said.append(found)

    # --- on which side the balance stands ---

    def _standing(self) -> bool:
        """Give balances of the other side their sign; true where all stand there, so that only the
        answer to which side is which tells it."""
        place = self._place(self.sides.standing)
        beside = self._at("balance")
        if place is None:
            return False
        words = {
            row.number: side_word(row.at(place)) for row in told_rows(self.layout) if row.at(place)
        }
        other = [number for number, word in words.items() if word in self.sides.negative]
        heading = self.layout.heading.at(place)
        self.layout = without(self.layout, [place], _SEEN)
        source = Source(self.file, self.layout.heading.number, heading)
        self.said.append(problem("heading-left", source, value=heading, reason=_SEEN))
        if beside is None or not other:
            return False
        filled = [number for number, word in words.items() if word]
        if len(other) == len(filled):
            return True
        self._negate(beside, other)
        return False

    def _negate(self, place: int, numbers: Sequence[int]) -> None:
        cells = {
            row.number: f"-{row.at(place)}"
            for row in told_rows(self.layout)
            if row.number in numbers and (self._money(row, place) or ZERO) > ZERO
        }
        self.layout = with_cells(self.layout, place, cells)

    # --- two columns ---

    def _two(self, debit: int, credit: int, *, is_open: bool) -> None:
        entries = list(entries_of(self.layout, self.schema, debit, credit))
        rise, fall = orders_of(self.layout, self.schema, entries, self.period)
        known = None if is_open else incoming_first(entries, may_rise=rise, may_fall=fall)
        names = [self.layout.heading.at(place) for place in (debit, credit)]
        first, second = (sum(column, ZERO) for column in _columns(entries))
        if known is not None:
            sums = (first, second) if known else (second, first)
            heading = "、".join(names)
            self.said.append(known_side(self.layout, self.file, heading, BY_BALANCE, sums))
        elif self._has_amounts(debit, credit):
            known = self._asked_two(names, first, second)
            if known is None:
                self.layout = without(self.layout, [debit, credit])
                return
            beside = self._at("balance")
            if is_open and known and beside is not None:
                self._negate(beside, [row.number for row in told_rows(self.layout)])
        income, expense = self._field("income"), self._field("expense")
        places = (debit, credit) if known else (credit, debit)
        self.layout = renamed(renamed(self.layout, places[0], income), places[1], expense)

    def _has_amounts(self, *places: int) -> bool:
        missing = (*self.schema.missing_values, "0", "0.00")
        return any(row.at(p) not in missing for row in told_rows(self.layout) for p in places)

    def _asked_two(self, names: list[str], first: Decimal, second: Decimal) -> bool | None:
        """Whether the first column is what came in, as a person says; None while nobody has."""
        choices = (
            Choice(f"{names[0]}是收入", totals(first, second)),
            Choice(f"{names[0]}是支出", totals(second, first)),
        )
        answer = ask_side(self.asking, self.layout, self.file, "、".join(names), choices)
        return answer == choices[0].answer if answer else None

    # --- rows in order ---

    def _turn(self) -> None:
        """The oldest row first, where dates fall and only so the balances follow one another."""
        first, second, dated = self._at("income"), self._at("expense"), self._at("date")
        if first is None or second is None or dated is None:
            return
        entries = list(entries_of(self.layout, self.schema, first, second))
        if follow(entries) is not False or not follow_turned(entries):
            return
        if orders_of(self.layout, self.schema, entries, self.period) != (False, True):
            return
        steps = {entry.number for entry in entries if entry.is_step}
        rows = [row for row in self.layout.body if row.number in steps]
        turned = iter(rows[::-1])
        body = tuple(next(turned) if row.number in steps else row for row in self.layout.body)
        self.layout = replace(self.layout, body=body)
        self.said.append(problem("rows-turned", Source(self.file, rows[0].number)))


def _columns(entries: Sequence[Entry]) -> tuple[list[Decimal], list[Decimal]]:
    steps = [entry for entry in entries if entry.is_step]
    return [entry.first for entry in steps], [entry.second for entry in steps]
