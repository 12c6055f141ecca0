"""Decides which sums are carried forward from page to page, as in account books: 过次页 and 承前页."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.model.schema import Field
from generator.publishing.publication import PublicCell, PublicTable
from generator.publishing.text import cell_text

FORWARD, BROUGHT = "过次页（到这里的累计）", "承前页（前面的累计）"

Amounts = Mapping[int, Decimal]


@dataclass(frozen=True)
class Carried:
    """A column that is carried forward: its sum so far, or a running balance as it stands.

    `place` counts the publication's columns, so that it does not depend on the paper.
    """

    place: int
    field: Field

    @property
    def role(self) -> str:
        """The column's role in a book."""
        return self.field.role


def carried_columns(table: PublicTable) -> tuple[Carried, ...]:
    """Columns whose totals are published, and the running balance beside them.

    A column whose total is withheld is not carried, nor one that is masked.
    """
    told = {total.column for total in table.totals}
    columns = tuple(
        Carried(place, field)
        for place, field in enumerate(table.columns)
        if field.is_numeric
        and not field.mask
        and (field.name in told or field.role == "balance")
        and _are_numbers(row.cells[place] for row in table.rows)
    )
    return columns if any(column.field.name in told for column in columns) else ()


def amounts_of(cells: Sequence[PublicCell], columns: tuple[Carried, ...]) -> Amounts:
    """The numbers of a row that are carried, by column."""
    numbers = ((c.place, cells[c.place].value) for c in columns)
    return {place: Decimal(value) for place, value in numbers if isinstance(value, int | Decimal)}


def sums_after(lines: Iterable[Amounts], columns: tuple[Carried, ...]) -> tuple[Amounts, ...]:
    """The sums carried after each line."""
    balances = [c.place for c in columns if c.role == "balance"]
    income = next((c.place for c in columns if c.role == "income"), -1)
    expense = next((c.place for c in columns if c.role == "expense"), -1)
    so_far = {c.place: Decimal(0) for c in columns if c.place not in balances}
    found: list[Amounts] = []
    for amounts in lines:
        change = amounts.get(income, Decimal(0)) - amounts.get(expense, Decimal(0))
        for place in balances:
            if place in amounts:
                so_far[place] = amounts[place]
            elif place in so_far:  # a row that tells no balance
                so_far[place] += change
        for place in so_far.keys() - set(balances):
            so_far[place] += amounts.get(place, Decimal(0))
        found.append(dict(so_far))
    return tuple(found)


def carried_text(amounts: Amounts, column: Carried) -> str:
    """A carried number as its column writes it; nothing where it is not known."""
    value = amounts.get(column.place)
    if value is None:
        return ""
    return cell_text(int(value) if column.field.type == "integer" else value, column.field)


def _are_numbers(cells: Iterable[PublicCell]) -> bool:
    return all(isinstance(cell.value, int | Decimal) for cell in cells if cell.text)
