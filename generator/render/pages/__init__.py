"""Views become HTML pages, with the assets that they need. No page asks anything of others."""

from __future__ import annotations

from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator.model.shared import Article, Shared
from generator.output.files import OutputFile
from generator.render.drawings import Drawings
from generator.render.markup import markdown_html, page_pictures
from generator.render.pages import words
from generator.render.pages.assets import read_assets
from generator.render.pages.frame import Frame, Frames
from generator.render.pages.links import relative
from generator.render.pages.tables import page_table
from generator.views.charts import BarChart
from generator.views.places import Link, Place
from generator.views.powers import PowerListView, PowerView
from generator.views.records import RecordView
from generator.views.sites import SiteView
from generator.views.text import day
from generator.views.villages import ItemView, VillageView

__all__ = ["Pages"]

_POWERS = Link("小微权力清单", "powers/")
_LISTS = Link("清单和流程", "lists/")
_CASES = Link("案例和讲解", "cases/")


class Pages:
    """Writes the pages of villages and of the site. Same views, same bytes."""

    def __init__(self, templates: Path, shared: Shared, today: date, base_url: str) -> None:
        """`templates` has `pages/`, `assets/`, `drawings/` and `tokens.css` in it; `base_url`
        may be empty when it is not known where the site will stand."""
        self._shared = shared
        self._today = today
        self._base_path = urlsplit(base_url).path.rstrip("/") if base_url else None
        self._assets = read_assets(templates)
        self._frames = Frames(shared.site, base_url, day(today))
        self._env = _environment(templates, today)

    def assets(self) -> tuple[OutputFile, ...]:
        """Style sheet, scripts and their licences."""
        return self._assets.files

    def village(
        self,
        view: VillageView,
        items: tuple[ItemView, ...],
        records: tuple[RecordView, ...],
        power_list: PowerListView,
        own_powers: tuple[PowerView, ...],
        posters: frozenset[str],
    ) -> tuple[OutputFile, ...]:
        """Every page of a village; `posters` holds the addresses of records that have sheets."""
        return (
            self._village_home(view),
            self._village_search(view.place),
            self._village_powers(view.place, power_list),
            *(self._power(power) for power in own_powers),
            *(self._item(item) for item in items),
            *(
                self._record(record, has_poster=record.publication.url in posters)
                for record in records
            ),
        )

    def site(self, site: SiteView) -> tuple[OutputFile, ...]:
        """Every page above the villages."""
        pages = [self._home(site), self._site_search(), self._not_found(), self._about()]
        pages += [self._open_data(site), self._glossary(site), self._powers(site)]
        pages += [self._lists(site), self._cases(site)]
        pages += [self._power(power) for power in site.powers]
        for town in site.towns:
            phone = next((c for c in town.channels if c.kind == "phone"), None)
            frame = self._frames.of_site(town.url, town.town.name, phone=phone)
            pages.append(self._page("town.html", frame, town=town))
        for public in site.lists:
            frame = self._frames.of_site(
                f"lists/{public.id}/", public.title, (_LISTS,), description=public.plain
            )
            pages.append(self._page("list.html", frame, public=public))
        for flow in site.flows:
            frame = self._frames.of_site(
                flow.url, flow.flow.title, (_LISTS,), description=flow.flow.plain
            )
            pages.append(self._page("flow.html", frame, view=flow))
        pages += [self._article(article) for article in (*site.cases, *site.guides)]
        return tuple(pages)

    # ------------------------------------------------------------------------------- villages

    def _village_home(self, view: VillageView) -> OutputFile:
        dated = f"{view.updated}更新" if view.updated else ""
        frame = self._frames.of_village(
            view.place,
            view.place.url,
            view.place.village.name,
            (),
            dated=dated,
            description=f"{view.place.town.name}{view.place.village.name}的党务、村务、财务公开",
        )
        lines = {line.item.id: line for board in view.boards for line in board.items}
        return self._page("village.html", frame, view=view, lines=lines)

    def _village_search(self, place: Place) -> OutputFile:
        frame = self._frames.of_village(place, f"{place.url}search/", "搜索", ())
        return self._page("search.html", frame, place=place)

    def _village_powers(self, place: Place, power_list: PowerListView) -> OutputFile:
        frame = self._frames.of_village(place, f"{place.url}powers/", _POWERS.title, ())
        return self._page("powers.html", frame, view=power_list)

    def _item(self, view: ItemView) -> OutputFile:
        newest = view.years[0].records[0].publication.window.start if view.years else None
        board = Link(view.board.title, f"{view.place.url}#{view.board.id}")
        frame = self._frames.of_village(
            view.place,
            view.url,
            view.item.title,
            (board,),
            description=view.item.plain,
            dated=f"{day(newest)}更新" if newest else "",
        )
        return self._page("item.html", frame, view=view)

    def _record(self, view: RecordView, *, has_poster: bool) -> OutputFile:
        publication, place = view.publication, view.place
        start = publication.window.start
        crumbs = (
            Link(view.board.title, f"{place.url}#{view.board.id}"),
            Link(view.item.title, f"{place.url}{view.item.id}/"),
        )
        frame = self._frames.of_village(
            place,
            publication.url,
            publication.title,
            crumbs,
            description=view.sentence,
            by=publication.publisher,
            dated=f"{day(start)}公开" if start else "",
        )
        document = publication.document
        attachments = tuple(
            Link(a.name, words.file_url(publication.url, a.name))
            for a in (document.files if document else ())
        )
        return self._page(
            "record.html",
            frame,
            view=view,
            publication=publication,
            document=document,
            table=page_table(view),
            attachments=attachments,
            pictures=page_pictures(document.attachments if document else ()),
            has_poster=has_poster,
            objections_over=self._is_past(publication.window.objections_until),
        )

    def _is_past(self, last: date | None) -> bool:
        return last is not None and self._today > last

    # ----------------------------------------------------------------------------- everything

    def _power(self, view: PowerView) -> OutputFile:
        title = view.power.title
        if view.place is None:
            frame = self._frames.of_site(view.url, title, (_POWERS,), description=view.power.plain)
        else:
            powers = Link(_POWERS.title, f"{view.place.url}powers/")
            frame = self._frames.of_village(
                view.place, view.url, title, (powers,), description=view.power.plain
            )
        return self._page("power.html", frame, view=view, power=view.power)

    def _home(self, site: SiteView) -> OutputFile:
        frame = self._frames.of_site("", self._shared.site.name)
        return self._page("home.html", frame, view=site)

    def _site_search(self) -> OutputFile:
        return self._page("search.html", self._frames.of_site("search/", "搜索"), place=None)

    def _not_found(self) -> OutputFile:
        return self._page("404.html", self._frames.of_site("404.html", "没有找到这一页"))

    def _about(self) -> OutputFile:
        return self._page("about.html", self._frames.of_site("about/", "关于本站"))

    def _open_data(self, site: SiteView) -> OutputFile:
        frame = self._frames.of_site("open-data/", "开放数据")
        villages = [village for town in site.towns for village in town.villages]
        return self._page("open-data.html", frame, villages=villages)

    def _glossary(self, site: SiteView) -> OutputFile:
        return self._page("glossary.html", self._frames.of_site("glossary/", "词语解释"), view=site)

    def _powers(self, site: SiteView) -> OutputFile:
        frame = self._frames.of_site(_POWERS.url, _POWERS.title)
        return self._page("powers.html", frame, view=site.power_list)

    def _lists(self, site: SiteView) -> OutputFile:
        return self._page("lists.html", self._frames.of_site(_LISTS.url, _LISTS.title), view=site)

    def _cases(self, site: SiteView) -> OutputFile:
        return self._page("cases.html", self._frames.of_site(_CASES.url, _CASES.title), view=site)

    def _article(self, article: Article) -> OutputFile:
        frame = self._frames.of_site(
            f"cases/{article.id}/", article.title, (_CASES,), description=article.summary
        )
        return self._page("article.html", frame, article=article)

    def _page(self, template: str, frame: Frame, **data: object) -> OutputFile:
        href = partial(self._href, frame.url)
        html = self._env.get_template(template).render(
            site=self._shared.site,
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
    env.tests["bars"] = lambda chart: isinstance(chart, BarChart)
    env.tests["in_force"] = lambda basis: basis.holds_on(today)
    return env
