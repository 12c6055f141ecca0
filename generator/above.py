"""Makes what stands above the villages: the search over all, pages, sheets, feeds and data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache, partial
from typing import Any

from generator.drawing import base_url_of, templates_of
from generator.keeping import (
    ABOVE,
    Bench,
    Made,
    find_pages_above,
    keep,
    key_of_above,
)
from generator.model.clock import Span, WatchedDay
from generator.output.files import OutputFile, WrittenFiles
from generator.packed import unpack
from generator.problems import Problem, Source, problem
from generator.render.data import site_data
from generator.render.feeds import site_feeds
from generator.render.maps import site_map
from generator.render.pages import Pages
from generator.render.printed import Printed
from generator.render.search import render_guide, render_names
from generator.searching import Above, make_search
from generator.unchanged import Known
from generator.views.entries import guide_entries, site_entries
from generator.views.powers import power_list, standard_power_views
from generator.views.sheets import SheetView, sheet_notes, site_sheets
from generator.views.sites import SiteView, site_view
from generator.workers import Spread, draw_all


def make_above(
    villages: dict[str, Made], bench: Bench, spread: Spread, missing: str
) -> tuple[Made, ...]:
    """The search over all villages, and all else that is nobody's. What is `missing` for drawing sheets is told."""
    kept = find_pages_above(villages, bench) if not missing else None
    span, key = Span(bench.settings.today), key_of_above(villages, bench)
    view = cache(partial(_view, villages, bench, span))
    above = Above(lambda: site_entries(view()), key, is_known=kept is not None)
    search = make_search(above, villages, bench, spread)
    if kept:
        return search, kept
    others = (*villages.values(), search)
    source = Source("publish.py")
    told = (problem("posters-unavailable", source, value=missing),) if missing else ()
    return search, _pages(key, view(), others, told, span, bench, spread)


def _view(villages: Mapping[str, Made], bench: Bench, span: Span) -> SiteView:
    shared, today = bench.shared, WatchedDay.of(span)
    return site_view(
        shared,
        tuple(_summary(made.summary) for made in villages.values() if made.name),
        power_list(shared),
        standard_power_views(shared, today),
        today,
    )


@lru_cache(maxsize=1000)
def _summary(packed: bytes) -> Any:
    """What is needed of a village; `serve` asks again and again."""
    return unpack(packed)


def _pages(
    key: str,
    view: SiteView,
    others: tuple[Made, ...],
    told: tuple[Problem, ...],
    span: Span,
    bench: Bench,
    spread: Spread,
) -> Made:
    """Everything but the search; `others` are all other parts of the site."""
    store = bench.store(ABOVE)
    if store:
        store.begin()
    sheets = site_sheets(bench.shared, WatchedDay.of(span))
    printed = draw_all(sheets, spread)
    known = Known(store, bench.print, bench.settings.out)
    files = tuple(_files(view, sheets, printed, others, bench, known, span))
    made = Made(
        key,
        span.first,
        span.last,
        bench.draft.add(files) if bench.draft else WrittenFiles(),
        (*told, *printed.problems),
        drawn=printed.drawn,
        kept=printed.kept,
    )
    if store and bench.settings.draws:
        store.end()
    keep(bench, ABOVE, made)
    known.keep()
    return made


def _files(
    view: SiteView,
    sheets: tuple[SheetView, ...],
    printed: Printed,
    others: Iterable[Made],
    bench: Bench,
    known: Known,
    span: Span,
) -> Iterator[OutputFile]:
    shared, settings = bench.shared, bench.settings
    base_url, today = base_url_of(shared, settings), WatchedDay.of(span)
    keep = partial(known.page, span)
    pages = Pages(templates_of(settings, shared), shared, today, base_url, keep)
    own = [
        *pages.site(view, sheet_notes(sheets, (file.path for file in printed.files))),
        *printed.files,
        *pages.assets(),
        render_names(view),
        *render_guide(guide_entries(view), bench.shared.synonyms),
        *site_data(view, today, base_url),
        *site_feeds(view, base_url),
    ]
    yield from own
    paths = [file.path for file in own] + [path for made in others for path in made.files.paths]
    yield from site_map(paths, view.changes, base_url)
