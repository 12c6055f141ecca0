"""Decides how a sheet is laid out: in the way that takes fewest pages, and page by page where its
table needs more than one.

What is carried forward cannot be known before the pages. So they are planned from what is foreseen,
and the whole is laid out in volumes of some hundred lines (one layout of all would need time and
memory out of proportion). Boxes tell whether the plan held. Where it did not, or nothing is sure
before, the beginning is laid out and the pages are planned from what it shows.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter

from generator.render.posters.choosing import Desk, Look, Way, chosen
from generator.render.posters.laid import Laid, LaidTable
from generator.render.posters.paging import (
    SPARE,
    carried_height,
    is_tail_apart,
    page_ends,
    paged,
)
from generator.render.posters.tables import Part, Room, SheetTable
from generator.render.posters.volumes import join_volumes

_LOOK = 60  # lines whose heights are measured before the pages are planned, or more
_LEAST = 1.9  # ems: no line is lower
_TRIES = 3
_LONG = 1.05  # pages: what is foreseen to be higher needs several in any case
_RESET = "counter-reset: page {};"
_NUMBERS = """
@page :first {{ {reset} @top-right {{ content: "第 1 页 共 {count} 页" }} }}
.page-number::after {{ content: "第 " counter(page) " 页 共 {count} 页" }}
"""
_USE, _GAP = 13.0, 1.3  # ems under a text that are worth a table's beginning; space above it

Write = Callable[[Mapping[str, object]], str]


def set_sheet(ways: Sequence[Way], write: Write, desk: Desk) -> bytes:
    """A sheet as PDF. `write` gives its HTML with what a way changes."""
    foreseen = min(ways, key=lambda w: w.pages(desk.paper))
    lowest = min(ways, key=attrgetter("height"))
    most = max(_LOOK, int(desk.paper.tall / _LEAST) + 2)  # lines: more than one page holds
    is_long = any(way.table and len(way.table.lines) > most for way in ways)
    if lowest.height > desk.paper.tall * _LONG and (plan := _foreseen_plan(foreseen, desk)):
        found = _follow(plan, lambda change: write({**foreseen.facts, **change}), desk)
        if isinstance(found, _Held):
            return found.pdf
    if is_long:
        tried = (foreseen,) if lowest is foreseen else (foreseen, lowest)
        best = min((_begun(w, write, desk, most) for w in tried), key=lambda seen: seen.pages)
    else:
        best = chosen(ways, lambda way: _seen(way, way.table, write, desk), desk)
    plan = best.plan
    if plan is None:
        return desk.write(best.laid)
    for _ in range(_TRIES):
        found = _follow(plan, lambda change: write({**best.way.facts, **change}), desk)
        if isinstance(found, _Held):
            return found.pdf
        if found is None:
            break
        plan = found
    return desk.write(desk.lay(write(best.way.facts)))  # as it flows, without carried sums


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

    @cached_property
    def ends(self) -> tuple[int, ...]:
        """The line before which each page of the table ends."""
        return page_ends(self.table.lines, self.room)

    @property
    def following(self) -> int:
        """The number of pages after those of the table."""
        return self.after + is_tail_apart(self.table.lines, self.ends, self.room)

    @property
    def count(self) -> int:
        """The number of pages."""
        return self.lead + len(self.ends) + self.following


@dataclass(frozen=True)
class _Seen(Look):
    """A look at a way; the plan where its table must be parted."""

    plan: _Plan | None = None


@dataclass(frozen=True)
class _Held:
    """A plan that held, as PDF."""

    pdf: bytes


def _seen(way: Way, table: SheetTable | None, write: Write, desk: Desk) -> _Seen:
    """A way laid out with as much of its table as `table` has."""
    html = write({**way.facts, "table": table} if table else way.facts)
    laid = desk.lay(html, count=way.pages(desk.paper))
    is_cut = table is not way.table
    if (
        way.table is None
        or table is None
        or not (is_cut or (len(laid.tables) > 1 and table.carried))
    ):
        return _Seen(way, laid, len(laid.pages) + laid.pages[-1].runs_over)
    plan = _first_plan(laid, way.table, desk, len(table.lines))
    return _Seen(way, laid, plan.count, plan)


def _begun(way: Way, write: Write, desk: Desk, most: int) -> _Seen:
    """The beginning of a table that is too long to be laid out as a whole."""
    assert way.table is not None
    return _seen(way, replace(way.table, lines=way.table.lines[:most]), write, desk)


def _foreseen_plan(way: Way, desk: Desk) -> _Plan | None:
    """The plan before anything is laid out, where sums are carried."""
    if way.table is None or way.room is None or not way.table.carried:
        return None
    return _Plan(way.table, way.room, lead=0, is_apart=False, after=0, em=desk.em)


def _first_plan(look: Laid, table: SheetTable, desk: Desk, most: int) -> _Plan:
    first, last = look.tables[0], look.tables[-1]
    em, page, begin = desk.em, first.page, first.top
    is_apart = page > 0 and begin - look.pages[page].top < em
    if is_apart and look.pages[page - 1].bottom - look.pages[page - 1].text_end > _USE * em:
        # Room that WeasyPrint leaves, since it keeps more lines together than are wanted.
        page, is_apart = page - 1, False
        begin = look.pages[page].text_end + _GAP * em
    after = len(look.pages) - 1 - last.page
    tail = look.pages[last.page].text_end - last.bottom
    if after:
        tail += look.pages[-1].text_end - look.pages[-1].top
    around = last.around  # that of the others holds the white left under them
    room = Room(
        first=(look.pages[page].bottom - begin - around) / em - SPARE,
        other=desk.paper.tall - desk.paper.continued - around / em - SPARE,
        carried=carried_height(table),
        tail=tail / em,
    )
    plan = _Plan(table, room, page, is_apart, max(after - 1, 0), em)
    return _with_heights(plan, look.tables, range(min(len(table.lines), most))) or plan


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
        if number is not None and height is not None:
            lines[number] = replace(lines[number], height=height / plan.em, wraps=False)
    return replace(plan, table=replace(plan.table, lines=tuple(lines)))


def _follow(plan: _Plan, write: Write, desk: Desk) -> _Held | _Plan | None:
    """The sheet where the plan held; else a better plan, or none."""
    table = paged(plan.table, plan.ends, plan.lead + 1, is_apart=plan.is_apart)
    parts = [(n, part) for n, part in enumerate(table.pages) if part.lines]
    done: list[bytes] = []
    for volume in _volumes(parts, desk.engine.volume):
        begins, ends_here = volume[0] == parts[0], volume[-1] == parts[-1]
        first = plan.lead + volume[0][0]  # the page of the volume's first part
        own = replace(table, pages=tuple(part for _, part in volume))
        css = _NUMBERS.format(count=plan.count, reset="" if begins else _RESET.format(first))
        html = write({"table": own, "begins": begins, "ends": ends_here})
        laid = desk.lay(html, css, plan.count, begins=begins)
        shift = 0 if begins else first
        if [part.page for part in laid.tables] != [plan.lead + n - shift for n, _ in volume]:
            return _with_heights(plan, laid.tables, _numbers(volume, plan.ends))
        more = len(laid.pages) - (first + len(volume) - shift + plan.following * ends_here)
        if more:
            return replace(plan, after=plan.after + more)
        done.append(desk.write(laid))
        if not ends_here:  # memory without bound, else
            del laid
            gc.collect(0)
    marks = [(part.label, plan.lead + n) for n, part in parts if part.label]
    return _Held(join_volumes(done, marks) if len(done) > 1 else done[0])


def _volumes(parts: list[tuple[int, Part]], most: int) -> list[list[tuple[int, Part]]]:
    """Pages in groups of no more lines than one layout should have."""
    volumes: list[list[tuple[int, Part]]] = [[]]
    lines = 0
    for part in parts:
        lines += len(part[1].lines)
        if lines > most and volumes[-1]:
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
