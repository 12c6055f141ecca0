"""Decides whether the sheets and the rounds of boards of a village are drawn, kept or left, and on which press."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.due import kept_sheets, remember_sheets
from generator.keeping import store_of
from generator.model.shared import Shared, Theme
from generator.model.village import Village
from generator.progress import Told, unheard
from generator.render.pages.writer import forget_pages
from generator.render.printed import Printed, Wall, wall_unseen
from generator.render.templates import Templates
from generator.settings import Settings
from generator.views.sheets import SheetView
from generator.views.walls.rounds import Name, Round

if TYPE_CHECKING:
    from generator.render.posters import PosterPress


def draw_village(
    sheets: tuple[SheetView, ...],
    shared: Shared,
    settings: Settings,
    village: Village,
    told: Told,
) -> Printed:
    """The files of a village's sheets, or of those that are due; what they say is noted."""
    store = store_of(settings, village.id)
    terms = f"{base_url_of(shared, settings)} {shared.mask_profile(village.masks)}"
    kept = kept_sheets(sheets, store, terms) if settings.sheets == "due" else {}
    printed = draw_sheets(sheets, shared, settings, village.id, kept, told)
    if settings.draws:
        remember_sheets(sheets, printed.keys, store, terms)
    return printed


def base_url_of(shared: Shared, settings: Settings) -> str:
    """The site's address: as asked for, else as in content/."""
    return settings.base_url or shared.site.base_url


def templates_of(settings: Settings, shared: Shared) -> Templates:
    """The package's templates, with the site's own before them."""
    return Templates(settings.templates, settings.own_templates, shared.wording)


def draw_sheets(
    sheets: tuple[SheetView, ...],
    shared: Shared,
    settings: Settings,
    room: str,
    kept: Mapping[str, str] = MappingProxyType({}),
    told: Told = unheard,
) -> Printed:
    """The files of sheets; where none are to be drawn, of those that are kept and still right. They
    are kept in a `room` of the store; those `kept` as they were drawn have their keys there."""
    if not _has_sheets(settings, room):
        return Printed((), (), 0, 0)
    from generator.render.posters import render_posters  # heavy, as everywhere in this module

    press, base_url = press_of(shared, settings, room), base_url_of(shared, settings)
    return render_posters(sheets, press, base_url, shared.site.printer, kept, told)


def draw_wall(this: Round, drawn: Mapping[Name, bytes], shared: Shared, settings: Settings) -> Wall:
    """The round of a village's boards; `drawn` are sheets that need not be drawn again."""
    room = this.place.village.id
    if not _has_sheets(settings, room):
        return wall_unseen(this)
    from generator.render.posters import render_wall

    press, base_url = press_of(shared, settings, room), base_url_of(shared, settings)
    return render_wall(this, drawn, press, base_url, shared)


def press_of(shared: Shared, settings: Settings, room: str) -> PosterPress:
    """The press of this process, with the site's own templates and colours, for sheets of a `room`
    of the store. It draws only where sheets are wanted."""
    press = _press(templates_of(settings, shared), shared.site.theme, draws=settings.draws)
    return press.keeping(store_of(settings, room))


def forget_templates() -> None:
    """Read templates, styles and scripts anew: those of this process may have changed."""
    forget_pages()
    _press.cache_clear()


def lacking(settings: Settings) -> str:
    """The names of what this machine lacks for drawing sheets; empty when none are to be drawn, or all can."""
    if not settings.draws:
        return ""
    from generator.render.posters import press_missing

    return press_missing()


def _has_sheets(settings: Settings, room: str) -> bool:
    """Whether sheets are drawn, or may be kept from a build that drew them. Their keys tell which
    are still right, and only the drawing libraries can tell the keys."""
    if settings.draws:
        return True
    store = None if settings.is_dry else store_of(settings, room)
    if store is None or not store.names:
        return False
    from generator.render.posters import press_missing

    return not press_missing()


@lru_cache(maxsize=2)
def _press(templates: Templates, theme: Theme, *, draws: bool) -> PosterPress:
    """One press for each worker and wording: fonts and style sheets are loaded once, and what is loaded is
    spared by the search for garbage that each sheet leaves."""
    from generator.render.posters import PosterPress

    press = PosterPress(templates, theme, draws=draws)
    gc.collect()
    gc.freeze()
    return press
