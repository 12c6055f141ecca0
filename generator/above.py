"""Makes what stands above the villages: the search over all, pages, sheets, feeds and data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from generator.compiler import base_url_of, templates_of
from generator.keeping import (
    ABOVE,
    SEARCH,
    Bench,
    Made,
    find,
    hash_of,
    keep,
    key_of_above,
)
from generator.model.clock import Span, WatchedDay
from generator.output.files import OutputFile
from generator.packed import pack, unpack
from generator.problems import Problem, Source, problem
from generator.render.data import site_data
from generator.render.feeds import site_feeds
from generator.render.maps import site_map
from generator.render.pages import Pages
from generator.render.posters import Printed
from generator.render.search import render_search
from generator.views.entries import SearchEntry, site_entries
from generator.views.powers import power_list, standard_power_views
from generator.views.sheets import SheetView, sheet_notes, site_sheets
from generator.views.sites import SiteView, site_view
from generator.workers import Spread, draw_all


def make_above(
    villages: dict[str, Made], bench: Bench, spread: Spread, missing: str
) -> tuple[Made, ...]:
    """The search over all villages, and all else that is nobody's; the search is kept while no
    village says anything else. What is `missing` for drawing sheets is told."""
    span = Span(bench.settings.today)
    view = _view(villages, bench, WatchedDay.of(span))
    search = _search(site_entries(view), villages, bench)
    others = (*villages.values(), search)
    source = Source("publish.py")
    told = (problem("posters-unavailable", source, value=missing),) if missing else ()
    key = key_of_above(villages, bench)
    return search, _pages(key, view, others, told, span, bench, spread)


def _view(villages: Mapping[str, Made], bench: Bench, today: date) -> SiteView:
    shared = bench.shared
    return site_view(
        shared,
        tuple(unpack(made.summary) for made in villages.values() if made.name),
        power_list(shared),
        standard_power_views(shared, today),
        today,
    )


def _search(own: tuple[SearchEntry, ...], villages: Mapping[str, Made], bench: Bench) -> Made:
    """Its days are those of the entries, which are in the key."""
    packed = [made.entries for made in villages.values()]
    key = hash_of(bench.print, pack(own), *packed) if bench.print else ""
    kept = find(bench, SEARCH, key) if key else None
    if kept:
        return kept
    files = render_search("search", (*own, *(entry for part in packed for entry in unpack(part))))
    always = Span(bench.settings.today)
    made = Made(key, always.first, always.last, bench.draft.add(files) if bench.draft else ())
    keep(bench, SEARCH, made)
    return made


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
    sheets = site_sheets(bench.shared, view.today)
    printed = draw_all(sheets, spread)
    files = tuple(_files(view, sheets, printed, others, bench))
    made = Made(
        key,
        span.first,
        span.last,
        bench.draft.add(files) if bench.draft else (),
        (*told, *printed.problems),
        drawn=printed.drawn,
        kept=printed.kept,
    )
    if store and bench.settings.posters:
        store.end()
    keep(bench, ABOVE, made)
    return made


def _files(
    view: SiteView,
    sheets: tuple[SheetView, ...],
    printed: Printed,
    others: Iterable[Made],
    bench: Bench,
) -> Iterator[OutputFile]:
    shared, settings = bench.shared, bench.settings
    base_url = base_url_of(shared, settings)
    pages = Pages(templates_of(settings, shared), shared, view.today, base_url)
    own = [
        *pages.site(view, sheet_notes(sheets, (file.path for file in printed.files))),
        *printed.files,
        *pages.assets(),
        *site_data(view, base_url),
        *site_feeds(view, base_url),
    ]
    yield from own
    paths = [file.path for file in own] + [file.path for made in others for file in made.files]
    yield from site_map(paths, view.changes, base_url)
