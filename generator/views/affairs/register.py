"""What holds now of one item: its parts, and what leases and projects share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from generator.model.books import ZERO
from generator.model.catalogue import Item, Role
from generator.model.village import Record
from generator.views.affairs.belonging import PublishedRow
from generator.views.charts import Chart
from generator.views.linking import VillageRecords
from generator.views.places import Link
from generator.views.text import money


@dataclass(frozen=True)
class LeaseSummary:
    """Leases in force with their rent a year, those that end soon, and rent that is owed."""

    rent: Decimal
    expiring: int
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
    """A cell; `kind` says whether it is an amount, and whether it is the line's main one. `until`
    is the day in it from which pages count how many are left."""

    label: str
    text: str
    kind: Literal["text", "amount", "sum"] = "text"
    until: date | None = None


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


def books_words(item: Item, newest: tuple[Record, ...], records: VillageRecords) -> str:
    """`村民委员会账、股份经济合作社账合起来看：`, before numbers of several books; the name of the
    one where the village has others that tell nothing of it."""
    village = records.data.village
    titles = [village.account(record.account).title for record in newest]
    if len(village.accounts) == 1 or not titles or (len(titles) == 1 and not item.by_account):
        return ""
    return f"{'、'.join(titles)}合起来看：" if len(titles) > 1 else f"{titles[0]}："


def yuan(row: PublishedRow, role: Role) -> str:
    """A sum as it is written; nothing for an empty cell."""
    amount = row.amount(role)
    return "" if amount is None else f"{money(amount)} 元"


def summed(rows: list[PublishedRow], role: Role) -> Decimal:
    """The sum of a column."""
    return sum((row.amount(role) or ZERO for row in rows), ZERO)
