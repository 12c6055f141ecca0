"""The page of one power, standard or a village's own."""

from __future__ import annotations

from generator.output.files import OutputFile
from generator.render.pages.writer import PageWriter
from generator.views.places import Link
from generator.views.powers import PowerView

POWERS = Link("小微权力清单", "powers/")


def power_page(writer: PageWriter, view: PowerView) -> OutputFile:
    """What it is, who acts, its steps, and where it was used."""
    title = view.power.title
    if view.place is None:
        frame = writer.frames.of_site(
            view.url, title, (POWERS,), description=view.power.plain, is_shared=True
        )
    else:
        powers = Link(POWERS.title, f"{view.place.url}powers/")
        frame = writer.frames.of_village(
            view.place, view.url, title, (powers,), description=view.power.plain
        )
    return writer.page("power.html", frame, view=view, power=view.power)
