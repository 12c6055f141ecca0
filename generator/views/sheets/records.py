"""The sheet of a record."""

from __future__ import annotations

from generator.views.affairs.register import Register
from generator.views.records import RecordView
from generator.views.sheets.sheet import SheetView
from generator.views.sheets.terms import with_terms


def record_sheet(view: RecordView, register: Register | None = None) -> SheetView | None:
    """The sheet of a record; None where its item has none. `register` is what holds now, where
    that is drawn from the record."""
    hung, publication = view.sheet, view.publication
    if hung is None:
        return None
    name = f"{view.place.village.name}{view.item.title}"
    return SheetView(
        path=f"{publication.url}poster",
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
        window=publication.window,
        source=publication.source,
        body=with_terms(view, register),
    )
