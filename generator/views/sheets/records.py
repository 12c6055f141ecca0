"""The sheet of a record."""

from __future__ import annotations

from dataclasses import replace

from generator.model.names import SHEET
from generator.views.affairs.register import Register
from generator.views.records import RecordView
from generator.views.sheets.sheet import SheetView
from generator.views.sheets.terms import with_terms


def record_sheet(view: RecordView, register: Register | None = None) -> SheetView | None:
    """The sheet of a record; None where its item has none. `register` is what holds now, where
    that is drawn from the record.

    A sheet that is drawn after the last day for objections does not name it: whoever reads it
    on the wall could do nothing with it. One that is drawn after its time on the wall says that
    this is over, and not to take it down on a day that is past.
    """
    hung, publication = view.sheet, view.publication
    if hung is None:
        return None
    window = publication.window
    if not view.takes_objections:
        window = replace(window, objections_until=None)
    name = f"{view.place.village.name}{view.item.title}"
    return SheetView(
        path=f"{publication.url}{SHEET}",
        layout=hung.layout,
        paper=hung.paper,
        title=name if view.item.kind == "people" else f"{name}公开",
        subtitle=publication.title,
        publisher=publication.publisher,
        summary=view.sentence,
        url=publication.url,
        code=publication.code,
        place=view.place,
        channels=view.place.channels,
        window=window,
        source=publication.source,
        body=with_terms(view, register),
        is_over=window.end is not None and view.days_left is None,
    )
