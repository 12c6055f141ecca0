"""Decides in which ways a record's table and drawings may be set, best first, and how high each
will be: what is foreseen wrongly costs a layout more, since the sheet is laid out and looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil

from generator.model.papers import Paper
from generator.publishing.text import day
from generator.render.drawings import Drawings
from generator.render.posters.charts import FigureRow, figure_rows, figures_beside
from generator.render.posters.choosing import Way
from generator.render.posters.measures import TIGHT, Spacing, usual
from generator.render.posters.paging import SPARE, carried_height
from generator.render.posters.tables import Room, SheetTable
from generator.render.posters.typeface import Measure
from generator.views.charts import BarChart, Chart, ShareChart
from generator.views.records import RecordView

_SMALL, _SMALL_LINE = 1.1, 1.65  # size and leading of the words below the plain sentence
_HEADING, _HEADS = 1.35, 0.85  # a line of the table's heads; the white and rules around them
_COMMON, _COMMON_LINE = 0.4, 1.5  # the words below the table
_NOTHING = 12.0  # the frame that says that nothing happened
TABLE_SHARE = 0.685  # of the width, of a table with drawings beside it
BROAD = 70.0  # ems: from this width on they stand there
_NEARLY = 1.05  # pages: what is foreseen to be no higher may fit one


@dataclass(frozen=True)
class Setter:
    """A record's table and drawings with their paper; `narrow` is the same table beside drawings,
    on paper that is broad enough."""

    view: RecordView
    layout: str
    table: SheetTable
    narrow: SheetTable | None
    compared: str
    paper: Paper
    drawings: Drawings
    measure: Measure
    title: float = 0.0  # ems of its type, where it is smaller than titles are

    def ways(self) -> Iterator[Way]:
        """On one page if that can be had: with lower or fewer drawings, with drawings beside the
        table, or set tighter. Records do without drawings where that saves a page, accounts and
        budgets only where all then stands on one. On more pages drawings follow the table, or come before it
        where only the first page has room for them."""
        charts, spacing = self.view.charts, usual(self.paper)
        is_account = self.layout == "finance" or any(isinstance(c, ShareChart) for c in charts)
        least = int(is_account and bool(charts))
        high = figure_rows(charts, self.paper, self.drawings)
        yield from self._below(spacing, high, 1)
        low = figure_rows(charts, self.paper, self.drawings, is_low=True)
        yield from self._below(spacing, low, 1)
        yield from self._beside(spacing)
        yield from self._beside(TIGHT)
        if not least:
            yield self._way(spacing, ())
        yield from self._below(TIGHT, low, max(least, 1))
        bars = figure_rows(_bars(charts), self.paper, self.drawings, is_low=True)
        yield from self._below(TIGHT, bars, max(least, 1))
        bare = self._way(TIGHT, ())
        if not least or bare.height < self.paper.tall * _NEARLY:
            yield bare
        for each in (spacing, TIGHT):
            if high:
                yield self._way(each, high[:1], is_first=True)

    def _below(self, spacing: Spacing, rows: Sequence[FigureRow], least: int) -> Iterator[Way]:
        """As many rows of drawings as there are below the table, then fewer."""
        return (self._way(spacing, rows[:n]) for n in range(len(rows), least - 1, -1))

    def _way(self, spacing: Spacing, rows: Sequence[FigureRow], *, is_first: bool = False) -> Way:
        height = self._height(spacing, self.table)
        height += sum(row.height + spacing.ems["charts_above"] for row in rows)
        return self._changed(spacing, self.table, rows, height, is_first=is_first)

    def _beside(self, spacing: Spacing) -> Iterator[Way]:
        """Drawings in a column beside the table, where one page seems to hold them."""
        if self.narrow is None:
            return
        above, beside = self._above(spacing), self._height(spacing, self.narrow)
        columns = [
            figures_beside(self.view.charts, self.paper, self.drawings, is_low=is_low)
            for is_low in (False, True)
        ]
        for n in range(len(columns[0]), 0, -1):
            for rows in columns:
                high = sum(row.height + spacing.ems["charts_above"] for row in rows[:n])
                height = max(above + high, beside)
                way = self._changed(spacing, self.narrow, rows[:n], height, is_beside=True)
                if way.pages(self.paper) == 1:
                    yield way

    def _changed(
        self,
        spacing: Spacing,
        table: SheetTable,
        rows: Sequence[FigureRow],
        height: float,
        *,
        is_first: bool = False,
        is_beside: bool = False,
    ) -> Way:
        facts: dict[str, object] = {
            "compared": self.compared,
            "rows_of_charts": rows,
            "setting": " tight" * (spacing is TIGHT) + " side" * is_beside,
            "drawings_first": is_first or is_beside,
        }
        room = self._room(spacing, table, rows, is_first=is_first)
        return Way(facts, height, self._set(table, spacing), room)

    def _room(
        self, spacing: Spacing, table: SheetTable, rows: Sequence[FigureRow], *, is_first: bool
    ) -> Room:
        """The room for lines where they need several pages, with drawings above or below them."""
        page = self.paper.tall - SPARE - _heads(table)
        drawn = sum(row.height + spacing.ems["charts_above"] for row in rows)
        return Room(
            first=page - self._above(spacing) - drawn * is_first,
            other=page - self.paper.continued,
            carried=carried_height(table) if table.carried else 0.0,
            tail=self._below_rows(table) + drawn * (not is_first),
        )

    def _height(self, spacing: Spacing, table: SheetTable) -> float:
        """Everything but the drawings."""
        rows = sum(line.height for line in self._set(table, spacing).lines)
        return self._above(spacing) + _heads(table) + rows + self._below_rows(table)

    def _set(self, table: SheetTable, spacing: Spacing) -> SheetTable:
        """The table with its lines as high as they are set."""
        if not spacing.saved:
            return table
        return self.tight if table is self.table else _lowered(table, spacing)

    @cached_property
    def tight(self) -> SheetTable:
        """The table set tight."""
        return _lowered(self.table, TIGHT)

    def _above(self, spacing: Spacing) -> float:
        """The height of everything above the table."""
        publication, wide = self.view.publication, self.paper.inner
        head = spacing.headed(self.title)
        if publication.nothing:
            return head + _NOTHING
        lines = ceil(self.measure(self.view.sentence) * spacing.ems["sentence"] / wide)
        height = head + lines * spacing.ems["sentence_line"]
        small = [
            self.compared,
            f"{self.view.proved}：{'；'.join(self.view.checks)}" if self.view.checks else "",
            *(f"　更正：{day(c.date)}，{c.said}" for c in publication.corrections),
            "公示期已满" if publication.is_expired else "",
        ]
        for text in filter(None, small):
            height += (
                spacing.ems["small_above"] + ceil(self.measure(text) * _SMALL / wide) * _SMALL_LINE
            )
        if self.layout == "roll" and publication.window.end and not publication.is_expired:
            height += spacing.until
        return height

    def _below_rows(self, table: SheetTable) -> float:
        """The words below the rows."""
        if not table.common:
            return 0.0
        wide = self.paper.inner * (TABLE_SHARE if table is self.narrow else 1)
        told = "".join(f"{name}都是{text}；" for name, text in table.common)
        return _COMMON + ceil(self.measure(f"以上各行：{told}") / wide) * _COMMON_LINE


def _lowered(table: SheetTable, spacing: Spacing) -> SheetTable:
    lines = (replace(line, height=line.height - spacing.saved) for line in table.lines)
    return replace(table, lines=tuple(lines))


def _heads(table: SheetTable) -> float:
    lines = max((len(head.lines) for head in table.heads), default=0)
    return lines * _HEADING + _HEADS if lines else 0.0


def _bars(charts: Sequence[Chart]) -> tuple[Chart, ...]:
    """The lowest drawings: what the whole consists of."""
    return tuple(chart for chart in charts if isinstance(chart, BarChart | ShareChart))
