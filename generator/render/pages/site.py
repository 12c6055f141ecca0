"""The pages above the villages."""

from __future__ import annotations

from generator.model.powers import PublicList
from generator.model.shared import AddedPage, Article
from generator.output.files import OutputFile
from generator.render.pages.duties import site_duty_pages
from generator.render.pages.linked_data import catalogue_data
from generator.render.pages.powers import POWERS, power_page
from generator.render.pages.writer import PageWriter
from generator.views.articles import article_view
from generator.views.duties.standings import counts_words
from generator.views.places import Link
from generator.views.powers import FlowView
from generator.views.sites import SiteView, TownView

_LISTS = Link("清单和流程", "lists/")
_CASES = Link("案例和讲解", "cases/")


def site_pages(writer: PageWriter, site: SiteView) -> tuple[OutputFile, ...]:
    """Every page above the villages."""
    return (
        _home(writer, site),
        _site_search(writer),
        _not_found(writer),
        _about(writer),
        _open_data(writer, site),
        _glossary(writer, site),
        _powers(writer, site),
        _lists(writer, site),
        _cases(writer, site),
        *site_duty_pages(writer, site),
        *(power_page(writer, power) for power in site.powers),
        *(_town(writer, town) for town in site.towns),
        *(_list(writer, public) for public in site.lists),
        *(_flow(writer, flow) for flow in site.flows),
        *(_article(writer, article, site) for article in (*site.cases, *site.guides)),
        *(_added(writer, page) for page in site.shared.pages),
    )


def _home(writer: PageWriter, site: SiteView) -> OutputFile:
    frame = writer.frames.of_site("", site.shared.site.name, is_of_today=True)
    summary = counts_words(site.progress.counts)
    return writer.page("home.html", frame, view=site, summary=summary)


def _site_search(writer: PageWriter) -> OutputFile:
    return writer.page("search.html", writer.frames.of_site("search/", "搜索"), place=None)


def _not_found(writer: PageWriter) -> OutputFile:
    return writer.page("404.html", writer.frames.of_site("404.html", "没有找到这一页"))


def _about(writer: PageWriter) -> OutputFile:
    return writer.page("about.html", writer.frames.of_site("about/", "关于本站", is_shared=True))


def _open_data(writer: PageWriter, site: SiteView) -> OutputFile:
    frame = writer.frames.of_site(
        "open-data/",
        "开放数据",
        description="网页上公开的，都可以整份下载：表格、数据包、订阅、日历，还可以自己核对。",
        data=catalogue_data(site.shared.site, writer.frames.base_url),
    )
    return writer.page("open-data.html", frame, view=site)


def _glossary(writer: PageWriter, site: SiteView) -> OutputFile:
    return writer.page(
        "glossary.html", writer.frames.of_site("glossary/", "词语解释", is_shared=True), view=site
    )


def _powers(writer: PageWriter, site: SiteView) -> OutputFile:
    frame = writer.frames.of_site(POWERS.url, POWERS.title, is_shared=True)
    return writer.page("powers.html", frame, view=site.power_list)


def _lists(writer: PageWriter, site: SiteView) -> OutputFile:
    return writer.page(
        "lists.html", writer.frames.of_site(_LISTS.url, _LISTS.title, is_shared=True), view=site
    )


def _cases(writer: PageWriter, site: SiteView) -> OutputFile:
    return writer.page(
        "cases.html", writer.frames.of_site(_CASES.url, _CASES.title, is_shared=True), view=site
    )


def _article(writer: PageWriter, article: Article, site: SiteView) -> OutputFile:
    frame = writer.frames.of_site(
        f"cases/{article.id}/",
        article.title,
        (_CASES,),
        description=article.summary,
        is_shared=True,
    )
    view = article_view(article, site.shared, writer.today)
    return writer.page("article.html", frame, article=article, view=view)


def _town(writer: PageWriter, town: TownView) -> OutputFile:
    phone = next((c for c in town.channels if c.kind == "phone"), None)
    feed = Link(f"{town.town.name}最近公开", f"{town.url}feed.xml")
    frame = writer.frames.of_site(
        town.url, town.town.name, phone=phone, feeds=(feed,), is_of_today=True
    )
    return writer.page("town.html", frame, town=town, summary=counts_words(town.progress.counts))


def _list(writer: PageWriter, public: PublicList) -> OutputFile:
    frame = writer.frames.of_site(
        f"lists/{public.id}/", public.title, (_LISTS,), description=public.plain, is_shared=True
    )
    return writer.page("list.html", frame, public=public)


def _flow(writer: PageWriter, flow: FlowView) -> OutputFile:
    frame = writer.frames.of_site(
        flow.url, flow.flow.title, (_LISTS,), description=flow.flow.plain, is_shared=True
    )
    return writer.page("flow.html", frame, view=flow)


def _added(writer: PageWriter, page: AddedPage) -> OutputFile:
    frame = writer.frames.of_site(
        f"pages/{page.id}/", page.title, description=page.summary, is_shared=True
    )
    return writer.page("added.html", frame, page=page)
