"""A book that comes to something else than the accounting platform says."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.model.books import Book
from generator.model.controls import Control
from generator.model.warnings import WarningRule
from generator.views.warnings.looking import Finding, Looked


def find(looked: Looked, rule: WarningRule) -> Iterator[Finding]:
    """By book, each of its totals that differs."""
    controls = {(one.period, one.account): one for one in looked.records.data.beside.controls}
    for record, book in looked.books:
        control = controls.get((record.period, record.account))
        differing = [
            {"kind": kind, "booked": booked, "stated": stated}
            for kind, booked, stated in (_totals(book, control) if control else ())
            if abs(booked - stated) >= rule.amount
        ]
        if differing:
            yield Finding(record, facts={"totals": differing})


def _totals(book: Book, control: Control) -> Iterator[tuple[str, Decimal, Decimal]]:
    for kind, booked, stated in (
        ("income", book.total_income, control.income),
        ("expense", book.total_expense, control.expense),
        ("balance", book.closing, control.balance),
    ):
        if booked is not None and stated is not None:
            yield kind, booked, stated
