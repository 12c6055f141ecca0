"""What a bank says of an account, without its words, and the numbers by which books are held against it.

Whom a statement names, and what for, is no part of this: no view can tell what it does not have.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from generator.model.period import Period
from generator.problems import Source

LineKind = Literal["", "fee", "cash", "returned"]


@dataclass(frozen=True)
class BankRules:
    """How entries of a book and lines of a statement find each other, from content/bank.yaml.

    They may lie `days` apart; a sum has at most `parts` parts, looked for among at most `most`. `fees`,
    `cash` and `returned` are words of lines that are a bank's charge, money drawn or paid in over the
    counter, and payments that came back. What the column `column` of a book calls one of `values` was
    paid in cash and passed by the bank.
    """

    days: int
    parts: int
    most: int
    source: Source
    fees: tuple[str, ...] = ()
    cash: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()
    column: str = ""
    values: tuple[str, ...] = ()

    def kind(self, words: str) -> LineKind:
        """What kind of line has these words."""
        if any(word in words for word in self.returned):
            return "returned"
        if any(word in words for word in self.fees):
            return "fee"
        return "cash" if any(word in words for word in self.cash) else ""


@dataclass(frozen=True)
class BankLine:
    """A line of a statement: its row, its day, and by how much the account grew."""

    number: int
    day: date
    change: Decimal
    kind: LineKind = ""


@dataclass(frozen=True)
class Statement:
    """What a bank says of an account over a period. `account` is the set of books to which it belongs,
    `part` tells accounts of one set of books apart."""

    period: Period
    account: str
    part: str
    lines: tuple[BankLine, ...]
    source: Source
