"""The page of a village's supervisors."""

from __future__ import annotations

from generator.output.files import OutputFile
from generator.render.pages.writer import PageWriter
from generator.views.stations import StationView

TITLE = "谁在监督、怎么监督"


def station_page(writer: PageWriter, view: StationView) -> OutputFile:
    """Who they are, what they did lately, how a problem is handled, how they are reached."""
    village = view.place.village.name
    names = "、".join(member.name for member in view.members[:3])
    frame = writer.frames.of_village(
        view.place,
        view.url,
        view.name or TITLE,
        (),
        description=f"{village}由谁监督、怎样找到他们、反映的事怎么办。{names}",
    )
    return writer.page("station.html", frame, view=view, title=view.name or TITLE)
