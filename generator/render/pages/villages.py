"""Decides which pages a village has, at which addresses, and what they show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from generator.model.filenames import WARNINGS
from generator.publishing.text import day
from generator.render.pages.frame import Page, Say
from generator.render.pages.records import record_page
from generator.render.pages.writer import PageWriter
from generator.views.contents import VillageContents
from generator.views.corrections import WithdrawnView
from generator.views.duties.standings import Standing
from generator.views.household import Household
from generator.views.listed import listed_in_village
from generator.views.places import Link
from generator.views.powers import PowerView
from generator.views.records import RecordView
from generator.views.stations import StationView
from generator.views.villages import ItemView
from generator.views.walls.plans import WallView


def village_pages(
    writer: PageWriter, contents: VillageContents
) -> Iterator[tuple[str, Callable[[], Page]]]:
    """The address of every page of a village but that of its boards, and the page, which is put together
    only where it is asked for."""
    say, url = writer.say, contents.place.url
    yield url, partial(_home, contents, say)
    yield contents.household.url, partial(_household, contents.household, say)
    yield f"{url}search/", partial(_search, contents, say)
    yield f"{url}powers/", partial(_powers, contents, say)
    yield contents.station.url, partial(_station, contents.station, say)
    yield f"{url}calendar/", partial(_calendar, contents, say)
    yield f"{url}corrections/", partial(_corrections, contents, say)
    if contents.warnings.public:
        yield f"{url}{WARNINGS}/", partial(_warnings, contents, say)
    for gone in contents.withdrawn:
        yield gone.url, partial(_withdrawn, gone, say)
    for power in contents.own_powers:
        yield power.url, partial(power_page, power, say)
    for item in contents.items:
        yield item.url, partial(_item, item, contents, say)
    for record in contents.records:
        yield record.publication.url, partial(_record, writer, record, contents)


def _record(writer: PageWriter, record: RecordView, contents: VillageContents) -> Page:
    register = contents.register_from(record.publication.url)
    warnings = contents.warnings.of(f"{record.item.id}/{record.publication.key}")
    mine = contents.household.url if contents.household.lists else ""
    return record_page(writer, record, register, contents.station.answers, warnings, mine)


def _search(contents: VillageContents, say: Say) -> Page:
    place = contents.place
    listed = {"place": place, "boards": listed_in_village(contents.home)}
    return Page("search.html", f"{place.url}search/", say("search"), listed, place)


def _powers(contents: VillageContents, say: Say) -> Page:
    place, powers = contents.place, {"view": contents.power_list}
    return Page("powers.html", f"{place.url}powers/", say("powers"), powers, place)


def _corrections(contents: VillageContents, say: Say) -> Page:
    place = contents.place
    changes = {"place": place, "changes": contents.changes}
    return Page("corrections.html", f"{place.url}corrections/", say("corrections"), changes, place)


def wall_page(view: WallView, say: Say) -> Page:
    """What goes up, stays and comes down on a village's boards, with a picture of each."""
    return Page(
        "wall.html",
        view.url,
        say("wall"),
        {"view": view, "since": view.changes},
        view.place,
        description=say("wall_about", village=view.place.village.name),
    )


def power_page(view: PowerView, say: Say) -> Page:
    """A power, standard or a village's own: who acts, its steps, and where it was used."""
    place, power = view.place, view.power
    return Page(
        "power.html",
        view.url,
        power.title,
        {"view": view, "power": power},
        place,
        (Link(say("powers"), f"{place.url if place else ''}powers/"),),
        power.plain,
        is_shared=place is None,
    )


def _home(contents: VillageContents, say: Say) -> Page:
    view, place = contents.home, contents.place
    name = place.village.name
    return Page(
        "village.html",
        place.url,
        name,
        {
            "view": view,
            "duties": contents.duties,
            "changes": contents.changes,
            "warnings": contents.warnings,
            "summary": contents.duties.summary,
            "mine": contents.household.url if contents.household.lists else "",
        },
        place,
        description=say("village_about", town=place.town.name, village=name),
        dated=say("updated", date=view.updated) if view.updated else "",
    )


def _household(view: Household, say: Say) -> Page:
    """The page itself names nobody: a script finds the rows in a file beside it."""
    lists = {
        "place": view.place,
        "lists": view.lists,
        "has_rows": bool(view.records),
        "has_groups": view.has_groups,
    }
    about = say("mine_about", village=view.place.village.name)
    return Page("mine.html", view.url, say("mine"), lists, view.place, description=about)


def _warnings(contents: VillageContents, say: Say) -> Page:
    place, found = contents.place, contents.warnings
    facts = {"place": place, "warnings": found.public, "unanswered": len(found.unanswered)}
    about = say("warnings_about", village=place.village.name)
    title, url = say("warnings"), f"{place.url}{WARNINGS}/"
    dated = say("updated", date=day(found.public[0].day))
    return Page("village-warnings.html", url, title, facts, place, description=about, dated=dated)


def _station(view: StationView, say: Say) -> Page:
    title, village = view.name or say("station"), view.place.village.name
    names = [member.name for member in view.members[:3]]
    about = say("station_about", village=village, names=names)
    facts = {"view": view, "title": title}
    return Page("station.html", view.url, title, facts, view.place, description=about)


def _calendar(contents: VillageContents, say: Say) -> Page:
    place, duties = contents.place, contents.duties
    items = (
        Standing(Link(item.called, f"{place.url}{item.id}/"), counts)
        for item, counts in duties.by_item
    )
    facts = {
        "place": place,
        "duties": duties,
        "days": contents.days,
        "rules": contents.rules,
        "has_calendar": bool(contents.events),
        "items": tuple(line for line in items if line.counts.due),
        "summary": duties.summary,
        "posted": contents.posted.summary if contents.posted else "",
    }
    about = say("calendar_about", village=place.village.name)
    title, url = say("calendar"), f"{place.url}calendar/"
    return Page("village-calendar.html", url, title, facts, place, description=about)


def _withdrawn(view: WithdrawnView, say: Say) -> Page:
    home = view.place.url
    return Page(
        "withdrawn.html",
        view.url,
        view.title,
        {"view": view},
        view.place,
        (
            Link(view.board.called, f"{home}#{view.board.id}"),
            Link(view.item.called, f"{home}{view.item.id}/"),
        ),
        say("withdrawn_about", date=view.withdrawn),
        dated=say("withdrawn", date=view.withdrawn),
    )


def _item(view: ItemView, contents: VillageContents, say: Say) -> Page:
    newest = view.years[0].records[0].publication.window.start if view.years else None
    return Page(
        "item.html",
        view.url,
        view.item.called,
        {"view": view, "register": contents.register_of(view.item.id)},
        view.place,
        (Link(view.board.called, f"{view.place.url}#{view.board.id}"),),
        view.item.plain,
        dated=say("updated", date=day(newest)) if newest else "",
        item=view.item,
    )
