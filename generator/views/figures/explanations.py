"""Explains the change of a ledger against an earlier one: what most of it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from generator.model.books import ZERO, Book
from generator.model.law import LargeChange
from generator.model.village import Record
from generator.views.figures.books import (
    SIDES,
    BookFacts,
    Entry,
    Side,
    by_subject,
    entries,
    side_total,
)
from generator.views.figures.comparison import Earlier, changed, earlier_of
from generator.views.linking import VillageRecords
from generator.views.said import say


@dataclass(frozen=True)
class Reason:
    """What more than half of a change comes from: a row with a `title`, where it went away that
    of the earlier period `base`; or a subject; nothing of them where it is scattered."""

    amount: Decimal = ZERO
    subject: str = ""
    title: str = ""
    base: str = ""
    is_more: bool = True


@dataclass(frozen=True)
class Against:
    """The period against which a side changed much, and the direction."""

    base: str
    is_more: bool


def book_compared(record: Record, book: Book, records: VillageRecords) -> tuple[str, ...]:
    """Income and expense beside the period before and a year ago; that one is missing is said."""
    phrases, found = records.shared.phrases, earlier_of(record, records)
    lines = []
    if all(earlier.way != "before" for earlier in found) and _is_gap(record, records):
        lines.append(say(phrases, "books", "gap", period=record.period))
    for earlier, other in _books(found, records):
        parts = [
            changed(
                say(phrases, "books", "side", side=side),
                side_total(book, side),
                side_total(other, side),
                "元",
            )
            for side in SIDES
        ]
        known = [part for part in parts if part is not None]
        if known:
            lines.append(say(phrases, "comparison", "line", base=earlier.base, parts=known))
        else:
            lines.append(say(phrases, "books", "both_idle", base=earlier.base))
    return tuple(lines)


def book_notes(
    record: Record, book: Book, facts: BookFacts, records: VillageRecords
) -> tuple[str, ...]:
    """Where more was spent than there was, and where income or expense changed much: how much,
    the comparison beside it says."""
    phrases = records.shared.phrases
    notes = []
    if facts.closing is not None and facts.closing < 0:
        notes.append(say(phrases, "books", "below_zero", facts=facts))
    earlier = tuple(_books(earlier_of(record, records), records))
    for side in reversed(SIDES):
        found: dict[Reason, list[Against]] = {}
        for other, other_book in earlier:
            base = side_total(other_book, side)
            change = side_total(book, side) - base
            if _is_large(change, base, records.rules.large_change):
                reason = _reason(record, other, side, change, records)
                found.setdefault(reason, []).append(Against(other.base, change > 0))
        name = say(phrases, "books", "side", side=side)
        notes += [
            say(phrases, "books", "large_change", side_name=name, changes=others, reason=reason)
            for reason, others in found.items()
        ]
    return tuple(notes)


def _is_large(change: Decimal, base: Decimal, large: LargeChange) -> bool:
    """Whether a change is worth a note."""
    return abs(change) > large.amount and abs(change) * 100 > large.percent * abs(base)


def _is_gap(record: Record, records: VillageRecords) -> bool:
    """Whether the period before is missing, where there is an older one."""
    before = record.period.before
    if before is None:
        return False
    series = records.series_of(record)
    is_first = not any(r.period.end < before.start for r in series.records)
    return not is_first and not series.covering(before)


def _books(found: tuple[Earlier, ...], records: VillageRecords) -> Iterator[tuple[Earlier, Book]]:
    """The earlier records that are books whose rows are there to be seen."""
    for earlier in found:
        book = records.book(earlier.record)
        if book is not None and not records.publication(earlier.record).is_expired:
            yield earlier, book


def _reason(
    record: Record, earlier: Earlier, side: Side, change: Decimal, records: VillageRecords
) -> Reason:
    """The one row, or the subject, that more than half of a change comes from.

    A row counts by how much it is above the largest on the other side, so that what comes every
    month explains nothing.
    """
    is_more = change > 0
    pair = (record, earlier.record) if is_more else (earlier.record, record)
    here, there = (entries(each, side, records) for each in pair)
    sums, others = (by_subject(each, side, records) for each in pair)
    apart = {name: sums.get(name, ZERO) - others.get(name, ZERO) for name in {*sums, *others}}
    subject = max(apart, key=lambda name: (apart[name], name))
    is_subject = apart[subject] * 2 > abs(change)
    largest = here[0] if _explains(here, there, change) else None
    if is_subject and largest is None:
        own = [[e for e in rows if e.subject == subject] for rows in (here, there)]
        largest = own[0][0] if _explains(own[0], own[1], change) else None
    if largest is not None:
        base = "" if is_more else earlier.base
        return Reason(largest.amount, largest.subject, largest.title, base)
    return Reason(apart[subject], subject, is_more=is_more) if is_subject else Reason()


def _explains(here: list[Entry], there: list[Entry], change: Decimal) -> bool:
    """Whether the largest row of one side is above the other side's by most of the change."""
    usual = there[0].amount if there else ZERO
    return bool(here and here[0].title) and (here[0].amount - usual) * 2 > abs(change)
