"""A village's home and the pages of its items."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from generator.model.calendar import Window
from generator.model.catalogue import Board, Item
from generator.model.clock import moved
from generator.publishing.publication import Publication
from generator.publishing.text import day
from generator.views.answers import Answer, latest_answers
from generator.views.corrections import WithdrawnView
from generator.views.duties.duty import Duty, VillageDuties
from generator.views.duties.since import due_words
from generator.views.figures.handling import Unfinished, unfinished
from generator.views.figures.headlines import Headlines, village_headlines
from generator.views.figures.tallies import Count, counts
from generator.views.linking import VillageRecords
from generator.views.months import BookMonths, book_months
from generator.views.places import Link, Place
from generator.views.records import RecordView
from generator.views.visits import visited_words

_LATEST = 10


@dataclass(frozen=True)
class Displayed:
    """A record that is on the board on some day; `objections_until` is the last day for objections, None
    once it is over."""

    link: Link
    item: str
    until: date
    is_corrected: bool = False
    objections_until: date | None = None


@dataclass(frozen=True)
class Dated:
    """A record that has a time on the board."""

    link: Link
    item: str
    is_corrected: bool
    window: Window

    def on(self, today: date) -> Displayed:
        """What is said of it on a day of that time."""
        assert self.window.end is not None
        last = self.window.objections_until if self.window.takes_objections(today) else None
        return Displayed(self.link, self.item, self.window.end, self.is_corrected, last)


@dataclass(frozen=True)
class ItemLine:
    """An item on its board: how much of it is published, the newest record, and what is missing."""

    item: Item
    url: str
    count: int
    latest: Link | None
    latest_day: str
    lacking: tuple[Duty, ...] = ()

    @property
    def lacking_words(self) -> str:
        """What is missing, in a sentence; nothing where nothing is."""
        if not self.lacking:
            return ""
        newest = self.lacking[-1]
        part = newest.period + (f"（{newest.account}）" if newest.account else "")
        if len(self.lacking) == 1:
            return f"{part}：{newest.words}" if part else newest.words
        return f"{len(self.lacking)} 份到期还没有公开，最近的是{part}（{day(newest.due)}到期）"


@dataclass(frozen=True)
class BoardView:
    """A board with its items; `fresh` counts the records made public this month."""

    board: Board
    items: tuple[ItemLine, ...]
    fresh: int

    @property
    def published(self) -> int:
        """Items of which something is published."""
        return sum(line.count > 0 for line in self.items)

    @property
    def late(self) -> int:
        """Records that were due and are not there, each period and set of books by itself."""
        return sum(len(line.lacking) for line in self.items)


@dataclass(frozen=True)
class VillageView:
    """The village's home; `dated` are the records that have a time on the board, `visited` says how often
    its pages were looked at, where that is known."""

    place: Place
    headlines: Headlines
    dated: tuple[Dated, ...]
    latest: tuple[Published, ...]
    boards: tuple[BoardView, ...]
    power_count: int
    updated: str
    visited: str = ""

    def displayed(self, today: date) -> tuple[Displayed, ...]:
        """The records on display on a day: those open to objection first, by the last day for that, then
        the others by the end of their display."""
        shown = [one.on(today) for one in self.dated if one.window.is_on(today)]
        shown.sort(key=lambda d: (d.objections_until or date.max, d.until, d.link.url))
        return tuple(shown)


@dataclass(frozen=True)
class Published:
    """One line of what was published lately."""

    published: date
    day: str
    link: Link
    village: str
    is_corrected: bool = False


@dataclass(frozen=True)
class ItemYear:
    """An item's records of one year, newest first, and their numbers; accounts by their books."""

    title: str
    records: tuple[RecordView, ...]
    counts: tuple[Count, ...]
    books: tuple[BookMonths, ...] = ()


@dataclass(frozen=True)
class ItemView:
    """All records of one item of a village."""

    place: Place
    board: Board
    item: Item
    url: str
    years: tuple[ItemYear, ...]
    display_days: int
    due_words: str
    answers: tuple[Answer, ...]
    unfinished: tuple[Unfinished, ...]
    lacking: tuple[Duty, ...]
    withdrawn: tuple[WithdrawnView, ...]


