"""Checks flows: every step can be reached, every path can end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.checks.context import Context
from generator.model.filenames import is_address_part
from generator.model.powers import Edge, Step, edges_of
from generator.problems import Problem, Source, problem

_FEWEST_BRANCHES = 2


def village_flows(context: Context) -> Iterator[Problem]:
    """The flows of a village's own powers are sound."""
    for override in context.data.overrides:
        yield from flow_faults(override.power.steps, override.power.source)


def village_ids(context: Context) -> Iterator[Problem]:
    """Accounts, groups, boards, channels and powers of a village have ids of their own."""
    village = context.data.village
    lists = (village.accounts, village.groups, village.boards, village.channels)
    for entries in lists:
        yield from repeated((entry.id for entry in entries), village.source)
    standard = {power.id for power in context.shared.powers}
    added = [o.power for o in context.data.overrides if o.added]
    for power in added:
        if power.id in standard:
            yield problem("id-duplicate", power.source, value=power.id)
    yield from repeated((power.id for power in added), village.source)
    yield from unaddressed((power.id, power.source) for power in added)


def village_channels(context: Context) -> Iterator[Problem]:
    """Channels that a village's own powers name are the village's, its town's or the site's, or
    such as the standard list reckons with."""
    site, village = context.shared.site, context.data.village
    town = site.town(village.town)
    channels = (*site.channels, *village.channels, *(town.channels if town else ()))
    known = {channel.id for channel in channels} | {"committee", "office"}
    for override in context.data.overrides:
        for channel in override.power.channels:
            if channel not in known:
                yield problem("channel-unknown", override.power.source, value=channel)


def flow_faults(steps: tuple[Step, ...], source: Source) -> Iterator[Problem]:
    """Steps have different ids, lead to steps, are reached from the first and reach an end;
    a decision has two labelled ways out or more."""
    yield from repeated((step.id for step in steps), source)
    ids = {step.id for step in steps}
    edges = edges_of(steps)
    for step in steps:
        for branch in step.next:
            if branch.to not in ids:
                yield problem("step-target", step.source, value=branch.to, step=step.title)
        labelled = [branch for branch in step.next if branch.label]
        if step.kind == "decision" and len(labelled) < _FEWEST_BRANCHES:
            yield problem("step-branches", step.source, value=step.title)
    if not steps or any(branch.to not in ids for step in steps for branch in step.next):
        return  # what can be reached is not known before the arrows are right
    if not any(step.kind == "end" for step in steps):
        yield problem("step-endless", steps[-1].source, value=steps[-1].title)
        return
    reached = _closure({steps[0].id}, edges)
    backwards = tuple(Edge(edge.end, edge.start) for edge in edges)
    ending = _closure({step.id for step in steps if step.kind == "end"}, backwards)
    for step in steps:
        if step.id not in reached:
            yield problem("step-unreachable", step.source, value=step.title)
        elif step.id not in ending:
            yield problem("step-endless", step.source, value=step.title)


def repeated(ids: Iterable[str], source: Source) -> Iterator[Problem]:
    """A problem for each id that stands there twice."""
    seen: set[str] = set()
    for value in ids:
        if value in seen:
            yield problem("id-duplicate", source, value=value)
        seen.add(value)


def unaddressed(ids: Iterable[tuple[str, Source]]) -> Iterator[Problem]:
    """A problem for each id that cannot stand in the address of its page."""
    for value, source in ids:
        if not is_address_part(value):
            yield problem("id-address", source, value=value)


def _closure(start: set[str], edges: Iterable[Edge]) -> set[str]:
    """All steps that can be reached from `start` along the arrows."""
    following: dict[str, list[str]] = {}
    for edge in edges:
        following.setdefault(edge.start, []).append(edge.end)
    reached, waiting = set(start), list(start)
    while waiting:
        for target in following.get(waiting.pop(), ()):
            if target not in reached:
                reached.add(target)
                waiting.append(target)
    return reached
