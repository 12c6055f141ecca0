"""Fills any page: template, frame, addresses."""

from __future__ import annotations

from copy import copy
from datetime import date
from functools import lru_cache, partial
from urllib.parse import urlsplit

from jinja2 import Environment

from generator.model.shared import Shared
from generator.output.files import Keep, OutputFile
from generator.publishing.text import code_words, day, short_day
from generator.render.drawings import Drawings
from generator.render.markup import markdown_html
from generator.render.pages import addresses, asking, inline
from generator.render.pages.assets import Assets
from generator.render.pages.frame import Page, frame_of
from generator.render.pages.phones import with_calls
from generator.render.templates import Templates, faults_named
from generator.views.said import say
from generator.views.sheets import NO_NOTES, Notes
from generator.views.templating import strict_environment

# What a page allows itself: everything from its own site, nothing from anywhere else. The samples
# in docs/hosting send the same policy as a header, with what only a header can say;
# tests/test_hosting.py compares them.
PAGE_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
    )
)


class PageWriter:
    """Fills templates, whatever the pages are about."""

    def __init__(
        self,
        templates: Templates,
        assets: Assets,
        shared: Shared,
        today: date,
        base_url: str,
        keep: Keep | None = None,
    ) -> None:
        """`base_url` may be empty when it is not known where the site will stand."""
        self.base_url = base_url.rstrip("/")
        self.today = today
        self._keep = keep
        self.site = shared.site
        self.notes = NO_NOTES
        self.say = partial(say, shared.phrases, "pages")
        self._shared = shared
        self._assets = assets
        self._base_path = urlsplit(base_url).path.rstrip("/") if base_url else None
        self._env = _environment(templates, assets.accent)

    def noting(self, notes: Notes) -> PageWriter:
        """A writer whose pages name their sheets: `note` in templates is the page's own."""
        other = copy(self)
        other.notes = notes
        return other

    def write(self, page: Page) -> OutputFile:
        """A page at its address."""
        path = file_of(page.url)
        if self._keep:
            return self._keep(path, (page, self.notes.get(page.url)), partial(self._html, page))
        return OutputFile(path, self._html(page, self.today))

    def _html(self, page: Page, today: date) -> bytes:
        with faults_named("pages", page.template):
            return with_calls(self._fill(page, today)).encode()

    def _fill(self, page: Page, today: date) -> str:
        href = partial(self._href, page.url)
        return self._env.get_template(page.template).render(
            site=self.site,
            added_pages=self._shared.pages,
            assets=self._assets,
            today=today,
            frame=frame_of(page, self.site, self.base_url, self.say),
            note=self.notes.get(page.url),
            page_kind=page.template.removesuffix(".html"),
            href=href,
            asset=lambda name: href(self._assets.addresses[name]),
            absolute=lambda url: f"{self.base_url}/{url}",
            **page.facts,
        )

    def _href(self, page: str, target: str) -> str:
        """Relative, but on the page that a server shows in the place of any other: there the
        site's own address is the only sure one."""
        if page == "404.html" and self._base_path is not None and ":" not in target:
            return f"{self._base_path}/{target}"
        return addresses.relative(page, target)


def file_of(url: str) -> str:
    """The path of the file that is the page of an address."""
    return url if url.endswith(".html") else f"{url}index.html"


@lru_cache(maxsize=4)
def _environment(templates: Templates, accent: str) -> Environment:
    """Templates read once a process."""
    env = strict_environment(
        templates.loader("pages"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    env.globals.update(drawings=Drawings(templates, accent), page_policy=PAGE_POLICY)
    env.filters.update(
        day=day,
        short_day=short_day,
        dated=inline.dated,
        code=code_words,
        kept=inline.kept,
        weighed=inline.weighed,
        dial=addresses.dial,
        mail_to=asking.mail_to,
        message_to=asking.message_to,
        labelled=inline.labelled,
        markdown=markdown_html,
        police_page=addresses.police_page,
    )
    env.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    env.tests["holding_on"] = lambda basis, today: basis.holds_on(today)
    return env


def forget_pages() -> None:
    """Read the templates of pages anew."""
    _environment.cache_clear()
