"""How an office's worksheet may arrange columns otherwise than the table does; its schema says so.

Each is data of a table: several columns that are one (四至 in four), one that is two (a term), a column
from which another can be offered (组别 from an address), and columns that do not say whether money came in
or went out (借方, 贷方, 金额).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A column that is a part of another; its cells stand behind the words `before`."""

    name: str
    aliases: tuple[str, ...] = ()
    before: str = ""


@dataclass(frozen=True)
class Join:
    """The column `field` is made of its parts, in their order, with `between` between them. A part may
    have the name of the column itself (凭证字 and 凭证号)."""

    field: str
    parts: tuple[Part, ...]
    between: str = ""


@dataclass(frozen=True)
class Split:
    """The term in the column `field`, which stays as typed, gives the days `begin` and `finish`."""

    field: str
    begin: str
    finish: str


@dataclass(frozen=True)
class Offer:
    """The column `field`, where it is missing, can be filled with what `pattern` finds in another
    column, known as `name` or an alias; only by a person's word."""

    field: str
    name: str
    pattern: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sides:
    """Headings of columns of money that do not say its direction, and the words that do.

    `debit` and `credit` are two columns of one sheet; a bank's 借方 is what went out, a village's own
    book's is what came in. `amount` is one column for both ways, `kind` the column whose cells say which:
    one of the words `incoming` or `outgoing`. `standing` says on which side the balance stands (借或贷),
    where `negative` are the words for a balance below zero.
    """

    debit: tuple[str, ...]
    credit: tuple[str, ...]
    amount: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    incoming: tuple[str, ...] = ()
    outgoing: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()


@dataclass(frozen=True)
class Whole:
    """A column that a sheet may lack because all its rows say the same there (`field`); `endings` are those
    of words in the title which may say it."""

    field: str
    endings: tuple[str, ...] = ()
