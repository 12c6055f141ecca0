"""What an affair comes to: price, paid, still to pay; rent, due, received, owed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from generator.model.books import ZERO
from generator.model.catalogue import Role
from generator.views.affairs.belonging import Affair, PublishedRow
from generator.views.figures.terms import brings_rent
from generator.views.text import money


@dataclass(frozen=True)
class Fact:
    """A sum of the affair, as it is written."""

    label: str
    text: str


@dataclass(frozen=True)
class Price:
    """What a project costs; `label` says on what it rests, the final account before all."""

    label: str
    amount: Decimal


def is_lease(row: PublishedRow) -> bool:
    """Whether a contract brings rent: the register says so, or it tells of rent that was due."""
    return brings_rent(row.text("side"), row.amount("amount"), row.amount("due"))


def facts_of(affair: Affair) -> tuple[tuple[Fact, ...], tuple[str, ...]]:
    """The sums of an affair, and what is to be said of them."""
    head = affair.head
    if head.schema.affair == "contract" and is_lease(head):
        return _lease_facts(affair)
    if head.schema.affair == "project":
        return _project_facts(affair)
    return _purchase_facts(affair)


def price_of(row: PublishedRow) -> Price | None:
    """The price of a project: its final account where there is one."""
    settled, bid = row.amount("settled"), row.amount("amount")
    if settled is not None:
        return Price("决算", settled)
    return None if bid is None else Price("中标价", bid)


def paid_for(affair: Affair) -> tuple[Decimal | None, str]:
    """What was paid for a project until now, and what the ledger says to it.

    Where the ledger's rows up to the register's day come to what the register says, later rows
    count on; otherwise the register's number stands.
    """
    head, stated = affair.head, affair.head.amount("paid")
    rows = _booked(affair, "expense")
    booked = _sum(rows, "expense")
    if stated is None or not rows:
        return stated, ""
    told = f"网上的账里写明这件事的付款有 {len(rows)} 笔，共 {money(booked)} 元"
    days = (head.record.period.end, head.publication.window.start)
    until = [_sum(_up_to(rows, day), "expense") for day in days if day is not None]
    if stated == booked:
        return booked, f"{told}，和登记的已付一致。"
    if stated in until:
        return booked, f"{told}，其中 {money(booked - stated)} 元是登记以后付的。"
    return stated, f"{told}；登记的已付是 {money(stated)} 元。"


def _project_facts(affair: Affair) -> tuple[tuple[Fact, ...], tuple[str, ...]]:
    head, price = affair.head, price_of(affair.head)
    bid, settled = head.amount("amount"), head.amount("settled")
    paid, told = paid_for(affair)
    rest = price.amount - paid if price and paid is not None else None
    notes = [told]
    if bid is not None and settled is not None and settled > bid:
        notes.append(f"决算比中标价多 {money(settled - bid)} 元。")
    if price and rest is not None and rest < 0:
        notes.append(f"已付比{price.label}多 {money(-rest)} 元。")
    facts = _facts(
        ("预算", head.amount("budget")),
        ("中标价", bid),
        ("决算", settled),
        ("已付", paid),
        ("还没付", rest if rest is not None and rest >= 0 else None),
    )
    return facts, tuple(note for note in notes if note)


def _purchase_facts(affair: Affair) -> tuple[tuple[Fact, ...], tuple[str, ...]]:
    """Contracts of expense and purchases: their registers do not say what was paid, and what is
    not tied to them in the ledger is not known."""
    contracts, tenders = affair.newest("contract"), affair.newest("tender")
    agreed = (row.amount("price") or row.amount("amount") for row in contracts)
    prices = [amount for amount in agreed if amount is not None]
    rows = _booked(affair, "expense")
    bid = tenders[0].amount("amount") if len(tenders) == 1 else None
    price = sum(prices, ZERO) if prices and len(prices) == len(contracts) else None
    booked = _sum(rows, "expense") if rows else None
    most = price if price is not None else bid
    notes: tuple[str, ...] = ()
    if booked is not None and most is not None and booked > most:
        label = "中标价" if price is None else "合同价款"
        notes = (f"网上的账里写明这件事的付款比{label}多 {money(booked - most)} 元。",)
    return _facts(("中标价", bid), ("合同价款", price), ("账上已付", booked)), notes


def _lease_facts(affair: Affair) -> tuple[tuple[Fact, ...], tuple[str, ...]]:
    head, rows = affair.head, _booked(affair, "income")
    facts = _facts(
        ("一年", head.amount("amount")),
        ("应收", head.amount("due")),
        ("已收", head.amount("received")),
        ("欠收", head.amount("owed")),
    )
    booked = money(_sum(rows, "income"))
    told = (
        (f"网上的账里写明这份合同的收款有 {len(rows)} 笔，共 {booked} 元。",)
        if len(rows) > 1
        else ()
    )
    return facts, (*told, *_used_after_end(affair))


def _used_after_end(affair: Affair) -> Iterator[str]:
    """Registers made after the contract's end that still name it."""
    end = affair.head.day("end")
    for row in affair.others:
        period = row.record.period
        if end is not None and period.kind != "standing" and period.end > end:
            yield f"合同到期以后，{row.publication.title}里“{row.text('title')}”仍写着这份合同。"


def _facts(*amounts: tuple[str, Decimal | None]) -> tuple[Fact, ...]:
    return tuple(Fact(label, f"{money(n)} 元") for label, n in amounts if n is not None)


def _booked(affair: Affair, role: Role) -> list[PublishedRow]:
    """The ledger's rows of an affair that are its alone."""
    rows = (entry.row for entry in affair.entries if not entry.is_shared)
    return [row for row in rows if row.amount(role)]


def _up_to(rows: Iterable[PublishedRow], end: date) -> list[PublishedRow]:
    """What was booked until a day; a book without dates tells by its period's end."""
    return [row for row in rows if (row.day("date") or row.record.period.end) <= end]


def _sum(rows: Iterable[PublishedRow], role: Role) -> Decimal:
    return sum((row.amount(role) or ZERO for row in rows), ZERO)
