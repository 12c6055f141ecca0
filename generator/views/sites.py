"""The site's home, its towns, and the pages that all villages share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from generator.model.powers import PublicList
from generator.model.shared import Article, Channel, ChartOfAccounts, Shared, Term, Town
from generator.model.warnings import WarningRule
from generator.views.contents import VillageContents
from generator.views.directory import public_lists
from generator.views.duties.duty import Counts
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
from generator.views.supervising.conduct import Conduct
from generator.views.villages import Published
from generator.views.visits import VisitsView, visits_view

_LATEST = 12


@dataclass(frozen=True)
class VillageCard:
    """What a page above the villages says of one in a few words.

    `counts` are those of its duties, `items` those of which something is published. `has_rules`
    says that it goes by rules of its own; `up` and `down` are how many sheets change on its boards,
    `batch` the file that holds them.
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
    updated: str
    counts: Counts
    items: tuple[str, ...] = ()
    has_rules: bool = False
    up: int = 0
    down: int = 0
    batch: str = ""


@dataclass(frozen=True)
class VillageSummary:
    """All that the pages of town and site need of a village. Lists are bounded, but `changes`,
    `power_uses` and `power_mentions` grow with the village's records."""

    card: VillageCard
    latest: tuple[Published, ...]
    power_uses: tuple[tuple[str, Link], ...]
    power_mentions: tuple[tuple[str, Link], ...]
    news: tuple[News, ...]
    changes: Mapping[str, date]
    progress: VillageProgress


@dataclass(frozen=True)
class TownCard:
    """What pages of the site say of a town, with its villages."""

    town: Town
    url: str
    villages: tuple[VillageCard, ...]
    counts: Counts


@dataclass(frozen=True)
class TownView:
    """A town's page."""

    card: TownCard
    latest: tuple[Published, ...]
    channels: tuple[Channel, ...]
    news: tuple[News, ...]
    progress: TownProgress


@dataclass(frozen=True)
class SiteView:
    """Everything that stands above the villages; of it each page is given what it shows, since a page
    is made again when that changes."""

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
    warnings: tuple[WarningRule, ...] = ()
    visits: VisitsView | None = None

    @property
    def cards(self) -> tuple[TownCard, ...]:
        """The towns with their villages."""
        return tuple(town.card for town in self.towns)


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
    card = VillageCard(
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
        updated=view.updated,
        counts=contents.duties.counts,
        items=tuple(i.item.id for board in view.boards for i in board.items if i.count),
        has_rules=bool(village.rules),
    )
    return VillageSummary(
        card=card,
        latest=view.latest,
        power_uses=tuple((url, link) for is_use, url, link in named if is_use),
        power_mentions=tuple((url, link) for is_use, url, link in named if not is_use),
        news=contents.news[:MOST],
        changes=changes(view.place, contents.news),
        progress=village_progress(
            view.place, contents.duties, contents.days, contents.changes, contents.conduct
        ),
    )


def bare_summary(
    id: str, name: str, town: str, groups: int, households: int, population: int, records: int
) -> VillageSummary:
    """That of a village whose pages stay though nobody knows any more what was due there."""
    url = f"v/{id}/"
    card = VillageCard(
        *(id, name, town, url, groups, households, population),
        items_published=0,
        items_total=0,
        record_count=records,
        updated="",
        counts=Counts(),
    )
    own, calendar = Link(name, url), Link(name, f"{url}calendar/")
    progress = VillageProgress(own, calendar, Counts(), (), (), (), (), Conduct())
    return VillageSummary(card, (), (), (), (), {}, progress)


def site_view(
    shared: Shared,
    summaries: tuple[VillageSummary, ...],
    power_list: PowerListView,
    powers: tuple[PowerView, ...],
    today: date,
) -> SiteView:
    """The site from its summaries alone."""
    uses: dict[str, list[tuple[Link, Link]]] = defaultdict(list)
    mentions: dict[str, list[Link]] = defaultdict(list)
    by_town: dict[str, list[VillageSummary]] = defaultdict(list)
    for summary in summaries:
        by_town[summary.card.town].append(summary)
        for url, record in summary.power_uses:
            uses[url].append((Link(summary.card.name, summary.card.url), record))
        for url, record in summary.power_mentions:
            mentions[url].append(record)
    with_records = tuple(
        with_uses(view, tuple(uses[view.url]), tuple(mentions[view.url]), shared.phrases)
        for view in powers
    )
    used = {url: tuple(record for _, record in pairs) for url, pairs in uses.items()}
    own = [(town, tuple(by_town[town.id])) for town in shared.site.towns]
    towns = tuple(_town(town, ones, shared, today) for town, ones in own)
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
            [
                (view.progress, [one.progress for one in ones])
                for view, (_, ones) in zip(towns, own, strict=True)
            ],
            shared,
            today,
        ),
        rules=rules_view(shared.rule_pack(""), shared, today),
        warnings=_public_rules(shared),
        visits=visits_view(
            shared, (Link(v.name, v.url) for town in towns for v in town.card.villages)
        ),
    )


def _public_rules(shared: Shared) -> tuple[WarningRule, ...]:
    public = (rule for rule in shared.warnings.values() if rule.is_public)
    return tuple(sorted(public, key=lambda rule: not rule.comes_first))


def _town(town: Town, own: tuple[VillageSummary, ...], shared: Shared, today: date) -> TownView:
    channels = {c.id: c for c in (*shared.site.channels, *town.channels)}
    url = f"t/{town.id}/"
    progress = town_progress(Link(town.name, url), [v.progress for v in own], shared.phrases, today)
    card = TownCard(town, url, tuple(one.card for one in own), progress.counts)
    return TownView(card, _latest(own), tuple(channels.values()), _news(own), progress)


def _news(summaries: tuple[VillageSummary, ...]) -> tuple[News, ...]:
    return newest(news for summary in summaries for news in summary.news)[:MOST]


def _changes(shared: Shared, summaries: tuple[VillageSummary, ...]) -> Mapping[str, date]:
    """When pages last changed, by address; pages of towns and of the site change with their
    villages."""
    days: dict[str, date] = {f"cases/{article.id}/": article.date for article in shared.articles}
    for summary in summaries:
        days |= summary.changes
        latest = summary.changes.get(summary.card.url)
        if latest:
            for url in ("", f"t/{summary.card.town}/"):
                days[url] = max(days.get(url, latest), latest)
    return days


def _latest(summaries: tuple[VillageSummary, ...]) -> tuple[Published, ...]:
    """What was published lately, newest first."""
    lines = [published for summary in summaries for published in summary.latest]
    ordered = sorted(lines, key=lambda published: published.link.url)
    ordered.sort(key=lambda published: published.published, reverse=True)
    return tuple(ordered[:_LATEST])
