"""Decides which days calendars show: what falls due, what comes down, and what phones are reminded of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from generator.model.calendar import Window
from generator.model.phrases import Phrases
from generator.publishing.publication import PublicTable
from generator.publishing.text import day as long_day
from generator.publishing.text import short_day
from generator.views.duties.duty import AHEAD, Duty, VillageDuties
from generator.views.places import Link
from generator.views.records import RecordView
from generator.views.said import say

_WEEKDAYS = "一二三四五六日"
_MOST_RECORDS = 60  # a calendar on a phone is for what comes, not an archive


@dataclass(frozen=True)
class Event:
    """Whole days for the calendar of a reader's phone, `first` and `last` both included. `key` is
    the event's own in the site and stays when the record is corrected; `changed` is the day of its
    last correction."""

    key: str
    title: str
    detail: str
    url: str
    first: date
    last: date
    changed: date


@dataclass(frozen=True)
class VillageDay:
    """A day of one village: what is due, what is displayed for the last time, and to what
    objections end."""

    day: date
    heading: str
    due: tuple[Duty, ...]
    down: tuple[Link, ...]
    objections: tuple[Link, ...]


@dataclass(frozen=True)
class DayLine:
    """A day of one village for the calendars of town and site: titles alone."""

    day: date
    due: tuple[str, ...]
    down: tuple[str, ...]


@dataclass(frozen=True)
class Party:
    """A village or town with its days and the way to its own calendar."""

    link: Link
    days: tuple[DayLine, ...]


@dataclass(frozen=True)
class PartyLine:
    """One village or town on one day: how many villages and how many things; `titles` is empty
    where they are only counted."""

    link: Link
    villages: int
    count: int
    titles: tuple[str, ...]


@dataclass(frozen=True)
class CalendarDay:
    """A day of many villages."""

    day: date
    heading: str
    due: tuple[PartyLine, ...]
    down: tuple[PartyLine, ...]

    @property
    def anchor(self) -> str:
        """The id of the day on its page."""
        return f"d{self.day.isoformat()}"

    @property
    def due_count(self) -> int:
        """How many are to be published."""
        return sum(line.count for line in self.due)

    @property
    def down_count(self) -> int:
        """How many come down."""
        return sum(line.count for line in self.down)


def heading(day: date, today: date) -> str:
    """`10月10日 星期五`; with the year when it is another one."""
    text = short_day(day) if day.year == today.year else long_day(day)
    return f"{text} 星期{_WEEKDAYS[day.weekday()]}"


@dataclass(frozen=True)
class VillageDays:
    """What happens in a village on days: what is `coming` to be published, and the windows of its records.
    Which days are ahead is asked where they are shown, since that differs from day to day."""

    coming: tuple[Duty, ...]
    windows: tuple[tuple[Link, Window], ...]

    def ahead(self, today: date) -> tuple[VillageDay, ...]:
        """All coming days on which anything happens, from today on."""
        due: dict[date, list[Duty]] = {}
        down: dict[date, list[Link]] = {}
        objections: dict[date, list[Link]] = {}
        for duty in self.coming:
            due.setdefault(duty.due, []).append(duty)
        for link, window in self.windows:
            if window.end is not None and window.is_on(today):
                down.setdefault(window.end, []).append(link)
            if window.objections_until is not None and window.takes_objections(today):
                objections.setdefault(window.objections_until, []).append(link)
        return tuple(
            VillageDay(
                day,
                heading(day, today),
                tuple(due.get(day, ())),
                tuple(down.get(day, ())),
                tuple(objections.get(day, ())),
            )
            for day in sorted({*due, *down, *objections})
        )


def village_days(duties: VillageDuties, views: Iterable[RecordView]) -> VillageDays:
    """All days of a village."""
    published = (view.publication for view in views)
    return VillageDays(duties.coming, tuple((Link.to(one), one.window) for one in published))


def day_lines(days: Iterable[VillageDay]) -> tuple[DayLine, ...]:
    """The days of a village for the calendars of town and site."""
    return tuple(
        DayLine(d.day, tuple(duty.title for duty in d.due), tuple(link.title for link in d.down))
        for d in days
        if d.due or d.down
    )


def calendar_days(
    parties: Iterable[Party], today: date, *, is_counted: bool
) -> tuple[CalendarDay, ...]:
    """The coming days of many villages; `is_counted` leaves out the titles."""
    all_parties = tuple(parties)
    last = today + timedelta(days=AHEAD)
    days = sorted({d.day for party in all_parties for d in party.days if d.day <= last})

    def lines(day: date, titles_of: Callable[[DayLine], tuple[str, ...]]) -> tuple[PartyLine, ...]:
        found = []
        for party in all_parties:
            own = [line for line in party.days if line.day == day and titles_of(line)]
            titles = tuple(title for line in own for title in titles_of(line))
            if titles:
                shown = () if is_counted else titles
                found.append(PartyLine(party.link, len(own), len(titles), shown))
        return tuple(found)

    return tuple(
        CalendarDay(
            day,
            heading(day, today),
            lines(day, lambda line: line.due),
            lines(day, lambda line: line.down),
        )
        for day in days
    )


def village_events(views: Iterable[RecordView], phrases: Phrases) -> tuple[Event, ...]:
    """The events of the records that were made public last, by their first day."""
    dated = [view for view in views if view.publication.window.start]
    dated.sort(key=lambda view: (view.publication.window.start, view.publication.url))
    events = (event for view in dated[-_MOST_RECORDS:] for event in _events(view, phrases))
    return tuple(sorted(events, key=lambda event: (event.first, event.key)))


def _events(view: RecordView, phrases: Phrases) -> Iterator[Event]:
    publication, window = view.publication, view.publication.window
    changed = publication.changed or window.start
    if window.start is None or changed is None:
        return

    def event(kind: str, title: str, detail: str, first: date, last: date) -> Event:
        key = f"{publication.url}{kind}"
        return Event(key, title, detail, publication.url, first, last, changed)

    name = publication.title
    if window.end is not None and window.end >= window.start:
        title = say(phrases, "duties", "display", title=name)
        yield event("display", title, view.sentence, window.start, window.end)
    if window.objections_until is not None:
        day, title = window.objections_until, say(phrases, "duties", "objection", title=name)
        yield event("objection", title, say(phrases, "duties", "objection_detail"), day, day)
    if view.item.agenda is not None:
        for day in _agenda_days(publication.table, view.item.agenda.column):
            # Phones know the event by this key.
            yield event(f"hearing-{day}", view.item.called, view.item.agenda.detail, day, day)


def _agenda_days(table: PublicTable, column: str) -> list[date]:
    """The days in a column of a record."""
    values = {table.cell(row, column).value for row in table.rows}
    return sorted(value for value in values if isinstance(value, date))
