"""Calendars, completeness, corrections, and the pages that withdrawn records leave behind."""

from __future__ import annotations

from generator.output.files import OutputFile
from generator.render.pages.writer import PageWriter
from generator.views.contents import VillageContents
from generator.views.corrections import WithdrawnView
from generator.views.duties.duty import Counts
from generator.views.duties.standings import Standing, counts_words
from generator.views.places import Link
from generator.views.sites import SiteView, TownView
from generator.views.text import day

_CALENDAR = "公开日历"
_COMPLETENESS = "公开完成情况"
_CORRECTIONS = "更正和撤回"


def village_duty_pages(writer: PageWriter, contents: VillageContents) -> tuple[OutputFile, ...]:
    """A village's calendar, its corrections, and a page for each withdrawn record."""
    return (
        _village_calendar(writer, contents),
        _village_corrections(writer, contents),
        *(_withdrawn(writer, view) for view in contents.withdrawn),
    )


def site_duty_pages(writer: PageWriter, site: SiteView) -> tuple[OutputFile, ...]:
    """What is due and what was corrected in all villages."""
    return (
        _site_calendar(writer, site),
        _completeness(writer, site),
        _site_corrections(writer, site),
        *(_town_calendar(writer, town) for town in site.towns),
    )


def _village_calendar(writer: PageWriter, contents: VillageContents) -> OutputFile:
    place, duties = contents.place, contents.duties
    frame = writer.frames.of_village(
        place,
        f"{place.url}calendar/",
        _CALENDAR,
        (),
        description=f"{place.village.name}什么时候该公开什么，公示到哪一天，提意见到哪一天。",
    )
    counts: dict[str, Standing] = {}
    for duty in duties.duties:
        item = duty.item
        before = counts[item.id].counts if item.id in counts else Counts()
        link = Link(item.title, f"{place.url}{item.id}/")
        counts[item.id] = Standing(link, before + duty.counts)
    return writer.page(
        "village-calendar.html",
        frame,
        place=place,
        duties=duties,
        days=contents.days,
        has_calendar=bool(contents.events),
        items=tuple(line for line in counts.values() if line.counts.due),
        summary=counts_words(duties.counts),
    )


def _village_corrections(writer: PageWriter, contents: VillageContents) -> OutputFile:
    place = contents.place
    frame = writer.frames.of_village(place, f"{place.url}corrections/", _CORRECTIONS, ())
    return writer.page("corrections.html", frame, place=place, changes=contents.changes)


def _withdrawn(writer: PageWriter, view: WithdrawnView) -> OutputFile:
    crumbs = (
        Link(view.board.title, f"{view.place.url}#{view.board.id}"),
        Link(view.item.title, f"{view.place.url}{view.item.id}/"),
    )
    frame = writer.frames.of_village(
        view.place,
        view.url,
        view.title,
        crumbs,
        description=f"这份内容已在{day(view.withdrawn)}撤回。",
        dated=f"{day(view.withdrawn)}撤回",
    )
    return writer.page("withdrawn.html", frame, view=view)


def _site_calendar(writer: PageWriter, site: SiteView) -> OutputFile:
    frame = writer.frames.of_site("calendar/", _CALENDAR, is_of_today=True)
    return writer.page("calendar.html", frame, heading=_CALENDAR, days=site.progress.days)


def _town_calendar(writer: PageWriter, town: TownView) -> OutputFile:
    title = f"{town.town.name}{_CALENDAR}"
    crumbs = (Link(town.town.name, town.url),)
    frame = writer.frames.of_site(town.progress.calendar.url, title, crumbs, is_of_today=True)
    return writer.page("calendar.html", frame, heading=title, days=town.progress.days)


def _completeness(writer: PageWriter, site: SiteView) -> OutputFile:
    frame = writer.frames.of_site("completeness/", _COMPLETENESS, is_of_today=True)
    summary = counts_words(site.progress.counts)
    return writer.page("completeness.html", frame, view=site, summary=summary)


def _site_corrections(writer: PageWriter, site: SiteView) -> OutputFile:
    frame = writer.frames.of_site("corrections/", _CORRECTIONS, is_of_today=True)
    return writer.page("corrections.html", frame, place=None, changes=site.progress.changes)
