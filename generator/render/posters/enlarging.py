"""Decides how large the type of sheets that show no record is: as large as one page allows.

Each size is a way to set the sheet. The heights that are foreseen only say where to begin, since
what is laid out corrects them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import ceil
from operator import itemgetter

from markupsafe import Markup

from generator.model.papers import Paper
from generator.model.powers import PublicList, Step
from generator.render.drawings import Drawings
from generator.render.drawings.boards import board_width
from generator.render.posters.charts import UNITS, height_of, in_sans
from generator.render.posters.choosing import Parts, Way, until_sure
from generator.render.posters.typeface import Measure
from generator.views.articles import ArticleView
from generator.views.places import Place
from generator.views.powers import FlowView, PowerListView, PowerView
from generator.views.sheets import SheetView
from generator.views.stations import StationView
from generator.views.supervising.report import ReportView, cell_text
from generator.views.walls.plans import WallView

_SIZES = (2.0, 1.9, 1.8, 1.7, 1.6, 1.5, 1.45, 1.4, 1.35, 1.3, 1.25, 1.2, 1.15, 1.1, 1.05, 1.0)
_CHART_SIZES = (1.5, 1.4, 1.3, 1.2, 1.15, 1.1, 1.05, 1.0)
_ANY = 1e6  # units: as high as a drawing may be that is not cut
_GAP = 1.6  # ems between columns of text
# A table of powers, in ems of its type: columns, white in a cell, a mark's frame; widths that
# are tried; least and most leading, and how much of the room it fills.
_ITEM, _PLACE, _CELL, _MARK, _ACTORS = 6.0, 2.0, 0.8, 1.0, 8.0
_TITLES, _LIMITS = (12.5, 11.5, 10.5, 9.0, 7.5), (15.0, 14.0, 13.0, 12.0, 11.0, 9.5, 8.0)
_TIGHT, _LOOSE, _FILLED = 1.4, 2.2, 0.98
_TABLE_HEAD, _RULE = 2.6, 0.07
# About the height in ems of what stands above, of a line of the plain sentence and of a line.
_HEAD, _SENTENCE, _LINE = 9.6, 1.9, 1.4
_PART = 0.5  # of a line for the white of a paragraph and the end of its last line
_INDENT, _NAME = 2.2, 1.25  # of an entry of a list: its text's indent in ems, its title's size
_SECTION = 1.5  # lines of one column for the head of a section
_WHO = 0.4  # of a station's sign is for names, at least
_CONTINUED = 5.0  # of a head on later pages
_SLIM, _BROAD = 3.5, 16.0  # ems of a column of a report


def enlarged_parts(sheet: SheetView, drawings: Drawings, measure: Measure) -> Parts:
    """The facts and ways that the layout of a sheet without a record needs."""
    body, paper = sheet.body, sheet.paper
    head = _HEAD + ceil(measure(sheet.summary) * 1.35 / paper.inner) * _SENTENCE
    if isinstance(body, PowerListView):
        return Parts({"view": body, "numbers": _numbers(body)}, _powers(body, paper, head, measure))
    if isinstance(body, PublicList):
        return _list(body, paper, head, measure)
    if isinstance(body, ArticleView):
        return _article(body, paper, head, measure)
    if isinstance(body, PowerView):
        power = body.power
        told = [*power.actors, *power.materials, body.reason, power.accountable]
        told += [text for risk in power.risks for text in (risk.point, risk.measure)]
        words = head + ceil(measure("".join(told)) / paper.inner + 4) * _LINE
        ways = _charts(power.steps, power.title, paper, words, drawings)
        return Parts({"view": body, "power": power}, ways)
    if isinstance(body, FlowView):
        return Parts({}, _charts(body.flow.steps, body.flow.title, paper, head, drawings))
    if isinstance(body, StationView):
        return Parts({"view": body}, tuple(_station(body, paper, measure)))
    if isinstance(body, ReportView):
        return Parts(_report(body, measure))
    if isinstance(body, WallView):
        return Parts(_boards(body, drawings))
    assert isinstance(body, Place)
    return Parts(_codes(paper))


def _sizes(widths: Iterable[float], wide: float, head: float, columns: int) -> tuple[Way, ...]:
    """The sizes of running text, foreseen from the widths in ems of its paragraphs."""
    lines = sum(width / wide + _PART / columns for width in widths)
    return tuple(Way({"size": size}, head + lines * _LINE * size**2) for size in _SIZES)


def _column_count(paper: Paper, least: float) -> int:
    """How many columns of at least so many ems a paper has room for."""
    return max(1, int((paper.inner + _GAP) // (least + _GAP)))


def _list(public: PublicList, paper: Paper, head: float, measure: Measure) -> Parts:
    is_one = len(public.sections) == 1
    entries = [entry for section in public.sections for entry in section.entries]
    columns = 1 if is_one else _column_count(paper, 26.0)
    titles = [measure(entry.title) for entry in entries]
    texts = [measure(f"{entry.text}{entry.basis}") for entry in entries]
    if is_one:  # a title has lines of its own
        widths = [*(title * _NAME + paper.inner / 2 for title in titles), *texts]
    else:
        widths = [sum(parts) for parts in zip(titles, texts, strict=True)]
        widths += [_SECTION * paper.inner for _ in public.sections]
    ways = _sizes(widths, paper.inner - _INDENT * columns, head, columns)
    return Parts({"public": public, "columns": columns, "is_one": is_one}, ways)


def _article(view: ArticleView, paper: Paper, head: float, measure: Measure) -> Parts:
    """A case in one column, a guide to a table in several with the words of the table."""
    texts = view.article.body.splitlines()
    texts += [f"{word.word}{word.plain}" for word in (*view.columns, *view.words)]
    columns = 1 if view.item is None else _column_count(paper, 24.0)
    facts = {"view": view, "article": view.article, "columns": columns}
    widths = (measure(text) for text in texts if text)
    return Parts(facts, _sizes(widths, paper.inner, head, columns))


def _charts(
    steps: tuple[Step, ...], title: str, paper: Paper, words: float, drawings: Drawings
) -> tuple[Way, ...]:
    """The steps of a flow as large as one page allows with its words; on more pages where it
    must be."""

    def drawn(size: float, first: float, other: float) -> tuple[Markup, ...]:
        width = paper.inner / size * UNITS
        name = f"{title}的步骤"
        charts = drawings.step_charts(
            steps, id="flow", title=name, width=width, first=first, other=other
        )
        return tuple(in_sans(chart) for chart in charts)

    def ways() -> Iterator[Way]:
        for size in _CHART_SIZES:
            parts = drawn(size, _ANY, _ANY)
            yield Way({"parts": parts}, words + height_of(parts[0]) * size)
        cut = drawn(1.0, (paper.tall - words) * UNITS, (paper.tall - _CONTINUED) * UNITS)
        if cut[1:]:
            yield Way({"parts": cut}, words + sum(map(height_of, cut)))

    return until_sure(ways(), paper)


def _report(view: ReportView, measure: Measure) -> dict[str, object]:
    """Each column as wide as what it holds asks for, within bounds, in per cent of the table."""
    widths: dict[str, list[float]] = {}
    for block in view.blocks:
        if block.grid:
            columns = zip(block.grid.heads, *block.grid.rows, strict=True)
            ems = [max(measure(cell_text(cell)) for cell in column) for column in columns]
            asked = [min(max(wide + 1, _SLIM), _BROAD) for wide in ems]
            widths[block.id] = [round(100 * wide / sum(asked), 2) for wide in asked]
    return {"view": view, "widths": widths, "cell_text": cell_text}


def _boards(view: WallView, drawings: Drawings) -> dict[str, object]:
    """The pictures of all boards with their widths in ems: their numbers are no smaller than the
    text."""
    pictures = [
        (in_sans(drawings.board(board.picture)), round(board_width(board.picture) / UNITS, 2))
        for board in view.boards
    ]
    return {"view": view, "since": view.changes, "pictures": pictures}


def _codes(paper: Paper) -> dict[str, object]:
    """One code as large as the paper allows, then four to be cut out."""
    wide, high = paper.width - 2 * paper.margin, paper.height - 2 * paper.margin
    return {
        "margin": paper.margin,
        "side": round(min(wide, high * 0.48)),
        "piece_height": round(high / 2 - 1, 1),
        "small": round(min(wide / 2 * 0.9, high / 2 * 0.62)),
        "pieces": (range(2), range(2)),
    }


def _station(view: StationView, paper: Paper, measure: Measure) -> Iterator[Way]:
    """Names and phones are read from two metres; a number is never broken."""
    # A number is bold, in a cell with its own white.
    phones = max((measure(m.phone) * 1.06 + 0.4) * 2.3 for m in view.members)
    longest = max((len(section.entries) for section in view.sections), default=0)
    for size in _SIZES:
        who = min(1 - phones * size / paper.inner, 0.62)
        if who < _WHO and size > 1.0:
            continue
        wide = paper.inner / size
        rows = ceil(len(view.sections) / max(1, int((wide + _GAP) // (13.0 + _GAP))))
        columns = ceil(len(view.sections) / rows) if rows else 1
        shares = range(0, len(view.sections), columns)
        duty_rows = [view.sections[start : start + columns] for start in shares]
        height = 17.0 + (len(view.members) * 5.3 + rows * (longest * 1.65 + 3.0)) * size
        facts = {"size": size, "who": f"{max(who, _WHO):.1%}", "duty_rows": duty_rows}
        yield Way(facts, height)


def _powers(view: PowerListView, paper: Paper, head: float, measure: Measure) -> tuple[Way, ...]:
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
    ways = []
    for size in _SIZES:
        widths, count = _columns(cells, paper.inner / size - _ITEM - _PLACE)
        columns = (_ITEM, _PLACE, *widths)
        rules = _TABLE_HEAD + len(lines) * _RULE
        leading = ((paper.tall - head) / size - rules) / count * _FILLED
        facts = {
            "widths": [f"{width / sum(columns):.2%}" for width in columns],
            "size": size,
            "leading": round(min(max(leading, _TIGHT), _LOOSE), 2),
        }
        ways.append(Way(facts, head + (count * _TIGHT + rules) * size))
    return tuple(ways)


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
