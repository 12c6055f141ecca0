"""Statements made by chance with known truth: how many pairs are found, and how many of them are right.

`python -m tests.bank_truth [STATEMENTS]` prints precision and recall over single links between an entry of
a book and a line of a statement. A statement is a month of one village's account.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from generator.model.bank import LineKind
from generator.reconciling import Item, Matched, matched
from tests.township import real_content

FIRST = date(2025, 9, 1)
Link = tuple[Item, Item]


@dataclass
class Made:
    """A book and a statement of a month, the links between them, and what stands on one side only."""

    random: Random
    booked: list[Item] = field(default_factory=list)
    lines: list[Item] = field(default_factory=list)
    links: set[Link] = field(default_factory=set)
    alone: set[Item] = field(default_factory=set)
    kinds: dict[Link, str] = field(default_factory=dict)

    def entry(self, day: date, change: Decimal, kind: LineKind = "") -> Item:
        self.booked.append(Item(day, "book", len(self.booked) + 1, change, kind))
        return self.booked[-1]

    def line(self, day: date, change: Decimal, kind: LineKind = "") -> Item:
        self.lines.append(Item(day, "bank", len(self.lines) + 1, change, kind))
        return self.lines[-1]

    def link(self, booked: list[Item], lines: list[Item], kind: str) -> None:
        for entry in booked:
            for line in lines:
                self.links.add((entry, line))
                self.kinds[entry, line] = kind


def _amount(random: Random) -> Decimal:
    """What villages pay and get: many round sums, and some that many payments have."""
    way = random.random()
    if way < 0.25:
        return Decimal(random.choice((100, 200, 300, 500, 800, 1000, 2000)))
    if way < 0.5:
        return Decimal(random.randrange(1, 400) * 50)
    return Decimal(random.randrange(2_000, 3_000_000)) / 100


def _late(random: Random) -> int:
    """By how many days a bank's day is other than a book's."""
    return random.choices((0, 1, 2, 3, 5, 7), (60, 16, 10, 8, 4, 2))[0] * random.choice(
        (1, 1, 1, -1)
    )


def made(seed: int) -> Made:
    """A month with 10 to 60 things that happened."""
    random = Random(seed)
    month = Made(random)
    for _ in range(random.randrange(10, 60)):
        day = FIRST + timedelta(days=random.randrange(30))
        sign = random.choice((-1, -1, 1))
        way = random.choices(
            ("one", "batch", "split", "fee", "book", "bank", "typed", "twice", "back", "cash"),
            (66, 8, 6, 3, 3, 3, 2, 2, 3, 4),
        )[0]
        _happened(month, way, day, sign)
    charges = [
        month.line(FIRST + timedelta(days=d), -Decimal(random.randrange(100, 3000)) / 100, "fee")
        for d in random.sample(range(30), random.randrange(4))
    ]
    if charges:  # booked as one at the end of the month
        total = sum((line.change for line in charges), Decimal(0))
        month.link([month.entry(FIRST + timedelta(days=29), total, "fee")], charges, "fees")
    random.shuffle(month.booked)
    return month


def _happened(month: Made, way: str, day: date, sign: int) -> None:
    random = month.random
    amount, late = sign * _amount(random), day + timedelta(days=_late(random))
    if way == "one":
        month.link([month.entry(day, amount)], [month.line(late, amount)], "one")
    elif way in ("batch", "split"):  # many entries are one line, or the other way round
        parts = [sign * _amount(random) for _ in range(random.randrange(2, 7))]
        on = late if random.random() < 0.4 else day
        if way == "batch":
            own = [month.entry(day, part) for part in parts]
            month.link(own, [month.line(on, sum(parts, Decimal(0)))], "batch")
        else:
            own = [month.line(on, part) for part in parts]
            month.link([month.entry(day, sum(parts, Decimal(0)))], own, "split")
    elif way == "fee":  # a payment with its charge in one entry
        amount, fee = -abs(amount), -Decimal(random.choice((5, 10, 15)))
        own = [month.line(day, amount), month.line(day, fee, "fee")]
        month.link([month.entry(day, amount + fee)], own, "fee")
    elif way == "book":
        month.alone.add(month.entry(day, amount))
    elif way == "bank":
        month.alone.add(month.line(day, amount))
    elif way == "typed":  # two digits were typed the wrong way round
        month.alone |= {month.entry(day, amount), month.line(late, amount + sign * Decimal("9"))}
    elif way == "twice":  # booked twice
        month.link([month.entry(day, amount)], [month.line(day, amount)], "one")
        month.alone.add(month.entry(day, amount))
    elif way == "back":  # paid, returned, paid once more
        first, back = month.line(day, -abs(amount)), day + timedelta(days=random.randrange(3))
        month.line(back, abs(amount), "returned")
        again = month.line(back + timedelta(days=1), -abs(amount))
        entry = month.entry(random.choice((day, back + timedelta(days=1))), -abs(amount))
        month.link([entry], [again if entry.day == again.day else first], "one")
    else:
        month.entry(day, -abs(amount), "cash")


def links_of(found: Matched) -> set[Link]:
    """The links that were found."""
    return {(e, line) for pair in found.pairs for e in pair.booked for line in pair.lines}


@dataclass
class Score:
    right: int = 0
    found: int = 0
    true: int = 0
    alone: int = 0  # entries and lines that have no other side
    told: int = 0  # of those, how many are told

    @property
    def precision(self) -> float:
        return self.right / self.found

    @property
    def recall(self) -> float:
        return self.right / self.true


def same_amounts(links: set[Link]) -> Counter[tuple[Decimal, Decimal]]:
    """Links by what they link: which of two equal payments of a day is which nobody can tell."""
    return Counter((entry.change, line.change) for entry, line in links)


def score(count: int, seed: int = 1) -> tuple[Score, Score]:
    """Over so many statements: of single links, and where equal amounts may stand for each other."""
    rules = real_content()[0].bank
    assert rules is not None
    exact, equal = Score(), Score()
    for number in range(count):
        month = made(seed * 1_000_003 + number)
        result = matched(month.booked, month.lines, rules)
        found = links_of(result)
        exact.right += len(found & month.links)
        for own in (exact, equal):
            own.found += len(found)
            own.true += len(month.links)
            own.alone += len(month.alone)
            own.told += len(month.alone & {*result.booked, *result.lines})
        equal.right += (same_amounts(found) & same_amounts(month.links)).total()
    return exact, equal


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    start = time.process_time()
    exact, equal = score(count)
    spent = time.process_time() - start
    print(f"{count} statements, {exact.true} links, {spent:.1f} s CPU")
    print(f"links: precision {exact.precision:.4f}, recall {exact.recall:.4f}")
    print(f"equal amounts alike: precision {equal.precision:.4f}, recall {equal.recall:.4f}")
    print(f"without another side: {exact.told} of {exact.alone} are told")


if __name__ == "__main__":
    main()
