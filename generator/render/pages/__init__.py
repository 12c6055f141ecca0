"""Views become HTML pages, with the assets that they need. No page asks anything of others."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from generator.model.filenames import PDF, TILES, WALL
from generator.model.shared import Shared
from generator.output.files import Keep, OutputFile
from generator.render.pages.assets import read_assets
from generator.render.pages.offline import offline_files
from generator.render.pages.site import site_pages
from generator.render.pages.villages import village_pages, wall_page
from generator.render.pages.writer import PageWriter, file_of
from generator.render.templates import Templates
from generator.views.contents import VillageContents
from generator.views.sheets import NO_NOTES, Notes, SheetNote
from generator.views.sites import SiteView
from generator.views.walls.plans import WallView

__all__ = ["Pages"]


class Pages:
    """Writes the pages of villages and of the site. Same views, same bytes."""

    def __init__(
        self,
        templates: Templates,
        shared: Shared,
        today: date,
        base_url: str,
        keep: Keep | None = None,
    ) -> None:
        """`base_url` may be empty when it is not known where the site will stand; `keep` may know
        pages that are as they were."""
        self._templates = templates
        self._assets = read_assets(templates, shared.site.theme, shared.logo)
        self._writer = PageWriter(templates, self._assets, shared, today, base_url, keep)

    def assets(self) -> tuple[OutputFile, ...]:
        """Style sheet, scripts and their licences; the service worker and its page."""
        return (*self._assets.files, *offline_files(self._writer, self._templates, self._assets))

    def village(
        self,
        contents: VillageContents,
        notes: Notes = NO_NOTES,
        held: Collection[str] = (),
    ) -> tuple[OutputFile, ...]:
        """Every page of a village but that of its boards, and but those whose paths are `held`; `notes` are
        what pages say of their sheets."""
        writer = self._writer.noting(notes)
        pages = village_pages(writer, contents)
        return tuple(writer.write(page()) for url, page in pages if file_of(url) not in held)

    def one(
        self, contents: VillageContents, url: str, notes: Notes = NO_NOTES
    ) -> OutputFile | None:
        """The page of a village at an address; None where there is none."""
        writer = self._writer.noting(notes)
        found = (page for there, page in village_pages(writer, contents) if there == url)
        return next((writer.write(page()) for page in found), None)

    def wall(self, view: WallView, files: frozenset[str]) -> OutputFile:
        """What changes on a village's boards; `files` holds the paths of its batches."""
        batch = f"{view.place.url}{WALL}"
        drawn = {
            ending: f"{batch}{ending}" * (f"{batch}{ending}" in files) for ending in (PDF, TILES)
        }
        note = SheetNote("", drawn[PDF], "", drawn[TILES])
        return self._writer.noting({view.url: note}).write(wall_page(view, self._writer.say))

    def site(self, site: SiteView, notes: Notes = NO_NOTES) -> tuple[OutputFile, ...]:
        """Every page above the villages; `notes` is what they say of their sheets."""
        writer = self._writer.noting(notes)
        return tuple(map(writer.write, site_pages(writer, site)))
