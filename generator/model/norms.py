"""What a rule of the state requires line by line, and where the catalogue covers it."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.catalogue import Basis
from generator.problems import Source


@dataclass(frozen=True)
class NormPlace:
    """An item that covers a line: in these columns of its table, under these account subjects; as a
    whole where neither is given."""

    item: str
    columns: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True)
class NormLine:
    """One thing that must be disclosed. `gap` says what the catalogue lacks of it."""

    title: str
    source: Source
    at: tuple[NormPlace, ...] = ()
    gap: str = ""


@dataclass(frozen=True)
class NormClass:
    """Lines under a heading of the rule."""

    title: str
    lines: tuple[NormLine, ...]


@dataclass(frozen=True)
class Norm:
    """A rule with its lines; one file of content/norms/."""

    id: str
    title: str
    plain: str
    basis: tuple[Basis, ...]
    classes: tuple[NormClass, ...]
    source: Source
