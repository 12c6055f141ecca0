"""Orders the records of one item and set of books, and finds what came before each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from generator.model.period import Period
from generator.model.village import Record

_IN_A_YEAR = {"month": 12, "quarter": 4, "half": 2, "year": 1}


@dataclass(frozen=True)
class Series:
    """Records of one item and set of books, oldest first."""

    records: tuple[Record, ...] = ()

    @cached_property
    def _by_period(self) -> dict[Period, Record]:
        return {record.period: record for record in self.records}

    @property
    def newest(self) -> Record | None:
        """The last record; None where there is none."""
        return self.records[-1] if self.records else None

    def of_kind(self, kind: str) -> dict[Period, Record]:
        """The records over periods of one length, by period."""
        return {p: record for p, record in self._by_period.items() if p.kind == kind}

    def before(self, record: Record) -> Record | None:
        """The record of the period before, which is as long."""
        before = record.period.before
        return self._by_period.get(before) if before else None

    def year_ago(self, record: Record) -> Record | None:
        """The record of the same period of the year before."""
        period: Period | None = record.period
        for _ in range(_IN_A_YEAR.get(record.period.kind, 0)):
            period = period.before if period else None
        return self._by_period.get(period) if period and period != record.period else None

    def history(self, record: Record, most: int) -> tuple[Record, ...]:
        """A record and those before it over periods of its length, oldest first, as far back as
        there is no gap, but at most so many."""
        found = [record]
        while len(found) < most and (before := self.before(found[-1])) is not None:
            found.append(before)
        return tuple(reversed(found))

    def unbroken(self, record: Record, most: int) -> tuple[Record, ...]:
        """The same over periods of any length that follow each other."""
        found = [record]
        for other in reversed(self.until(record)):
            if len(found) == most or not found[-1].period.follows(other.period):
                break
            found.append(other)
        return tuple(reversed(found))

    def until(self, record: Record) -> tuple[Record, ...]:
        """The records before a record."""
        return self.records[: self.records.index(record)]

    def neighbours(self, record: Record) -> tuple[Record | None, Record | None]:
        """The records before and after a record, whatever their length."""
        here = self.records.index(record)
        before = self.records[here - 1] if here else None
        return before, self.records[here + 1] if here + 1 < len(self.records) else None

    def at(self, period: Period) -> tuple[Record, ...]:
        """The records of exactly a period."""
        return tuple(record for record in self.records if record.period == period)

    def covering(self, period: Period) -> tuple[Record, ...]:
        """The records that speak of the whole of a period."""
        return tuple(record for record in self.records if record.period.covers(period))

    def within(self, period: Period) -> tuple[Record, ...]:
        """The records that speak of nothing outside a period."""
        return tuple(record for record in self.records if period.covers(record.period))


def series_of(records: Iterable[Record]) -> dict[tuple[str, str], Series]:
    """The series of a village by item and set of books."""
    found: dict[tuple[str, str], list[Record]] = {}
    for record in sorted(records, key=lambda r: (r.period, r.key)):
        found.setdefault((record.item, record.account), []).append(record)
    return {name: Series(tuple(series)) for name, series in found.items()}
