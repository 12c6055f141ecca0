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
from generator.render.posters import Printed, Wall
from generator.render.search import documents_by_month, render_months, render_texts
from generator.settings import Settings
from generator.unchanged import NOTHING_KNOWN, Known
from generator.views.contents import VillageContents, village_contents
from generator.views.corrections import WithdrawnView
from generator.views.entries import village_entries
from generator.views.records import RecordView
from generator.views.sheets import SheetView, sheet_notes, village_sheets
from generator.views.sites import VillageSummary, village_summary
from generator.views.walls.rounds import (
    Name,
    last_round,
    name_of,
    on_first_board,
    settled,
    village_round,
)


@dataclass(frozen=True)
class VillageOutput:
    """What compiling a village gives, the same from the day `first` to the day `last`. `summary` is
    None when nothing of it can be published; `names_until` is the last day on which all names may be
    read; `drawn` sheets are new, `kept` ones were drawn by an
    earlier build. `still` are the first and the last day on which all of it is the same but the round of the
    boards, `held` files that the site has and that are the same."""

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
class VillageSite:
    """All that the files of a village are made of: what its pages show, its sheets with their drawn
    files, and the round of its boards."""

    contents: VillageContents
    sheets: tuple[SheetView, ...]
    printed: Printed
    wall: Wall
    shared: Shared
    settings: Settings
    base_url: str
    keep: Keep | None = None


def compile_village(
    folder: VillageFolder,
    shared: Shared,
    settings: Settings,
    known: Known = NOTHING_KNOWN,
    told: Told = unheard,
) -> VillageOutput:
    """Read, check, derive and render one village: a function of its folder and of what is kept of
    it. Tables and pages that are `known` are not read and made again, nor, where only the round of
    its boards is another, the files of all else, which the site has. Sheets are `told` when they are
    drawn.

    A record with a fault is left out and reported, or stays as it last was; everything else is
    published.
    """
    still, span = Span(settings.today), Span(settings.today)  # of all but the round, and of all
    settings = replace(settings, today=WatchedDay.of(still))
    data, problems = known_village(folder, shared, settings, still, known)
    if data is None:
        return VillageOutput(folder.id, (), None, None, problems, still.first, still.last)

    shared = shared_for(data.village, shared)
    contents = village_contents(data, shared, settings.today)
    site = village_site(contents, shared, settings, WatchedDay.of(span), told)
    printed, wall = site.printed, site.wall
    idle = (problem("explanation-idle", e.source, value=e.rule) for e in contents.warnings.idle)
    files = tuple(_round(replace(site, keep=partial(known.page, span)), WatchedDay.of(span)))
    if known.held is None:
        site = replace(site, keep=partial(known.page, still))
        files = (*(file for render in RENDERERS for file in render(site)), *files)
    else:
        known.keep_pages()
    held = known.held or NO_FILES
    span.within(still.first, still.last)
    lines = (*map(_record_line, contents.records), *map(_withdrawn_line, contents.withdrawn))
    # A sheet that hangs on two papers is reported once.
    faults = in_order(dict.fromkeys((*problems, *idle, *printed.problems, *wall.problems)))
    summary, view = village_summary(contents), wall.view
    card = replace(summary.card, up=view.up, down=view.down, batch=wall.batch)
    conduct = replace(contents.conduct, refused=len(files_with_errors(problems)))
    progress = replace(summary.progress, conduct=conduct)
    return VillageOutput(
        folder.id,
        files,
        village_manifest(folder.id, span.first.isoformat(), lines, (*held, *files)),
        replace(summary, card=card, progress=progress),
        tuple(found.of_village(folder.id) for found in faults),
        span.first,
        span.last,
        _names_until(contents),
        printed.drawn,
        printed.kept,
        (still.first, still.last),
        held,
    )


def village_site(
    contents: VillageContents,
    shared: Shared,
    settings: Settings,
    day: date,
    told: Told = unheard,
) -> VillageSite:
    """Draw the sheets of a village, and plan the round of its boards on a day with them."""
    sheets = village_sheets(contents, shared)
    hung = tuple(on_first_board(sheet, contents.place, shared) for sheet in sheets)
    printed = draw_village(hung, shared, settings, contents.place.village, told)
    today = replace(contents, today=day)
    this = settled(village_round(today, sheets, shared, last_round(day, shared)))
    wall = draw_wall(this, _by_name(hung, printed), shared, settings)
    base_url = base_url_of(shared, settings)
    return VillageSite(contents, sheets, printed, wall, shared, settings, base_url)


def _texts(site: VillageSite) -> Iterable[OutputFile]:
    entries = village_entries(site.contents, site.shared.phrases)
    folder, months = f"{site.contents.place.url}search", documents_by_month(entries)
    yield from render_months(folder, months)
    spoken = site.contents.place.village.pinyin
    yield from render_texts(folder, months, own_readings((one.name, one.letters) for one in spoken))


def _pages(site: VillageSite) -> Iterable[OutputFile]:
    drawn = frozenset(file.path for file in site.printed.files)
    pages = _writer(site, site.settings.today)
    yield from pages.village(site.contents, sheet_notes(site.sheets, drawn))


def _round(site: VillageSite, today: date) -> Iterable[OutputFile]:
    """The files of `filenames.round_files`."""
    yield _writer(site, today).wall(site.wall.view, frozenset(f.path for f in site.wall.files))
    yield from site.wall.files


def _writer(site: VillageSite, today: date) -> Pages:
    templates = templates_of(site.settings, site.shared)
    return Pages(templates, site.shared, today, site.base_url, site.keep)


def _photos(site: VillageSite) -> Iterable[OutputFile]:
    posted = site.contents.posted
    pictures = posted.pictures if posted else {}
    return (OutputFile(path, photo.content) for path, photo in sorted(pictures.items()))


RENDERERS: tuple[Callable[[VillageSite], Iterable[OutputFile]], ...] = (
    _pages,
    lambda site: village_data(site.contents, site.shared, site.base_url),
    lambda site: site.printed.files,
    lambda site: _texts(site),
    lambda site: _photos(site),
    lambda site: village_feeds(site.contents, site.shared.phrases, site.base_url),
    lambda site: village_calendar(site.contents, site.shared.phrases, site.base_url, site.keep),
)


def _by_name(sheets: tuple[SheetView, ...], printed: Printed) -> dict[Name, bytes]:
    files = {file.path: file.content for file in printed.files}
    return {name_of(s): files[s.path + PDF] for s in sheets if s.path + PDF in files}


def _names_until(contents: VillageContents) -> date:
    ends = (
        v.publication.window.end for v in contents.records if v.item.personal and v.is_displayed
    )
    return min((end for end in ends if end is not None), default=date.max)


def _record_line(view: RecordView) -> RecordLine:
    publication = view.publication
    window = publication.window
    status = "display" if view.is_displayed else "ended" if window.end else "standing"
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
