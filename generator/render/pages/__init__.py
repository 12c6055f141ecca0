"""Views become HTML pages, with the assets that they need. No page asks anything of others."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from generator.model.shared import Site
from generator.output.files import OutputFile
from generator.render.pages.assets import read_assets
from generator.render.pages.site import site_pages
from generator.render.pages.villages import village_pages
from generator.render.pages.writer import PageWriter
from generator.views.contents import VillageContents
from generator.views.sites import SiteView

__all__ = ["Pages"]


class Pages:
    """Writes the pages of villages and of the site. Same views, same bytes."""

    def __init__(self, templates: Path, site: Site, today: date, base_url: str) -> None:
        """`templates` has `pages/`, `assets/`, `drawings/` and `tokens.css` in it; `base_url`
        may be empty when it is not known where the site will stand."""
        self._assets = read_assets(templates)
        self._writer = PageWriter(templates, self._assets, site, today, base_url)

    def assets(self) -> tuple[OutputFile, ...]:
        """Style sheet, scripts and their licences."""
        return self._assets.files

    def village(self, contents: VillageContents, posters: frozenset[str]) -> tuple[OutputFile, ...]:
        """Every page of a village; `posters` holds the addresses of records that have sheets."""
        return village_pages(self._writer, contents, posters)

    def site(self, site: SiteView) -> tuple[OutputFile, ...]:
        """Every page above the villages."""
        return site_pages(self._writer, site)
