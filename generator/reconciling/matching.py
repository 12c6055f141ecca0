"""Finds for each entry of a book the lines of a bank that are the same money, and says how it was found.

What is surest goes first: one entry and one line of the same amount on the same day, then some days apart;
then one that is several on a day, where only one choice of them gives the sum; charges that a book adds up
over a month; payments that came back; cash; what went from one account to the other. What was found is never
taken apart again, and the order of the input plays no part, so the same input has always the same result.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from generator.model.bank import BankRules, LineKind

BY_BANK: frozenset[LineKind] = frozenset(("", "fee", "returned"))
CASH: frozenset[LineKind] = BY_BANK | {"cash"}
_Places = tuple[int, ...]
How = Literal["same-day", "near", "day-sum", "parts", "fees", "returned", "moved"]


@dataclass(frozen=True, order=True)
class Item:
    """An entry of a book or a line of a statement: where it stands (`place` and row), its day, and by
    how much the account grew. One that is `beside` may be found, but nobody misses it: it lies outside
    of what is compared."""

    day: date
    place: str
    number: int
    change: Decimal
    kind: LineKind = ""
    beside: bool = False


@dataclass(frozen=True)
class Pair:
    """Entries and lines that are the same money; of payments that came back, and of what went from one of
    the accounts to another, one side has none."""

    how: How
    booked: tuple[Item, ...]
    lines: tuple[Item, ...]


@dataclass(frozen=True)
class Matched:
    """What was found, and what was not on each side. Cash that only one side knows is `cash`: a book
    does not tell what was drawn, nor a bank what was spent of it."""

    pairs: tuple[Pair, ...]
    booked: tuple[Item, ...]
    lines: tuple[Item, ...]
    cash: tuple[Item, ...]


def matched(booked: Iterable[Item], lines: Iterable[Item], rules: BankRules) -> Matched:
    """Entries of a book and lines of statements, as far as they are the same money."""
    search = _Search(rules, _Side(booked), _Side(lines))
    search.ones(range(1), BY_BANK)
    search.sums(range(1))
    search.fees()
    for apart in range(1, rules.days + 1):
        search.ones(range(apart, apart + 1), BY_BANK)
        search.sums(range(apart, apart + 1))
    search.ones(range(rules.days + 1), CASH)
    search.returned()
    search.moved()
    left = [[i for i in side.items if not i.beside] for side in (search.booked, search.lines)]
    counted = [tuple(i for i in side if i.kind != "cash") for side in left]
    cash = tuple(i for side in left for i in side if i.kind == "cash")
    return Matched(tuple(search.pairs), counted[0], counted[1], cash)


class _Side:
    """What is not found yet of one side, in order, also by day."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.items = dict.fromkeys(sorted(items))
        self._by_day: dict[date, list[Item]] = defaultdict(list)
        for item in self.items:
            self._by_day[item.day].append(item)

    def on(self, day: date) -> list[Item]:
        """Those of a day that may be parts of a sum."""
        found = self._by_day.get(day, [])
        return [item for item in found if item in self.items and item.kind != "cash"]

    def take(self, items: Iterable[Item]) -> None:
        """Found: they are looked for no more."""
        for item in items:
            del self.items[item]


