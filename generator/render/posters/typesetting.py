"""A sheet laid out: in one go, or page by page where its table needs more than one.

What is carried forward cannot be known before the pages. So they are planned from what `fitting`
foresees, and the whole is laid out in volumes of some hundred lines (one layout of all would need
time and memory out of proportion). Boxes tell whether the plan held. Where it did not, or nothing
was foreseen, the beginning is laid out and the pages are planned from what it shows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator.model.papers import Paper
from generator.render.posters.boxes import LaidTable, laid_tables, room_of, text_end
from generator.render.posters.engine import Engine
from generator.render.posters.paging import carried_height, is_tail_apart, page_ends, paged
from generator.render.posters.tables import Part, Room, SheetTable
from generator.render.posters.volumes import join_volumes

_LOOK = 60  # lines whose heights are measured before the pages are planned, or more
_LEAST = 1.9  # ems: no line is lower
_VOLUME = 500  # lines in one layout
_TRIES = 3
_PX = 96 / 72
_TABLE = re.compile(r'<table class="rows.*?</table>\s*', re.DOTALL)
_BEGIN = "<!-- begin -->"
_SKIPPED = '<div class="skipped"></div>'
_END = "</body></html>"
_RESET = "counter-reset: page {};"
_NUMBERS = """
@page :first {{ {reset} @top-right {{ content: "第 1 页 共 {count} 页" }} }}
.page-number::after {{ content: "第 " counter(page) " 页 共 {count} 页" }}
"""
_SPARE = 0.1  # ems of a page that are left free, for what is rounded
_USE, _GAP = 13.0, 1.3  # ems under a text that are worth a table's beginning; space above it

Write = Callable[[SheetTable], str]


@dataclass(frozen=True)
class Desk:
    """The engine with what all layouts of one sheet share."""

    engine: Engine
    address: str
    styles: tuple[Any, ...]
    folder: Path

    def lay(self, html: str, css: str = "") -> Any:
        """A document laid out, with a style sheet of its own."""
        own = (self.engine.stylesheet(css, self.folder),) if css else ()
        return self.engine.lay(html, self.address, (*self.styles, *own), tagged=True)

    def write(self, document: Any) -> bytes:
        """The document as PDF."""
        return self.engine.write(document, tagged=True)


def shortest(ways: Sequence[str], desk: Desk) -> bytes:
    """A sheet as PDF, set in the first of several ways that takes no more than one page, or else
    in the first of those that take fewest."""
    chosen = desk.lay(ways[0])
    for way in ways[1:]:
        if len(chosen.pages) == 1:
            break
        other = desk.lay(way)
        chosen = other if len(other.pages) < len(chosen.pages) else chosen
    return desk.write(chosen)


def typeset(write: Write, table: SheetTable, paper: Paper, desk: Desk) -> bytes:
    """A sheet with a table as PDF. `write` gives its HTML with a table in the place of its own."""
    if not table.lines:
        return desk.write(desk.lay(write(table)))
    if table.room and table.carried:
        foreseen = _Plan(table, table.room, lead=0, is_apart=False, after=0, em=paper.body * _PX)
        done, _ = _follow(foreseen, write, desk)
        if done:
            return done
    most = max(_LOOK, int(paper.tall / _LEAST) + 2)  # more than one page holds
    is_whole = len(table.lines) <= most
    look = desk.lay(write(table if is_whole else replace(table, lines=table.lines[:most])))
    laid = laid_tables(look.pages)
    if is_whole and (len(laid) < 2 or not table.carried):
        return desk.write(look)
    plan: _Plan | None = _first_plan(look, laid, table, paper, most)
    for _ in range(_TRIES):
        if plan is None:
            break
        done, plan = _follow(plan, write, desk)
        if done:
            return done
    return desk.write(desk.lay(write(table)))  # as it flows, without carried sums


@dataclass(frozen=True)
class _Plan:
    """What is known before the whole is laid out. The table begins on page `lead`, counted from
    0, below text or `is_apart`; `after` pages follow those that can be foreseen; `em` is in
    pixels."""

    table: SheetTable
    room: Room
    lead: int
    is_apart: bool
    after: int
    em: float


def _first_plan(
    look: Any, laid: tuple[LaidTable, ...], table: SheetTable, paper: Paper, most: int
) -> _Plan:
    em, page, begin, last = paper.body * _PX, laid[0].page, laid[0].top, laid[-1]
    is_apart = page > 0 and begin - room_of(look.pages[page])[0] < em
    if is_apart and room_of(look.pages[page - 1])[1] - text_end(look.pages[page - 1]) > _USE * em:
        # Room that WeasyPrint leaves, since it keeps more lines together than are wanted.
        page, is_apart = page - 1, False
        begin = text_end(look.pages[page]) + _GAP * em
    after = len(look.pages) - 1 - last.page
    tail = text_end(look.pages[last.page]) - last.bottom
    if after:
        tail += text_end(look.pages[-1]) - room_of(look.pages[-1])[0]
    room = Room(
        first=(room_of(look.pages[page])[1] - begin - laid[0].around) / em - _SPARE,
        other=paper.tall - paper.continued - laid[0].around / em - _SPARE,
        carried=carried_height(table),
        tail=tail / em,
    )
    plan = _Plan(table, room, page, is_apart, max(after - 1, 0), em)
    return _with_heights(plan, laid, range(min(len(table.lines), most))) or plan


def _with_heights(
    plan: _Plan, laid: Sequence[LaidTable], numbers: Sequence[int | None]
) -> _Plan | None:
    """The plan with heights as they were laid out; `numbers` says which line each row is. None
    where a line was broken in two."""
    rows = [height for part in laid for height in part.rows]
    if len(rows) != len(numbers):
        return None
    lines = list(plan.table.lines)
    for number, height in zip(numbers, rows, strict=True):
        if number is not None:
            lines[number] = replace(lines[number], height=height / plan.em, wraps=False)
    return replace(plan, table=replace(plan.table, lines=tuple(lines)))


def _follow(plan: _Plan, write: Write, desk: Desk) -> tuple[bytes, _Plan | None]:
    """The sheet where the plan held; else a better plan, or none."""
    ends = page_ends(plan.table.lines, plan.room)
    after = plan.after + is_tail_apart(plan.table.lines, ends, plan.room)
    table = paged(plan.table, ends, plan.lead + 1, is_apart=plan.is_apart)
    html = write(table)
    found = list(_TABLE.finditer(html))
    before, rest = html[: found[0].start()], html[found[-1].end() :]
    opening = before[: before.index(_BEGIN)] + _SKIPPED
    count = plan.lead + len(ends) + after
    parts = [(n, part) for n, part in enumerate(table.pages) if part.lines]
    done: list[bytes] = []
    for volume in _volumes(parts):
        is_first, is_last = volume[0] == parts[0], volume[-1] == parts[-1]
        tables = (found[parts.index(part)][0] for part in volume)
        page = plan.lead + volume[0][0]
        css = _NUMBERS.format(count=count, reset="" if is_first else _RESET.format(page))
        document = desk.lay(
            (before if is_first else opening) + "".join(tables) + (rest if is_last else _END), css
        )
        if not is_first:
            document = document.copy(document.pages[1:])
        shift = 0 if is_first else page
        laid = laid_tables(document.pages)
        pages = page + len(volume) - shift + (after if is_last else 0)
        wanted = [plan.lead + n - shift for n, _ in volume]
        if [part.page for part in laid] == wanted and len(document.pages) != pages:
            return b"", replace(plan, after=plan.after + len(document.pages) - pages)
        if [part.page for part in laid] != wanted:
            return b"", _with_heights(plan, laid, _numbers(volume, ends))
        done.append(desk.write(document))
    if len(done) == 1:
        return done[0], None
    marks = [(part.label, plan.lead + n) for n, part in parts if part.label]
    return join_volumes(done, marks), None


def _volumes(parts: list[tuple[int, Part]]) -> list[list[tuple[int, Part]]]:
    """Pages in groups of no more lines than one layout should have."""
    volumes: list[list[tuple[int, Part]]] = [[]]
    lines = 0
    for part in parts:
        lines += len(part[1].lines)
        if lines > _VOLUME and volumes[-1]:
            volumes.append([])
            lines = len(part[1].lines)
        volumes[-1].append(part)
    return volumes


def _numbers(volume: list[tuple[int, Part]], ends: tuple[int, ...]) -> list[int | None]:
    """Which line of the table each line of a volume is; None for carried sums."""
    numbers: list[int | None] = []
    for place, part in volume:
        following = iter(range(ends[place - 1] if place else 0, ends[place]))
        numbers += [None if x.kind == "carried" else next(following) for x in part.lines]
    return numbers
