"""Compiles one village: a folder in, files and problems out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from generator.drawing import base_url_of, draw_village, draw_wall, templates_of
from generator.intake.folders import VillageFolder
from generator.keeping import NEVER
from generator.model.clock import Span, WatchedDay
from generator.model.filenames import PDF
from generator.model.shared import Shared
from generator.model.sounds import own_readings
from generator.model.wording import shared_for
from generator.output.files import NO_FILES, Keep, OutputFile, WrittenFiles
from generator.output.manifest import WITHDRAWN, RecordLine, village_manifest
from generator.problems import Problem, files_with_errors, in_order, problem
from generator.progress import Told, unheard
from generator.remaining import known_village
from generator.render.data import village_data
from generator.render.feeds import village_feeds
from generator.render.ics import village_calendar
from generator.render.pages import Pages
from generator.render.printed import Printed, Wall
from generator.render.search import documents_by_month, render_months, render_texts
from generator.settings import Settings
from generator.unchanged import NOTHING_KNOWN, Known
from generator.views.contents import VillageContents, village_contents
from generator.views.corrections import WithdrawnView
from generator.views.entries import village_entries
from generator.views.records import RecordView
from generator.views.sheets import Notes, SheetView, sheet_notes, village_sheets
from generator.views.sites import VillageSummary, village_summary
from generator.views.walls.rounds import (
    Name,
    last_round,
    name_of,
    on_first_board,
    settled,
    village_round,
)

Shown = Callable[[tuple[OutputFile, ...]], None]
"""Hears of the first files of a village when they are made."""


@dataclass(frozen=True)
class VillageOutput:
    """What compiling a village gives, the same from the day `first` to the day `last`. `summary` is
    None when nothing of it can be published; `names_until` is the last day on which all names may be
    read; `drawn` sheets are new, `kept` ones were drawn by an
    earlier build. `still` are the first and the last day on which all that was derived of it is the same,
    so that pages and sheets alone may differ; `held` are files that the site has and that are the same."""

    id: str
    files: tuple[OutputFile, ...]
    manifest: OutputFile | None
    summary: VillageSummary | None
    problems: tuple[Problem, ...]
    first: date
    last: date
    names_until: date = date.max
    drawn: int = 0
    kept: int = 0
    still: tuple[date, date] = NEVER
    held: WrittenFiles = NO_FILES


@dataclass(frozen=True)
class Derived:
    """What is derived of a village's folder, and all problems that were found; no `contents` where
    nothing of it can be published."""

    contents: VillageContents | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class VillageSite:
    """All that the files of a village are made of: what its pages show, its sheets with their drawn
    files and what pages say of them, and the round of its boards. Pages of which the paths are `held` need
    not be made."""

    contents: VillageContents
    sheets: tuple[SheetView, ...]
    printed: Printed
    notes: Notes
    wall: Wall
    shared: Shared
    settings: Settings
    base_url: str
    keep: Keep | None = None
    held: frozenset[str] = frozenset()


def compile_village(
    folder: VillageFolder,
    shared: Shared,
    settings: Settings,
    known: Known = NOTHING_KNOWN,
    told: Told = unheard,
    shown: Shown = unheard,
) -> VillageOutput:
    """Read, check, derive and render one village: a function of its folder and of what is kept of
    it. Tables and pages that are `known` are not read and made again; where the day alone is another nothing
    is derived again either, and only pages that differ on it are made, since the site has all else. Sheets are
    `told` when they are drawn; pages with what they show and lead to are `shown` before all else is made.

    A record with a fault is left out and reported, or stays as it last was; everything else is
    published.
    """
    still, span = Span(settings.today), Span(settings.today)  # of what is derived, and of all
    derived = known.derived(still, partial(_derive, folder, shared, settings, known))
    if derived.contents is None:
        return VillageOutput(folder.id, (), None, None, derived.problems, still.first, still.last)

    today, contents = WatchedDay.of(span), replace(derived.contents, today=WatchedDay.of(still))
    shared, settings = shared_for(contents.place.village, shared), replace(settings, today=today)
    site = village_site(contents, shared, settings, today, told)
    held, printed, wall = known.held, site.printed, site.wall
    site = replace(site, keep=partial(known.page, span), held=known.pages(span, site.notes))
    pages = tuple(
        file for render in (RENDERERS if held is None else BY_DAY) for file in render(site)
    )
    shown(pages)
    files = pages if held is not None else (*pages, *_texts(site))
    held = held.without(file.path for file in files) if held else NO_FILES
    span.within(still.first, still.last)
    lines = (
        *(_record_line(view, today) for view in contents.records),
        *map(_withdrawn_line, contents.withdrawn),
    )
    # A sheet that hangs on two papers is reported once.
    faults = in_order(dict.fromkeys((*derived.problems, *printed.problems, *wall.problems)))
    summary, view = village_summary(replace(contents, today=today)), wall.view
    card = replace(summary.card, up=view.up, down=view.down, batch=wall.batch)
    return VillageOutput(
        folder.id,
        files,
        village_manifest(folder.id, span.first.isoformat(), lines, (*held, *files)),
        replace(summary, card=card),
        tuple(found.of_village(folder.id) for found in faults),
        span.first,
        span.last,
        _names_until(contents, today),
        printed.drawn,
        printed.kept,
        (still.first, still.last),
        held,
    )


def _derive(
    folder: VillageFolder, shared: Shared, settings: Settings, known: Known, span: Span
) -> Derived:
    """Read and check a village, and derive all that its pages show; what differs from day to day within
    the `span` is asked by pages and sheets themselves."""
    settings = replace(settings, today=WatchedDay.of(span))
    data, problems = known_village(folder, shared, settings, span, known)
    if data is None:
        return Derived(None, problems)
    contents = village_contents(data, shared_for(data.village, shared), settings.today)
    idle = (problem("explanation-idle", e.source, value=e.rule) for e in contents.warnings.idle)
    conduct = replace(contents.conduct, refused=len(files_with_errors(problems)))
    contents = replace(contents, conduct=conduct, today=span.today)
    return Derived(contents, (*problems, *idle))


def village_site(
    contents: VillageContents,
    shared: Shared,
    settings: Settings,
    day: date,
    told: Told = unheard,
) -> VillageSite:
    """Draw the sheets of a village, and plan the round of its boards on a day with them."""
    today = replace(contents, today=day)
    sheets = village_sheets(today, shared)
    hung = tuple(on_first_board(sheet, contents.place, shared) for sheet in sheets)
    printed = draw_village(hung, shared, settings, contents.place.village, told)
    notes = sheet_notes(sheets, frozenset(file.path for file in printed.files))
    this = settled(village_round(today, sheets, shared, last_round(day, shared)))
    wall = draw_wall(this, _by_name(hung, printed), shared, settings)
    base_url = base_url_of(shared, settings)
    return VillageSite(contents, sheets, printed, notes, wall, shared, settings, base_url)


def _texts(site: VillageSite) -> Iterable[OutputFile]:
    entries = village_entries(site.contents, site.shared.phrases)
    folder, months = f"{site.contents.place.url}search", documents_by_month(entries)
    yield from render_months(folder, months)
    spoken = site.contents.place.village.pinyin
    yield from render_texts(folder, months, own_readings((one.name, one.letters) for one in spoken))


def _pages(site: VillageSite) -> Iterable[OutputFile]:
    yield from _writer(site).village(site.contents, site.notes, site.held)


def _round(site: VillageSite) -> Iterable[OutputFile]:
    """The page and the batch of the boards."""
    yield _writer(site).wall(site.wall.view, frozenset(f.path for f in site.wall.files))
    yield from site.wall.files


def _writer(site: VillageSite) -> Pages:
    templates = templates_of(site.settings, site.shared)
    return Pages(templates, site.shared, site.settings.today, site.base_url, site.keep)


def _photos(site: VillageSite) -> Iterable[OutputFile]:
    posted = site.contents.posted
    pictures = posted.pictures if posted else {}
    return (OutputFile(path, photo.content) for path, photo in sorted(pictures.items()))


Renderers = tuple[Callable[[VillageSite], Iterable[OutputFile]], ...]
BY_DAY: Renderers = (_round, lambda site: site.printed.files, _pages)
"""What may differ from day to day, though nothing else was derived."""
RENDERERS: Renderers = (
    *BY_DAY,
    lambda site: village_data(site.contents, site.shared, site.base_url),
    _photos,
    lambda site: village_feeds(site.contents, site.shared.phrases, site.base_url),
    lambda site: village_calendar(site.contents, site.shared.phrases, site.base_url, site.keep),
)
"""What somebody sees or opens who looks at pages; texts for search alone are made when that is ready."""


def _by_name(sheets: tuple[SheetView, ...], printed: Printed) -> dict[Name, bytes]:
    files = {file.path: file.content for file in printed.files}
    return {name_of(s): files[s.path + PDF] for s in sheets if s.path + PDF in files}


def _names_until(contents: VillageContents, today: date) -> date:
    windows = (view.publication.window for view in contents.records if view.item.personal)
    ends = (window.end for window in windows if window.is_on(today))
    return min((end for end in ends if end is not None), default=date.max)


def _record_line(view: RecordView, today: date) -> RecordLine:
    publication = view.publication
    window = publication.window
    status = "display" if window.is_on(today) else "ended" if window.end else "standing"
    return RecordLine(
        url=publication.url,
        item=publication.item,
        period=publication.key,
        title=publication.official,
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
