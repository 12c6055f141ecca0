"""Draws what surrounds tiles: cutting marks, labels, rulers, and the map that comes first.

Geometry only; `templates/posters/tiles.html` writes it down. Lengths are millimetres.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.render.posters.tiling import MARKS, RULER, Plan, Tile, Tiling

_MAP_WIDTH, _MAP_HEIGHT = 150.0, 200.0  # the most that the small picture takes
_MAP_TOP = 74.0  # it stands under heading and advice
_GAP = 0.8  # between a mark and the picture
_THIN, _THICK = 0.25, 0.5


@dataclass(frozen=True)
class Line:
    """A line from one place to another."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float = _THIN


@dataclass(frozen=True)
class Text:
    """A line of text on its baseline; `anchor` as SVG has it."""

    x: float
    y: float
    text: str
    size: float = 4.3  # about 12 points
    is_bold: bool = False
    anchor: str = "start"


@dataclass(frozen=True)
class Frame:
    """One sheet of paper before the picture is put into it."""

    title: str
    width: float
    height: float
    lines: tuple[Line, ...]
    texts: tuple[Text, ...]


@dataclass(frozen=True)
class MapPlace:
    """The small picture on the map, from the paper's left and top; `scale` of the sheet."""

    left: float
    top: float
    width: float
    height: float
    scale: float


def map_place(plan: Plan, size: tuple[float, float]) -> MapPlace:
    """The place of the small picture of a sheet on the map."""
    room = plan.height - 2 * plan.top - _MAP_TOP - 12
    wide = plan.width - 2 * plan.left - 20
    scale = min(min(_MAP_WIDTH, wide) / size[0], min(_MAP_HEIGHT, room) / size[1])
    left, top = plan.left + 16, plan.top + _MAP_TOP
    return MapPlace(left, top, size[0] * scale, size[1] * scale, scale)


def frames_of(
    plan: Plan, size: tuple[float, float], name: str, tiling: Tiling
) -> tuple[Frame, ...]:
    """The map of one page of a sheet, then a frame for each tile."""
    return (_map(plan, size, name, tiling), *(_frame(plan, tile) for tile in plan.printed))


def _frame(plan: Plan, tile: Tile) -> Frame:
    right, bottom = plan.left + plan.window[0], plan.top + plan.window[1]
    lines: list[Line] = []
    for x in (plan.left, right):
        lines.append(Line(x, plan.top - MARKS, x, plan.top - _GAP))
        lines.append(Line(x, bottom + _GAP, x, bottom + MARKS))
    for y in (plan.top, bottom):
        lines.append(Line(plan.left - MARKS, y, plan.left - _GAP, y))
        lines.append(Line(right + _GAP, y, right + MARKS, y))
    place = f"第 {tile.row} 行 第 {tile.column} 列"
    base = bottom + MARKS + 6
    texts = [
        Text(plan.left + 2, base, place, 5.2, True),
        Text(plan.left + 50, base, f"共 {plan.rows} 行 {plan.columns} 列", 3.6),
    ]
    marks, measure = _ruler(plan.left + 80, base)
    return Frame(place, plan.width, plan.height, (*lines, *marks), (*texts, measure))


def _map(plan: Plan, size: tuple[float, float], name: str, tiling: Tiling) -> Frame:
    place = map_place(plan, size)
    texts = [
        Text(plan.left, plan.top + 9, "怎样拼成一张", 8, True),
        Text(plan.left, plan.top + 18, name, 4.6),
    ]
    for number, words in enumerate(_advice(plan, tiling), start=1):
        texts.append(Text(plan.left, plan.top + 22 + 7 * number, f"{number}. {words}"))
    right, bottom = place.left + place.width, place.top + place.height
    lines = [
        Line(place.left, place.top, right, place.top),
        Line(place.left, bottom, right, bottom),
        Line(place.left, place.top, place.left, bottom),
        Line(right, place.top, right, bottom),
    ]
    for number, (start, end) in enumerate(_parts(plan, 0), start=1):
        x = place.left + start * place.scale
        middle = place.left + (start + end) / 2 * place.scale
        lines += [Line(x, place.top, x, bottom, _THICK)] if number > 1 else []
        texts.append(Text(middle, place.top - 2, f"{number} 列", 3.6, anchor="middle"))
    for number, (start, end) in enumerate(_parts(plan, 1), start=1):
        y = place.top + start * place.scale
        middle = place.top + (start + end) / 2 * place.scale
        lines += [Line(place.left, y, right, y, _THICK)] if number > 1 else []
        texts.append(Text(place.left - 2, middle + 1.3, f"{number} 行", 3.6, anchor="end"))
    for tile in plan.blank:
        x, y = (start / plan.scale * place.scale for start in (tile.left, tile.top))
        texts.append(Text(place.left + x + 2, place.top + y + 6, "空白，没有打印", 3.6))
    marks, measure = _ruler(plan.left, plan.height - plan.top - 1)
    return Frame("怎样拼成一张", plan.width, plan.height, (*lines, *marks), (*texts, measure))


def _parts(plan: Plan, axis: int) -> Iterator[tuple[float, float]]:
    """The part of the sheet that each column (axis 0) or row (1) of tiles shows, up to where the
    next one overlaps it."""
    starts = sorted({(tile.left, tile.top)[axis] / plan.scale for tile in plan.tiles})
    area = plan.area
    end = (area.left + area.width, area.top + area.height)[axis]
    yield from zip(starts, (*starts[1:], end), strict=True)


def _advice(plan: Plan, tiling: Tiling) -> tuple[str, ...]:
    area = plan.area
    paper = f"{round(area.width * plan.scale)}×{round(area.height * plan.scale)} 毫米"
    advice = [
        f"共 {len(plan.printed)} 张，{plan.rows} 行 {plan.columns} 列，拼好是 {paper}（四边的白边不印）。",
        "打印时选“实际大小”（100%），单面打印，不要选“适合纸张”。",
        "打出来先量一量尺子：不是 50 毫米，就是打印时缩放了。",
        f"相邻两张重叠 {tiling.overlap:g} 毫米：沿角上的记号，裁掉右边和下边的白边。",
        "从第 1 行第 1 列起，把左边、上边压在前一张下面粘牢。",
    ]
    if plan.blank:
        advice.append(f"图上写着空白的 {len(plan.blank)} 张没有打印，那里空着就行。")
    if plan.scale < 1:
        advice.append(f"这一份缩小到了 {plan.scale:.0%}，字比规定的小，只宜近看。")
    return tuple(advice)


def _ruler(x: float, y: float) -> tuple[tuple[Line, ...], Text]:
    """A ruler of 50 mm with a tick at each 10."""
    ticks = (0.0, 10.0, 20.0, 30.0, 40.0, RULER)
    lines = [Line(x + t, y - (3.0 if t in (0.0, RULER) else 1.8), x + t, y) for t in ticks]
    return (*lines, Line(x, y, x + RULER, y)), Text(x + RULER + 2, y, "应是 50 毫米", 3.6)