@dataclass
class _Search:
    """What is left of both sides, and the pairs found so far, for one call."""

    rules: BankRules
    booked: _Side
    lines: _Side
    pairs: list[Pair] = field(default_factory=list)

    def _take(self, how: How, booked: Sequence[Item], lines: Sequence[Item]) -> None:
        self.pairs.append(Pair(how, tuple(sorted(booked)), tuple(sorted(lines))))
        self.booked.take(booked)
        self.lines.take(lines)

    def ones(self, apart: range, kinds: frozenset[LineKind]) -> None:
        """Pairs of one amount so many days apart, the nearest first."""
        by_change: dict[Decimal, list[Item]] = defaultdict(list)
        for line in self.lines.items:
            by_change[line.change].append(line)
        near = sorted(
            (abs((line.day - entry.day).days), entry, line)
            for entry in self.booked.items
            for line in by_change.get(entry.change, ())
            if kinds >= {entry.kind, line.kind} and abs((line.day - entry.day).days) in apart
        )
        for days, entry, line in near:
            if entry in self.booked.items and line in self.lines.items:
                self._take("near" if days else "same-day", (entry,), (line,))

    def sums(self, apart: range) -> None:
        """One that is several of one day on the other side, so many days apart."""
        for days in apart:
            for one in tuple(self.booked.items):
                if found := self._sum(one, days, self.lines):
                    self._take(found[0], (one,), found[1])
            for one in tuple(self.lines.items):
                if found := self._sum(one, days, self.booked):
                    self._take(found[0], found[1], (one,))

    def _sum(self, one: Item, apart: int, other: _Side) -> tuple[How, tuple[Item, ...]] | None:
        """The only choice on the days so far apart."""
        if one.kind == "cash":
            return None
        days = {one.day + timedelta(days=apart), one.day - timedelta(days=apart)}
        found = [sums for day in sorted(days) if (sums := self._parts(one, other.on(day)))]
        return found[0] if len(found) == 1 else None

    def _parts(self, one: Item, there: list[Item]) -> tuple[How, tuple[Item, ...]] | None:
        """All of a day, or the only choice of a few, that add up to one; charges may be taken off."""
        same = [i for i in there if (i.change > 0) == (one.change > 0) or i.kind == "fee"]
        if len(same) > 1 and _total(same) == one.change:
            return "day-sum", tuple(same)
        if len(same) > self.rules.most:
            return None
        same.sort(key=lambda item: (-item.change, item))
        values = [item.change for item in same]
        for count in range(2, min(self.rules.parts, len(same) - 1) + 1):
            sums = list(_choices(values, 0, count, one.change))
            if sums:
                is_one = len({tuple(values[place] for place in choice) for choice in sums}) == 1
                return ("parts", tuple(same[place] for place in sums[0])) if is_one else None
        return None

    def fees(self) -> None:
        """An entry for all charges of its month."""
        for entry in [e for e in self.booked.items if e.kind == "fee"]:
            own = [i for i in self.lines.items if i.kind == "fee" and _month(i) == _month(entry)]
            if own and _total(own) == entry.change:
                self._take("fees", (entry,), own)

    def returned(self) -> None:
        """Payments that came back, on the side that tells both."""
        for side, is_booked in ((self.booked, True), (self.lines, False)):
            for back in [i for i in side.items if i.kind == "returned"]:
                near = (
                    (abs((back.day - i.day).days), i)
                    for i in side.items
                    if i.change == -back.change
                )
                apart, there = min(near, default=(self.rules.days + 1, back))
                if apart <= self.rules.days and back in side.items:
                    both = (there, back)
                    self._take("returned", *((both, ()) if is_booked else ((), both)))

    def moved(self) -> None:
        """What left one account and came into another on the same day, of which the book of both need not
        tell. Where more left than came, or the other way round, nobody knows which it was."""
        sides: dict[tuple[date, Decimal], tuple[list[Item], list[Item]]] = {}
        for line in self.lines.items:
            if not line.kind:
                both = sides.setdefault((line.day, abs(line.change)), ([], []))
                both[line.change > 0].append(line)
        for out, into in sides.values():
            is_apart = {one.place for one in out}.isdisjoint(one.place for one in into)
            if is_apart and len(out) == len(into):
                for pair in zip(out, into, strict=True):
                    self._take("moved", (), pair)


def _month(item: Item) -> tuple[int, int]:
    return item.day.year, item.day.month


def _total(items: Iterable[Item]) -> Decimal:
    return sum((item.change for item in items), Decimal(0))


def _choices(values: list[Decimal], start: int, count: int, rest: Decimal) -> Iterator[_Places]:
    """Every choice of so many of the values, which fall, from a place on, that comes to the rest. What the
    largest that are left cannot reach, and the smallest exceed, is not tried."""
    if count == 1:
        yield from ((place,) for place in range(start, len(values)) if values[place] == rest)
        return
    least = sum(values[len(values) - count + 1 :], Decimal(0))
    for place in range(start, len(values) - count + 1):
        if sum(values[place : place + count], Decimal(0)) < rest:
            return
        if values[place] + least <= rest:
            for others in _choices(values, place + 1, count - 1, rest - values[place]):
                yield (place, *others)
