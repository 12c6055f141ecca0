"""A table that is a book of accounts: opening, changes, closing. All in exact decimal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from generator.model.schema import TableSchema
from generator.model.village import Table, Value

ZERO = Decimal(0)


def decimal(value: Value) -> Decimal:
    """A cell's number; an empty cell counts as zero."""
    return ZERO if value is None else Decimal(str(value))


@dataclass(frozen=True)
class Book:
    """A table with its columns of income, expense and running balance."""

    table: Table
    income: str
    expense: str
    balance: str

    @classmethod
    def of(cls, table: Table, schema: TableSchema) -> Book | None:
        """The table as a book, or None where its schema has not all three columns."""
        income = schema.with_role("income")
        expense = schema.with_role("expense")
        balance = schema.with_role("balance")
        if income is None or expense is None or balance is None:
            return None
        return cls(table, income.name, expense.name, balance.name)

    def change(self, values: Mapping[str, Value]) -> Decimal:
        """Income minus expense of a row."""
        return decimal(values.get(self.income)) - decimal(values.get(self.expense))

    @cached_property
    def opening(self) -> Decimal | None:
        """The stated opening balance; without one, what the first row's balance implies."""
        proof = self.table.proof("opening")
        if proof is not None and proof.values.get(self.balance) is not None:
            return decimal(proof.values[self.balance])
        if self.table.rows and self.table.rows[0].values.get(self.balance) is not None:
            first = self.table.rows[0].values
            return decimal(first[self.balance]) - self.change(first)
        return None

    @cached_property
    def closing(self) -> Decimal | None:
        """Opening plus all changes."""
        opening = self.opening
        if opening is None:
            return None
        return opening + self.total_income - self.total_expense

    def balance_above(self, number: int) -> Decimal | None:
        """What the book holds after the rows above a row of this number."""
        opening = self.opening
        if opening is None:
            return None
        above = (row for row in self.table.rows if row.number < number)
        return opening + sum((self.change(row.values) for row in above), ZERO)

    @cached_property
    def total_income(self) -> Decimal:
        """Sum of all income."""
        return sum((decimal(row.values.get(self.income)) for row in self.table.rows), ZERO)

    @cached_property
    def total_expense(self) -> Decimal:
        """Sum of all expense."""
        return sum((decimal(row.values.get(self.expense)) for row in self.table.rows), ZERO)
