"""Sizes and columns of sheets about powers, stations and lists."""

from __future__ import annotations

from math import ceil
from operator import itemgetter
from typing import Any

from markupsafe import Markup

from generator.model.papers import Paper
from generator.model.powers import PublicList, Step
from generator.render.drawings import Drawings
from generator.render.drawings.boards import board_width
from generator.render.posters.filling import SIZES, Block, Text, columns_for, size_for
from generator.render.posters.typeface import Measure
from generator.views.places import Place
from generator.views.powers import FlowView, PowerListView, PowerView
from generator.views.sheets import SheetView
from generator.views.stations import StationView
from generator.views.walls.boardplans import since_words
from generator.views.walls.rounds import WallView

UNITS = 15.0  # of a drawing, in an em of the paper's type
_IN_SANS = '<svg font-family="Mingbai Sans" '
_CHART_SIZES = (1.5, 1.4, 1.3, 1.2, 1.15, 1.1, 1.05)
# A table of powers, in ems of its type: columns, white in a cell, a mark's frame; widths that
# are tried; the least and most leading.
_ITEM, _PLACE, _CELL, _MARK, _ACTORS = 6.0, 2.0, 0.8, 1.0, 8.0
_TITLES, _LIMITS = (12.5, 11.5, 10.5, 9.0, 7.5), (15.0, 14.0, 13.0, 12.0, 11.0, 9.5, 8.0)
_TIGHT, _LOOSE, _TABLE_HEAD, _RULE = 1.4, 2.2, 2.6, 0.07
# About the height in ems of what stands above the columns or the chart, but the plain sentence.
_HEAD, _SENTENCE, _LEADING = 9.6, 1.35, 1.4
_WHO = 0.4  # of a station's sign is for names, at least
_CONTINUED, _RISKS = 5.0, 3.2  # of a head on later pages; of the white around the risks


def wall_parts(sheet: SheetView, drawings: Drawings, measure: Measure) -> dict[str, object]:
    """What a layout needs besides the sheet itself."""
    body, paper = sheet.body, sheet.paper
    if isinstance(body, PowerListView):
        return _powers(body, paper, _room(sheet, measure), measure)
    if isinstance(body, PublicList):
        return _list(body, paper, _room(sheet, measure), measure)
    if isinstance(body, PowerView):
        return {"view": body, "power": body.power, **_power(sheet, body, drawings, measure)}
    if isinstance(body, FlowView):
        steps, title = body.flow.steps, body.flow.title
        room = _room(sheet, measure)
        return {"flow": body.flow, "parts": _chart(steps, title, paper, room, drawings)}
    if isinstance(body, StationView):
        return _station(body, paper, measure)
    if isinstance(body, WallView):
        return _boards(body, drawings)
    assert isinstance(body, Place)
    return _codes(paper)


def _boards(view: WallView, drawings: Drawings) -> dict[str, object]:
    """The pictures of all boards with their widths in ems: their numbers are no smaller than the
    text."""
    pictures = [
        (_in_sans(drawings.board(board.picture)), round(board_width(board.picture) / UNITS, 2))
        for board in view.boards
    ]
    return {"view": view, "since": since_words(view), "pictures": pictures}


def _codes(paper: Paper) -> dict[str, object]:
    """One code as large as the paper allows, then four to be cut out."""
    wide, high = paper.width - 2 * paper.margin, paper.height - 2 * paper.margin
    return {
        "margin": paper.margin,
        "side": round(min(wide, high * 0.64)),
        "piece_height": round(high / 2 - 1, 1),
        "small": round(min(wide / 2 * 0.9, high / 2 * 0.62)),
        "pieces": (range(2), range(2)),
    }


