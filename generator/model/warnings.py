"""Rules that find what somebody should look at: their words, numbers, exclusions and days.

A rule says what is in the records and why one may ask about it; it never says that anything is
wrong. How each is found is a module of `views/warnings/rules` of the same name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from generator.model.catalogue import Basis
from generator.model.sentences import PLACE
from generator.problems import Source

LimitName = Literal["amount", "count", "days", "percent", "years", "times", "step"]

# The rules that the program knows, with what each needs to be told.
NEEDED: Mapping[str, tuple[LimitName | Literal["column", "values", "by"], ...]] = {
    "paid-twice": ("amount",),
    "large-undecided": ("amount",),
    "split-payments": ("amount", "count", "days"),
    "over-price": ("amount",),
    "paid-ahead": ("percent",),
    "rent-owed": ("amount", "percent"),
    "lease-ended": ("days",),
    "rent-lower": ("percent",),
    "term-long": ("years",),
    "changed-after-award": ("values",),
    "asset-idle": ("amount", "count", "values"),
    "cash-share": ("amount", "percent", "column", "values"),
    "cash-often": ("amount", "count", "days", "column", "values", "by"),
    "list-total": ("amount",),
    "other-share": ("amount", "percent", "values"),
    "subject-unusual": ("amount", "count", "times", "percent"),
    "round-sums": ("count", "percent", "step"),
    "control-total": ("amount",),
    "entry-late": (),
    "same-picture": (),
    "recorded-late": ("days",),
    "rent-apart": ("count", "percent"),
    "person-account": ("column", "values"),
    "decision-short": ("values",),
    "subsidy-exclusive": ("count", "values"),
    "person-listed": ("count", "values"),
    "paid-across": ("amount",),
}
# Of those the ones that compare villages or lists that nobody may read: for staff alone.
ACROSS = frozenset(("subsidy-exclusive", "person-listed", "paid-across"))


@dataclass(frozen=True)
class Exclusion:
    """What a rule passes over: rows in which one of these `texts` stands, and why."""

    texts: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class WarningRule:
    """A rule. `reason` says why somebody should look, `method` how it is found and `example` shows
    it with invented names; both may name its numbers as `{amount}`.

    `amount` is in yuan, `count` the least number of entries or periods, `days` a window, `step` what
    round sums are multiples of. `column`, its `values` and the column `by` which rows are
    told apart are those of the table that the rule looks at. Findings of `staff` rules are in no
    page. It holds for what was recorded from the day `first` to the day `until`.
    """

    id: str
    title: str
    reason: str
    method: str
    example: str
    severity: Literal["high", "low"]
    audience: Literal["public", "staff"]
    first: date
    source: Source
    until: date | None = None
    amount: Decimal = Decimal(0)
    count: int = 0
    days: int = 0
    percent: Decimal = Decimal(0)
    years: int = 0
    times: Decimal = Decimal(0)
    step: Decimal = Decimal(0)
    column: str = ""
    values: tuple[str, ...] = ()
    by: str = ""
    exclusions: tuple[Exclusion, ...] = ()
    basis: tuple[Basis, ...] = ()

    def holds_on(self, day: date) -> bool:
        """Whether the rule is for what was recorded on a day."""
        return self.first <= day and (self.until is None or day <= self.until)

    def excludes(self, text: str) -> bool:
        """Whether the words of a row keep it out."""
        return any(part in text for entry in self.exclusions for part in entry.texts)

    @property
    def comes_first(self) -> bool:
        """Whether what it finds stands before what others find."""
        return self.severity == "high"

    @property
    def is_public(self) -> bool:
        """Whether anyone may read what it finds."""
        return self.audience == "public"

    @property
    def limits(self) -> dict[str, str]:
        """Its numbers as they are written, by the names of their places; those that it has."""
        found = {
            "amount": f"{self.amount:,f}",
            "count": str(self.count),
            "days": str(self.days),
            "percent": f"{self.percent:f}",
            "years": str(self.years),
            "times": f"{self.times:f}",
            "step": f"{self.step:,f}",
        }
        return {name: text for name, text in found.items() if getattr(self, name)}

    def told(self, text: str) -> str:
        """A text of the rule with its numbers in their places."""
        limits = self.limits
        return PLACE.sub(lambda place: limits.get(place[1], place[0]), text)

    def unfilled(self) -> Iterator[str]:
        """Places of its texts for which it has no number."""
        for text in (self.method, self.example, self.reason):
            yield from (p for p in PLACE.findall(text) if p not in self.limits)


@dataclass(frozen=True)
class Explanation:
    """What a village says to a warning: of the rule, the record as `item/key`, and where `row` is
    given the row of this number. It is published beside the warning."""

    rule: str
    record: str
    text: str
    by: str
    day: date
    source: Source
    row: str = ""
