"""Checks how those who supervise are assessed: what is counted, and which duties ask for what."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.powers import repeated
from generator.model.shared import Shared
from generator.problems import Problem, problem


def assessment_sound(shared: Shared) -> Iterator[Problem]:
    """What is counted stands in tables and lists that there are; every figure has an id and a weight."""
    assessment = shared.assessment
    if assessment is None:
        return
    log, replies, source = assessment.log, assessment.replies, assessment.source
    known_lists = {public.id for public in shared.lists}
    if log.list not in known_lists:
        choices = f"可选：{'、'.join(sorted(known_lists))}。"
        yield problem("setting-unknown", source, value=log.list, nearest=choices)
    of_items = {
        log.item: (log.kind, log.found, log.mending, log.done),
        replies.item: (replies.done,),
    }
    for name, columns in of_items.items():
        item = shared.catalogue.find(name)
        schema = shared.tables.get(item.table) if item else None
        unknown = [name] if schema is None else [c for c in columns if not schema.find(c)]
        for value in unknown:
            yield problem("setting-unknown", source, value=value, nearest="")
    yield from repeated((figure.id for figure in assessment.figures), source)
    for figure in assessment.figures:
        if figure.weight <= 0:
            facts = {"expected": "1 以上的整数", "example": "weight: 20"}
            yield problem("key-value", figure.source, value=str(figure.weight), **facts)


def duties_known(shared: Shared) -> Iterator[Problem]:
    """The duties that ask for a kind of activity stand in another list."""
    entries = [(p, e) for p in shared.lists for section in p.sections for e in section.entries]
    for public, entry in entries:
        titles = {other.title for p, other in entries if p is not public}
        for duty in entry.asked.duties if entry.asked else ():
            if duty not in titles:
                yield problem("setting-unknown", public.source, value=duty, nearest="")
