"""One pure function per village: a folder in, files and problems out."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from generator.checks import check_village
from generator.checks.context import Context
from generator.checks.privacy import keeps_village_out, name_finder, without_secrets
from generator.intake.folders import VillageFolder
from generator.intake.villages import read_village, without_files
from generator.intake.withdrawn import sound_withdrawn
from generator.model.names import PDF
from generator.model.shared import Shared, Theme
from generator.model.village import VillageData
from generator.output.files import OutputFile
from generator.output.manifest import WITHDRAWN, RecordLine, village_manifest
from generator.output.store import Store
from generator.problems import Problem, Source, files_with_errors, in_order, problem
from generator.render.calendar import village_calendar
from generator.render.data import village_data
from generator.render.feeds import village_feeds
from generator.render.pages import Pages
from generator.render.posters import (
    PosterPress,
    Printed,
    Wall,
    press_missing,
    render_posters,
    render_wall,
    wall_unseen,
)
from generator.render.search import render_search
from generator.render.templates import Templates
from generator.settings import Settings
from generator.views.contents import village_contents
from generator.views.corrections import WithdrawnView
from generator.views.entries import SearchEntry, village_entries
from generator.views.records import RecordView
from generator.views.sheets import SheetView, sheet_notes, village_sheets
from generator.views.sites import VillageSummary, village_summary
from generator.views.walls.boards import (
    Name,
    Round,
    last_round,
    name_of,
    on_first_board,
    village_round,
)


@dataclass(frozen=True)
class VillageOutput:
    """What compiling a village gives. `summary` is None when nothing of it can be published;
    `drawn` sheets are new, `kept` ones were drawn by an earlier build."""

    id: str
    files: tuple[OutputFile, ...]
    manifest: OutputFile | None
    entries: tuple[SearchEntry, ...]
    summary: VillageSummary | None
    problems: tuple[Problem, ...]
    drawn: int = 0
    kept: int = 0


def compile_village(folder: VillageFolder, shared: Shared, settings: Settings) -> VillageOutput:
    """Read, check, derive and render one village; touches nothing but its folder.

    A record with a fault is left out and reported; everything else is published.
    """
    data, problems = sound_village(folder, shared, settings.today)
    if data is None:
        return VillageOutput(folder.id, (), None, (), None, problems)

    contents = village_contents(data, shared, settings.today)
    views = contents.records
    entries = village_entries(contents.place, views, contents.own_powers)
    base_url = settings.base_url or shared.site.base_url
    sheets = village_sheets(contents, shared)
    hung = tuple(on_first_board(sheet, contents.place, shared) for sheet in sheets)
    printed = draw_sheets(hung, shared, settings)
    drawn = frozenset(file.path for file in printed.files)
    since = last_round(settings.today, shared)
    this = village_round(contents, sheets, shared, since)
    wall = draw_wall(this, _by_name(hung, printed), shared, settings)
    pages = Pages(templates_of(settings), shared, settings.today, base_url)
    files = (
        *pages.village(contents, drawn, sheet_notes(sheets, drawn)),
        *village_data(contents, shared, base_url),
        *printed.files,
        pages.wall(wall.view, frozenset(file.path for file in wall.files)),
        *wall.files,
        *render_search(f"{contents.place.url}search", entries),
        *village_feeds(contents, base_url),
        *village_calendar(contents, base_url),
    )
    lines = (*map(_record_line, views), *map(_withdrawn_line, contents.withdrawn))
    manifest = village_manifest(folder.id, settings.today.isoformat(), lines, files)
    # A sheet that hangs on two papers is told of once.
    faults = in_order(dict.fromkeys((*problems, *printed.problems, *wall.problems)))
    found = tuple(p.of_village(folder.id) for p in faults)
    summary = replace(
        village_summary(contents), up=wall.view.up, down=wall.view.down, batch=wall.batch
    )
    return VillageOutput(
        folder.id, files, manifest, entries, summary, found, printed.drawn, printed.kept
    )


def templates_of(settings: Settings) -> Templates:
    """The package's templates, with the site's own before them."""
    return Templates(settings.templates, settings.own_templates)


def sound_village(
    folder: VillageFolder, shared: Shared, today: date
) -> tuple[VillageData | None, tuple[Problem, ...]]:
    """The village's sound records, and what is wrong with the others."""
    data, faults = read_village(folder, shared)
    problems, names = list(faults), None
    if data is not None:
        known = data.records
        names = name_finder(data.village, known, shared)
        data = without_files(data, files_with_errors(problems))
        sound = {record.source for record in data.records}
        faulty = tuple(record for record in known if record.source not in sound)
        problems += check_village(Context(data, shared, today, faulty))
        if keeps_village_out(data.village, problems):
            problems.append(problem("village-left-out", Source(data.village.source.file)))
            data = None
        else:
            data = without_files(data, files_with_errors(problems))
            data = replace(data, withdrawn=sound_withdrawn(data.withdrawn, problems))
    told = in_order(without_secrets(problems, shared.privacy, names))
    return data, tuple(p.of_village(folder.id) for p in told)


