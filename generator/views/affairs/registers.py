"""The parts of a list of current contracts or projects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from generator.model.catalogue import Item
from generator.model.schema import AffairKind
from generator.model.village import Record
from generator.views.affairs.costs import yuan
from generator.views.affairs.rows import PublishedRow
from generator.views.charts import Chart
from generator.views.linking import VillageRecords
from generator.views.places import Link
from generator.views.said import say


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
    """The current contracts or projects of one item; `sources` are the registers they come from."""

    item: str
    heading: str
    sentence: str
    lines: tuple[RegisterLine, ...]
    charts: tuple[Chart, ...]
    sources: tuple[Link, ...]


@dataclass(frozen=True)
class NewestRows:
    """The rows of an item's newest records, one record for each set of books."""

    item: Item
    newest: tuple[Record, ...]
    rows: tuple[PublishedRow, ...]
    records: VillageRecords

    def say(self, phrase: str, **facts: Any) -> str:
        """A phrase about contracts or projects as they stand."""
        return say(self.records.shared.phrases, "registers", phrase, **facts)

    def cell(
        self, column: str, text: str, kind: Literal["text", "amount", "sum"] = "text"
    ) -> RegisterCell:
        """A cell under the heading of its column."""
        return RegisterCell(self.say("column", kind=column), text, kind)

    def yuan(self, amount: Decimal | None) -> str:
        """A sum as it is written; nothing for an empty cell."""
        return "" if amount is None else yuan(amount, self.records.shared.phrases)

    def line(self, row: PublishedRow, *cells: RegisterCell) -> RegisterLine:
        """A row as it stands now."""
        return RegisterLine(Link(row.text("title") or row.publication.title, row.url), cells)

    def register(
        self,
        kind: AffairKind,
        sentence: str,
        lines: Iterable[RegisterLine],
        charts: Iterable[Chart],
    ) -> Register:
        """The register, without the columns in which no line says anything."""
        every = tuple(lines)
        shown = [n for n, _ in enumerate(every[0].cells) if any(x.cells[n].text for x in every)]
        publications = map(self.records.publication, self.newest)
        return Register(
            item=self.item.id,
            heading=self.say("heading", register=kind),
            sentence=sentence,
            lines=tuple(replace(x, cells=tuple(x.cells[n] for n in shown)) for x in every),
            charts=tuple(charts),
            sources=tuple(Link.to(p) for p in publications if p.rows),
        )

    @property
    def books(self) -> str:
        """`村民委员会账、股份经济合作社账合起来看：`, before numbers of several books; the name of
        the one where the village has others that say nothing of it."""
        village = self.records.data.village
        titles = [village.account(record.account).title for record in self.newest]
        is_plain = len(titles) == 1 and not self.item.by_account
        if len(village.accounts) == 1 or not titles or is_plain:
            return ""
        return self.say("books", titles=titles)
