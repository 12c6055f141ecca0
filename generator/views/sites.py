"""The site's home, its towns, and the pages that all villages share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.model.powers import Flow, PublicList
from generator.model.shared import Article, Channel, ChartOfAccounts, Shared, Term, Town
from generator.views.contents import VillageContents
from generator.views.places import Link
from generator.views.powers import PowerListView, PowerView, StepLine, step_lines, with_uses
from generator.views.villages import Figure, Published

_LATEST = 12


@dataclass(frozen=True)
class VillageSummary:
    """What the pages of town and site need of a village; small, whatever the village's size."""

    id: str
    name: str
    town: str
    url: str
    groups: int
    households: int
    population: int
    items_published: int
    items_total: int
    record_count: int
    figures: tuple[Figure, ...]
    latest: tuple[Published, ...]
    power_uses: tuple[tuple[str, Link], ...]
    updated: str


@dataclass(frozen=True)
class TownView:
    """A town's page."""

    town: Town
    url: str
    villages: tuple[VillageSummary, ...]
    latest: tuple[Published, ...]
    channels: tuple[Channel, ...]


@dataclass(frozen=True)
class FlowView:
    """A procedure that is nobody's power."""

    flow: Flow
    url: str
    lines: tuple[StepLine, ...]


@dataclass(frozen=True)
class SiteView:
    """Everything that stands above the villages."""

    shared: Shared
    towns: tuple[TownView, ...]
    latest: tuple[Published, ...]
    power_list: PowerListView
    powers: tuple[PowerView, ...]
    lists: tuple[PublicList, ...]
    flows: tuple[FlowView, ...]
    cases: tuple[Article, ...]
    guides: tuple[Article, ...]
    terms: tuple[tuple[str, tuple[Term, ...]], ...]
    accounts: ChartOfAccounts | None


def village_summary(contents: VillageContents) -> VillageSummary:
    """The small part of a village that leaves its compilation."""
    view, records = contents.home, contents.records
    village = view.place.village
    uses = tuple(
        (
            record.power.url,
            Link(f"{village.name} {record.publication.title}", record.publication.url),
        )
        for record in records
        if record.power is not None
    )
    return VillageSummary(
        id=village.id,
        name=village.name,
        town=village.town,
        url=view.place.url,
        groups=len(village.groups),
        households=village.households,
        population=village.population,
        items_published=sum(board.published for board in view.boards),
        items_total=sum(len(board.items) for board in view.boards),
        record_count=len(records),
        figures=view.figures,
        latest=view.latest,
        power_uses=uses,
        updated=view.updated,
    )


def site_view(
    shared: Shared,
    summaries: tuple[VillageSummary, ...],
    power_list: PowerListView,
    powers: tuple[PowerView, ...],
    today: date,
) -> SiteView:
    """The site from its summaries alone."""
    uses = [use for summary in summaries for use in summary.power_uses]
    with_records = tuple(
        with_uses(view, tuple(link for url, link in uses if url == view.url)) for view in powers
    )
    groups: dict[str, list[Term]] = {}
    for term in shared.glossary:
        groups.setdefault(term.group, []).append(term)
    return SiteView(
        shared=shared,
        towns=tuple(_town(town, summaries, shared) for town in shared.site.towns),
        latest=_latest(summaries),
        power_list=power_list,
        powers=with_records,
        lists=shared.lists,
        flows=tuple(
            FlowView(flow, f"lists/{flow.id}/", step_lines(flow.steps)) for flow in shared.flows
        ),
        cases=tuple(a for a in shared.articles if a.kind == "case"),
        guides=tuple(a for a in shared.articles if a.kind == "guide"),
        terms=tuple((group, tuple(terms)) for group, terms in groups.items()),
        accounts=shared.chart_on(today),
    )


def _town(town: Town, summaries: tuple[VillageSummary, ...], shared: Shared) -> TownView:
    own = tuple(summary for summary in summaries if summary.town == town.id)
    channels = {c.id: c for c in (*shared.site.channels, *town.channels)}
    return TownView(town, f"t/{town.id}/", own, _latest(own), tuple(channels.values()))


def _latest(summaries: tuple[VillageSummary, ...]) -> tuple[Published, ...]:
    """What was published lately, newest first."""
    lines = [published for summary in summaries for published in summary.latest]
    ordered = sorted(lines, key=lambda published: published.link.url)
    ordered.sort(key=lambda published: published.published, reverse=True)
    return tuple(ordered[:_LATEST])
