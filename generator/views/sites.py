"""The site's home, its towns, and the pages that all villages share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from generator.model.powers import PublicList
from generator.model.shared import Article, Channel, ChartOfAccounts, Shared, Term, Town
from generator.views.contents import VillageContents
from generator.views.directory import public_lists
from generator.views.duties.progress import (
    SiteProgress,
    TownProgress,
    VillageProgress,
    site_progress,
    town_progress,
    village_progress,
)
from generator.views.law import RulesView, rules_view
from generator.views.news import MOST, News, changes, newest
from generator.views.places import Link
from generator.views.powers import (
    FlowView,
    PowerListView,
    PowerView,
    flow_views,
    with_list_uses,
    with_uses,
)
from generator.views.villages import Published

_LATEST = 12


@dataclass(frozen=True)
class VillageSummary:
    """What the pages of town and site need of a village. Lists are bounded, but `changes`,
    `power_uses` and `power_mentions` grow with the village's records.

    `items` are those of which something is published. `has_rules` says that it goes by rules of its
    own; `up` and `down` are how many sheets change on its boards, `batch` the file that holds them.
    """

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
    latest: tuple[Published, ...]
    power_uses: tuple[tuple[str, Link], ...]
    power_mentions: tuple[tuple[str, Link], ...]
    updated: str
    news: tuple[News, ...]
    changes: Mapping[str, date]
    progress: VillageProgress
    items: tuple[str, ...] = ()
    has_rules: bool = False
    up: int = 0
    down: int = 0
    batch: str = ""


@dataclass(frozen=True)
class TownView:
    """A town's page."""

    town: Town
    url: str
    villages: tuple[VillageSummary, ...]
    latest: tuple[Published, ...]
    channels: tuple[Channel, ...]
    news: tuple[News, ...]
    progress: TownProgress


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
    news: tuple[News, ...]
    changes: Mapping[str, date]
    progress: SiteProgress
    rules: RulesView


def village_summary(contents: VillageContents) -> VillageSummary:
    """The summary of a compiled village."""
    view, records = contents.home, contents.records
    village = view.place.village
    named = [
        (
            record.uses_power,
            record.power.url,
            Link(f"{village.name} {record.publication.title}", record.publication.url),
        )
        for record in records
        if record.power is not None
    ]
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
        latest=view.latest,
        power_uses=tuple((url, link) for is_use, url, link in named if is_use),
        power_mentions=tuple((url, link) for is_use, url, link in named if not is_use),
        updated=view.updated,
        news=contents.news[:MOST],
        changes=changes(view.place, contents.news),
        progress=village_progress(view.place, contents.duties, contents.days, contents.changes),
        items=tuple(i.item.id for board in view.boards for i in board.items if i.count),
        has_rules=bool(village.rules),
    )


def site_view(
    shared: Shared,
    summaries: tuple[VillageSummary, ...],
    power_list: PowerListView,
    powers: tuple[PowerView, ...],
    today: date,
) -> SiteView:
    """The site from its summaries alone."""
    uses: dict[str, list[tuple[Link, Link]]] = {}
    for summary in summaries:
        for url, record in summary.power_uses:
            uses.setdefault(url, []).append((Link(summary.name, summary.url), record))
    mentions: dict[str, list[Link]] = {}
    for summary in summaries:
        for url, record in summary.power_mentions:
            mentions.setdefault(url, []).append(record)
    with_records = tuple(
        with_uses(
            view,
            tuple(uses.get(view.url, ())),
            tuple(mentions.get(view.url, ())),
            shared.phrases,
        )
        for view in powers
    )
    used = {url: tuple(record for _, record in pairs) for url, pairs in uses.items()}
    towns = tuple(_town(town, summaries, shared, today) for town in shared.site.towns)
    groups: dict[str, list[Term]] = {}
    for term in shared.glossary:
        groups.setdefault(term.group, []).append(term)
    return SiteView(
        shared=shared,
        towns=towns,
        latest=_latest(summaries),
        power_list=with_list_uses(power_list, used),
        powers=with_records,
        lists=public_lists(shared, today),
        flows=flow_views(shared, today),
        cases=tuple(a for a in shared.articles if a.kind == "case"),
        guides=tuple(a for a in shared.articles if a.kind == "guide"),
        terms=tuple((group, tuple(terms)) for group, terms in groups.items()),
        accounts=shared.chart_on(today),
        news=_news(summaries),
        changes=_changes(shared, summaries),
        progress=site_progress(
            [(town.progress, [v.progress for v in town.villages]) for town in towns],
            shared,
            today,
        ),
        rules=rules_view(shared.rule_pack(""), shared, today),
    )


def _town(
    town: Town, summaries: tuple[VillageSummary, ...], shared: Shared, today: date
) -> TownView:
    own = tuple(summary for summary in summaries if summary.town == town.id)
    channels = {c.id: c for c in (*shared.site.channels, *town.channels)}
    url = f"t/{town.id}/"
    progress = town_progress(Link(town.name, url), [v.progress for v in own], shared.phrases, today)
    return TownView(town, url, own, _latest(own), tuple(channels.values()), _news(own), progress)


def _news(summaries: tuple[VillageSummary, ...]) -> tuple[News, ...]:
    return newest(news for summary in summaries for news in summary.news)[:MOST]


def _changes(shared: Shared, summaries: tuple[VillageSummary, ...]) -> Mapping[str, date]:
    """When pages last changed, by address; pages of towns and of the site change with their
    villages."""
    days: dict[str, date] = {f"cases/{article.id}/": article.date for article in shared.articles}
    for summary in summaries:
        days |= summary.changes
        latest = summary.changes.get(summary.url)
        if latest:
            for url in ("", f"t/{summary.town}/"):
                days[url] = max(days.get(url, latest), latest)
    return days


def _latest(summaries: tuple[VillageSummary, ...]) -> tuple[Published, ...]:
    """What was published lately, newest first."""
    lines = [published for summary in summaries for published in summary.latest]
    ordered = sorted(lines, key=lambda published: published.link.url)
    ordered.sort(key=lambda published: published.published, reverse=True)
    return tuple(ordered[:_LATEST])
