"""Views become HTML pages, with the assets that they need. No page asks anything of others."""

from __future__ import annotations

from datetime import date

from generator.model.shared import Shared
from generator.output.files import OutputFile
from generator.render.pages.assets import read_assets
from generator.render.pages.offline import offline_files
from generator.render.pages.site import site_pages
from generator.render.pages.villages import village_pages
from generator.render.pages.walls import wall_page
from generator.render.pages.writer import PageWriter
from generator.render.templates import Templates
from generator.views.contents import VillageContents
from generator.views.sheets import NO_NOTES, Notes
from generator.views.sites import SiteView
from generator.views.walls.rounds import WallView

__all__ = ["Pages"]


class Pages:
    """Writes the pages of villages and of the site. Same views, same bytes."""

    def __init__(self, templates: Templates, shared: Shared, today: date, base_url: str) -> None:
        """`base_url` may be empty when it is not known where the site will stand."""
        self._templates = templates
        self._assets = read_assets(templates, shared.site.theme, shared.logo)
        self._writer = PageWriter(templates, self._assets, shared, today, base_url)

    def assets(self) -> tuple[OutputFile, ...]:
        """Style sheet, scripts and their licences; the service worker and its page."""
        return (*self._assets.files, *offline_files(self._writer, self._templates, self._assets))

    def village(
        self, contents: VillageContents, posters: frozenset[str], notes: Notes = NO_NOTES
    ) -> tuple[OutputFile, ...]:
        """Every page of a village; `posters` holds the paths of the sheets' files, `notes` what
        pages say of their sheets."""
        return village_pages(self._writer.noting(notes), contents, posters)

    def wall(self, view: WallView, files: frozenset[str]) -> OutputFile:
        """What changes on a village's boards; `files` holds the paths of its batches."""
        return wall_page(self._writer, view, files)

    def site(self, site: SiteView, notes: Notes = NO_NOTES) -> tuple[OutputFile, ...]:
        """Every page above the villages; `notes` is what they say of their sheets."""
        return site_pages(self._writer.noting(notes), site)
