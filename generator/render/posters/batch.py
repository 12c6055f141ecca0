"""Joins what a village must hang up now into one PDF: the list for the round, then every new sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO

import pikepdf

from generator.model.filenames import PDF, TILES, WALL
from generator.model.shared import Shared
from generator.output.files import OutputFile
from generator.problems import Problem, Source, problem
from generator.render.posters.press import PosterPress
from generator.render.posters.rendering import tiled
from generator.render.posters.tiles import sheet_sizes
from generator.render.printed import Wall
from generator.views.walls.plans import Pages, WallView, changes_sheet, print_runs, wall_view
from generator.views.walls.rounds import Name, Round, name_of, needs_tiles, new_sheets

LIST = "换版清单"
Part = tuple[str, tuple[tuple[str, bytes], ...]]
"""The name of a board, and the sheets that hang there with their titles."""
_DRAWS = 3  # the list names pages that follow it: drawn again while its own length changes


def render_wall(
    this: Round,
    drawn: Mapping[Name, bytes],
    press: PosterPress,
    base_url: str,
    shared: Shared,
) -> Wall:
    """Draw the round's list and put the new sheets behind it.

    `drawn` holds sheets that are drawn already; those on the papers of other boards are drawn
    here.
    """
    sheets, problems = _all_sheets(this, drawn, press, base_url)
    pages = {name: len(sheet_sizes(pdf)) for name, pdf in sheets.items()}
    view = wall_view(this, pages)
    problems += [
        problem("board-full", Source(this.place.village.source.file), value=b.place, words=b.full)
        for b in view.boards
        if b.full
    ]
    if not press.draws and any(name_of(sheet) not in sheets for sheet in this.sheets):
        return Wall(view, (), tuple(problems))  # a batch that lacks a sheet would pass for whole
    listed, view, faults = _list(this, view, pages, press, base_url, shared)
    problems += faults
    if not listed:
        return Wall(view, (), tuple(problems))
    path = f"{this.place.url}{WALL}"
    parts: list[Part] = [(LIST, ((LIST, listed),))]
    parts += [
        (board.place, tuple((s.subtitle, sheets[name_of(s)]) for s in own if name_of(s) in sheets))
        for board, own in new_sheets(this)
    ]
    title = f"{this.place.village.name}公开栏换版"
    files = [OutputFile(f"{path}{PDF}", joined(title, tuple(parts)))]
    tiles, uncut = _tiles(this, sheets, press)
    problems += uncut
    if tiles:
        files.append(OutputFile(f"{path}{TILES}", tiles))
    return Wall(view, tuple(files), tuple(problems))


def joined(title: str, parts: tuple[Part, ...]) -> bytes:
    """Several PDFs as one, with a bookmark for each and one above those of a part. Same input,
    same bytes."""
    whole = pikepdf.new()
    with whole.open_outline() as outline:
        for name, sheets in parts:
            start = len(whole.pages)
            inner = []
            for subtitle, pdf in sheets:
                inner.append(pikepdf.OutlineItem(subtitle, len(whole.pages)))
                with pikepdf.open(BytesIO(pdf)) as sheet:
                    whole.pages.extend(sheet.pages)
            if sheets:
                item = pikepdf.OutlineItem(name, start)
                if len(inner) > 1 or inner[0].title != name:
                    item.children.extend(inner)
                outline.root.append(item)
    whole.Root.Lang = pikepdf.String("zh-CN")
    whole.Root.PageMode = pikepdf.Name.UseOutlines
    whole.Root.ViewerPreferences = pikepdf.Dictionary(
        PrintScaling=pikepdf.Name("/None"), Duplex=pikepdf.Name.Simplex, DisplayDocTitle=True
    )
    whole.docinfo["/Title"] = title
    buffer = BytesIO()
    whole.remove_unreferenced_resources()
    whole.save(buffer, static_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return buffer.getvalue()


def _all_sheets(
    this: Round, drawn: Mapping[Name, bytes], press: PosterPress, base_url: str
) -> tuple[dict[Name, bytes], list[Problem]]:
    """Every sheet that hangs anywhere, by name; those that cannot be drawn are left out and
    reported."""
    found: dict[Name, bytes] = {}
    problems: list[Problem] = []
    for sheet in this.sheets:
        pdf = drawn.get(name_of(sheet), b"")
        if not pdf:
            fresh = press.draw(sheet, base_url)
            pdf = fresh.pdf
            problems += fresh.problems
        if pdf:
            found[name_of(sheet)] = pdf
    return found, problems


def _list(
    this: Round, view: WallView, pages: Pages, press: PosterPress, base_url: str, shared: Shared
) -> tuple[bytes, WallView, tuple[Problem, ...]]:
    """The list, with the numbers of the pages that follow it."""
    length = 1
    for _ in range(_DRAWS):
        view = replace(view, runs=print_runs(this, pages, length + 1))
        sheet = changes_sheet(view, shared)
        if sheet is None:
            return b"", view, ()
        drawn = press.draw(sheet, base_url)
        if not drawn.pdf:
            return b"", view, drawn.problems
        found = len(sheet_sizes(drawn.pdf))
        if found == length:
            break
        length = found
    return drawn.pdf, view, ()


def _tiles(
    this: Round, sheets: Mapping[Name, bytes], press: PosterPress
) -> tuple[bytes, list[Problem]]:
    """The new sheets that the office's printer cannot print whole, cut for it; nothing where
    one of them is not kept or cannot be cut."""
    large: list[Part] = []
    problems: list[Problem] = []
    for board, own in new_sheets(this):
        cut: list[tuple[str, bytes]] = []
        for sheet in own:
            if needs_tiles(sheet, this.printer) and name_of(sheet) in sheets:
                tiles, faults = tiled(press, sheet, sheets[name_of(sheet)], this.printer)
                problems += faults
                cut.append((sheet.subtitle, tiles))
        if not all(pdf for _, pdf in cut):
            return b"", problems
        if cut:
            large.append((board.place, tuple(cut)))
    title = f"{this.place.village.name}公开栏换版（分成 {this.printer} 打印）"
    return joined(title, tuple(large)) if large else b"", problems
