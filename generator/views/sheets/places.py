"""Sheets of a place: the sign of its supervisors, and the code that leads to its home."""

from __future__ import annotations

from generator.model.names import SHEET
from generator.model.shared import Shared
from generator.views.places import Place
from generator.views.sheets.sheet import SheetView, publisher_of, with_code
from generator.views.stations import StationView


def station_sheet(view: StationView, shared: Shared) -> SheetView | None:
    """The sign on the wall of those who supervise; None while nobody may be named."""
    paper, place = shared.sheet_paper("station"), view.place
    if paper is None or not view.members:
        return None
    title = view.name or f"{place.village.name}监督人员"
    sheet = SheetView(
        path=f"{view.url}{SHEET}",
        layout="station",
        paper=paper,
        title=title,
        subtitle=title.removeprefix(place.village.name),
        publisher=publisher_of(place, shared),
        summary=view.where,
        url=view.url,
        code="",
        place=place,
        channels=place.channels,
        window=None,
        source=place.village.source.file,
        body=view,
        signed=False,
    )
    content = {
        "where": view.where,
        "members": [[m.name, m.title, m.duty, m.phone, m.is_head] for m in view.members],
        "duties": [[s.title, [e.title for e in s.entries]] for s in view.sections],
    }
    return with_code(sheet, content)


def qr_sheet(place: Place, shared: Shared) -> SheetView | None:
    """The code that leads to a village's home. The address never changes, and nothing else is
    on it: it needs no code of its own and can hang for years."""
    paper = shared.sheet_paper("qr")
    if paper is None:
        return None
    return SheetView(
        path=f"{place.url}{SHEET}",
        layout="qr",
        paper=paper,
        title=place.village.name,
        subtitle="村务公开二维码",
        publisher=publisher_of(place, shared),
        summary="扫一扫，看村里的账、村里的事",
        url=place.url,
        code="",
        place=place,
        channels=place.channels,
        window=None,
        source=place.village.source.file,
        body=place,
        signed=False,
    )
