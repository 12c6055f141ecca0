"""Does the table add up? All in exact decimal."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from generator.checks.context import Context, cell
from generator.model.books import ZERO, Book, decimal
from generator.model.equations import parse_equation
from generator.model.village import Record
from generator.problems import Problem, problem


def row_equations(context: Context) -> Iterator[Problem]:
    """In every row the schema's equations hold where all their cells are filled."""
    for record, table, schema in context.tables():
        equations = [e for e in map(parse_equation, schema.equations) if e is not None]
        for row in table.rows:
            for equation in equations:
                expected = equation.expected(row.values)
                stated = row.values.get(equation.result)
                if expected is not None and Decimal(str(stated)) != expected:
                    yield problem(
                        "{table}-equation",
                        cell(record, row.number, equation.result),
                        value=_number(stated),
                        table=schema.name,
                        equation=equation.text,
                        expected=_number(expected),
                    )


def stated_totals(context: Context) -> Iterator[Problem]:
    """A totals row equals the sum of the rows in every column that it fills, balances apart."""
    for record, table, schema in context.tables():
        for proof in table.proofs:
            if proof.kind != "total":
                continue
            for column, stated in proof.values.items():
                field = schema.find(column)
                if field is None or field.role == "balance" or stated is None:
                    continue
                total = sum((decimal(row.values.get(column)) for row in table.rows), ZERO)
                if total != decimal(stated):
                    yield problem(
                        "{table}-total",
                        cell(record, proof.number, column),
                        value=_number(stated),
                        table=schema.name,
                        expected=_number(total),
                    )


def running_balance(context: Context) -> Iterator[Problem]:
    """Each stated balance is the one before it plus income minus expense."""
    for record, table, schema in context.tables():
        book = Book.of(table, schema)
        balance = book.opening if book else None
        if book is None or balance is None:
            continue
        for row in table.rows:
            balance += book.change(row.values)
            stated = row.values.get(book.balance)
            if stated is not None and decimal(stated) != balance:
                yield problem(
                    "{table}-balance",
                    cell(record, row.number, book.balance),
                    value=_number(stated),
                    table=schema.name,
                    expected=_number(balance),
                )
                break  # every later balance would be wrong by the same amount


def closing_balance(context: Context) -> Iterator[Problem]:
    """Opening plus income minus expense is the closing balance, and the totals row's balance."""
    for record, table, schema in context.tables():
        book = Book.of(table, schema)
        closing = book.closing if book else None
        if book is None or closing is None:
            continue
        for proof in table.proofs:
            stated = proof.values.get(book.balance)
            if proof.kind != "opening" and stated is not None and decimal(stated) != closing:
                yield problem(
                    "{table}-closing",
                    cell(record, proof.number, book.balance),
                    value=_number(stated),
                    table=schema.name,
                    expected=_number(closing),
                )


def carried_forward(context: Context) -> Iterator[Problem]:
    """A period opens with the closing balance of the period before it, account by account."""
    books: dict[tuple[str, str], list[tuple[Record, Book]]] = {}
    for record, table, schema in context.tables():
        book = Book.of(table, schema)
        if book is not None:
            books.setdefault((record.item, record.account), []).append((record, book))
    for entries in books.values():
        ordered = sorted(entries, key=lambda entry: entry[0].period)
        for (earlier, before), (later, after) in pairwise(ordered):
            opening, expected = after.opening, before.closing
            if not later.period.follows(earlier.period) or opening is None or expected is None:
                continue
            if opening != expected:
                proof = after.table.proof("opening")
                yield problem(
                    "{table}-carry",
                    cell(later, proof.number if proof else 0, after.balance),
                    value=_number(opening),
                    table=after.table.schema,
                    previous=earlier.period.title,
                    expected=_number(expected),
                )


def _number(value: object) -> str:
    return f"{value:,}" if isinstance(value, Decimal) else str(value)