def village_view(
    records: VillageRecords, views: tuple[RecordView, ...], duties: VillageDuties
) -> VillageView:
    """The home of a village, from its record views."""
    latest = _latest(views, records.place)
    overrides = records.data.overrides
    added = sum(o.added for o in overrides)
    return VillageView(
        place=records.place,
        headlines=village_headlines(records),
        dated=tuple(_dated(views)),
        latest=latest,
        boards=tuple(
            _board(board, views, records, duties) for board in records.shared.catalogue.boards
        ),
        power_count=len(records.shared.powers) + added,
        updated=latest[0].day if latest else "",
        visited=visited_words(records.place.village.id, records.shared),
    )


def item_views(
    records: VillageRecords,
    views: tuple[RecordView, ...],
    duties: VillageDuties,
    withdrawn: tuple[WithdrawnView, ...],
) -> tuple[ItemView, ...]:
    """A page for every item of the catalogue, also for one of which nothing is published."""
    rules = records.rules
    pages = []
    for item in records.shared.catalogue.items:
        own = [view for view in views if view.item is item]
        publications = tuple(view.publication for view in own)
        years = tuple(
            _item_year(item, title, tuple(group), records)
            for title, group in groupby(own, key=_year_title)
        )
        pages.append(
            ItemView(
                records.place,
                records.shared.catalogue.board_of(item.id),
                item,
                f"{records.place.url}{item.id}/",
                years,
                max(days.count for days in rules.display(item, records.today)),
                due_words(item, rules, records.today, records.shared.phrases),
                latest_answers(publications),
                unfinished(item, publications, records.shared),
                tuple(duty for duty in duties.lacking if duty.item is item),
                tuple(view for view in withdrawn if view.item is item),
            )
        )
    return tuple(pages)


def _item_year(
    item: Item, title: str, views: tuple[RecordView, ...], records: VillageRecords
) -> ItemYear:
    told = counts(item, tuple(view.publication for view in views))
    return ItemYear(title, views, told, book_months(views, records))


def _year_title(view: RecordView) -> str:
    """The year of a record's key; standing records have none."""
    year = view.publication.key[:4]
    return f"{year}年" if year.isdigit() else ""


def _latest(views: tuple[RecordView, ...], place: Place) -> tuple[Published, ...]:
    """The records made public last, newest first."""
    lines = [
        Published(
            start,
            day(start),
            Link.to(view.publication),
            place.village.name,
            bool(view.publication.corrections),
        )
        for view in views
        if (start := view.publication.window.start) is not None
    ]
    return tuple(sorted(lines, key=lambda p: (p.published, p.link.url), reverse=True)[:_LATEST])


def _dated(views: tuple[RecordView, ...]) -> Iterator[Dated]:
    for view in views:
        published = view.publication
        if published.window.end is not None:
            is_corrected = bool(published.corrections)
            yield Dated(Link.to(published), view.item.called, is_corrected, published.window)


def _day_words(newest: Publication) -> str:
    """When a record was made public, and when it was last corrected."""
    start = newest.window.start
    corrected = f"，{day(newest.corrections[-1].date)}更正" if newest.corrections else ""
    return f"{day(start)}{corrected}" if start else ""


def _board(
    board: Board,
    views: tuple[RecordView, ...],
    records: VillageRecords,
    duties: VillageDuties,
) -> BoardView:
    lines = []
    month = moved(records.today, _month)
    fresh = 0
    for item in board.items:
        own = [view.publication for view in views if view.item is item]
        starts = [p.window.start for p in own if p.window.start is not None]
        fresh += sum(month == _month(start) for start in starts)
        newest = own[0] if own else None
        lines.append(
            ItemLine(
                item,
                f"{records.place.url}{item.id}/",
                len(own),
                Link.to(newest) if newest else None,
                _day_words(newest) if newest else "",
                tuple(duty for duty in duties.lacking if duty.item is item),
            )
        )
    return BoardView(board, tuple(lines), fresh)


def _month(day: date) -> date:
    """The first day of a day's month."""
    return day.replace(day=1)
