"""Finds amounts so large that they are probably a slip: of the point, of the unit, of the clipboard.

Thresholds stand in content/plausibility.yaml. A row 金额已核对 with the amount says that it is right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from statistics import median

from generator.checks.context import Context, cell
from generator.model.books import Book, decimal
from generator.model.schema import Field, TableSchema
from generator.model.village import Record, Row, Table
from generator.problems import Problem, problem

_WAN, _YI = Decimal(10_000), Decimal(100_000_000)


def amounts_plausible(context: Context) -> Iterator[Problem]:
    """No amount of money is as large as a village never has it, or a thousand times the usual one of
    its column, unless it was looked at again."""
    limits = context.shared.plausibility
    usual = _usual(context)
    for record, table, schema in context.tables():
        for field in schema.fields:
            if not _is_amount(field):
                continue
            own = usual.get((record.item, field.name))
            for row in table.rows:
                size = abs(decimal(row.values.get(field.name)))
                why = ""
                if size >= limits.most:
                    why = f"一个村很少有到 {_words(limits.most)}的数"
                elif own and size >= limits.least_amount and size >= limits.times * own:
                    why = f"是本村这一栏平常的数（{_words(own)}）的 {size / own:,.0f} 倍"
                if why and not is_confirmed(table, size):
                    yield _implausible(record, row, field.name, schema, why)


def _is_amount(field: Field) -> bool:
    """Whether a column holds amounts of money of its own; a running balance repeats those of others."""
    return field.is_money and field.role != "balance"


def _usual(context: Context) -> dict[tuple[str, str], Decimal]:
    """The median amount of each item's column over all of the village's records, where there are
    enough of them; zeros and empty cells are no amounts."""
    found: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
    for record, table, schema in context.tables():
        for field in schema.fields:
            if _is_amount(field):
                sizes = (abs(decimal(row.values.get(field.name))) for row in table.rows)
                found[record.item, field.name] += [size for size in sizes if size]
    least = context.shared.plausibility.least_numbers
    return {place: median(sizes) for place, sizes in found.items() if len(sizes) >= least}


def subjects_plausible(context: Context) -> Iterator[Problem]:
    """No subject of an account's books is ten thousand times what it was in the period before,
    unless the sum was looked at again."""
    limits = context.shared.plausibility
    books: dict[tuple[str, str], list[tuple[Record, Table, TableSchema]]] = defaultdict(list)
    for record, table, schema in context.tables():
        if Book.of(table, schema) is not None and schema.with_role("subject") is not None:
            books[record.item, record.account].append((record, table, schema))
    for entries in books.values():
        ordered = sorted(entries, key=lambda entry: entry[0].period)
        for (_, before, _), (record, table, schema) in pairwise(ordered):
            sums, others = _by_subject(table, schema), _by_subject(before, schema)
            for (subject, column), (size, row) in sums.items():
                last = others.get((subject, column), (Decimal(0), row))[0]
                is_large = last and size >= limits.subject_times * last
                if is_large and size >= limits.subject_least and not is_confirmed(table, size):
                    why = f"“{subject}”这一期共 {size:,}，是上一期（{last:,}）的 {size / last:,.0f} 倍"
                    yield _implausible(record, row, column, schema, why, size)


def _by_subject(table: Table, schema: TableSchema) -> dict[tuple[str, str], tuple[Decimal, Row]]:
    """Sums of income and of expense by subject, each with the row of its largest amount."""
    subject = schema.with_role("subject")
    income, expense = schema.with_role("income"), schema.with_role("expense")
    sides = [field for field in (income, expense) if field is not None]
    found: dict[tuple[str, str], tuple[Decimal, Row]] = {}
    for row in table.rows:
        name = row.values.get(subject.name) if subject else None
        for field in sides:
            amount = decimal(row.values.get(field.name))
            if name is None or not amount:
                continue
            key = (str(name), field.name)
            total, largest = found.get(key, (Decimal(0), row))
            is_largest = abs(amount) > abs(decimal(largest.values.get(field.name)))
            found[key] = (total + amount, row if is_largest else largest)
    return found


def is_confirmed(table: Table, size: Decimal) -> bool:
    """Whether the office looked at an amount again: 金额已核对."""
    return any(_number(text) == size for text in table.confirmed)


def _number(text: str) -> Decimal | None:
    """An amount as it was confirmed; any other text is none."""
    plain = text.replace(",", "").replace("，", "").removesuffix("元").strip().lstrip("-")
    is_number = plain.replace(".", "", 1).isdecimal() and plain.isascii()
    return Decimal(plain) if is_number else None


def _implausible(
    record: Record,
    row: Row,
    column: str,
    schema: TableSchema,
    why: str,
    size: Decimal | None = None,
) -> Problem:
    value = decimal(row.values.get(column)) if size is None else size
    return problem(
        "{table}-implausible",
        cell(record, row.number, column),
        value=f"{value:.2f}",
        table=schema.name,
        words=_words(value),
        why=why,
    )


def _words(amount: Decimal) -> str:
    """An amount as one says it, so that a slip of the point is heard: 3.2亿元."""
    for size, unit in ((_YI, "亿元"), (_WAN, "万元")):
        if abs(amount) >= size:
            return f"{(amount / size).normalize():f}{unit}"
    return f"{amount:f}元"
