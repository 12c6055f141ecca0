"""The words by which office forms are known that look like none of our tables."""

from __future__ import annotations

from dataclasses import dataclass

Words = tuple[str, ...]


@dataclass(frozen=True)
class Halves:
    """What heads the two halves of a table that stand beside each other."""

    left: Words = ()
    right: Words = ()


@dataclass(frozen=True)
class SheetKind:
    """A worksheet whose name or title says what all its rows are.

    Either `column` of the table is to hold `value` in every row, or the one column of money is the
    table's column `amount`.
    """

    table: str
    names: Words
    column: str = ""
    value: str = ""
    amount: str = ""


@dataclass(frozen=True)
class FormWords:
    """What content/forms.yaml says. Without it no form is known, and every sheet is read as it is."""

    money: Halves = Halves()
    titles: Words = ()
    amounts: Words = ()
    cumulative: Words = ()
    plans: Words = ()
    other_books: Words = ()
    cash_books: Words = ()
    debit: Words = ()
    credit: Words = ()
    before: Words = ()
    during: Words = ()
    after: Words = ()
    year_start: Words = ()
    sheets: Halves = Halves()
    equity: Words = ()
    less: Words = ()
    net: Words = ()
    relations: Words = ()
    heads: Words = ()
    subsidies: Words = ()
    owners: Words = ()
    by_month: Words = ()
    kinds: tuple[SheetKind, ...] = ()
