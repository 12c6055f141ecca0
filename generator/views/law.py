"""What readers see of the law: a rule pack's days with their sources, and by which majority a
matter is decided."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from generator.model.law import RulePack, RuleValue
from generator.model.shared import Shared
from generator.views.said import say


@dataclass(frozen=True)
class RuleLine:
    """A number of days with its source."""

    title: str
    source: str


@dataclass(frozen=True)
class RulesView:
    """What a rule pack says, under its name."""

    title: str
    lines: tuple[RuleLine, ...]


def rules_view(pack: RulePack, shared: Shared, today: date) -> RulesView:
    """All values of a pack and its base, and what the site set itself where they say nothing."""
    values = (*pack.values, *pack.inherited)
    least = [v for v in values if v.rule == "minimum_display_days" and not v.items]
    longest = max((v.days for v in least if v.basis.holds_on(today)), default=0)
    alike: dict[Hashable, list[RuleValue]] = {}
    for value in values:
        alike.setdefault(_said_of(value), []).append(value)
    lines = [
        _line(same, shared, is_passed=same[0] in least and same[0].days < longest)
        for same in alike.values()
    ]
    return RulesView(pack.title, (*lines, *_chosen(pack, values, shared)))


def _said_of(value: RuleValue) -> Hashable:
    """What one text says as another did before it: these stand in one line."""
    return value.rule, value.length, value.items, value.periods, value.note


def _line(same: Sequence[RuleValue], shared: Shared, *, is_passed: bool) -> RuleLine:
    value = same[0]
    named = (shared.catalogue.find(item) for item in value.items)
    items = tuple(item.called for item in named if item is not None)
    facts = {"value": value, "texts": same, "items": items, "is_passed": is_passed}
    return RuleLine(
        say(shared.phrases, "law", value.rule, value=value),
        say(shared.phrases, "law", "source", **facts),
    )


def _chosen(pack: RulePack, values: Iterable[RuleValue], shared: Shared) -> Iterator[RuleLine]:
    ruled = {value.rule for value in values if not value.items}
    words = say(shared.phrases, "law", "chosen")
    objection = {"days": pack.objection_days, "counted": pack.objection_counted}
    answer = {"days": pack.answer_days, "counted": pack.answer_counted}
    for rule, value in (("objection_days", objection), ("answer_days", answer)):
        if rule not in ruled:
            yield RuleLine(say(shared.phrases, "law", rule, value=value), words)


def majority_words(name: str, shared: Shared, day: date) -> str:
    """The majority for decisions of a day, in words; empty where no law gives one."""
    majority = shared.majority_on(name, day)
    return say(shared.phrases, "law", "majority", majority=majority) if majority else ""
