"""What readers see of how often pages were looked at: of each village the last months, and what most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.model.phrases import Phrases
from generator.model.shared import Shared
from generator.model.visits import HOME, OTHER, VisitCount
from generator.views.places import Link
from generator.views.said import say

_MONTHS = 12
_ITEMS = 5


@dataclass(frozen=True)
class VisitedPlace:
    """How often pages of a village were looked at in the last month and in all that are shown, and
    the items most looked at. What lies above the villages has no address."""

    link: Link
    last: int
    total: int
    items: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class VisitsView:
    """The last months, oldest first, with all that was counted in each; and the places."""

    months: tuple[tuple[str, int], ...]
    places: tuple[VisitedPlace, ...]
    minimum: int


def visits_view(shared: Shared, villages: Iterable[Link]) -> VisitsView | None:
    """The visits of these villages and of what lies above them; None where none were counted."""
    of_village: dict[str, list[VisitCount]] = defaultdict(list)
    for count in shared.visits:
        of_village[count.village].append(count)
    above = Link(say(shared.phrases, "visits", "above"), "")
    places = [(link, of_village.get(_id(link), [])) for link in (*villages, above)]
    last = sorted({count.month for _, counts in places for count in counts})[-_MONTHS:]
    if not last:
        return None
    shown = [(link, [c for c in counts if c.month in last]) for link, counts in places]
    counted = [count for _, counts in shown for count in counts]
    by_month = _sums((count.month, count.count) for count in counted)
    months = tuple((_named(month, shared.phrases), by_month.get(month, 0)) for month in last)
    lines = tuple(_place(link, counts, last[-1], shared) for link, counts in shown if counts)
    rules = shared.visit_rules
    return VisitsView(months, lines, rules.minimum if rules else 0)


def visited_words(village: str, shared: Shared) -> str:
    """How often a village's pages were looked at in the last month, for its home."""
    own = [count for count in shared.visits if count.village == village]
    if not own:
        return ""
    month = max(count.month for count in own)
    total = sum(count.count for count in own if count.month == month)
    named = _named(month, shared.phrases)
    return say(shared.phrases, "visits", "village", month=named, count=total)


def _id(link: Link) -> str:
    return link.url.removeprefix("v/").rstrip("/")


def _place(link: Link, counts: list[VisitCount], month: str, shared: Shared) -> VisitedPlace:
    sums = _sums((count.item, count.count) for count in counts if count.item not in (HOME, OTHER))
    known = {item.id: item.called for item in shared.catalogue.items}
    most = sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
    items = tuple((known[item], count) for item, count in most if item in known)[:_ITEMS]
    last = sum(count.count for count in counts if count.month == month)
    return VisitedPlace(link, last, sum(count.count for count in counts), items)


def _sums(pairs: Iterable[tuple[str, int]]) -> Mapping[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for key, count in pairs:
        sums[key] += count
    return sums


def _named(month: str, phrases: Phrases) -> str:
    year, _, number = month.partition("-")
    return say(phrases, "visits", "month", year=year, number=int(number))
