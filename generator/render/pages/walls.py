"""The page by which the boards of a village are kept up to date."""

from __future__ import annotations

from generator.model import names
from generator.output.files import OutputFile
from generator.render.pages.writer import PageWriter
from generator.views.walls.boardplans import since_words
from generator.views.walls.rounds import WallView

WALL = "公开栏换版"


def wall_page(writer: PageWriter, view: WallView, files: frozenset[str]) -> OutputFile:
    """What goes up, stays and comes down, with a picture of each board; `files` holds the paths
    of the batches that were drawn."""
    place = view.place
    frame = writer.frames.of_village(
        place,
        view.url,
        WALL,
        (),
        description=f"{place.village.name}公开栏上要挂上什么、取下什么，挂到哪一天，每块栏的样子。",
    )
    batch, tiles = f"{place.url}{names.WALL}{names.PDF}", f"{place.url}{names.WALL}{names.TILES}"
    return writer.page(
        "wall.html",
        frame,
        view=view,
        since=since_words(view),
        batch=batch if batch in files else "",
        tiles=tiles if tiles in files else "",
    )
