"""Who supervises a village, what they did lately, and how to reach them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from generator.model.catalogue import Item
from generator.model.powers import ListSection, PublicList, Step, edges_of
from generator.model.shared import Shared
from generator.model.village import Person
from generator.views.answers import answer_items
from generator.views.figures.tallies import Count, counts
from generator.views.linking import VillageRecords
from generator.views.places import Link, Place
from generator.views.records import RecordView

_LATEST = 3
_AFTER_NAME = re.compile(r"^(.+?)[（(](.+)[）)]$")


@dataclass(frozen=True)
class Member:
    """A person of the station; `section` is the list of the duties that go with the title."""

    name: str
    title: str
    duty: str
    phone: str
    since: date | None
    is_head: bool
    section: ListSection | None


@dataclass(frozen=True)
class Activity:
    """What the station did under one item: numbers of the newest year, and its latest records."""

    item: Item
    url: str
    year: str
    counts: tuple[Count, ...]
    latest: tuple[Link, ...]


@dataclass(frozen=True)
class Handling:
    """How something is handled: a flow, and the way through it when nothing goes wrong."""

    title: str
    plain: str
    url: str
    way: tuple[Step, ...]


@dataclass(frozen=True)
class StationView:
    """The page of a village's supervisors. `name` and `where` are those of their office, empty
    where the village names none; `published` is the record that names the members, `answers` are
    the items under which answers are published."""

    place: Place
    url: str
    name: str
    where: str
    members: tuple[Member, ...]
    published: Link | None
    sections: tuple[ListSection, ...]
    works: tuple[Activity, ...]
    handlings: tuple[Handling, ...]
    lists: tuple[Link, ...]
    answers: tuple[Link, ...]


def station_view(records: VillageRecords, views: tuple[RecordView, ...]) -> StationView:
    """The station of a village, from village.yaml, the shared lists and what is published."""
    village, shared, place = records.data.village, records.shared, records.place
    found = _AFTER_NAME.match(village.station)
    name, where = (found[1], found[2]) if found else (village.station, "")
    record = _supervisors(views)
    members = tuple(_member(p, shared.lists) for p in village.supervisors) if record else ()
    sections = {m.section.title: m.section for m in members if m.section is not None}
    return StationView(
        place=place,
        url=f"{place.url}station/",
        name=name,
        where=where,
        members=tuple(sorted(members, key=lambda member: not member.is_head)),
        published=Link.to(record.publication) if record else None,
        sections=tuple(sections.values()),
        works=_works(shared, place, views),
        handlings=tuple(
            Handling(flow.title, flow.plain, f"lists/{flow.id}/", main_way(flow.steps))
            for flow in shared.flows
        ),
        lists=tuple(Link(one.title, f"lists/{one.id}/") for one in shared.lists),
        answers=answer_items(shared, place, views),
    )


def _supervisors(views: tuple[RecordView, ...]) -> RecordView | None:
    """The record that names the supervisors; without it nobody is named."""
    return next((view for view in views if view.item.people == "supervisors"), None)


def _member(person: Person, lists: tuple[PublicList, ...]) -> Member:
    facts = person.name, person.title, person.duty, person.phone, person.since, person.head
    return Member(*facts, _section(person.title, lists))


def _section(title: str, lists: tuple[PublicList, ...]) -> ListSection | None:
    """The duties of a title: 特邀监督员（村民代表） has those of a 特邀监督员. A list whose
    sections say `also` is one by titles; others are not about persons."""
    titles = re.split("[、，,]", re.sub("[（(].*?[）)]", "", title))
    by_title = (section for public in lists for section in public.sections if section.also)
    names = {title.strip() for title in titles}
    return next((s for s in by_title if names & {s.title, *s.also}), None)


def _works(shared: Shared, place: Place, views: tuple[RecordView, ...]) -> tuple[Activity, ...]:
    """One for each item that is counted and of which something is published."""
    works = []
    for item in shared.catalogue.items:
        own = [view.publication for view in views if view.item is item]
        year = own[0].key[:4] if own and item.tallies else ""
        newest = tuple(p for p in own if p.key.startswith(year))
        told = counts(item, newest) if year.isdigit() else ()
        if told:
            latest = tuple(map(Link.to, own[:_LATEST]))
            works.append(Activity(item, f"{place.url}{item.id}/", f"{year}年", told, latest))
    return tuple(works)


def main_way(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps from the first to an end, by the first way out of each; none twice."""
    following = {edge.start: edge.end for edge in reversed(edges_of(steps))}
    by_id = {step.id: step for step in steps}
    way: list[Step] = []
    step = steps[0] if steps else None
    while step is not None and step not in way:
        way.append(step)
        step = by_id.get(following.get(step.id, ""))
    return tuple(way)
