"""Decides whether a decision came about as the law of its day asks: by the steps of its procedure in
their order, told in time, with enough people there and enough in favour.

Nothing is judged that the document does not say: what is not said is a fact of its own. The shares
are exact; no number is rounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Literal

from generator.model.decisions import CourseStep, DecisionStep, Majority, Procedure, Share
from generator.model.powers import Power
from generator.model.shared import Shared
from generator.model.village import Document, Record
from generator.views.acts import power_named
from generator.views.linking import VillageRecords
from generator.views.said import say

State = Literal["enough", "short", "unsaid"]
FindingKind = Literal[
    "missing",  # a step of the procedure is not told
    "order",  # a step comes before one that it must follow
    "meeting",  # another meeting decided than the one that the law names
    "numbers",  # more came than were entitled, or more agreed than came
    "quorum",  # too few came
    "agree",  # too few agreed
    "notice",  # they were told too late
    "unsaid",  # numbers or the day of notice are not told
]


@dataclass(frozen=True)
class Need:
    """How many it takes by a share: of `base`, of whom there were `found`; None where unsaid."""

    share: Share
    base: int | None
    found: int | None

    @property
    def least(self) -> int | None:
        """The least number that is enough."""
        return None if self.base is None else self.share.least(self.base)

    @property
    def state(self) -> State:
        """Whether there were as many."""
        if self.least is None or self.found is None:
            return "unsaid"
        return "enough" if self.found >= self.least else "short"


@dataclass(frozen=True)
class Notice:
    """How many days ahead people must be told, and how many there were: None where unsaid."""

    days: int
    ahead: int | None

    @property
    def state(self) -> State:
        """Whether it was in time."""
        if self.ahead is None:
            return "unsaid"
        return "enough" if self.ahead >= self.days else "short"


@dataclass(frozen=True)
class Finding:
    """Something to be looked at: in the step of this `number`, or for 0 in the whole course."""

    kind: FindingKind
    number: int
    title: str


@dataclass(frozen=True)
class StepCheck:
    """A step in which is voted. Of several `quorum` needs one is enough, and all are told where the
    document does not say by which it counts. `instead` is the meeting that the law names where
    another was held; then, and where `is_odd` says that the numbers cannot be, nothing is judged."""

    number: int
    step: DecisionStep
    majority: Majority
    quorum: tuple[Need, ...] = ()
    agree: Need | None = None
    notice: Notice | None = None
    instead: Majority | None = None
    is_odd: bool = False

    @property
    def is_silent(self) -> bool:
        """Whether the document gives no numbers at all."""
        step = self.step
        return all(count is None for count in (step.entitled, step.present, step.agreed))

    @property
    def came(self) -> State:
        """Whether enough came."""
        states = {need.state for need in self.quorum}
        return states.pop() if len(states) == 1 else "unsaid"

    @property
    def findings(self) -> Iterator[Finding]:
        """What is to be looked at."""
        kinds: list[FindingKind] = []
        if self.instead:
            kinds.append("meeting")
        if self.is_odd:
            kinds.append("numbers")
        if self.quorum and self.came == "short":
            kinds.append("quorum")
        if self.agree and self.agree.state == "short":
            kinds.append("agree")
        if self.notice and self.notice.state == "short":
            kinds.append("notice")
        states = [self.came] if self.quorum else []
        states += [part.state for part in (self.agree, self.notice) if part]
        if "unsaid" in states:
            kinds.append("unsaid")
        return (Finding(kind, self.number, self.step.step) for kind in kinds)


@dataclass(frozen=True)
class Course:
    """What was found of a decision: `steps` are those in which is voted, `missing` those of the
    procedure that are not told, `early` pairs of a step and the one that it came before."""

    procedure: Procedure
    steps: tuple[StepCheck, ...]
    missing: tuple[CourseStep, ...] = ()
    early: tuple[tuple[CourseStep, CourseStep], ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that is to be looked at: of the course, and then of its steps."""
        missing = (Finding("missing", 0, step.title) for step in self.missing)
        early = (Finding("order", 0, step.title) for step, _ in self.early)
        return (*missing, *early, *(found for step in self.steps for found in step.findings))


@dataclass(frozen=True)
class CourseView:
    """A course in words: of the whole, and by the number of each step in which is voted."""

    course: Course
    words: str
    lines: Mapping[int, str]


def course_view(record: Record, records: VillageRecords) -> CourseView | None:
    """What page and sheet of a decision say of its course; None for all other records."""
    course = course_of(record, records)
    if course is None:
        return None
    phrases = records.shared.phrases
    lines = {step.number: say(phrases, "meetings", "step", check=step) for step in course.steps}
    return CourseView(course, say(phrases, "meetings", "course", course=course), lines)


