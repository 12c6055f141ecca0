"""Decides which pages there are above the villages, at which addresses, and what they show."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.filenames import WARNINGS
from generator.publishing.text import day
from generator.render.pages.frame import Page, Say
from generator.render.pages.linked_data import catalogue_data
from generator.render.pages.villages import power_page
from generator.render.pages.writer import PageWriter
from generator.views.articles import article_view
from generator.views.listed import item_villages, listed_in_site
from generator.views.places import Link
from generator.views.sites import SiteView, TownView


def site_pages(writer: PageWriter, site: SiteView) -> Iterator[Page]:
    """Every page above the villages."""
    say, progress, shared = writer.say, site.progress, site.shared
    dated = _dated("", site, say)
    home = {
        "towns": site.cards,
        "is_large": progress.is_large,
        "standings": progress.towns,
        "summary": progress.summary,
        "latest": site.latest,
        "correction": next(iter(progress.changes), None),
        "powers": site.power_list.count,
        "has_rules": bool(site.warnings),
    }
    yield Page("home.html", "", shared.site.name, home, dated=dated)
    yield from _search(site, say)
    yield Page("404.html", "404.html", say("not_found"), {})
    yield Page("about.html", "about/", say("about"), {}, is_shared=True)
    yield Page(
        "open-data.html",
        "open-data/",
        say("open_data"),
        {"towns": site.cards, "norms": shared.norms, "is_counted": site.visits is not None},
        description=say("open_data_about"),
        data=catalogue_data(shared.site, writer.base_url, say),
    )
    words = {"terms": site.terms, "accounts": site.accounts}
    yield Page("glossary.html", "glossary/", say("glossary"), words, is_shared=True)
    listed = {"view": site.power_list}
    yield Page("powers.html", "powers/", say("powers"), listed, is_shared=True)
    lists = {"lists": site.lists, "flows": site.flows}
    yield Page("lists.html", "lists/", say("lists"), lists, is_shared=True)
    yield from _rules(site, say)
    texts = {"cases": site.cases, "guides": site.guides}
    yield Page("cases.html", "cases/", say("cases"), texts, is_shared=True)
    days = {"heading": say("calendar"), "days": progress.days, "rules": site.rules}
    yield Page("calendar.html", "calendar/", say("calendar"), days, dated=dated)
    yield from _progress(site, dated, say)
    if site.visits is not None:
        yield Page("visits.html", "visits/", say("visits"), {"view": site.visits})
    for power in site.powers:
        yield power_page(power, say)
    for town in site.towns:
        yield from _town(town, _dated(town.card.url, site, say), say)
    yield from _texts(writer, site)


def _progress(site: SiteView, dated: str, say: Say) -> Iterator[Page]:
    """What is public of what was due, how villages are supervised, and what was changed."""
    progress = site.progress
    complete = {
        "summary": progress.summary,
        "chart_of_all": progress.chart,
        "towns": progress.towns,
        "villages": progress.villages,
        "items": progress.items,
        "late": tuple((town.card, town.progress.late) for town in site.towns if town.progress.late),
        "is_large": progress.is_large,
    }
    yield Page("completeness.html", "completeness/", say("completeness"), complete, dated=dated)
    county = {"view": progress.county}
    yield Page("supervision.html", "supervision/", say("supervision"), county, dated=dated)
    changes = {"place": None, "changes": progress.changes}
    yield Page("corrections.html", "corrections/", say("corrections"), changes, dated=dated)


def _search(site: SiteView, say: Say) -> Iterator[Page]:
    """The search, and for each item the villages that have it."""
    title, items = say("search"), item_villages(site)
    boards = listed_in_site(site.shared.catalogue, items)
    yield Page("search.html", "search/", title, {"place": None, "boards": boards})
    for item in items:
        crumbs, about = (Link(title, "search/"),), item.item.plain
        name = item.item.called
        yield Page("search-item.html", item.url, name, {"view": item}, None, crumbs, about)


def _rules(site: SiteView, say: Say) -> Iterator[Page]:
    """What the rules are by which villages' warnings are found; no page where there are none."""
    if site.warnings:
        title, facts = say("warnings"), {"rules": site.warnings}
        about = say("warnings_rules_about")
        url = f"{WARNINGS}/"
        yield Page("warnings.html", url, title, facts, description=about, is_shared=True)


def _dated(url: str, site: SiteView, say: Say) -> str:
    """When anything that the page at an address is made of changed last."""
    changed = site.changes.get(url)
    return say("updated", date=day(changed)) if changed else ""


def _town(town: TownView, dated: str, say: Say) -> Iterator[Page]:
    """A town's home and its calendar."""
    name, url, progress = town.card.town.name, town.card.url, town.progress
    yield Page(
        "town.html",
        url,
        name,
        {"town": town.card, "view": town, "summary": progress.summary},
        phone=next((c for c in town.channels if c.kind == "phone"), None),
        feeds=(Link(say("lately", place=name), f"{url}feed.xml"),),
        dated=dated,
    )
    title = say("calendar", town=name)
    days = {"heading": title, "days": progress.days, "rules": None}
    above = (Link(name, url),)
    yield Page("calendar.html", progress.calendar.url, title, days, crumbs=above, dated=dated)


def _texts(writer: PageWriter, site: SiteView) -> Iterator[Page]:
    """Lists, procedures, cases and added pages: what is written in content/ for all villages."""
    lists, cases = Link(writer.say("lists"), "lists/"), Link(writer.say("cases"), "cases/")

    def text(
        template: str, url: str, title: str, about: str, above: tuple[Link, ...], **facts: object
    ) -> Page:
        return Page(template, url, title, facts, None, above, about, is_shared=True)

    for one in site.lists:
        yield text("list.html", f"lists/{one.id}/", one.title, one.plain, (lists,), public=one)
    for view in site.flows:
        flow = view.flow
        yield text("flow.html", view.url, flow.title, flow.plain, (lists,), view=view)
    for article in (*site.cases, *site.guides):
        facts = {"article": article, "view": article_view(article, site.shared, writer.today)}
        url = f"cases/{article.id}/"
        yield text("article.html", url, article.title, article.summary, (cases,), **facts)
    for page in site.shared.pages:
        yield text("added.html", f"pages/{page.id}/", page.title, page.summary, (), page=page)
