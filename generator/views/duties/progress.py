"""Sums up duties and corrections for towns and the site; small for each village."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from generator.model.phrases import Phrases
from generator.model.shared import Shared
from generator.views.charts import Chart
from generator.views.corrections import Change, newest_changes
from generator.views.duties.duty import Counts, VillageDuties
from generator.views.duties.events import (
    CalendarDay,
    DayLine,
    Party,
    VillageDay,
    calendar_days,
    day_lines,
)
from generator.views.duties.standings import Standing, completeness_chart, counts_words, standings
from generator.views.places import Link, Place
from generator.views.supervising.conduct import Conduct
from generator.views.supervising.county import CountyView, county_view

LARGE = 40
"""With more villages than this, site pages list towns, and town pages list villages."""

_LACKING = 3
_CHANGES = 20  # of one village
_ALL_CHANGES = 200  # of a site


@dataclass(frozen=True)
class VillageProgress:
    """A village's duties in numbers; `lacking` are the titles of the last few that were due and
    are not there, `conduct` how it supervises itself."""

    link: Link
    calendar: Link
    counts: Counts
    items: tuple[tuple[str, Counts], ...]
    lacking: tuple[str, ...]
    days: tuple[DayLine, ...]
    changes: tuple[Change, ...]
    conduct: Conduct


@dataclass(frozen=True)
class Late:
    """A village that lacks something."""

    link: Link
    calendar: Link
    counts: Counts
    lacking: tuple[str, ...]


@dataclass(frozen=True)
class TownProgress:
    """The villages of one town; those `late` that lack most first."""

    link: Link
    calendar: Link
    counts: Counts
    summary: str
    villages: tuple[Standing, ...]
    late: tuple[Late, ...]
    days: tuple[CalendarDay, ...]
    chart: Chart | None
    conduct: Conduct


@dataclass(frozen=True)
class SiteProgress:
    """All villages. A large site's calendar counts by town."""

    counts: Counts
    summary: str
    is_large: bool
    towns: tuple[Standing, ...]
    villages: tuple[Standing, ...]
    items: tuple[Standing, ...]
    chart: Chart | None
    days: tuple[CalendarDay, ...]
    changes: tuple[Change, ...]
    county: CountyView


def village_progress(
    place: Place,
    duties: VillageDuties,
    days: tuple[VillageDay, ...],
    changes: tuple[Change, ...],
    conduct: Conduct,
) -> VillageProgress:
    """A village's progress, as town and site need it."""
    name = place.village.name
    return VillageProgress(
        link=Link(name, place.url),
        calendar=Link(name, f"{place.url}calendar/"),
        counts=duties.counts,
        items=tuple((item.id, count) for item, count in duties.by_item if count.due),
        lacking=tuple(duty.title for duty in duties.lacking[::-1][:_LACKING]),
        days=day_lines(days),
        changes=changes[:_CHANGES],
        conduct=conduct,
    )


def town_progress(
    link: Link, villages: Sequence[VillageProgress], phrases: Phrases, today: date
) -> TownProgress:
    """A town from its villages."""
    counts = _sum(villages)
    ranked = standings((v.calendar, v.counts) for v in villages)
    late = [Late(v.link, v.calendar, v.counts, v.lacking) for v in villages if v.counts.missing]
    return TownProgress(
        link=link,
        calendar=Link(link.title, f"{link.url}calendar/"),
        counts=counts,
        summary=counts_words(counts, phrases),
        villages=ranked,
        late=tuple(sorted(late, key=lambda v: (-v.counts.missing, v.link.url))),
        days=_days(villages, today),
        chart=completeness_chart("villages", ranked, phrases),
        conduct=_conduct(villages),
    )


def site_progress(
    towns: Sequence[tuple[TownProgress, Sequence[VillageProgress]]],
    shared: Shared,
    today: date,
) -> SiteProgress:
    """The site from its towns and their villages."""
    phrases = shared.phrases
    villages = [village for _, own in towns for village in own]
    by_town = standings((town.link, town.counts) for town, _ in towns)
    by_village = standings((v.calendar, v.counts) for v in villages)
    items: dict[str, Counts] = {}
    for village in villages:
        for item, counts in village.items:
            items[item] = items.get(item, Counts()) + counts
    is_large = len(villages) > LARGE
    total = _sum(villages)
    if len(towns) > 1:
        chart = completeness_chart("towns", by_town, phrases)
    else:
        chart = completeness_chart("villages", by_village, phrases)
    of_towns = len(towns) > 1
    conducts = {v.calendar.url: v.conduct for v in villages}
    conducts |= {town.link.url: town.conduct for town, _ in towns}
    county = county_view(
        by_town if of_towns else by_village,
        conducts,
        (total, _conduct(villages)),
        phrases,
        is_of_towns=of_towns,
    )
    return SiteProgress(
        counts=total,
        summary=counts_words(total, phrases),
        is_large=is_large,
        towns=by_town,
        villages=by_village,
        items=tuple(
            Standing(Link(item.called, item.id), items[item.id])
            for item in shared.catalogue.items
            if item.id in items
        ),
        chart=chart,
        days=_town_days(towns, today) if is_large else _days(villages, today),
        changes=newest_changes(c for v in villages for c in v.changes)[:_ALL_CHANGES],
        county=county,
    )


def _conduct(villages: Sequence[VillageProgress]) -> Conduct:
    return sum((village.conduct for village in villages), Conduct())


def _sum(villages: Sequence[VillageProgress]) -> Counts:
    return sum((village.counts for village in villages), Counts())


def _days(villages: Sequence[VillageProgress], today: date) -> tuple[CalendarDay, ...]:
    parties = (Party(v.calendar, v.days) for v in villages)
    return calendar_days(parties, today, is_counted=False)


def _town_days(
    towns: Sequence[tuple[TownProgress, Sequence[VillageProgress]]], today: date
) -> tuple[CalendarDay, ...]:
    parties = (Party(t.calendar, tuple(d for v in own for d in v.days)) for t, own in towns)
    return calendar_days(parties, today, is_counted=True)
