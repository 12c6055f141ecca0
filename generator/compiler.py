"""One pure function per village: a folder in, files and problems out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from generator.checks import check_village
from generator.checks.context import Context
from generator.checks.privacy import keeps_village_out, without_secrets
from generator.intake.folders import VillageFolder
from generator.intake.villages import read_village, without_files
from generator.model.shared import Shared
from generator.model.village import VillageData
from generator.output.files import OutputFile
from generator.output.manifest import RecordLine, village_manifest
from generator.problems import Problem, Source, files_with_errors, in_order, problem
from generator.render.data import render_data
from generator.render.feeds import village_feed
from generator.render.pages import Pages
from generator.render.posters import PosterPress, render_posters
from generator.render.search import render_search
from generator.settings import Settings
from generator.views.contents import village_contents
from generator.views.entries import SearchEntry, village_entries
from generator.views.records import RecordView
from generator.views.sites import VillageSummary, village_summary


@dataclass(frozen=True)
class VillageOutput:
    """What compiling a village gives. `summary` is None when nothing of it can be published."""

    id: str
    files: tuple[OutputFile, ...]
    manifest: OutputFile | None
    entries: tuple[SearchEntry, ...]
    summary: VillageSummary | None
    problems: tuple[Problem, ...]


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
    sheets, faults = _posters(views, settings, base_url)
    with_poster = frozenset(
        f.path.removesuffix("poster.pdf") for f in sheets if f.path.endswith("poster.pdf")
    )
    pages = Pages(settings.templates, shared.site, settings.today, base_url)
    files = (
        *pages.village(contents, with_poster),
        *(file for view in views for file in render_data(view)),
        *sheets,
        *render_search(f"{contents.place.url}search", entries),
        village_feed(contents.place, views, base_url),
    )
    manifest = village_manifest(
        folder.id, settings.today.isoformat(), map(_record_line, views), files
    )
    found = tuple(p.of_village(folder.id) for p in in_order((*problems, *faults)))
    return VillageOutput(folder.id, files, manifest, entries, village_summary(contents), found)


def sound_village(
    folder: VillageFolder, shared: Shared, today: date
) -> tuple[VillageData | None, tuple[Problem, ...]]:
    """The village's sound records, and what is wrong with the others."""
    data, faults = read_village(folder, shared)
    problems = list(faults)
    if data is not None:
        data = without_files(data, files_with_errors(problems))
        problems += check_village(Context(data, shared, today))
        if keeps_village_out(data.village, problems):
            problems.append(problem("village-left-out", Source(data.village.source.file)))
            data = None
        else:
            data = without_files(data, files_with_errors(problems))
    told = in_order(without_secrets(problems, shared.privacy))
    return data, tuple(p.of_village(folder.id) for p in told)


def _posters(
    views: tuple[RecordView, ...], settings: Settings, base_url: str
) -> tuple[tuple[OutputFile, ...], tuple[Problem, ...]]:
    if not settings.posters:
        return (), ()
    return render_posters(views, _press(settings.templates), base_url)


@lru_cache(maxsize=1)
def _press(templates: Path) -> PosterPress:
    """One press for each worker: fonts and style sheets are loaded once."""
    return PosterPress(templates)


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
