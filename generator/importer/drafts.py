"""Drafts: what is known so far about each table of a workbook, and what still has to be asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from generator.importer.desk import Place
from generator.importer.existing import file_name
from generator.importer.forms import Flat
from generator.importer.memory import Form
from generator.intake.decoding import Worksheet
from generator.intake.doubts import Choice, Doubt
from generator.intake.layout import Layout
from generator.intake.tables import TableReading
from generator.model.catalogue import Item
from generator.model.period import Period
from generator.model.schema import TableSchema
from generator.problems import Source, problem


@dataclass(frozen=True)
class Settled:
    """A question about a form that was answered, and the answer."""

    form: Form
    doubt: Doubt
    answer: str


@dataclass(frozen=True)
class Draft:
    """A table of which all is known but for the open `doubts`. `file` names it in messages. One
    that `waits` hangs on a question about its whole workbook."""

    flat: Flat
    file: str
    form: Form
    item: Item
    schema: TableSchema
    layout: Layout
    place: Place
    period: Period
    period_reason: str
    account: str
    reading: TableReading
    doubts: tuple[Doubt, ...] = ()
    settled: tuple[Settled, ...] = ()
    waits: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether no question about it is open."""
        return not self.doubts and not self.waits

    @property
    def worksheet(self) -> Worksheet:
        """The worksheet that was read, arranged as our tables are."""
        return self.flat.worksheet

    def origin(self, row: int) -> int:
        """The row of the workbook that a row of the worksheet as it was read came from."""
        return self._origins.get(row, row)

    @cached_property
    def _origins(self) -> dict[int, int]:
        return {row.number: row.origin or row.number for row in self.worksheet.rows}

    @property
    def target(self) -> str:
        """The file's place in the village's folder."""
        first = self.place.village.accounts[0].id
        return f"{self.item.id}/{file_name(self.period, self.account, first)}"


@dataclass(frozen=True)
class LeftOut:
    """A table that is not taken in: for a reason, or because of questions. `is_plain` when nothing
    was lost by it."""

    file: str
    worksheet: str
    form: Form
    reason: str = ""
    doubts: tuple[Doubt, ...] = ()
    is_plain: bool = False


@dataclass(frozen=True)
class Workbook:
    """A file with its worksheets that hold something, hidden ones too."""

    path: Path
    worksheets: tuple[Worksheet, ...]


def one_of_several(drafts: Sequence[Draft], answer: Callable[[Form, Doubt], str]) -> list[Draft]:
    """Of tables that would be written into one file, the one chosen; else the first, with the question."""
    kept: list[Draft] = []
    groups: dict[tuple[str, str], list[Draft]] = {}
    for draft in drafts:
        groups.setdefault((draft.place.village.id, draft.target), []).append(draft)
    for (village, target), found in groups.items():
        group = _without_copies(found)
        if len(group) == 1:
            kept += group
            continue
        files = "、".join(draft.file for draft in group)
        asked = problem("import-target", Source(group[0].file), value=target, worksheets=files)
        choices = tuple(Choice(draft.file, _shown(draft, len(group) - 1)) for draft in group)
        doubt = Doubt(f"target {village}/{target}", asked, choices, lasting=False)
        chosen = answer(group[0].form, doubt)
        if chosen:
            kept += [draft for draft in group if draft.file == chosen]
        else:
            kept.append(replace(group[0], doubts=(*group[0].doubts, doubt)))
    return kept


def _shown(draft: Draft, others: int) -> str:
    rows = len(draft.reading.table.rows)
    return f"{draft.period.title}只公开这 {rows} 行，另外 {others} 张表不公开"


def _without_copies(drafts: Sequence[Draft]) -> list[Draft]:
    """The tables, each once; of those that say the same, the first names the others."""
    kept: dict[str, Draft] = {}
    for draft in drafts:
        first = kept.setdefault(draft.form.content, draft)
        if first is not draft:
            said = (*first.flat.said, f"{draft.file} 和它一样，只写一份。")
            kept[draft.form.content] = replace(first, flat=replace(first.flat, said=said))
    return list(kept.values())
