"""What holds now of one item: its parts, and what leases and projects share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from generator.model.books import ZERO
from generator.model.catalogue import Role
from generator.model.village import Record
from generator.views.affairs.belonging import PublishedRow
from generator.views.charts import Chart
from generator.views.linking import VillageRecords
from generator.views.places import Link
from generator.views.text import money


@dataclass(frozen=True)
class LeaseSummary:
    """Leases in force with their rent a year, those that end soon, and rent that is owed."""

    in_force: int
    rent: Decimal
    expiring: int
    within: int
    owing: int
    owed: Decimal


@dataclass(frozen=True)
class WorkSummary:
    """Projects in the newest registers: how many, done, under way, not begun."""

    listed: int
    finished: int
    under_way: int
    waiting: int


@dataclass(frozen=True)
class RegisterCell:
    """A cell; `kind` says whether it is an amount, and whether it is the line's main one."""

    label: str
    text: str
    kind: Literal["text", "amount", "sum"] = "text"


@dataclass(frozen=True)
class RegisterLine:
    """A contract or project as it stands now, with the way to its row."""

    link: Link
    cells: tuple[RegisterCell, ...]


@dataclass(frozen=True)
class Register:
    """What holds now of one item; `sources` are the registers that it is drawn from."""

    item: str
    heading: str
    sentence: str
    summary: LeaseSummary | WorkSummary
    lines: tuple[RegisterLine, ...]
    charts: tuple[Chart, ...]
    sources: tuple[Link, ...]


def used(lines: Iterable[RegisterLine]) -> tuple[RegisterLine, ...]:
    """The lines without the columns in which none of them says anything."""
    every = tuple(lines)
    shown = [n for n, _ in enumerate(every[0].cells) if any(line.cells[n].text for line in every)]
    return tuple(replace(line, cells=tuple(line.cells[n] for n in shown)) for line in every)


def sources_of(newest: tuple[Record, ...], records: VillageRecords) -> tuple[Link, ...]:
    """The registers that something is drawn from."""
    publications = map(records.publication, newest)
    return tuple(Link(p.title, p.url) for p in publications if p.rows)


def yuan(row: PublishedRow, role: Role) -> str:
    """A sum as it is written; nothing for an empty cell."""
    amount = row.amount(role)
    return "" if amount is None else f"{money(amount)} 元"


def summed(rows: list[PublishedRow], role: Role) -> Decimal:
    """The sum of a column."""
    return sum((row.amount(role) or ZERO for row in rows), ZERO)
