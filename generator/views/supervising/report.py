"""What a report consists of, whatever form it takes: blocks of lines, each with a table or none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from generator.model.period import Period
from generator.model.phrases import Phrases
from generator.publishing.text import day
from generator.views.said import say

Cell = str | int | Decimal | date
POINTS = ("report", "activities", "mending", "due", "warnings", "asked", "coming")
"""What a quarterly meeting may go through, in order."""


@dataclass(frozen=True)
class Grid:
    """A table of a report; a row has a cell for each of the `heads`."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Block:
    """A part of a report: sentences, and the table that they speak of."""

    id: str
    heading: str
    lines: tuple[str, ...]
    grid: Grid | None = None


@dataclass(frozen=True)
class ReportView:
    """A report to staff on a village or a town, whose `name` is in the `title`; `notes` say what it
    was made from."""

    name: str
    title: str
    mark: str
    lines: tuple[str, ...]
    blocks: tuple[Block, ...]
    notes: tuple[str, ...]


class Words:
    """The words of reports over one period, as they stand today."""

    def __init__(self, phrases: Phrases, period: Period, today: date) -> None:
        self.say = partial(say, phrases, "report")
        self.period, self.today = period, today

    def lines(self, *phrases: str) -> tuple[str, ...]:
        """Those that say something."""
        return tuple(filter(None, phrases))

    def block(self, id: str, lines: tuple[str, ...], *rows: tuple[Cell, ...]) -> Block:
        """A part by its id, which its heading and the heads of its table are named by."""
        heads = tuple(self.say("columns", block=id).split("，")) if rows else ()
        return Block(id, self.say("heading", block=id), lines, Grid(heads, rows) if rows else None)

    def agenda(self, *points: str) -> Block:
        """What a meeting goes through, numbered."""
        told = enumerate(self.lines(*points), start=1)
        return self.block("agenda", tuple(f"{number}. {point}" for number, point in told))

    def report(self, name: str, lines: tuple[str, ...], blocks: tuple[Block, ...]) -> ReportView:
        """A whole report."""
        is_over = self.period.end < self.today
        notes = (self.say("notes", today=self.today), "" if is_over else self.say("running"))
        return ReportView(
            name=name,
            title=self.say("title", name=name, period=self.period.title),
            mark=self.say("mark", today=self.today),
            lines=lines,
            blocks=blocks,
            notes=tuple(filter(None, notes)),
        )


def cell_text(cell: Cell) -> str:
    """A cell as it is read."""
    return day(cell) if isinstance(cell, date) else str(cell)
