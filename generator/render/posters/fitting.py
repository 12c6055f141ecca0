"""Whether a record's table and drawings fit on one page, and how they are set so that they do.

Heights are in ems and follow from the style sheets (`sheet.css`, `kinds.css`, `paper.css`). What
they get wrong costs white or a further page, never a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from generator.model.papers import Paper
from generator.render.drawings import Drawings
from generator.render.posters.charts import FigureRow, figure_rows, figures_beside
from generator.render.posters.paging import carried_height
from generator.render.posters.tables import Room, SheetTable
from generator.render.posters.typeface import Measure
from generator.views.charts import BarChart, Chart, ShareChart
from generator.views.records import RecordView
from generator.views.text import day

_SMALL, _SMALL_LINE = 1.1, 1.65  # size and leading of the words below the plain sentence
_HEADING, _HEADS = 1.35, 0.85  # a line of the table's heads; the white and rules around them
_COMMON, _COMMON_LINE = 0.4, 1.5  # the words below the table
_NOTHING = 12.0  # the frame that says that nothing happened
_LEAST = 2.0  # of a table on a page
_SPARE = 0.5  # of a page is not counted on
_HELD = 0.4  # of that is used where boxes will tell whether it is there
TABLE_SHARE = 0.685  # of the width, of a table with drawings beside it
BROAD = 70.0  # ems: from this width on they stand there


@dataclass(frozen=True)
class Setting:
    """A style of setting: what stands above the plain sentence and the white around it, size and
    leading of the sentence, white above smaller words, how long a list hangs, white that rows
    save, white above drawings."""

    is_tight: bool
    head: float
    size: float
    leading: float
    white: float
    until: float
    saved: float
    apart: float


_UPRIGHT = Setting(False, 13.6, 1.45, 2.1, 0.35, 4.05, 0.0, 1.2)
_LYING = Setting(False, 10.6, 1.45, 2.1, 0.35, 4.05, 0.0, 1.2)
_TIGHT = Setting(True, 9.7, 1.3, 1.82, 0.2, 3.2, 0.28, 0.7)


@dataclass(frozen=True)
class Fit:
    """How a sheet is set: its table and drawings; whether it `is_tight`, whether the drawings
    come before the table, and whether they stand beside it."""

    table: SheetTable
    rows: tuple[FigureRow, ...]
    is_tight: bool = False
    is_drawn_first: bool = False
    is_beside: bool = False


@dataclass(frozen=True)
class Fitting:
    """What is to be set on which paper; `narrow` is the same table beside drawings, on paper that
    is broad enough."""

    view: RecordView
    layout: str
    table: SheetTable
    narrow: SheetTable | None
    compared: str
    paper: Paper
    measure: Measure

    def fit(self, drawings: Drawings) -> Fit:
        """One page where that can be had: with lower or fewer drawings, with drawings beside the
        table, or set tighter. Accounts and budgets have a drawing at least; other records do
        without where it costs a page."""
        usual = _LYING if self.paper.is_landscape else _UPRIGHT
        charts = self.view.charts
        is_account = self.layout == "finance" or any(isinstance(c, ShareChart) for c in charts)
        least = int(is_account and bool(charts))
        wanted = int(bool(charts))
        return (
            self._below(usual, charts, drawings, wanted)
            or self._below(usual, charts, drawings, wanted, is_low=True)
            or self._beside(usual, drawings)
            or self._beside(_TIGHT, drawings)
            or self._below(usual, (), drawings, least)
            or self._below(_TIGHT, charts, drawings, least, is_low=True)
            or self._below(_TIGHT, _bars(charts), drawings, least, is_low=True)
            or self._on_more_pages(usual, drawings, least)
        )

    def _below(
        self,
        setting: Setting,
        charts: Sequence[Chart],
        drawings: Drawings,
        least: int,
        *,
        is_low: bool = False,
    ) -> Fit | None:
        """One page with so many rows of drawings at least below the table."""
        room = self._left_on_first(setting, self.table)
        rows = figure_rows(
            charts, self.paper, drawings, room, least=0, apart=setting.apart, is_low=is_low
        )
        if room < 0 or len(rows) < least:
            return None
        return Fit(_set(self.table, setting), rows, setting.is_tight)

    def _beside(self, setting: Setting, drawings: Drawings) -> Fit | None:
        """One page with drawings beside the table."""
        if self.narrow is None or self._left_on_first(setting, self.narrow) < 0:
            return None
        room = self.paper.tall - _SPARE - self._above(setting)
        high, low = (
            figures_beside(
                self.view.charts, self.paper, drawings, room, apart=setting.apart, is_low=is_low
            )
            for is_low in (False, True)
        )
        rows = low if len(low) > len(high) else high
        if not rows:
            return None
        narrow = _set(self.narrow, setting)
        return Fit(narrow, rows, setting.is_tight, is_drawn_first=True, is_beside=True)

    def _on_more_pages(self, usual: Setting, drawings: Drawings, least: int) -> Fit:
        """Drawings follow a table that leaves them room; else rows should run on, not they. Where
        the first page has no room for them either, they would leave it half empty. Set tight
        where that saves a page."""
        settings = (usual, _TIGHT)
        charts = self.view.charts
        least_row = figure_rows(charts, self.paper, drawings, 0.0, least=least)
        high = sum(row.height + usual.apart for row in least_row)
        setting = min(settings, key=lambda each: self._pages(each, high)[0])
        room = self._room(setting)
        _, left = self._pages(setting, 0.0)
        rows = figure_rows(charts, self.paper, drawings, left, least=least, apart=setting.apart)
        needed = sum(row.height + setting.apart for row in rows)
        is_first = left < needed <= room.first
        if is_first:
            room = replace(room, first=room.first - needed)
        else:
            room = replace(room, tail=room.tail + needed)
        room = replace(room, first=room.first + _HELD, other=room.other + _HELD)
        table = replace(_set(self.table, setting), room=room)
        return Fit(table, rows, setting.is_tight, is_drawn_first=is_first)

    def _room(self, setting: Setting) -> Room:
        """What pages hold without drawings."""
        page, heads = self.paper.tall - _SPARE, _heads(self.table)
        return Room(
            first=page - self._above(setting) - heads,
            other=page - self.paper.continued - heads,
            carried=carried_height(self.table) if self.table.carried else 0.0,
            tail=self._told(self.table),
        )

    def _pages(self, setting: Setting, needed: float) -> tuple[int, float]:
        """How many pages the table takes with drawings that need so much, and what it leaves
        free on its last one."""
        room = self._room(setting)
        height, free, count = self._height(setting, self.table), room.first, 1
        while height > free:
            height -= max(free - room.carried, _LEAST)
            free, count = room.other - room.carried, count + 1
        return count + (needed > free - height), free - height

    def _left_on_first(self, setting: Setting, table: SheetTable) -> float:
        """What the first page has left, below nought where the table does not fit on it."""
        used = self._above(setting) + _heads(table) + self._height(setting, table)
        return self.paper.tall - _SPARE - used

    def _above(self, setting: Setting) -> float:
        """What stands above the table."""
        publication, wide = self.view.publication, self.paper.inner
        if publication.nothing:
            return setting.head + _NOTHING
        height = setting.head
        height += ceil(self.measure(self.view.sentence) * setting.size / wide) * setting.leading
        small = [
            self.compared,
            f"{self.view.proved}：{'；'.join(self.view.checks)}" if self.view.checks else "",
        ]
        small += [f"　更正：{day(c.date)}，{c.what}" for c in publication.corrections]
        for text in filter(None, small):
            lines = ceil(self.measure(text) * _SMALL / wide)
            height += setting.white + lines * _SMALL_LINE
        if publication.is_expired:
            height += setting.white + _SMALL_LINE
        elif self.layout == "roll" and publication.window.end:
            height += setting.until
        return height

    def _height(self, setting: Setting, table: SheetTable) -> float:
        """The rows, and the words below them."""
        return sum(line.height - setting.saved for line in table.lines) + self._told(table)

    def _told(self, table: SheetTable) -> float:
        """The words below the rows."""
        if not table.common:
            return 0.0
        wide = self.paper.inner * (TABLE_SHARE if table is self.narrow else 1)
        told = "".join(f"{name}都是{text}；" for name, text in table.common)
        return _COMMON + ceil(self.measure(f"以上各行：{told}") / wide) * _COMMON_LINE


def _set(table: SheetTable, setting: Setting) -> SheetTable:
    """The table with its lines as high as they are set."""
    lines = (replace(line, height=line.height - setting.saved) for line in table.lines)
    return replace(table, lines=tuple(lines)) if setting.saved else table


def _heads(table: SheetTable) -> float:
    lines = max((len(head.lines) for head in table.heads), default=0)
    return lines * _HEADING + _HEADS if lines else 0.0


def _bars(charts: Sequence[Chart]) -> tuple[Chart, ...]:
    """The lowest drawings: what the whole consists of."""
    return tuple(chart for chart in charts if isinstance(chart, BarChart | ShareChart))
