"""Counts how complete and how timely villages, towns and items are published, and ranks them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from generator.model.phrases import Phrases
from generator.views.charts import Share, ShareChart
from generator.views.duties.duty import Counts
from generator.views.figures.shares import LEAST_CASES, percent_text
from generator.views.places import Link
from generator.views.said import say

_MOST_SHARES = 40
_TENTH = Decimal("0.1")  # of a per cent


@dataclass(frozen=True)
class Standing:
    """A line of a ranking. Equal values share a rank; `rank` is None where nothing was due."""

    link: Link
    counts: Counts
    rank: int | None = None

    @property
    def complete(self) -> str:
        """Published of due, per cent."""
        return percent(self.counts.published, self.counts.due)

    @property
    def timely(self) -> str:
        """In time of due, per cent."""
        return percent(self.counts.in_time, self.counts.due)

    @property
    def words(self) -> str:
        """`58/63，92.1%`: published of due, with the percentage where one may be given."""
        share = f"，{self.complete}" if self.complete else ""
        return f"{self.counts.published}/{self.counts.due}{share}"


def standings(lines: Iterable[tuple[Link, Counts]]) -> tuple[Standing, ...]:
    """The lines by completeness, then timeliness; those of which nothing was due come last.

    Ranks are as in a race: after two second ones comes the fourth.
    """
    pairs = list(lines)
    worth = [_worth(counts) for _, counts in pairs]
    ranks: dict[tuple[Fraction, Fraction], int] = {}
    for rank, own in enumerate(sorted(worth, reverse=True), start=1):
        ranks.setdefault(own, rank)
    ranked = [
        Standing(link, counts, ranks[own] if counts.due else None)
        for (link, counts), own in zip(pairs, worth, strict=True)
    ]
    return tuple(sorted(ranked, key=lambda s: (s.rank is None, s.rank or 0, s.link.title)))


def _worth(counts: Counts) -> tuple[Fraction, Fraction]:
    """What lines are compared by; below all others where nothing was due."""
    nothing = Fraction(-1)
    complete, timely = counts.completeness, counts.timeliness
    return (nothing if complete is None else complete, nothing if timely is None else timely)


def percent(part: int, whole: int) -> str:
    """`91.6%`; nothing where too few were due for a percentage to say anything."""
    return "" if whole < LEAST_CASES else percent_text(Decimal(part), Decimal(whole), _TENTH)


def counts_words(counts: Counts, phrases: Phrases) -> str:
    """The exact counts in a sentence, percentages beside them."""
    complete, timely = (percent(n, counts.due) for n in (counts.published, counts.in_time))
    return say(phrases, "duties", "counts", counts=counts, complete=complete, timely=timely)


def completeness_chart(
    of: Literal["villages", "towns"], lines: Iterable[Standing], phrases: Phrases
) -> ShareChart | None:
    """Published of due, one bar for each line, each on its own scale; None where there is nothing
    to draw or too much."""
    shown = [line for line in lines if line.counts.due]
    if not shown or len(shown) > _MOST_SHARES:
        return None
    shares = tuple(
        Share(line.link.title, Decimal(line.counts.due), Decimal(line.counts.published), line.words)
        for line in shown
    )
    title = say(phrases, "charts", "completeness_title", of=of)
    words = say(phrases, "charts", "completeness", title=title, shares=shares)
    names = (
        say(phrases, "charts", "completeness_name", of="due"),
        say(phrases, "charts", "completeness_name", of="published"),
    )
    return ShareChart("completeness", title, words, "份", names, shares, is_relative=True)
