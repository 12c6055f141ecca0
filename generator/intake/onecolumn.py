"""Splits one column of amounts for both directions (金额) into a column of income and one of expense."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from generator.intake.columns import place_of, renamed, told_rows, with_column, without
from generator.intake.decoding import GridRow
from generator.intake.doubts import Asking, Choice
from generator.intake.headings import heading_key
from generator.intake.layout import Layout
from generator.intake.sideproof import (
    ZERO,
    entries_of,
    is_sum,
    money_of,
    orders_of,
    place_of_role,
    sides_of,
)
from generator.intake.sidewords import BY_BALANCE, BY_WORDS, ask_side, known_side, totals
from generator.model.arrangements import Sides
from generator.model.period import Period
from generator.model.schema import Field, TableSchema
from generator.problems import Problem, Source, problem

BY_SIGN = "正数是收入，负数是支出"
# By row number, whether an amount came in, and the amount as it is to be written.
Sided = Mapping[int, tuple[bool, Decimal]]


class OneColumn:
    """Per-call state of the steps for one worksheet. `is_plain` is whether the heading is 金额, and
    not 借方 or 贷方 without its other half, of which even a column that says 收入 and 支出 is no proof."""

    def __init__(
        self, layout: Layout, schema: TableSchema, sides: Sides, file: str, period: Period | None
    ) -> None:
        self.layout = layout
        self.schema = schema
        self.sides = sides
        self.file = file
        self.period = period
        self.said: list[Problem] = []

    def divided(self, place: int, asking: Asking, *, is_plain: bool) -> Layout:
        """The layout with two columns instead of the one, or without it while nobody knows."""
        kind = kind_column(self.layout, self.schema, self.sides)
        rows = {row.number: row for row in self._filled(place)}
        entries = {n: row for n, row in rows.items() if not is_sum(self.layout, self.schema, row)}
        amounts = {n: money_of(self.layout, self.schema, row, place) for n, row in entries.items()}
        ways = self._ways(kind, entries, {n: a for n, a in amounts.items() if a is not None})
        known = self._known(place, ways, is_plain=is_plain and kind is not None)
        if known is None:
            heading = self.layout.heading.at(place)
            choices = tuple(Choice(way, totals(*_sums(sided))) for way, sided in ways.items())
            known = ways.get(ask_side(asking, self.layout, self.file, heading, choices))
        gone = [place, *([kind] if kind is not None else [])]
        if known is None:
            return without(self.layout, gone)
        cells = self._cells(place, rows, amounts, known)
        looks = {n: row.looks[place] for n, row in rows.items() if place in row.looks}
        unit = self.layout.columns[place].unit
        self.layout = without(self.layout, gone)
        for field, own in zip(self._fields(), cells, strict=True):
            seen = {number: looks[number] for number in own if number in looks}
            self.layout = with_column(self.layout, field, own, seen)
            added = place_of(self.layout, field.name)
            if added is not None:
                self.layout = renamed(self.layout, added, field, unit)
        return self.layout

    def _filled(self, place: int) -> list[GridRow]:
        missing = self.schema.missing_values
        return [row for row in told_rows(self.layout) if row.at(place) not in missing]

    def _fields(self) -> list[Field]:
        found = [self.schema.with_role("income"), self.schema.with_role("expense")]
        return [field for field in found if field is not None]

    def _ways(
        self, kind: int | None, rows: Mapping[int, GridRow], amounts: Mapping[int, Decimal]
    ) -> dict[str, Sided]:
        """The possible readings, by the answer that chooses each. Signs of amounts may say the
        side, or that something was paid back."""
        has_signs = any(amount < ZERO for amount in amounts.values())
        ways: dict[str, Sided] = {}
        if kind is not None:
            said = self._said_sides(kind, rows)
            named = f"照“{self.layout.heading.at(kind)}”分收支"
            told = {n: (side, amounts[n]) for n, side in said.items() if n in amounts}
            if has_signs:
                ways[f"{named}，负数是退回"] = told
                ways[f"{named}，不看负号"] = {n: (side, abs(a)) for n, (side, a) in told.items()}
            else:
                ways[named] = told
            return ways if has_signs else {**ways, **self._all_one_way(amounts)}
        if has_signs:
            signed = {n: (amount > ZERO, abs(amount)) for n, amount in amounts.items()}
            ways[BY_SIGN] = signed
        return {**ways, **self._all_one_way(amounts)}

    def _all_one_way(self, amounts: Mapping[int, Decimal]) -> dict[str, Sided]:
        return {
            "全是收入": {n: (True, amount) for n, amount in amounts.items()},
            "全是支出": {n: (False, amount) for n, amount in amounts.items()},
        }

    def _said_sides(self, kind: int, rows: Mapping[int, GridRow]) -> dict[int, bool]:
        """What the column of kinds says; rows of which it says nothing are reported."""
        said: dict[int, bool] = {}
        for number, row in rows.items():
            word = side_word(row.at(kind))
            if word in self.sides.incoming or word in self.sides.outgoing:
                said[number] = word in self.sides.incoming
            else:
                self._say_unknown(number, self.layout.heading.at(kind), row.at(kind))
        return said

    def _say_unknown(self, number: int, heading: str, value: str) -> None:
        source = Source(self.file, number, heading)
        self.said.append(problem("side-unknown", source, value=value, heading=heading))

    def _known(self, place: int, ways: Mapping[str, Sided], *, is_plain: bool) -> Sided | None:
        """The reading that words or balances prove."""
        heading = self.layout.heading.at(place)
        first = next(iter(ways.values()))
        if not any(ways.values()):
            return first
        if is_plain:
            if "不看负号" in "".join(ways):
                return None
            self.said.append(known_side(self.layout, self.file, heading, BY_WORDS, _sums(first)))
            return first
        entries = list(entries_of(self.layout, self.schema, place, None))
        rise, fall = orders_of(self.layout, self.schema, entries, self.period)
        sides = sides_of(entries, may_rise=rise, may_fall=fall)
        if sides is None or kind_column(self.layout, self.schema, self.sides) is not None:
            return None
        amounts = {entry.number: abs(entry.first) for entry in entries}
        found = {number: (side, amounts[number]) for number, side in sides.items()}
        self.said.append(known_side(self.layout, self.file, heading, BY_BALANCE, _sums(found)))
        return found

    def _cells(
        self,
        place: int,
        rows: Mapping[int, GridRow],
        amounts: Mapping[int, Decimal | None],
        known: Sided,
    ) -> tuple[dict[int, str], dict[int, str]]:
        """The cells of income and of expense. What nobody can read stays to be reported; a sum stays
        where all entries are on one side, and else has none."""
        cells: tuple[dict[int, str], dict[int, str]] = ({}, {})
        sides = {side for side, _ in known.values()}
        gross, net = ZERO, ZERO
        for number, row in rows.items():
            text = row.at(place)
            if number in known:
                side, amount = known[number]
                gross, net = gross + amount, net + (amount if side else -amount)
                cells[0 if side else 1][number] = text if amount == amounts[number] else f"{amount}"
            elif number in amounts:
                if amounts[number] is None:
                    cells[0][number] = text
            elif len(sides) < 2:
                cells[0 if True in sides else 1][number] = text
            elif money_of(self.layout, self.schema, row, place) not in (gross, net, -net):
                self._say_unknown(number, self.layout.heading.at(place), text)
        return cells


def kind_column(layout: Layout, schema: TableSchema, sides: Sides) -> int | None:
    """The column that says of each amount on which side it is: one with such a heading, or the
    subjects' where they are nothing but such words."""
    kind = place_of(layout, sides.kind[0]) if sides.kind else None
    place = place_of_role(layout, schema, "subject")
    if kind is not None or place is None:
        return kind
    words = [side_word(row.at(place)) for row in told_rows(layout) if row.at(place)]
    known = (*sides.incoming, *sides.outgoing)
    return place if words and all(word in known for word in words) else None


def _sums(sided: Sided) -> tuple[Decimal, Decimal]:
    """The sums of income and of expense."""
    incoming = sum((amount for side, amount in sided.values() if side), ZERO)
    return incoming, sum((amount for _, amount in sided.values()), ZERO) - incoming


def side_word(text: str) -> str:
    """A cell's word without white space, width and what stands behind it in brackets."""
    return heading_key(text)[0]
