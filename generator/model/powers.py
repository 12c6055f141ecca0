"""Powers, their flows, and the public lists beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.model.catalogue import Basis
from generator.model.papers import PaperChoice
from generator.problems import Source

StepKind = Literal["start", "step", "decision", "end"]


@dataclass(frozen=True)
class Branch:
    """A way out of a step; `label` says when it is taken."""

    to: str
    label: str = ""


@dataclass(frozen=True)
class Step:
    """One box of a flow chart. `supervised` says what supervision looks at here, if it does;
    `majority` names the one of content/majorities.yaml by which is voted here.

    Without `next` the flow goes on to the step written below.
    """

    id: str
    title: str
    source: Source
    kind: StepKind = "step"
    actor: str = ""
    limit: str = ""
    materials: tuple[str, ...] = ()
    supervised: str = ""
    majority: str = ""
    next: tuple[Branch, ...] = ()


@dataclass(frozen=True)
class Edge:
    """An arrow between two steps, by their ids."""

    start: str
    end: str
    label: str = ""


def edges_of(steps: tuple[Step, ...]) -> tuple[Edge, ...]:
    """The arrows of a flow, in order: those written, and the implied one to the next step."""
    edges: list[Edge] = []
    for number, step in enumerate(steps, start=1):
        if step.next:
            edges.extend(Edge(step.id, branch.to, branch.label) for branch in step.next)
        elif step.kind != "end" and number < len(steps):
            edges.append(Edge(step.id, steps[number].id))
    return tuple(edges)


@dataclass(frozen=True)
class Risk:
    """Where a power goes wrong, and what is done against it."""

    point: str
    measure: str


@dataclass(frozen=True)
class Power:
    """One small power: who may do what, how, by when, and who answers for it. What it needs is
    decided by its `procedure`, where that is not the item's."""

    id: str
    title: str
    plain: str
    basis: tuple[Basis, ...]
    actors: tuple[str, ...]
    accountable: str
    limit: str
    steps: tuple[Step, ...]
    risks: tuple[Risk, ...]
    channels: tuple[str, ...]
    source: Source
    materials: tuple[str, ...] = ()
    procedure: str = ""


@dataclass(frozen=True)
class PowerItem:
    """A group of powers; one file of content/powers/."""

    id: str
    title: str
    power_class: str
    plain: str
    powers: tuple[Power, ...]
    source: Source


@dataclass(frozen=True)
class PowerOverride:
    """A village's own form of a standard power: the keys given replace the standard's."""

    power: Power
    reason: str
    added: bool
    item: str


@dataclass(frozen=True)
class Asked:
    """How often something is to be done: `count` times in each period, or as things come up where
    that is 0. `duties` are the entries of lists that ask for it."""

    count: int = 0
    every: Literal["month", "quarter", "half", "year"] = "month"
    duties: tuple[str, ...] = ()


@dataclass(frozen=True)
class ListEntry:
    """One entry of a list; of a kind of activity, how often it is `asked` for."""

    title: str
    text: str
    basis: str = ""
    asked: Asked | None = None


@dataclass(frozen=True)
class ListSection:
    """Entries under a heading, e.g. the duties of one person; `also` are other titles that
    such persons bear."""

    title: str
    entries: tuple[ListEntry, ...]
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class PublicList:
    """A list that hangs on the wall: negative list, responsibilities, duties, activities."""

    id: str
    title: str
    plain: str
    sections: tuple[ListSection, ...]
    source: Source
    basis: tuple[Basis, ...] = ()
    poster: PaperChoice | None = None


@dataclass(frozen=True)
class Flow:
    """A procedure that is nobody's power, e.g. how a problem found is handled."""

    id: str
    title: str
    plain: str
    basis: tuple[Basis, ...]
    steps: tuple[Step, ...]
    source: Source
    poster: PaperChoice | None = None
