"""Words that stand where room is fixed: the foot of a sheet, and the head of its later pages.

What is too long there is cut and ends with a mark of that; the page of the sheet has it whole.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate

from generator.model.papers import POINTS_PER_MM, Paper
from generator.model.shared import Channel
from generator.render.posters.typeface import Measure
from generator.views.sheets import SheetView

# Ems of the body type: beside the head of later pages, and the type of that head.
_PAGE_NUMBER, _CONTINUED = 10.0, 1.25
# In the foot: the frame for the seal with the white around it, a name, what is lost where the two
# lines for phone and letter box end, and most and least for the letter box.
_SEAL, _NAME, _LOST = 13.7, 12.0, 4.0
_MOST, _LEAST = 32.0, 8.0


def cut(text: str, room: float, measure: Measure, mark: str = "") -> str:
    """A text of at most so many ems with its mark behind it."""
    if measure(text + mark) <= room:
        return text + mark
    mark = f"…{mark}"
    widths = accumulate(measure(character) for character in text)
    return text[: sum(wide <= room - measure(mark) for wide in widths)] + mark


def continued(title: str, mark: str, paper: Paper, measure: Measure) -> str:
    """A title with its mark in the one line that heads later pages."""
    return cut(title, (paper.inner - _PAGE_NUMBER) / _CONTINUED, measure, mark)


def footed(sheet: SheetView, measure: Measure) -> SheetView:
    """The sheet with ways to ask that its foot can hold."""
    beside = _SEAL + sheet.paper.code * POINTS_PER_MM / sheet.paper.body
    phone = measure(f"监督电话 {sheet.phone.value}") if sheet.phone else 0.0
    lines = min(2 * (sheet.paper.inner - beside) - phone - _LOST, _MOST)

    def held(channel: Channel) -> Channel:
        title, value = cut(channel.title, _NAME, measure), channel.value
        if channel.kind == "mailbox":
            value = cut(value, max(lines - measure(f"{title}："), _LEAST), measure)
        return replace(channel, title=title, value=value)

    return replace(sheet, channels=tuple(map(held, sheet.channels)))
