"""Sheets by command: one on any paper, a big one as tiles for the office's printer, all that a
village must hang up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from generator.drawing import base_url_of, draw_wall, press_of
from generator.intake.folders import find_villages
from generator.intake.naming import chosen_villages, item_names, named, written_period
from generator.keeping import ABOVE
from generator.model.filenames import SHEET
from generator.model.papers import Paper
from generator.model.shared import Shared
from generator.model.wording import shared_for
from generator.problems import Problem
from generator.reading import sound_content, sound_village
from generator.render.posters import press_missing
from generator.render.posters.laid import EngineError
from generator.render.posters.tiles import NotAPdfError
from generator.render.posters.tiling import Tiling
from generator.settings import CannotBuildError, Settings
from generator.views.contents import VillageContents, village_contents
from generator.views.sheets import SheetView, site_sheets, village_sheets
from generator.views.walls.rounds import last_round, on_first_board, village_round

__all__ = ["RoundRequest", "SheetRequest", "Tiling", "draw_round", "draw_sheet", "tile_file"]


@dataclass(frozen=True)
class SheetRequest:
    """Which sheet: a village, an item and a record's key, or what else has a sheet, such as
    `powers` and a power's id; a paper's id and direction, both empty for the usual ones."""

    village: str
    item: str
    key: str
    paper: str = ""
    orientation: str = ""


@dataclass(frozen=True)
class RoundRequest:
    """A round of a village's boards: what changed since a day, by default since the last round, or
    everything that should hang."""

    village: str
    since: date | None = None
    everything: bool = False


@dataclass(frozen=True)
class PrintedRound:
    """The files of a round, by what stands behind the name of the batch; how many sheets go up
    and come down, and why none does where the village has published nothing."""

    files: tuple[tuple[str, bytes], ...]
    up: int
    down: int
    problems: tuple[Problem, ...]
    nothing_yet: str = ""


def draw_round(request: RoundRequest, settings: Settings) -> PrintedRound:
    """The list for the round of a village's boards, and the sheets to hang up behind it.

    Raises `CannotBuildError` when there is no such village, or sheets cannot be drawn.
    """
    shared = _shared(settings)
    contents = _contents_of(request.village, shared, settings)
    shared = shared_for(contents.place.village, shared)
    since = request.since or last_round(settings.today, shared)
    sheets = village_sheets(contents, shared)
    this = village_round(contents, sheets, shared, None if request.everything else since)
    wall = draw_wall(this, {}, shared, settings)
    if not wall.files:
        faults = "\n".join(map(str, wall.problems))
        raise CannotBuildError(faults or "papers.yaml 的 sheets 里没有 changes（换版清单用的纸）。")
    start = f"{contents.place.url}wall"
    files = tuple((file.path.removeprefix(start), file.content) for file in wall.files)
    view = wall.view
    return PrintedRound(files, view.up, view.down, wall.problems, view.nothing_yet)


def draw_sheet(request: SheetRequest, settings: Settings) -> tuple[bytes, tuple[Problem, ...]]:
    """The PDF of one sheet.

    Raises `CannotBuildError` when there is no such sheet or paper, or sheets cannot be drawn.
    """
    shared = _shared(settings)
    sheet = _sheet_of(request, shared, settings)
    if sheet.place:
        shared = shared_for(sheet.place.village, shared)
    paper = _paper_of(request, shared, sheet.paper)
    # Whoever asks for a sheet wants it drawn, whatever a build would do.
    room = sheet.place.village.id if sheet.place else ABOVE
    press = press_of(shared, replace(settings, sheets="all"), room)
    drawn = press.draw(sheet.on(paper), base_url_of(shared, settings))
    if not drawn.pdf:
        raise CannotBuildError("\n".join(map(str, drawn.problems)))
    return drawn.pdf, drawn.problems


def tile_file(file: Path, tiling: Tiling, settings: Settings) -> bytes:
    """A sheet's PDF as tiles. Raises `CannotBuildError` when it is no PDF, or cannot be cut so."""
    shared = _shared(settings)
    try:
        content = file.read_bytes()
    except OSError:
        raise CannotBuildError(f"打不开文件 {file}。请检查文件名和路径。") from None
    try:
        return press_of(shared, settings, ABOVE).tile(content, file.stem, tiling)
    except NotAPdfError:
        raise CannotBuildError(f"{file} 不是完好的 PDF。请换一份公示单的 PDF。") from None
    except EngineError as fault:
        raise CannotBuildError(f"分不了张：{fault}。") from None
    except ValueError:
        raise CannotBuildError(
            "这样切，一张纸上剩不下多少画面。请把 --margin 或 --overlap 改小。"
        ) from None


def _shared(settings: Settings) -> Shared:
    missing = press_missing()
    if missing:
        raise CannotBuildError(f"这台电脑不能画公示单：缺少 {missing}。请运行 doctor 看怎样装。")
    return sound_content(settings.content, settings.today, "才能画公示单")[0]


def _contents_of(village: str, shared: Shared, settings: Settings) -> VillageContents:
    folders, _ = find_villages(settings.villages, shared)
    (folder,) = chosen_villages((village,), folders)
    folder = folder.as_written if settings.drafts else folder
    data, problems = sound_village(folder, shared, settings.today)
    if data is None:
        raise CannotBuildError("\n".join(map(str, problems)))
    return village_contents(data, shared_for(data.village, shared), settings.today)


def _sheet_of(request: SheetRequest, shared: Shared, settings: Settings) -> SheetView:
    """A sheet by the last parts of its page's address: the village's, or the site's own."""
    contents = _contents_of(request.village, shared, settings)
    own = shared_for(contents.place.village, shared)
    found = (*village_sheets(contents, own), *site_sheets(shared, settings.today))
    sheets = {sheet.path.removesuffix(f"/{SHEET}"): sheet for sheet in found}
    named_item = named(request.item, item_names(shared.catalogue.items))
    item = named_item[0] if len(named_item) == 1 else request.item
    # A key is ASCII; what else is written is a period as people say it.
    key = request.key
    if not key.isascii():
        period = written_period(key, shared.catalogue.find(item))
        key = period.text if period else key
    name = "/".join(part for part in (item, key) if part)
    home = f"v/{contents.place.village.id}/"
    sheet = sheets.get(f"{home}{name}") or sheets.get(name)
    if sheet is None:
        alike = [n.removeprefix(home) for n in sheets if n.startswith(f"{home}{item}/")]
        raise CannotBuildError(_why_none(request, item, name, alike, shared))
    return on_first_board(sheet, contents.place, shared)


def _why_none(request: SheetRequest, item: str, name: str, alike: list[str], shared: Shared) -> str:
    """What is said where there is no such sheet: what else there is of the item, or which items."""
    if alike:
        return f"{request.village} 没有 {name} 这份公示单。{item} 有：{'、'.join(alike)}。"
    known = shared.catalogue.find(item)
    if known:
        return f"{request.village} 的{known.called}还没有公开过，没有公示单可以画。"
    titles = "、".join(one.called for one in shared.catalogue.items)
    return f"没有“{request.item}”这个事项。有的事项：{titles}。"


def _paper_of(request: SheetRequest, shared: Shared, usual: Paper) -> Paper:
    """The paper that was asked for, turned as the usual one unless asked otherwise."""
    if request.paper and request.paper not in shared.papers:
        known = "、".join(shared.papers)
        raise CannotBuildError(f"没有这种纸：{request.paper}。有的纸：{known}。")
    upright = shared.papers[request.paper or usual.id]
    lying = "landscape" if usual.is_landscape else "portrait"
    return upright.laid(request.orientation or lying)
