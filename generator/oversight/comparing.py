"""Decides what is to be looked at in several villages together: one finder for each rule of `ACROSS`.

What is found names places and never persons. Names may be two persons': the words say so and only ask.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any, TypeVar

from generator.model.shared import Shared
from generator.model.warnings import Explanation, WarningRule
from generator.oversight.across import Portion, Recipient, Spot
from generator.views.said import say

_T = TypeVar("_T")
_Found = tuple[tuple[Spot, ...], date, Mapping[str, Any]]


@dataclass(frozen=True)
class Across:
    """Something to be looked at: the rule by which it was found, in words, where, the day that it is
    about, and what the villages say to it."""

    rule: WarningRule
    words: str
    spots: tuple[Spot, ...]
    day: date
    answers: tuple[Explanation, ...] = ()

    @property
    def villages(self) -> frozenset[str]:
        """The villages in which it is."""
        return frozenset(spot.id for spot in self.spots)


def compared(portions: Iterable[Portion], shared: Shared) -> tuple[Across, ...]:
    """What the rules for several villages find, the newest first."""
    every = tuple(portions)
    found = []
    for rule in shared.warnings.values():
        for spots, day, facts in _FINDERS[rule.id](every, rule) if rule.id in _FINDERS else ():
            if rule.holds_on(day):
                words = say(shared.phrases, "oversight", rule.id.replace("-", "_"), **facts)
                places = tuple(sorted(set(spots)))
                found.append(Across(rule, words, places, day, _answers(every, rule, places)))
    return tuple(sorted(found, key=lambda one: (-one.day.toordinal(), one.spots, one.rule.id)))


def _answers(
    portions: tuple[Portion, ...], rule: WarningRule, spots: tuple[Spot, ...]
) -> tuple[Explanation, ...]:
    """What villages say of records in which something was found."""
    records = {(spot.id, spot.record) for spot in spots}
    return tuple(
        explanation
        for portion in portions
        for village, explanation in portion.explanations
        if explanation.rule == rule.id and (village, explanation.record) in records
    )


def _exclusive(portions: tuple[Portion, ...], rule: WarningRule) -> Iterator[_Found]:
    """Somebody under programmes that exclude each other, in periods that overlap; under the same one in
    two villages. Of each such set of programmes a person is told once."""
    for programmes in (value.split("、") for value in rule.values):
        own = [
            (one, word)
            for portion in portions
            for one in portion.recipients
            for word in programmes
            if word in one.programme and not rule.excludes(one.programme)
        ]
        for group in _grouped(own, lambda entry: entry[0].person.hash).values():
            both = {
                one
                for (first, a), (second, b) in combinations(group, 2)
                if (a != b or first.spot.id != second.spot.id) and _may_be_one(first, second, rule)
                for one in (first, second)
            }
            if both:
                names = [
                    word for word in programmes if any(w == word for o, w in group if o in both)
                ]
                spots = tuple(one.spot for one in both)
                yield spots, max(one.day for one in both), {"programmes": names}


def _may_be_one(first: Recipient, second: Recipient, rule: WarningRule) -> bool:
    same_village = first.spot.id == second.spot.id
    one, two = first.period, second.period
    is_at_once = one.start <= two.end and two.start <= one.end
    is_same = first.person.is_same(second.person, same_village=same_village, least=rule.count)
    return is_at_once and is_same and first.spot != second.spot


def _listed(portions: tuple[Portion, ...], rule: WarningRule) -> Iterator[_Found]:
    """Somebody on a list who got something of what the rule speaks of, from the list's day on."""
    listed = [one for portion in portions for one in portion.listed]
    by_hash = _grouped(listed, lambda one: one.person.hash)
    for portion in portions:
        for one in portion.recipients:
            is_meant = any(word in one.programme for word in rule.values)
            if not is_meant or rule.excludes(one.programme):
                continue
            lists = sorted(
                {
                    entry.list
                    for entry in by_hash.get(one.person.hash, ())
                    if (entry.since is None or entry.since < one.day)
                    and entry.person.is_same(
                        one.person, same_village=entry.village == one.spot.id, least=rule.count
                    )
                }
            )
            if lists:
                yield (one.spot,), one.day, {"lists": lists}


def _paid(portions: tuple[Portion, ...], rule: WarningRule) -> Iterator[_Found]:
    """The same amount paid to the same on one day by several villages."""
    payments = [
        one
        for portion in portions
        for one in portion.payments
        if one.amount >= rule.amount and not rule.excludes(one.words)
    ]
    for (_, amount, day), group in _grouped(
        payments, lambda one: (one.whom, one.amount, one.day)
    ).items():
        spots = tuple(one.spot for one in group)
        if len({spot.id for spot in spots}) > 1:
            yield spots, day, {"amount": amount, "day": day}


def _grouped(things: Iterable[_T], key: Callable[[_T], Hashable]) -> dict[Any, list[_T]]:
    found: dict[Any, list[_T]] = defaultdict(list)
    for thing in things:
        found[key(thing)].append(thing)
    return found


_FINDERS: Mapping[str, Callable[[tuple[Portion, ...], WarningRule], Iterator[_Found]]] = {
    "subsidy-exclusive": _exclusive,
    "person-listed": _listed,
    "paid-across": _paid,
}
