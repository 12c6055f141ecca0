"""What staff copy from elsewhere to hold what is published against it: totals of books, and lists of persons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from generator.model.bank import Statement
from generator.model.period import Period


@dataclass(frozen=True)
class Control:
    """What the accounting platform says of a set of books over a period; None where it says nothing."""

    period: Period
    account: str
    income: Decimal | None
    expense: Decimal | None
    balance: Decimal | None


@dataclass(frozen=True)
class Listed:
    """A person on a list of the village's, from a day on."""

    list: str
    name: str
    group: str = ""
    since: date | None = None


@dataclass(frozen=True)
class Beside:
    """What a village's books are held against: what banks and the accounting platform say of them."""

    statements: tuple[Statement, ...] = ()
    controls: tuple[Control, ...] = ()