def course_of(record: Record, records: VillageRecords) -> Course | None:
    """The course of a decision against the procedure for its matter; None where there is none."""
    content, shared = record.content, records.shared
    if not isinstance(content, Document) or not record.is_decision:
        return None
    found = power_named(record, records)
    power = found[0] if found else None
    procedure = _procedure(record, content, power, records)
    if procedure is None:
        return None
    named = tuple(step.majority for step in power.steps if step.majority) if power else ()
    return check_course(content.front.steps, procedure, named, shared)


def check_course(
    steps: Sequence[DecisionStep], procedure: Procedure, named: Iterable[str], shared: Shared
) -> Course:
    """The steps of a decision against a procedure. `named` are the majorities that the flow of the
    power names: of those that a step allows, it needs the last of them."""
    wanted, held = tuple(named), list[StepCheck]()
    days: dict[int, list[date]] = {}
    for number, step in enumerate(steps, start=1):
        place = _place(step.step, procedure, shared)
        if place is None:
            continue
        days.setdefault(place, []).append(step.date)
        allowed = procedure.steps[place].majorities
        needed = next((name for name in reversed(wanted) if name in allowed), "")
        check = _checked(number, step, allowed, needed, shared)
        held += [check] if check else []
    course = procedure.steps
    missing = (s for n, s in enumerate(course) if not s.optional and n not in days)
    early = tuple((course[later], course[sooner]) for sooner, later in _out_of_order(days))
    return Course(procedure, tuple(held), tuple(missing), early)


def _out_of_order(days: Mapping[int, Sequence[date]]) -> Iterator[tuple[int, int]]:
    """Pairs of places of which the later one has the earlier days; each place once, since one wrong
    day puts its step before or after many."""
    told = set[int]()
    for sooner, later in combinations(sorted(days), 2):
        if max(days[later]) < min(days[sooner]) and told.isdisjoint((sooner, later)):
            told |= {sooner, later}
            yield sooner, later


def _procedure(
    record: Record, content: Document, power: Power | None, records: VillageRecords
) -> Procedure | None:
    """The one that the document names, or its power, or the village, or that is for its item: the
    first there is, by the law of the day. For a use of a power it is at least the one without a
    course, since the power's own flow says how it is voted."""
    day = record.period.end
    known = [p for p in records.shared.procedures if p.holds_on(day)]
    of_item = [p for p in known if record.item in p.items]
    of_power, of_village = power.procedure if power else "", records.data.village.procedure
    named = (content.front.procedure, of_power, of_village if of_item else "")
    bare = [p for p in known if p.basis is None] if power else []
    chosen = (p for name in named for p in known if p.id == name)
    return next((p for found in (chosen, of_item, bare) for p in found), None)


def _place(title: str, procedure: Procedure, shared: Shared) -> int | None:
    """Which step of the procedure a title means: that with the longest of its words, and sooner one
    whose meeting it names."""
    best: tuple[int, int] | None = None
    for place, step in enumerate(procedure.steps):
        length = max((len(word) for word in step.words if word in title), default=0)
        if length:
            meets = any(_named(m, title) for m in shared.majorities if m.id in step.majorities)
            best = max(best or (0, 0), (length + meets, -place))
    return None if best is None else -best[1]


def _checked(
    number: int, step: DecisionStep, allowed: Sequence[str], needed: str, shared: Shared
) -> StepCheck | None:
    """The step's numbers against the majority of its meeting; None where no law of its day is known
    for it."""
    known = [m for m in shared.majorities if m.id in allowed and m.basis.holds_on(step.date)]
    by_words = sorted(known, key=lambda m: -_named(m, step.step))
    held = by_words[0] if by_words and _named(by_words[0], step.step) else None
    law = shared.majority_on(needed, step.date) if needed else None
    if law is None:
        return _judged(number, step, held) if held and not needed else None
    if held is None or _named(law, step.step):
        return _judged(number, step, law)
    wider = shared.majority_on(law.wider, step.date) if law.wider else None
    if wider and _named(wider, step.step):
        return _judged(number, step, wider)
    return StepCheck(number, step, held, instead=law)


def _named(majority: Majority, title: str) -> int:
    """The length of the word by which a title names a meeting; 0 where it does not."""
    return max((len(word) for word in majority.words if word in title), default=0)


def _judged(number: int, step: DecisionStep, majority: Majority) -> StepCheck:
    told = [n for n in (step.entitled, step.present, step.agreed) if n is not None]
    if told != sorted(told, reverse=True) or any(n < 0 for n in told):
        return StepCheck(number, step, majority, is_odd=True)
    counted = [
        share
        for share in majority.quorum
        if step.households is None or share.households == step.households
    ]
    by = majority.agree
    ahead = (step.date - step.notified).days if step.notified else None
    return StepCheck(
        number,
        step,
        majority,
        tuple(Need(share, step.entitled, step.present) for share in counted),
        Need(by, step.present if by.present else step.entitled, step.agreed),
        Notice(majority.notice_days, ahead) if majority.notice_days else None,
    )
