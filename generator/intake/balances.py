"""Reads openings and closings of a book: the balance they state, in whatever column it is written.

Books without a column 余额 write 上月结余 under 收入 and the closing under 收入 or 支出. Such a number is a
balance and never income or expense. Whether one under 支出 is money that is there or money that was overdrawn
is known only from the sums.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from generator.model.books import ZERO, decimal
from generator.model.rows import Label
from generator.model.schema import TableSchema
from generator.model.village import Row, Value
from generator.problems import Problem, Source, problem

Ends = Mapping[int, tuple[Label, Mapping[str, Value]]]


@dataclass
class Balances:
    """The balances that openings and closings of one book state, by the numbers of their rows."""

    schema: TableSchema
    file: str
    rows: tuple[Row, ...]
    carried: dict[str, Decimal] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _values: dict[int, Mapping[str, Value]] = field(default_factory=dict)
    _entries: set[int] = field(default_factory=set)
    _names: tuple[str, str, str] = ("", "", "")

    @classmethod
    def of(cls, schema: TableSchema, file: str, ends: Ends, rows: Sequence[Row]) -> Balances:
        """The balances of a table; none where it is no book."""
        found = cls(schema, file, tuple(rows))
        if schema.is_book:
            fields = (schema.with_role(role) for role in ("income", "expense", "balance"))
            income, expense, balance = (f.name for f in fields if f is not None)
            found._names = (income, expense, balance)
            found._read(ends)
        return found

    def values(self, number: int) -> Mapping[str, Value]:
        """The numbers of an opening or closing, its balance under that heading."""
        return self._values[number]

    def is_entry(self, number: int) -> bool:
        """Whether an opening in the midst of the rows may be an income or expense."""
        return number in self._entries

    def _read(self, ends: Ends) -> None:
        openings = [n for n, (label, _) in ends.items() if label.words.kind == "opening"]
        closings = [n for n in ends if n not in openings]
        last = self._stated(ends[closings[-1]][1]) if closings else None
        opening: Decimal | None = None
        for number in openings:
            label, values = ends[number]
            if number == openings[0]:
                opening = self._first(number, label, values, last)
            else:
                self._later(number, label, values, opening)
        for number in closings:
            self._closing(number, *ends[number], opening)
        if opening is not None:
            income, expense, _ = self._names
            self.carried = {income: opening, expense: opening + self._change(self.rows)}

    def _first(
        self, number: int, label: Label, values: Mapping[str, Value], last: Decimal | None
    ) -> Decimal | None:
        """The opening of the whole book."""
        stated, side = self._stated(values), self._side(values)
        after = (stated or ZERO) + self._change(self.rows)
        if side == self._names[1] and stated is not None:  # under 支出: there, or overdrawn?
            below = self._change(self.rows) - stated
            is_unsure = last is None or abs(after) == abs(below)
            if is_unsure or abs(last or ZERO) not in (abs(after), abs(below)):
                self._fault("opening-side", number, label, stated)
            elif abs(last or ZERO) == abs(below):
                stated = -stated
        is_first = number < min((row.number for row in self.rows), default=number + 1)
        if not is_first and last != after and self._has_side(values, stated):
            self._entries.add(number)
            return None
        self._values[number] = self._moved(number, label, values, stated)
        return stated

    def _later(
        self, number: int, label: Label, values: Mapping[str, Value], opening: Decimal | None
    ) -> None:
        """The opening of a later month: the book's balance there."""
        stated = self._stated(values)
        is_there = opening is not None and stated == self._at(number, opening)
        if self._has_side(values, stated) and not (is_there and self._side(values)):
            self._entries.add(number)
            return
        self._values[number] = self._moved(number, label, values, stated)

    def _closing(
        self, number: int, label: Label, values: Mapping[str, Value], opening: Decimal | None
    ) -> None:
        """A closing; that of a book that is overdrawn may stand under 收入 without a sign."""
        stated = self._stated(values)
        if opening is not None and stated is not None and self._side(values):
            reached = (self._at(number, opening), opening + self._change(self.rows))
            stated = -stated if stated not in reached and -stated in reached else stated
        self._values[number] = self._moved(number, label, values, stated)

    def _moved(
        self,
        number: int,
        label: Label,
        values: Mapping[str, Value],
        stated: Decimal | None,
    ) -> Mapping[str, Value]:
        """The numbers with the balance under its own heading, and nothing that repeats it."""
        income, expense, balance = self._names
        result = dict(values)
        if stated is not None:
            result[balance] = stated
        for side in (income, expense):
            number_there = values.get(side)
            if number_there is None:
                continue
            amount = decimal(number_there)
            if not amount or (stated is not None and abs(amount) == abs(stated)):
                result[side] = None
            elif label.words.kind == "opening" or not self._is_sum(side, amount):
                self._fault("balance-side", number, label, amount, heading=side)
        return result

    def _is_sum(self, side: str, amount: Decimal) -> bool:
        """Whether a closing's row also states the sum of income or expense."""
        return amount == sum((decimal(row.values.get(side)) for row in self.rows), ZERO)

    def _fault(
        self, kind: str, number: int, label: Label, value: Decimal, heading: str = ""
    ) -> None:
        source = Source(self.file, number, heading)
        facts = {"label": label.text, "heading": heading, "balance": self._names[2]}
        self.problems.append(
            problem(
                f"{{table}}-{kind}", source, value=f"{value:,}", table=self.schema.name, **facts
            )
        )

    def _stated(self, values: Mapping[str, Value]) -> Decimal | None:
        """The balance that a row states: under its own heading, else the one number there is."""
        income, expense, balance = self._names
        if values.get(balance) is not None:
            return decimal(values[balance])
        there = [decimal(values[n]) for n in (income, expense) if values.get(n) is not None]
        numbers = [number for number in there if number] or there[:1]
        return numbers[0] if len(numbers) == 1 else None

    def _side(self, values: Mapping[str, Value]) -> str:
        """The column of income or expense in which the balance stands, if it stands there."""
        income, expense, balance = self._names
        if values.get(balance) is not None:
            return ""
        return next((n for n in (income, expense) if values.get(n)), "")

    def _has_side(self, values: Mapping[str, Value], stated: Decimal | None) -> bool:
        """Whether a row says something under income or expense that may be one."""
        balance = values.get(self._names[2])
        there = (decimal(values.get(name)) for name in self._names[:2])
        return any(number and (balance is None or number != stated) for number in there)

    def _at(self, number: int, opening: Decimal) -> Decimal:
        """The book's balance at a row."""
        return opening + self._change(row for row in self.rows if row.number < number)

    def _change(self, rows: Iterable[Row]) -> Decimal:
        income, expense, _ = self._names
        change = ZERO
        for row in rows:
            change += decimal(row.values.get(income)) - decimal(row.values.get(expense))
        return change
