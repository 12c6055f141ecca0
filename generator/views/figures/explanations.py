"""What the change of a ledger against an earlier one is, and what most of it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from generator.model.books import ZERO, Book, decimal
from generator.model.shared import LargeChange
from generator.model.village import Record
from generator.views.figures.books import (
    NO_SUBJECT,
    SIDE_WORDS,
    SIDES,
    BookFacts,
    Side,
    book_of,
    side_column,
    side_total,
    subject_column,
    subject_name,
)
from generator.views.figures.comparison import (
    Earlier,
    change_words,
    earlier_of,
    period_words,
)
from generator.views.linking import VillageRecords
from generator.views.text import money


@dataclass(frozen=True)
class Entry:
    """A row of a ledger: its subject, what it is about as published, and its amount."""

    subject: str
    title: str
    amount: Decimal


def book_compared(record: Record, book: Book, records: VillageRecords) -> tuple[str, ...]:
    """Income and expense beside the period before and a year ago; that one is missing is said."""
    lines = []
    found = earlier_of(record, records)
    words = period_words(record.period)
    if words.last not in [earlier.words for earlier in found]:
        lines.append(_gap(record, records))
    for earlier, other in _books(found, records):
        phrases = [
            change_words(
                SIDE_WORDS[s], earlier.words, side_total(book, s), side_total(other, s), "元"
            )
            for s in SIDES
        ]
        told = "，".join(phrase for phrase in phrases if phrase)
        lines.append(f"{told}。" if told else f"和{earlier.words}一样，没有收入，也没有支出。")
    return tuple(line for line in lines if line)


def book_notes(
    record: Record, book: Book, facts: BookFacts, records: VillageRecords
) -> tuple[str, ...]:
    """Where more was spent than there was, and where income or expense changed much: how much,
    the comparison beside it says."""
    notes = []
    if facts.closing is not None and facts.closing < 0:
        end = period_words(record.period).end
        notes.append(f"{end}账上是负数，花出去的比账上有的多 {money(-facts.closing)} 元。")
    village, shared = records.data.village, records.shared
    large = shared.rules[village.rules or shared.site.rules].large_change
    earlier = tuple(_books(earlier_of(record, records), records))
    for side in reversed(SIDES):
        told: dict[str, list[str]] = {}
        for other, other_book in earlier:
            change = side_total(book, side) - side_total(other_book, side)
            base = side_total(other_book, side)
            if is_large(change, base, large):
                now = _entries(record, book, side, records)
                then = _entries(other.record, other_book, side, records)
                reason = _reason(now, then, change, other.words)
                way = "多了很多" if change > 0 else "少了很多"
                told.setdefault(reason, []).append(f"比{other.words}{way}")
        for reason, phrases in told.items():
            notes.append(f"{SIDE_WORDS[side]}{'，'.join(phrases)}，{reason}。")
    return tuple(notes)


def is_large(change: Decimal, base: Decimal, large: LargeChange) -> bool:
    """Whether a change is worth a note."""
    return abs(change) > large.amount and abs(change) * 100 > large.percent * abs(base)


def _gap(record: Record, records: VillageRecords) -> str:
    """That the period before is missing, where there is an older one."""
    before = record.period.before
    if before is None:
        return ""
    own = [r for r in records.data.records if (r.item, r.account) == (record.item, record.account)]
    is_covered = any(r.period.start <= before.start and before.end <= r.period.end for r in own)
    is_first = not any(r.period.end < before.start for r in own)
    if is_covered or is_first:
        return ""
    return f"{before.title}的账没有公开，没法和{period_words(record.period).last}比。"


def _books(found: tuple[Earlier, ...], records: VillageRecords) -> Iterator[tuple[Earlier, Book]]:
    """The earlier records that are books whose rows are there to be seen."""
    for earlier in found:
        book = book_of(earlier.record, records.shared.tables)
        if book is not None and not records.publication(earlier.record).is_expired:
            yield earlier, book


def _entries(record: Record, book: Book, side: Side, records: VillageRecords) -> list[Entry]:
    """The rows with an amount on a side, largest first, in the words of the publication."""
    publication = records.publication(record)
    schema = records.shared.tables[book.table.schema]
    accounts = records.shared.chart_on(record.period.end)
    subject, title = subject_column(schema), schema.with_role("title")
    place = next((n for n, f in enumerate(publication.columns) if f is title), None)
    shown = {row.number: row.cells[place].text for row in publication.rows if place is not None}
    entries = [
        Entry(
            subject_name(row.values.get(subject), accounts),
            shown.get(row.number, ""),
            decimal(row.values.get(side_column(book, side))),
        )
        for row in book.table.rows
    ]
    return sorted((e for e in entries if e.amount), key=lambda e: (-e.amount, e.title))


def _reason(now: list[Entry], then: list[Entry], change: Decimal, base: str) -> str:
    """The one row, or the subject, that more than half of a change comes from.

    A row counts by how much it is above the largest on the other side, so that what comes every
    month explains nothing.
    """
    subject, share = _leading_subject(now, then, change)
    here, there = (now, then) if change > 0 else (then, now)
    largest = here[0] if _explains(here, there, change) else None
    if share * 2 > abs(change) and largest is None:
        own = [[e for e in side if e.subject == subject] for side in (here, there)]
        largest = own[0][0] if _explains(own[0], own[1], change) else None
    if largest is not None:
        row = f"{largest.title} {money(largest.amount)} 元"
        row = row if largest.subject == NO_SUBJECT else f"{largest.subject}：{row}"
        return f"主要是{row}" if change > 0 else f"主要是{base}有一笔{row}"
    if share * 2 <= abs(change):
        return "分散在几个科目里，请看每一笔"
    name = "没写科目的" if subject == NO_SUBJECT else subject
    return f"主要是{name}{'多' if change > 0 else '少'}了 {money(share)} 元"


def _explains(here: list[Entry], there: list[Entry], change: Decimal) -> bool:
    """Whether the largest row of one side is above the other side's by most of the change."""
    usual = there[0].amount if there else ZERO
    return bool(here and here[0].title) and (here[0].amount - usual) * 2 > abs(change)


def _leading_subject(now: list[Entry], then: list[Entry], change: Decimal) -> tuple[str, Decimal]:
    """The subject that changed most in the direction of the change, and by how much."""
    sums: dict[str, Decimal] = {}
    sign = 1 if change > 0 else -1
    for entries, factor in ((now, sign), (then, -sign)):
        for entry in entries:
            sums[entry.subject] = sums.get(entry.subject, ZERO) + factor * entry.amount
    subject = max(sums, key=lambda name: (sums[name], name))
    return subject, sums[subject]
