"""Checks that majorities and the procedures of decisions are sound, and that those that are named exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from generator.checks.context import Context
from generator.checks.law import overlap
from generator.model.decisions import Procedure
from generator.model.powers import Step
from generator.model.shared import Shared
from generator.model.village import Document
from generator.problems import Problem, Source, problem

_NUMERALS = 10  # up to which shares are written in Chinese


def majorities_sound(shared: Shared) -> Iterator[Problem]:
    """Shares lie between 0 and 1, of one id one majority holds on a day, and steps name those
    that there are."""
    for majority in shared.majorities:
        for share in (*majority.quorum, majority.agree):
            top, bottom = share.fraction.as_integer_ratio() if share.fraction else (0, 0)
            if not 0 < top <= bottom <= _NUMERALS:
                yield problem("share-unknown", majority.source, value=share.share)
    for one, other in combinations(shared.majorities, 2):
        if one.id == other.id and overlap(one.basis, other.basis):
            yield problem("law-overlap", other.source, value=other.id, row=one.source.row)
    known = {majority.id for majority in shared.majorities}
    for majority in shared.majorities:
        yield from _known((majority.wider,), known, majority.source)
    steps = [step for power in shared.powers for step in power.steps]
    steps += [step for flow in shared.flows for step in flow.steps]
    yield from _votes_known(steps, known)


def procedures_sound(shared: Shared) -> Iterator[Problem]:
    """Procedures name items and majorities that there are, of one id and for one item one holds on
    a day, and powers name those that there are."""
    known = {majority.id for majority in shared.majorities}
    items = {item.id for item in shared.catalogue.items}
    for procedure in shared.procedures:
        yield from _known(procedure.items, items, procedure.source)
        for step in procedure.steps:
            yield from _known(step.majorities, known, procedure.source)
    for one, other in combinations(shared.procedures, 2):
        if _meet(one, other) and _hold_together(one, other):
            yield problem("law-overlap", other.source, value=other.id, row=one.source.row)
    procedures = {procedure.id for procedure in shared.procedures}
    for power in shared.powers if procedures else ():  # without any nothing is looked at
        yield from _known((power.procedure,), procedures, power.source)


def village_majorities(context: Context) -> Iterator[Problem]:
    """So do a village's own powers, the village itself and its documents."""
    known = {majority.id for majority in context.shared.majorities}
    procedures = {procedure.id for procedure in context.shared.procedures}
    for override in context.data.overrides:
        yield from _votes_known(override.power.steps, known)
        yield from _known((override.power.procedure,), procedures, override.power.source)
    village = context.data.village
    yield from _known((village.procedure,), procedures, village.source)
    for record in context.data.records:
        if isinstance(record.content, Document):
            source = Source(record.source.file, record.content.front.source.row, "procedure")
            yield from _known((record.content.front.procedure,), procedures, source)


def _meet(one: Procedure, other: Procedure) -> bool:
    return one.id == other.id or not set(one.items).isdisjoint(other.items)


def _hold_together(one: Procedure, other: Procedure) -> bool:
    return one.basis is None or other.basis is None or overlap(one.basis, other.basis)


def _votes_known(steps: Iterable[Step], known: set[str]) -> Iterator[Problem]:
    for step in steps:
        yield from _known((step.majority,), known, step.source)


def _known(named: Iterable[str], known: set[str], source: Source) -> Iterator[Problem]:
    for name in named:
        if name and name not in known:
            choices = f"可选：{'、'.join(sorted(known))}。"
            yield problem("setting-unknown", source, value=name, nearest=choices)
