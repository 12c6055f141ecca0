"""Templates, frames and addresses: how any page comes to be."""

from __future__ import annotations

from copy import copy
from datetime import date
from functools import lru_cache, partial
from urllib.parse import urlsplit

from jinja2 import Environment, StrictUndefined

from generator.model.shared import Shared
from generator.output.files import OutputFile
from generator.render.drawings import Drawings
from generator.render.markup import markdown_html
from generator.render.pages import asking, words
from generator.render.pages.assets import Assets
from generator.render.pages.frame import Frame, Frames
from generator.render.pages.links import relative
from generator.render.pages.phones import with_calls
from generator.render.pages.security import PAGE_POLICY
from generator.render.templates import Templates, faults_told
from generator.views.sheets import NO_NOTES, Notes
from generator.views.text import code_words, day


class PageWriter:
    """Fills templates; knows nothing of what is on the pages."""

    def __init__(
        self, templates: Templates, assets: Assets, shared: Shared, today: date, base_url: str
    ) -> None:
        """`base_url` may be empty when it is not known where the site will stand."""
        self.frames = Frames(shared.site, base_url, day(today))
        self.today = today
        self.site = shared.site
        self._shared = shared
        self._assets = assets
        self._base_path = urlsplit(base_url).path.rstrip("/") if base_url else None
        self._env = _environment(templates, today, assets.accent)
        self._notes = NO_NOTES

    def noting(self, notes: Notes) -> PageWriter:
        """A writer whose pages tell of their sheets: `note` in templates is the page's own."""
        other = copy(self)
        other._notes = notes
        return other

    def page(self, template: str, frame: Frame, **data: object) -> OutputFile:
        """A page at its frame's address."""
        with faults_told("pages", template):
            html = with_calls(self._fill(template, frame, data))
        path = frame.url if frame.url.endswith(".html") else f"{frame.url}index.html"
        return OutputFile(path, html.encode())

    def _fill(self, template: str, frame: Frame, data: dict[str, object]) -> str:
        href = partial(self._href, frame.url)
        return self._env.get_template(template).render(
            site=self.site,
            added_pages=self._shared.pages,
            assets=self._assets,
            frame=frame,
            note=self._notes.get(frame.url),
            page_kind=template.removesuffix(".html"),
            page_policy=PAGE_POLICY,
            href=href,
            asset=lambda name: href(self._assets.addresses[name]),
            absolute=lambda url: f"{self.frames.base_url}/{url}",
            **data,
        )

    def _href(self, page: str, target: str) -> str:
        """Relative, but on the page that a server shows in the place of any other: there the
        site's own address is the only sure one."""
        if page == "404.html" and self._base_path is not None and ":" not in target:
            return f"{self._base_path}/{target}"
        return relative(page, target)


@lru_cache(maxsize=2)
def _environment(templates: Templates, today: date, accent: str) -> Environment:
    """Templates compiled once a process: that takes as long as writing fifty pages."""
    env = Environment(
        loader=templates.loader("pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(drawings=Drawings(templates, accent))
    env.filters.update(
        day=day,
        dated=words.dated,
        window=partial(words.window_words, today=today),
        objections=partial(words.objection_words, today=today),
        last_day=partial(words.last_words, today=today),
        board_words=words.board_words,
        code=code_words,
        kept=words.kept,
        dial=words.dial,
        mail_to=asking.mail_to,
        message_to=asking.message_to,
        labelled=words.labelled,
        markdown=markdown_html,
        police_page=words.police_page,
    )
    env.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    env.tests["in_force"] = lambda basis: basis.holds_on(today)
    return env
