"""What rules look at: the shown rows of a village, its payments, and the affairs that they belong to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from generator.model.books import ZERO, Book, decimal
from generator.model.schema import AffairKind
from generator.model.targets import Target
from generator.model.village import Record
from generator.model.warnings import WarningRule
from generator.views.affairs.belonging import Affair
from generator.views.affairs.costs import is_lease
from generator.views.affairs.rows import PublishedRow, published_rows
from generator.views.figures.books import by_subject
from generator.views.linking import VillageRecords

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Finding:
    """Something to be looked at: in a `record` as a whole, or in `rows`, of which the last leads to
    it. `facts` fill the words of its rule; `others` are records that it is in as well."""

    record: Record
    rows: tuple[PublishedRow, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    others: tuple[Record, ...] = ()

    @classmethod
    def at(cls, rows: Iterable[PublishedRow], **facts: Any) -> Finding:
        """A finding in rows, in the order in which they came to be."""
        every = tuple(rows)
        return cls(every[-1].record, every, facts)


@dataclass(frozen=True)
class Looked:
    """A village as rules see it: what is published of it, and nothing else."""

    records: VillageRecords
    affairs: tuple[Affair, ...]

    @cached_property
    def rows(self) -> tuple[PublishedRow, ...]:
        """Every row that anyone may see."""
        return tuple(published_rows(self.records))

    def row(self, target: Target) -> PublishedRow | None:
        """The row that a link leads to, where it is shown."""
        return self._by_target.get(target)

    def payments(self, rule: WarningRule) -> Iterator[PublishedRow]:
        """The rows of all books by which something was paid, or paid back, in the order of their
        days; without those that a rule passes over."""
        return (row for row, words in self._payments if not rule.excludes(words))

    def leases(self, rule: WarningRule) -> tuple[PublishedRow, ...]:
        """All leases, without those that a rule passes over."""
        every = self.newest("contract")
        return tuple(row for row in every if is_lease(row) and not rule.excludes(row.words))

    def newest(self, kind: AffairKind) -> tuple[PublishedRow, ...]:
        """The rows of a kind of register, of each number in a set of books the newest."""
        own = [row for row in self.rows if row.schema.affair == kind]
        own.sort(key=lambda row: row.record.period)
        found = {(r.record.item, r.record.account, r.number or r.url): r for r in own}
        return tuple(found.values())

    def is_current(self, row: PublishedRow) -> bool:
        """Whether a row stands in the newest register of its set of books."""
        return self.records.series_of(row.record).newest is row.record

    @cached_property
    def books(self) -> tuple[tuple[Record, Book], ...]:
        """The books whose rows and sums everybody may see."""
        found = []
        for record, _, schema in self.records.tables():
            book, groups = self.records.book(record), self.records.groups(record)
            names = (
                f.name for f in (schema.with_role("expense"), schema.with_role("subject")) if f
            )
            is_shown = groups and not any(groups.withholds(name) for name in names)
            if book and is_shown and self.records.publication(record).rows:
                found.append((record, book))
        return tuple(found)

    def by_subject(self, record: Record) -> Mapping[str, Decimal]:
        """What a book paid by subject."""
        return self._subjects[record.name]

    def affairs_of(self, row: PublishedRow) -> tuple[Affair, ...]:
        """The affairs that a row belongs to."""
        return self._affairs.get(row.target, ())

    def other_side(self, row: PublishedRow) -> str:
        """Whom a payment went to, as far as that is known: the one with whom its contract was
        made."""
        names = (own.shown("name") for a in self.affairs_of(row) for own in a.rows)
        return row.shown("name") or next(filter(None, names), "")

    def is_decided(self, row: PublishedRow) -> bool:
        """Whether a decision speaks of a row, or of the affair to which it belongs."""
        affairs = self.affairs_of(row)
        speaking = self.records.incoming.get(row.record.name, ())
        return any(d.is_decision for affair in affairs for d in affair.documents) or any(
            r.source.is_decision for r in speaking if r.target.row == row.row.number
        )

    def whom(self, row: PublishedRow) -> str:
        """Whom a payment went to; where that is not known, what it was for."""
        return self.other_side(row) or "".join(row.shown("title").split())

    def affairs_of_document(self, record: Record) -> frozenset[Target]:
        """The affairs of which a document speaks, by the rows that head them."""
        every = (a for a in self.affairs if any(d.name == record.name for d in a.documents))
        return frozenset(affair.head.target for affair in every)

    @cached_property
    def _by_target(self) -> Mapping[Target, PublishedRow]:
        return {row.target: row for row in self.rows}

    @cached_property
    def _payments(self) -> tuple[tuple[PublishedRow, str], ...]:
        """Payments with all their words, by their days."""
        found = [row for row in self.rows if row.schema.is_book and paid(row)]
        found.sort(key=lambda row: (day_of(row), row.record.key, row.row.number))
        return tuple((row, row.words) for row in found)

    @cached_property
    def _subjects(self) -> Mapping[str, Mapping[str, Decimal]]:
        return {r.name: by_subject(r, "expense", self.records) for r, _ in self.books}

    @cached_property
    def _affairs(self) -> Mapping[Target, tuple[Affair, ...]]:
        found: dict[Target, tuple[Affair, ...]] = {}
        for affair in self.affairs:
            for target in (*affair.members, *(booked.row.target for booked in affair.booked)):
                found[target] = (*found.get(target, ()), affair)
        return found


Rule = Callable[[Looked, WarningRule], Iterator[Finding]]
"""Finds what a rule is about, whatever its days and exclusions are."""


def day_of(row: PublishedRow) -> date:
    """The day of a row; of a book without days the end of its period."""
    return row.day("date") or row.record.period.end


def paid(row: PublishedRow) -> Decimal:
    """What was paid by a row of a book."""
    return row.amount("expense") or ZERO


def total(rows: Iterable[PublishedRow]) -> Decimal:
    """What rows of a book come to in payments."""
    return sum(map(paid, rows), ZERO)


def grouped(
    rows: Iterable[PublishedRow], key: Callable[[PublishedRow], Key | None]
) -> dict[Key, list[PublishedRow]]:
    """Rows by a key; those that have none are left out."""
    found: dict[Key, list[PublishedRow]] = defaultdict(list)
    for row in rows:
        own = key(row)
        if own is not None:
            found[own].append(row)
    return dict(found)


def runs(
    rows: list[PublishedRow], days: int, is_enough: Callable[[list[PublishedRow]], bool]
) -> Iterator[list[PublishedRow]]:
    """Runs of rows that lie within so many days and are enough; no row is in two of them. The rows
    are in the order of their days."""
    start = end = 0
    while start < len(rows):
        last = day_of(rows[start]) + timedelta(days=days)
        while end < len(rows) and day_of(rows[end]) < last:
            end += 1
        run = rows[start:end]
        found = is_enough(run)
        if found:
            yield run
        start = end if found else start + 1


def size_of(row: PublishedRow) -> tuple[str, Decimal]:
    """How much a row is about, with its unit; that of its first column that has one."""
    table = row.publication.table
    field = next((f for f in row.publication.columns if f.unit_in), None)
    if field is None:
        return "", Decimal(0)
    return table.cell(row.row, field.unit_in).data, decimal(table.cell(row.row, field.name).value)
