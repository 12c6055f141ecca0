"""The list by which a clerk makes the round of a village's boards."""

from __future__ import annotations

from generator.model.shared import Shared
from generator.views.sheets.sheet import SheetView, publisher_of
from generator.views.text import day
from generator.views.walls.boardplans import since_words
from generator.views.walls.rounds import WallView


def changes_sheet(view: WallView, shared: Shared) -> SheetView | None:
    """What goes up, comes down and stays on each board, with its picture; None where papers.yaml
    has no paper for it. It is new each day and carries no code."""
    paper, place = shared.sheet_paper("changes"), view.place
    if paper is None:
        return None
    return SheetView(
        path=f"{place.url}wall",
        layout="changes",
        paper=paper,
        title=f"{place.village.name}公开栏换版清单",
        subtitle=f"{day(view.today)}换版清单",
        publisher=publisher_of(place, shared),
        summary=f"挂上 {view.up} 份，取下 {view.down} 份（{since_words(view)}）",
        url=view.url,
        code="",
        place=place,
        channels=place.channels,
        window=None,
        source=place.village.source.file,
        body=view,
        signed=False,
    )
