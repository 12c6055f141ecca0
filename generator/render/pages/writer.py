"""Templates, frames and addresses: how any page comes to be."""

from __future__ import annotations

from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator.model.shared import Site
from generator.output.files import OutputFile
from generator.render.drawings import Drawings
from generator.render.markup import markdown_html
from generator.render.pages import words
from generator.render.pages.assets import Assets
from generator.render.pages.frame import Frame, Frames
from generator.render.pages.links import relative
from generator.views.text import day


class PageWriter:
    """Fills templates; knows nothing of what is on the pages."""

    def __init__(
        self, templates: Path, assets: Assets, site: Site, today: date, base_url: str
    ) -> None:
        """`base_url` may be empty when it is not known where the site will stand."""
        self.frames = Frames(site, base_url, day(today))
        self.today = today
        self._site = site
        self._assets = assets
        self._base_path = urlsplit(base_url).path.rstrip("/") if base_url else None
        self._env = _environment(templates, today)

    def page(self, template: str, frame: Frame, **data: object) -> OutputFile:
        """A page at its frame's address."""
        href = partial(self._href, frame.url)
        html = self._env.get_template(template).render(
            site=self._site,
            icon_data=self._assets.icon,
            frame=frame,
            href=href,
            asset=lambda name: href(self._assets.addresses[name]),
            **data,
        )
        path = frame.url if frame.url.endswith(".html") else f"{frame.url}index.html"
        return OutputFile(path, html.encode())

    def _href(self, page: str, target: str) -> str:
        """Relative, but on the page that a server shows in the place of any other: there the
        site's own address is the only sure one."""
        if page == "404.html" and self._base_path is not None and ":" not in target:
            return f"{self._base_path}/{target}"
        return relative(page, target)


@lru_cache(maxsize=2)
def _environment(templates: Path, today: date) -> Environment:
    """Templates compiled once a process: that takes as long as writing fifty pages."""
    env = Environment(
        loader=FileSystemLoader(templates / "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(drawings=Drawings(templates))
    env.filters.update(
        day=day,
        days_left=words.days_left,
        window=partial(words.window_words, today=today),
        board_words=words.board_words,
        code=words.code_words,
        dial=words.dial,
        markdown=markdown_html,
    )
    env.tests["in_force"] = lambda basis: basis.holds_on(today)
    return env