def draw_sheets(sheets: tuple[SheetView, ...], shared: Shared, settings: Settings) -> Printed:
    """The files of sheets; where none are to be drawn, of those that are kept and still right."""
    if not _has_sheets(settings):
        return Printed((), (), 0, 0)
    base_url = settings.base_url or shared.site.base_url
    return render_posters(sheets, _press_for(shared, settings), base_url, shared.site.printer)


def _by_name(sheets: tuple[SheetView, ...], printed: Printed) -> dict[Name, bytes]:
    files = {file.path: file.content for file in printed.files}
    return {name_of(s): files[s.path + PDF] for s in sheets if s.path + PDF in files}


def draw_wall(this: Round, drawn: Mapping[Name, bytes], shared: Shared, settings: Settings) -> Wall:
    """The round of a village's boards; `drawn` are sheets that need not be drawn again."""
    if not _has_sheets(settings):
        return wall_unseen(this)
    base_url = settings.base_url or shared.site.base_url
    return render_wall(this, drawn, _press_for(shared, settings), base_url, shared)


def press_of(shared: Shared, settings: Settings) -> PosterPress:
    """The press of this process, with the site's own templates and colours."""
    return _press(templates_of(settings), shared.site.theme, store_of(settings), draws=True)


def _press_for(shared: Shared, settings: Settings) -> PosterPress:
    """The press of a build, which draws only where sheets are wanted."""
    templates, theme = templates_of(settings), shared.site.theme
    return _press(templates, theme, store_of(settings), draws=settings.posters)


def _has_sheets(settings: Settings) -> bool:
    """Whether sheets are drawn, or may be kept from a build that drew them. Their keys tell which
    are still right, and only the drawing libraries can tell the keys."""
    if settings.posters:
        return True
    store = None if settings.is_dry else store_of(settings)
    return store is not None and store.has_any and not press_missing()


def store_of(settings: Settings) -> Store | None:
    """Where drawn sheets are kept from build to build."""
    if settings.cache is None:
        return None
    return Store(settings.cache, settings.out, not settings.full, not settings.is_dry)


@lru_cache(maxsize=1)
def _press(templates: Templates, theme: Theme, store: Store | None, *, draws: bool) -> PosterPress:
    """One press for each worker: fonts and style sheets are loaded once, and what is loaded is
    spared by the search for garbage that each sheet leaves."""
    press = PosterPress(templates, theme, store, draws=draws)
    gc.collect()
    gc.freeze()
    return press


def _record_line(view: RecordView) -> RecordLine:
    publication = view.publication
    window = publication.window
    status = "display" if view.days_left is not None else "ended" if window.end else "standing"
    return RecordLine(
        url=publication.url,
        item=publication.item,
        period=publication.key,
        title=publication.title,
        digest=publication.digest,
        code=publication.code,
        sources=(publication.source,),
        published=window.start.isoformat() if window.start else None,
        display_until=window.end.isoformat() if window.end else None,
        status=status,
    )


def _withdrawn_line(view: WithdrawnView) -> RecordLine:
    return RecordLine(
        url=view.url,
        item=view.item.id,
        period=view.key,
        title=view.title,
        digest=view.digest,
        code=view.code,
        sources=(view.source,),
        published=view.published.isoformat(),
        display_until=None,
        status=WITHDRAWN,
    )