def _room(sheet: SheetView, measure: Measure) -> float:
    """About the height in ems that is left on the first page under the plain sentence."""
    across = sheet.paper.inner / _SENTENCE
    lines = -(-measure(sheet.summary) // across)
    return sheet.paper.tall - _HEAD - lines * _SENTENCE * _LEADING


def _chart(
    steps: tuple[Step, ...],
    title: str,
    paper: Paper,
    room: float,
    drawings: Drawings,
    below: float = 0.0,
) -> tuple[Markup, ...]:
    """The steps of a flow, as large as one page allows with the words `below` them; on more
    pages, without these words on the first, where it must be."""
    charts: tuple[Markup, ...] = ()
    for size, high in (*((size, room - below) for size in (*_CHART_SIZES, 1.0)), (1.0, room)):
        charts = drawings.step_charts(
            steps,
            id="flow",
            title=f"{title}的步骤",
            width=paper.inner / size * UNITS,
            first=high / size * UNITS,
            other=(paper.tall - _CONTINUED) / size * UNITS,
        )
        if len(charts) == 1:
            break
    return tuple(_in_sans(chart) for chart in charts)


def _in_sans(drawing: Markup) -> Markup:
    """A drawing in the sheets' type: the engine gives it no font from the style sheets."""
    return Markup(_IN_SANS.join(str(drawing).split("<svg ", 1)))


def _power(
    sheet: SheetView, view: PowerView, drawings: Drawings, measure: Measure
) -> dict[str, object]:
    """The chart in what the words of the power leave, which stand above and below it."""
    power, wide = view.power, sheet.paper.inner
    risk = max(wide / max(len(power.risks), 1) - 1.2, 8.0)
    points = (ceil(measure(r.point) / risk) + ceil(measure(r.measure) / risk) for r in power.risks)
    facts = f"多久办好：{power.limit}　要带什么：{'、'.join(power.materials)}"
    above = (
        ceil(measure(f"谁来办：{'、'.join(power.actors)}") / wide)
        + ceil(measure(facts) / wide)
        + ceil(measure(view.reason) * 1.1 / wide) * bool(view.reason)
    )
    below = ceil(measure(f"谁负责：{power.accountable}") / wide) + max(points, default=0)
    room = _room(sheet, measure) - above * _LEADING - 1.4
    under = below * _LEADING + _RISKS
    parts = _chart(power.steps, power.title, sheet.paper, room, drawings, under)
    return {"parts": parts}


def _station(view: StationView, paper: Paper, measure: Measure) -> dict[str, object]:
    """Names and phones as large as the paper allows: they are read from two metres."""
    # A number is never broken: it is bold, in a cell with its own white.
    phones = max((measure(m.phone) * 1.06 + 0.4) * 2.3 for m in view.members)
    room = paper.tall - 11.0
    for size in (*SIZES, 1.0):
        wide = paper.inner / size
        left = min(1 - phones / wide, 0.62)
        if left < _WHO and size > 1.0:
            continue
        left = max(left, _WHO)
        members = sum(
            1.0
            + max(1, ceil((measure(m.name) * 2.1 + 3.5 * m.is_head) / (wide * left))) * 2.65
            + ceil((measure(m.title) * 1.2 + 1 + measure(m.duty)) / (wide * left)) * 1.65
            for m in view.members
        )
        rows = ceil(len(view.sections) / columns_for(wide, 13.0))
        longest = max((len(section.entries) for section in view.sections), default=0)
        duties = rows * (longest * 1.65 + 3.0) + 3.5 / size if view.sections else 0
        if (members + duties) * size <= room:
            break
    columns = ceil(len(view.sections) / rows) if rows else 1
    shares = range(0, len(view.sections), columns)
    duty_rows = [view.sections[start : start + columns] for start in shares]
    return {"view": view, "size": size, "who": f"{left:.1%}", "duty_rows": duty_rows}


def _powers(view: PowerListView, paper: Paper, room: float, measure: Measure) -> dict[str, object]:
    """A table as large as the paper allows, its rows drawn apart where there is room."""
    lines = [x for _, groups in view.classes for group in groups for x in group.lines]
    cells = tuple(
        (
            measure(x.title) + (measure(x.note) + _MARK if x.note else 0),
            measure("、".join(x.actors)),
            measure(x.limit),
        )
        for x in lines
    )
    for size in (*SIZES, 1.0):
        widths, height = _columns(cells, paper.inner / size - _ITEM - _PLACE)
        head = _TABLE_HEAD + len(lines) * _RULE
        if (height * _TIGHT + head) * size <= room:
            break
    leading = (room / size - head) / height * 0.98
    columns = (_ITEM, _PLACE, *widths)
    return {
        "view": view,
        "widths": [f"{width / sum(columns):.2%}" for width in columns],
        "size": size,
        "leading": round(min(max(leading, _TIGHT), _LOOSE), 2),
        "numbers": _numbers(view),
    }


def _columns(
    cells: tuple[tuple[float, float, float], ...], room: float
) -> tuple[tuple[float, float, float], int]:
    """The widths for titles, actors and time limits at which the table has fewest lines, and
    how many lines these are."""
    titles, _, limits = (max(column) for column in zip(*cells, strict=True))
    best = (room / 3, room / 3, room / 3), len(cells) * 99
    for title in (*_TITLES, min(titles, _TITLES[0])):
        for limit in (*_LIMITS, min(limits, _LIMITS[0])):
            widths = title + _CELL, room - title - limit - 2 * _CELL, limit + _CELL
            if widths[1] < _ACTORS:
                continue
            wide, middle, narrow = (width - _CELL for width in widths)
            height = sum(
                max(ceil(a / wide), ceil(b / middle), ceil(c / narrow)) for a, b, c in cells
            )
            best = min(best, (widths, height), key=itemgetter(1))
    return best


def _numbers(view: PowerListView) -> dict[str, int]:
    ids = (line.id for _, groups in view.classes for group in groups for line in group.lines)
    return {id_: number for number, id_ in enumerate(ids, start=1)}


def _list(public: PublicList, paper: Paper, room: float, measure: Measure) -> dict[str, Any]:
    is_one = len(public.sections) == 1
    columns = 1 if is_one else columns_for(paper.inner, 26.0)
    blocks: list[Block] = []
    for section in public.sections:
        if not is_one:
            blocks.append(Block((Text(section.title, 1.4),), 1.0))
        for entry in section.entries:
            basis = f"（依据：{entry.basis}）" if entry.basis else ""
            said = Text(f"{entry.text}{basis}" if is_one else f"{entry.title}。{entry.text}{basis}")
            texts = (Text(entry.title, 1.25), said) if is_one else (said,)
            blocks.append(Block(texts, 0.7 if is_one else 0.35, indent=2.2))
    size = size_for(blocks, paper.inner, room, columns, measure)
    return {"public": public, "columns": columns, "size": size, "is_one": is_one}
