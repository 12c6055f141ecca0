"""Checks that tables add up, in exact decimal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from generator.checks.context import Context, cell
from generator.model.books import Book, decimal
from generator.model.equations import equations_of
from generator.model.proofs import stated, total_of
from generator.model.schema import Field
from generator.model.units import is_mixed, units_of
from generator.model.village import Proof, Record, Row, Table
from generator.problems import Problem, problem


def row_equations(context: Context) -> Iterator[Problem]:
    """In every row the schema's equations hold where all their cells are filled."""
    for record, table, schema in context.tables():
        equations = tuple(equations_of(schema.equations, table.columns))
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
    """A total is the sum of the rows that it adds up, in every column that it fills, balances apart;
    quantities of different units have no sum."""
    for record, table, schema in context.tables():
        for proof in table.proofs:
            if proof.kind != "total" or proof.scope == "year":
                continue
            rows = proof.rows_of(table.rows)
            for column, total in stated(proof.values, schema).items():
                field = schema.find(column)
                if field is not None and is_mixed(field, table):
                    yield _mixed(record, table, field, proof)
                    continue
                expected = total_of(rows, column)
                if field is not None and total != expected:
                    yield problem(
                        "{table}-total",
                        cell(record, proof.number, column),
                        value=_number(total),
                        table=schema.name,
                        label=proof.label,
                        heading=column,
                        scope=_scope_words(rows),
                        expected=_number(expected),
                    )


def _mixed(record: Record, table: Table, field: Field, proof: Proof) -> Problem:
    units = (unit or "没写单位的" for unit in units_of(field, table))
    return problem(
        "{table}-units-mixed",
        cell(record, proof.number, field.name),
        value=_number(proof.values[field.name]),
        table=table.schema,
        units="、".join(units),
    )


def cumulated_totals(context: Context) -> Iterator[Problem]:
    """A total of the year so far is the sum of a run of the account's records that ends here, where
    they are all there since January; else it is not published, and the report says so."""
    for record, table, schema in context.tables():
        for proof in table.proofs:
            if proof.scope != "year":
                continue
            source, facts = cell(record, proof.number, ""), {"label": proof.label}
            sums = stated(proof.values, schema)
            runs = list(_runs(context, record, proof.number))
            if any(_adds_up(rows, sums) for rows, _ in runs):
                continue
            whole = next((rows for rows, is_whole in runs if is_whole), None)
            if whole is None:
                yield problem("total-unproved", source, **facts)
                continue
            for column, total in sums.items():
                expected = total_of(whole, column)
                if total != expected:
                    yield problem(
                        "{table}-total",
                        cell(record, proof.number, column),
                        value=_number(total),
                        table=schema.name,
                        heading=column,
                        scope="今年以来公开的各期",
                        expected=_number(expected),
                        **facts,
                    )


def _runs(context: Context, record: Record, number: int) -> Iterator[tuple[tuple[Row, ...], bool]]:
    """The rows above a total with those of the record's periods before, one period more each time;
    and whether they begin with the year."""
    assert isinstance(record.content, Table)
    rows = tuple(row for row in record.content.rows if row.number < number)
    before = sorted(
        (
            r
            for r in context.data.records
            if (r.item, r.account) == (record.item, record.account) and r.period < record.period
        ),
        key=lambda r: r.period,
        reverse=True,
    )
    first = record.period
    yield rows, _begins_year(first.start, record.period.end)
    for other in before:
        if not first.follows(other.period) or not isinstance(other.content, Table):
            return
        first, rows = other.period, (*other.content.rows, *rows)
        yield rows, _begins_year(first.start, record.period.end)


def _begins_year(start: date, end: date) -> bool:
    return (start.year, start.month, start.day) == (end.year, 1, 1)


def _adds_up(rows: tuple[Row, ...], sums: Mapping[str, Decimal]) -> bool:
    return all(total_of(rows, column) == total for column, total in sums.items())


def _scope_words(rows: Sequence[Row]) -> str:
    """The rows that a total was taken to add up, as a clerk finds them."""
    if not rows:
        return "上面没有要加的行，"
    numbers = [row.number for row in rows]
    if len(numbers) == 1:
        return f"第 {numbers[0]} 行"
    return f"第 {numbers[0]} 到 {numbers[-1]} 行里的 {len(numbers)} 行"


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
    """A balance that a total or a closing states is the opening with income and expense of the rows
    above it; the last closing is that of all rows, wherever it stands."""
    for record, table, schema in context.tables():
        book = Book.of(table, schema)
        closing = book.closing if book else None
        if book is None or closing is None:
            continue
        openings = [proof for proof in table.proofs if proof.kind == "opening"]
        closings = [proof for proof in table.proofs if proof.kind == "closing"]
        for proof in table.proofs:
            stated_balance = proof.values.get(book.balance)
            if stated_balance is None or proof in openings[:1]:
                continue
            is_last = proof in closings[-1:] or (proof.kind == "total" and proof.covers is None)
            expected = closing if is_last else book.balance_above(proof.number)
            if decimal(stated_balance) != expected:
                yield problem(
                    "{table}-closing",
                    cell(record, proof.number, book.balance),
                    value=_number(stated_balance),
                    table=schema.name,
                    label=proof.label,
                    expected=_number(expected),
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
