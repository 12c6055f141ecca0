"""Works out what an affair costs or brings: price, paid, still to pay; rent, due, received, owed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from generator.model.books import ZERO
from generator.model.phrases import Phrases
from generator.model.schema import Role
from generator.views.affairs.belonging import Affair
from generator.views.affairs.rows import PublishedRow
from generator.views.figures.terms import brings_rent
from generator.views.said import say

SumKind = Literal[
    "budget",
    "bid",
    "settled",
    "price",
    "paid",
    "rest",
    "booked",
    "yearly",
    "due",
    "received",
    "owed",
]


PriceKind = Literal["settled", "bid", "price"]


@dataclass(frozen=True)
class AffairSum:
    """A sum of the affair, as it is written."""

    kind: SumKind
    label: str
    text: str


@dataclass(frozen=True)
class Price:
    """What a project costs; `kind` says where the price comes from. The final account comes
    first."""

    kind: Literal["settled", "bid"]
    amount: Decimal


@dataclass(frozen=True)
class Paid:
    """What was paid for a project, and the ledger's rows for it, with their sum. `later` is the
    part paid after the register was made, None where the two do not agree."""

    amount: Decimal | None
    payments: int
    booked: Decimal
    later: Decimal | None


@dataclass(frozen=True)
class Excess:
    """That more was paid than something costs; `kind` says where its price comes from."""

    kind: PriceKind
    price: Decimal
    paid: Decimal

    @property
    def amount(self) -> Decimal:
        """By how much."""
        return self.paid - self.price


def is_lease(row: PublishedRow) -> bool:
    """Whether a contract brings rent: the register says so, or has rent that was due."""
    sums = row.amount("amount"), row.amount("due")
    return brings_rent(row.text("side"), *sums, row.schema.lease)


def price_of(row: PublishedRow) -> Price | None:
    """The price of a project: its final account where there is one."""
    settled, bid = row.amount("settled"), row.amount("amount")
    if settled is not None:
        return Price("settled", settled)
    return None if bid is None else Price("bid", bid)


def paid_for(affair: Affair) -> Paid:
    """What was paid for a project until now.

    Where the ledger's rows up to the register's day come to what the register says, later rows are
    added; otherwise the register's number holds.
    """
    head, stated = affair.head, affair.head.amount("paid")
    rows = _booked(affair, "expense")
    booked = summed(rows, "expense")
    if stated is None or not rows:
        return Paid(stated, 0, booked, None)
    days = (head.record.period.end, head.publication.window.start)
    until = [summed(_up_to(rows, day), "expense") for day in days if day is not None]
    agrees = stated == booked or stated in until
    later = booked - stated if agrees else None
    return Paid(booked if agrees else stated, len(rows), booked, later)


def excess_of(affair: Affair) -> Excess | None:
    """By how much more was paid for a project, or is booked for a purchase, than it costs."""
    head = affair.head
    if head.schema.affair == "project":
        price, paid = price_of(head), paid_for(affair).amount
        return excess(price.kind, price.amount, paid) if price else None
    if head.schema.affair == "contract" and is_lease(head):
        return None
    rows = _booked(affair, "expense")
    return excess(*_agreed(affair), summed(rows, "expense") if rows else None)


def excess(kind: PriceKind, price: Decimal | None, paid: Decimal | None) -> Excess | None:
    """By how much more was paid; None where it was not, or is not known."""
    if price is None or paid is None or paid <= price:
        return None
    return Excess(kind, price, paid)


def _agreed(affair: Affair) -> tuple[PriceKind, Decimal | None]:
    """What a purchase costs: by its contracts, or by its one tender."""
    contracts, tenders = affair.newest("contract"), affair.newest("tender")
    agreed = (row.amount("price") or row.amount("amount") for row in contracts)
    prices = [amount for amount in agreed if amount is not None]
    if prices and len(prices) == len(contracts):
        return "price", sum(prices, ZERO)
    return "bid", tenders[0].amount("amount") if len(tenders) == 1 else None


def summed(rows: Iterable[PublishedRow], role: Role) -> Decimal:
    """The sum of a column over rows."""
    return sum((row.amount(role) or ZERO for row in rows), ZERO)


def sums_of(affair: Affair, words: Phrases) -> tuple[tuple[AffairSum, ...], tuple[str, ...]]:
    """The sums of an affair, and the notes on them."""
    head = affair.head
    if head.schema.affair == "contract" and is_lease(head):
        found, notes = _lease(affair, words)
    elif head.schema.affair == "project":
        found, notes = _project(affair, words)
    else:
        found, notes = _purchase(affair, words)
    sums = tuple(
        AffairSum(kind, say(words, "affairs", "fact", kind=kind), yuan(amount, words))
        for kind, amount in found.items()
        if amount is not None
    )
    return sums, notes


def yuan(amount: Decimal, words: Phrases) -> str:
    """A sum as it is written."""
    return say(words, "affairs", "sum", amount=amount)


_Sums = dict[SumKind, Decimal | None]


def _project(affair: Affair, words: Phrases) -> tuple[_Sums, tuple[str, ...]]:
    head, price, paid = affair.head, price_of(affair.head), paid_for(affair)
    stated, bid, settled = (head.amount(role) for role in ("paid", "amount", "settled"))
    rest = price.amount - paid.amount if price and paid.amount is not None else None
    notes = []
    if paid.payments:
        facts = {"payments": paid.payments, "amount": paid.booked, "later": paid.later}
        notes.append(say(words, "affairs", "booked", stated=stated, **facts))
    if bid is not None and settled is not None and settled > bid:
        notes.append(say(words, "affairs", "dearer", amount=settled - bid))
    excess = excess_of(affair)
    if excess:
        notes.append(say(words, "affairs", "overpaid", price=excess.kind, amount=excess.amount))
    sums: _Sums = {
        "budget": head.amount("budget"),
        "bid": bid,
        "settled": settled,
        "paid": paid.amount,
        "rest": rest if rest is not None and rest >= 0 else None,
    }
    return sums, tuple(notes)


def _purchase(affair: Affair, words: Phrases) -> tuple[_Sums, tuple[str, ...]]:
    """Contracts of expense and purchases: their registers do not say what was paid, and what is
    not tied to them in the ledger is not known."""
    tenders, rows, excess = affair.newest("tender"), _booked(affair, "expense"), excess_of(affair)
    kind, agreed = _agreed(affair)
    bid = tenders[0].amount("amount") if len(tenders) == 1 else None
    price = agreed if kind == "price" else None
    booked = summed(rows, "expense") if rows else None
    notes: tuple[str, ...] = ()
    if excess:
        facts = {"price": excess.kind, "amount": excess.amount}
        notes = (say(words, "affairs", "booked_over", **facts),)
    return {"bid": bid, "price": price, "booked": booked}, notes


def _lease(affair: Affair, words: Phrases) -> tuple[_Sums, tuple[str, ...]]:
    head, rows = affair.head, _booked(affair, "income")
    notes = list(_used_after_end(affair, words))
    if len(rows) > 1:
        facts = {"payments": len(rows), "amount": summed(rows, "income")}
        notes.insert(0, say(words, "affairs", "rent_booked", **facts))
    sums: _Sums = {
        "yearly": head.amount("amount"),
        "due": head.amount("due"),
        "received": head.amount("received"),
        "owed": head.amount("owed"),
    }
    return sums, tuple(notes)


def _used_after_end(affair: Affair, words: Phrases) -> Iterator[str]:
    """Registers made after the contract's end that still name it."""
    end = affair.head.day("end")
    for row in affair.others:
        period = row.record.period
        if end is not None and period.kind != "standing" and period.end > end:
            facts = {"record": row.publication.title, "row": row.text("title")}
            yield say(words, "affairs", "used_after_end", **facts)


def _booked(affair: Affair, role: Role) -> list[PublishedRow]:
    """The ledger's rows of an affair that are its alone."""
    rows = (booked.row for booked in affair.booked if not booked.is_shared)
    return [row for row in rows if row.amount(role)]


def _up_to(rows: Iterable[PublishedRow], end: date) -> list[PublishedRow]:
    """What was booked until a day; rows of a book without dates count from its period's end."""
    return [row for row in rows if (row.day("date") or row.record.period.end) <= end]
