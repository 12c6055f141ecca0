"""Decides what is to be looked at in a village, what is said of it, and what the village says to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from generator.model.filenames import WARNINGS
from generator.model.targets import Target
from generator.model.warnings import ACROSS, Explanation, WarningRule
from generator.views.affairs.belonging import Affair
from generator.views.linking import VillageRecords, link_to
from generator.views.places import Link
from generator.views.said import say
from generator.views.warnings.looking import Finding, Looked
from generator.views.warnings.rules import RULES


@dataclass(frozen=True)
class Answer:
    """What the village says: its words, who says them and when."""

    text: str
    by: str
    day: date


@dataclass(frozen=True)
class Notable:
    """Something to be looked at. `link` leads to the row or the record, `others` to what else it is
    about; `rule` to how it is found. `names` are its records, `day` is when the newest was made
    public or corrected; of one day what `comes_first` does."""

    title: str
    words: str
    rule: Link
    link: Link
    others: tuple[Link, ...]
    names: tuple[str, ...]
    day: date
    answers: tuple[Answer, ...]
    comes_first: bool


@dataclass(frozen=True)
class VillageWarnings:
    """What rules find in a village, newest first. What is for `staff` stands on no page; `idle` are
    explanations of what no rule finds."""

    public: tuple[Notable, ...] = ()
    staff: tuple[Notable, ...] = ()
    idle: tuple[Explanation, ...] = ()

    def of(self, name: str) -> tuple[Notable, ...]:
        """What anyone may read of a record."""
        return tuple(found for found in self.public if name in found.names)

    @property
    def unanswered(self) -> tuple[Notable, ...]:
        """What anyone may read and the village has not explained."""
        return tuple(found for found in self.public if not found.answers)


def village_warnings(records: VillageRecords, affairs: tuple[Affair, ...]) -> VillageWarnings:
    """What all rules find in what a village has published."""
    public: list[Notable] = []
    staff: list[Notable] = []
    used: set[Explanation] = set()
    looked = Looked(records, affairs)
    for rule, finding in _found(looked):
        own = tuple(e for e in records.data.explanations if _explains(e, rule, finding))
        used.update(own)
        notable = _notable(rule, finding, own, records)
        (public if rule.is_public else staff).append(notable)
    idle = tuple(e for e in records.data.explanations if e not in used and e.rule not in ACROSS)
    return VillageWarnings(_newest(public), _newest(staff), idle)


def _found(looked: Looked) -> Iterator[tuple[WarningRule, Finding]]:
    for rule in looked.records.shared.warnings.values():
        for finding in RULES[rule.id](looked, rule) if rule.id not in ACROSS else ():
            if rule.holds_on(finding.record.period.end):
                yield rule, finding


def _newest(found: Iterable[Notable]) -> tuple[Notable, ...]:
    ordered = sorted(found, key=lambda notable: (notable.link.url, notable.words))
    return tuple(sorted(ordered, key=lambda n: (n.day, n.comes_first), reverse=True))


def _explains(explanation: Explanation, rule: WarningRule, finding: Finding) -> bool:
    """Whether an explanation is of a finding: of its record, and where it names a row, of that."""
    rows = [row for row in finding.rows if row.record.name == explanation.record]
    names = {record.name for record in (finding.record, *finding.others)}
    is_of = explanation.record in names or bool(rows)
    is_row = not explanation.row or any(row.number == explanation.row for row in rows)
    return explanation.rule == rule.id and is_of and is_row


def _notable(
    rule: WarningRule, finding: Finding, own: tuple[Explanation, ...], records: VillageRecords
) -> Notable:
    words = say(records.shared.phrases, "warnings", rule.id.replace("-", "_"), **finding.facts)
    rows = [Target(row.record, row.row.number) for row in finding.rows]
    *others, last = [*map(Target, finding.others), *(rows or [Target(finding.record)])]
    names = dict.fromkeys(target.record.name for target in (*others, last))
    changed = (records.publication(target.record).changed for target in (*others, last))
    days = [day for day in changed if day is not None]
    return Notable(
        title=rule.title,
        words=words,
        rule=Link(rule.title, f"{WARNINGS}/#{rule.id}"),
        link=link_to(last, records, numbered=True),
        others=tuple(link_to(other, records, numbered=True) for other in others),
        names=tuple(names),
        day=max(days, default=finding.record.period.end),
        answers=tuple(Answer(e.text, e.by, e.day) for e in sorted(own, key=lambda e: e.day)),
        comes_first=rule.comes_first,
    )
