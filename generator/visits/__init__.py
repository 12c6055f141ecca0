"""Counts by village, item and month how often a site's pages were looked at, from a web server's logs;
no address of a reader, no name of a program and no word that was looked for is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.model.shared import Shared
from generator.model.visits import HOME, OTHER
from generator.reading import sound_content
from generator.settings import CannotBuildError
from generator.visits.counting import Robots, Tally, count_logs
from generator.visits.pages import Pages, pages_of
from generator.visits.publishing import Told, publish_visits

_WORDS = {HOME: "首页", OTHER: "其他页"}


@dataclass(frozen=True)
class VisitLine:
    """How often the pages of an item were looked at in a month, `scans` of them by a sheet's code;
    what lies above the villages has no village."""

    month: str
    village: str
    name: str
    item: str
    title: str
    visits: int
    scans: int


@dataclass(frozen=True)
class Visits:
    """The counts, by month, village and item, with what was not counted; and what was published."""

    lines: tuple[VisitLine, ...]
    tally: Tally
    told: Told | None = None


def visits_of(
    logs: Iterable[Path], site: Path, content: Path, today: date, *, publish: bool = False
) -> Visits:
    """The visits in logs of a published site; to `publish` them is to write them into content/.

    Raises `CannotBuildError` when a log, the site or content/ cannot be read.
    """
    shared, _ = sound_content(content, today, "才能数访问")
    if shared.visit_rules is None:
        raise CannotBuildError(f"{content} 里没有 visits.yaml：不知道哪些是机器人，没有数。")
    pages = pages_of(site, shared.site.base_url)
    tally = count_logs(logs, pages, Robots(shared.visit_rules.robots))
    told = None
    if publish:
        least, month = shared.visit_rules.minimum, f"{today:%Y-%m}"
        told = publish_visits(tally.visits, shared.visits, least, month, content)
    return Visits(visit_lines(tally, pages, shared), tally, told)


def visit_lines(tally: Tally, pages: Pages, shared: Shared) -> tuple[VisitLine, ...]:
    """The counts with the names of villages and items, in the order of month, village, catalogue."""
    order = {item.id: n for n, item in enumerate(shared.catalogue.items)}
    lines = []
    for key in sorted(tally.visits, key=lambda k: (k[0], k[1], order.get(k[2], -1), k[2])):
        month, village, item = key
        known = shared.catalogue.find(item)
        title = known.title if known else _WORDS.get(item, item)
        name = pages.names.get(village, village) if village else "全站"
        visits, scans = tally.visits[key], tally.scans[key]
        lines.append(VisitLine(month, village, name, item, title, visits, scans))
    return tuple(lines)
