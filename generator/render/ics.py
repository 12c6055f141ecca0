"""A village's days as iCalendar (RFC 5545), for the calendar of a phone.

The library that writes it takes long to load, so it is imported where a calendar is made and not before.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING
from urllib.parse import quote

from generator.model.phrases import Phrases
from generator.output.files import Keep, OutputFile
from generator.views.contents import VillageContents
from generator.views.duties import events
from generator.views.said import say

if TYPE_CHECKING:
    from icalendar import Event

_CHINA = timezone(timedelta(hours=8))


def village_calendar(
    contents: VillageContents, words: Phrases, base_url: str, keep: Keep | None = None
) -> tuple[OutputFile, ...]:
    """calendar.ics; none for a village without events, as a calendar must not be empty. `keep` may
    know it as it was."""
    if not contents.events:
        return ()
    name, path = contents.place.village.name, f"{contents.place.url}calendar.ics"

    def content(_: date) -> bytes:
        from icalendar import Calendar

        calendar = Calendar()
        calendar.add("prodid", "-//Mingbai//Village disclosure//ZH")
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        calendar.add("x-wr-calname", say(words, "feeds", "calendar", village=name))
        for event in contents.events:
            calendar.add_component(_component(event, base_url))
        return bytes(calendar.to_ical(sorted=False))

    if keep:
        return (keep(path, (name, contents.events), content),)
    return (OutputFile(path, content(contents.today)),)


def _component(event: events.Event, base_url: str) -> Event:
    """All-day and without time zone; the day after the last one ends it, as the standard has it."""
    from icalendar import Event

    address = f"{base_url}/{quote(event.url)}"
    host = base_url.partition("://")[2].partition("/")[0] or "mingbai.invalid"
    component = Event()
    component.add("uid", f"{event.key.replace('/', '.')}@{host}")
    component.add("dtstamp", _stamp(event.changed))
    component.add("dtstart", event.first)
    component.add("dtend", event.last + timedelta(days=1))
    component.add("summary", event.title)
    component.add("description", "\n".join(filter(None, (event.detail, base_url and address))))
    if base_url:
        component.add("url", address)
    component.add("transp", "TRANSPARENT")  # nobody is busy because something hangs on a wall
    return component


def _stamp(day: date) -> datetime:
    """When the day began in China: not the clock's, so that the same input gives the same file."""
    return datetime.combine(day, time(), _CHINA).astimezone(UTC)
