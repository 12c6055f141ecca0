"""A village's home and the pages of its items."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from generator.model.catalogue import Board, Item
from generator.model.village import Record
from generator.views.answers import Answer, latest_answers
from generator.views.corrections import WithdrawnView
from generator.views.duties.duty import Duty, VillageDuties
from generator.views.figures.books import BookFacts, book_facts, book_history
from generator.views.figures.tallies import Count, counts
from generator.views.linking import VillageRecords
from generator.views.places import Link, Place
from generator.views.publication import Publication
from generator.views.records import RecordView
from generator.views.text import day, ten_thousands

_LATEST = 10


@dataclass(frozen=True)
class Figure:
    """A number of the headline, short and exact."""

    label: str
    short: str
    exact: str


@dataclass(frozen=True)
class Displayed:
    """A record that hangs on the board now."""

    link: Link
    item: str
    days_left: int
    until: str
    is_corrected: bool = False


@dataclass(frozen=True)
class ItemLine:
    """An item on its board: how much of it is published, the newest, and what was due of it and
    is not there."""

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
        """Items of which something was due and is not there."""
        return sum(bool(line.lacking) for line in self.items)


@dataclass(frozen=True)
class VillageView:
    """The village's home."""

    place: Place
    figures: tuple[Figure, ...]
    figures_link: Link | None
    displayed: tuple[Displayed, ...]
    latest: tuple[Published, ...]
    boards: tuple[BoardView, ...]
    power_count: int
    own_power_count: int
    has_supervisors: bool
    updated: str


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
    """An item's records of one year, newest first, and what they come to in numbers."""

    title: str
    records: tuple[RecordView, ...]
    counts: tuple[Count, ...]


@dataclass(frozen=True)
class ItemView:
    """All records of one item of a village."""

    place: Place
    board: Board
    item: Item
    url: str
    years: tuple[ItemYear, ...]
    display_days: int
    answers: tuple[Answer, ...]
    lacking: tuple[Duty, ...]
    withdrawn: tuple[WithdrawnView, ...]


def village_view(
    records: VillageRecords, views: tuple[RecordView, ...], duties: VillageDuties
) -> VillageView:
    """The home of a village, from its record views."""
    latest = _latest(views, records.place)
    facts, record = _newest_book(records)
    overrides = records.data.overrides
    added = sum(o.added for o in overrides)
    return VillageView(
        place=records.place,
        figures=_figures(facts) if facts else (),
        figures_link=_link(records.publication(record)) if record else None,
        displayed=_displayed(views),
        latest=latest,
        boards=tuple(
            _board(board, views, records, duties) for board in records.shared.catalogue.boards
        ),
        power_count=len(records.shared.powers) + added,
        own_power_count=len(overrides),
        has_supervisors=bool(records.data.village.supervisors),
        updated=latest[0].day if latest else "",
    )


def item_views(
    records: VillageRecords,
    views: tuple[RecordView, ...],
    duties: VillageDuties,
    withdrawn: tuple[WithdrawnView, ...],
) -> tuple[ItemView, ...]:
    """A page for every item of the catalogue, also for one of which nothing is published."""
    village = records.data.village
    rules = records.shared.rules[village.rules or records.shared.site.rules]
    pages = []
    for item in records.shared.catalogue.items:
        own = [view for view in views if view.item is item]
        publications = tuple(view.publication for view in own)
        years = tuple(
            _item_year(item, title, tuple(group)) for title, group in groupby(own, key=_year_title)
        )
        days = rules.rule_for(item.id).display_days
        pages.append(
            ItemView(
                records.place,
                records.shared.catalogue.board_of(item.id),
                item,
                f"{records.place.url}{item.id}/",
                years,
                item.display_days if days is None else days,
                latest_answers(publications),
                tuple(duty for duty in duties.lacking if duty.item is item),
                tuple(view for view in withdrawn if view.item is item),
            )
        )
    return tuple(pages)


def _item_year(item: Item, title: str, views: tuple[RecordView, ...]) -> ItemYear:
    return ItemYear(title, views, counts(item, tuple(view.publication for view in views)))


def _year_title(view: RecordView) -> str:
    """The year of a record's key; standing records have none."""
    year = view.publication.key[:4]
    return f"{year}年" if year.isdigit() else ""


def _link(publication: Publication) -> Link:
    return Link(publication.title, publication.url)


def _latest(views: tuple[RecordView, ...], place: Place) -> tuple[Published, ...]:
    """The records made public last, newest first."""
    lines = [
        Published(
            start,
            day(start),
            _link(view.publication),
            place.village.name,
            bool(view.publication.corrections),
        )
        for view in views
        if (start := view.publication.window.start) is not None
    ]
    return tuple(sorted(lines, key=lambda p: (p.published, p.link.url), reverse=True)[:_LATEST])


def _newest_book(records: VillageRecords) -> tuple[BookFacts | None, Record | None]:
    """The newest period of the first account's ledger."""
    first = records.data.village.accounts[0].id
    personal = {i.id for i in records.shared.catalogue.items if i.personal}
    candidates = [r for r in records.data.records if r.account == first and r.item not in personal]
    for record in sorted(candidates, key=lambda r: r.period, reverse=True):
        history = book_history(record, records.data.records, records.shared.tables)
        if history:
            return book_facts(history), record
    return None, None


def _figures(facts: BookFacts) -> tuple[Figure, ...]:
    period = facts.period
    name = f"{period.start.month}月" if period.kind == "month" else period.title
    numbers: tuple[tuple[str, Decimal | None], ...] = (
        (f"{name}收入", facts.income),
        (f"{name}支出", facts.expense),
        ("月末结余" if period.kind == "month" else "期末结余", facts.closing),
    )
    return tuple(
        Figure(label, ten_thousands(amount), f"{amount:,.2f} 元")
        for label, amount in numbers
        if amount is not None
    )


def _displayed(views: tuple[RecordView, ...]) -> tuple[Displayed, ...]:
    """What is on display, what ends first on top."""
    shown = [
        Displayed(
            _link(v.publication),
            v.item.title,
            v.days_left,
            day(v.publication.window.end),
            bool(v.publication.corrections),
        )
        for v in views
        if v.days_left is not None and v.publication.window.end is not None
    ]
    return tuple(sorted(shown, key=lambda d: (d.days_left, d.link.url)))


def _board(
    board: Board,
    views: tuple[RecordView, ...],
    records: VillageRecords,
    duties: VillageDuties,
) -> BoardView:
    lines = []
    month = (records.today.year, records.today.month)
    fresh = 0
    for item in board.items:
        own = [view.publication for view in views if view.item is item]
        starts = [p.window.start for p in own if p.window.start is not None]
        fresh += sum((start.year, start.month) == month for start in starts)
        newest = own[0] if own else None
        start = newest.window.start if newest else None
        lines.append(
            ItemLine(
                item,
                f"{records.place.url}{item.id}/",
                len(own),
                _link(newest) if newest else None,
                day(start) if start else "",
                tuple(duty for duty in duties.lacking if duty.item is item),
            )
        )
    return BoardView(board, tuple(lines), fresh)
