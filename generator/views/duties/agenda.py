"""Days of a village that people may want in their own calendar: displays, objections, hearings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from generator.views.publication import Publication
from generator.views.records import RecordView

_MOST_RECORDS = 60  # a calendar on a phone is for what comes, not an archive
_HEARINGS = "hearings"


@dataclass(frozen=True)
class Event:
    """Whole days, `first` and `last` both included. `key` is the event's own in the site and
    stays when the record is corrected; `changed` is the day on which that was last done."""

    key: str
    title: str
    detail: str
    url: str
    first: date
    last: date
    changed: date


def village_events(views: Iterable[RecordView]) -> tuple[Event, ...]:
    """The events of the records that were made public last, by their first day."""
    dated = [view for view in views if view.publication.window.start]
    dated.sort(key=lambda view: (view.publication.window.start, view.publication.url))
    events = (event for view in dated[-_MOST_RECORDS:] for event in _events(view))
    return tuple(sorted(events, key=lambda event: (event.first, event.key)))


def _events(view: RecordView) -> Iterator[Event]:
    publication, window = view.publication, view.publication.window
    changed = publication.changed or window.start
    if window.start is None or changed is None:
        return

    def event(kind: str, title: str, detail: str, first: date, last: date) -> Event:
        return Event(
            f"{publication.url}{kind}", title, detail, publication.url, first, last, changed
        )

    name = publication.title
    if window.end is not None and window.end >= window.start:
        yield event("display", f"公示：{name}", view.sentence, window.start, window.end)
    if window.objections_until is not None:
        day, detail = window.objections_until, "有不同意见的，这是提出异议的最后一天。"
        yield event("objection", f"异议截止：{name}", detail, day, day)
    for day in _hearing_days(publication):
        yield event(
            f"hearing-{day}", view.item.title, "会上问了什么、怎样答的，看公开的记录。", day, day
        )


def _hearing_days(publication: Publication) -> tuple[date, ...]:
    """The days on which the hearings of a record were or will be held, as its rows say."""
    if publication.item != _HEARINGS:
        return ()
    places = [n for n, field in enumerate(publication.columns) if field.role == "date"]
    texts = {row.cells[places[0]].data for row in publication.rows} if places else set()
    return tuple(date.fromisoformat(text) for text in sorted(texts) if text)
