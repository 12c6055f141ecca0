"""Decides how words stand on a sheet: the filters of its templates, and what is cut where room is
fixed, in the foot and in the head of later pages. The page of the sheet has it whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import accumulate

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from generator.model.papers import POINTS_PER_MM, Paper
from generator.model.shared import Channel
from generator.publishing.text import day, short_day
from generator.render.markup import Pictures, markdown_html
from generator.render.posters.measures import TIGHT, addressed, usual
from generator.render.posters.typeface import Measure
from generator.render.templates import Templates
from generator.views.sheets import SheetView

_NUMBER = re.compile(r"[-+]?[\d,]*\.?\d*%?")
_VALUE = re.compile(r'<li value="([0-9]+)">')
_AMOUNTS = re.compile(r"(?<![\w.-])-?\d[\d,]*(?:\.\d+)?(?= |$)")
# Ems of the body type: beside the head of later pages, and the type of that head.
_PAGE_NUMBER, _CONTINUED = 10.0, 1.25
# Of a title's own type: white beside each letter, a mark beside it; the smallest such type.
_SPACED, _MARK, _LEAST_TITLE = 0.06, 2.2, 1.7
# In the foot: the frame for the seal with the white around it, a name, what is lost where the two
# lines for phone and letter box end, and most and least for the letter box.
_SEAL, _NAME, _LOST = 13.7, 12.0, 4.0
_SIGNED = 9.8  # what a line within the seal's frame holds
_MOST, _LEAST = 32.0, 8.0


def sheet_environment(templates: Templates, measure: Measure) -> Environment:
    """The templates of sheets."""
    env = Environment(
        loader=templates.loader("posters"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["day"] = day
    env.filters["short_day"] = short_day
    env.filters["markdown"] = numbered_words
    env.filters["small_table"] = small_table
    env.filters["addressed"] = addressed
    env.filters["amounts"] = _strong_amounts
    env.filters["span"] = _span
    env.filters["continued"] = partial(continued, measure=measure)
    env.filters["one_line"] = partial(one_line, measure=measure)
    return env


def numbered_words(text: str, pictures: Pictures | None = None, *, of_names: bool = True) -> Markup:
    """Markdown as on pages; WeasyPrint counts the items of a list by style, not by their values."""
    html = markdown_html(text, pictures, of_names=of_names)
    return Markup(
        _VALUE.sub(
            r'<li style="counter-set: list-item \1; counter-increment: list-item 0">', str(html)
        )
    )


def small_table(rows: Sequence[Sequence[str]], title: str) -> Markup:
    """A small table as its sheet shows it, its headings first; columns of numbers stand right."""
    heads, *lines = rows
    kinds = [
        Markup(' class="num"') if all(map(_NUMBER.fullmatch, column)) else Markup("")
        for column in zip(*lines, strict=True)
    ]
    cells = zip(kinds, heads, strict=True)
    head = Markup("").join(Markup('<th scope="col"{}>{}</th>').format(*cell) for cell in cells)
    body = Markup("").join(
        Markup("<tr>{}</tr>").format(
            Markup("").join(
                Markup("<td{}>{}</td>").format(kind, text)
                for kind, text in zip(kinds, line, strict=True)
            )
        )
        for line in lines
    )
    caption = Markup('<caption class="hidden">{}</caption>').format(title)
    return Markup("<table>{}<thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(
        caption, head, body
    )


def _strong_amounts(text: str) -> Markup:
    """The text with its numbers in bold: `收入 <b>32,000.00</b> 元`."""
    parts: list[str] = []
    end = 0
    for match in _AMOUNTS.finditer(text):
        parts += [escape(text[end : match.start()]), Markup("<b>{}</b>").format(match[0])]
        end = match.end()
    return Markup("").join([*parts, escape(text[end:])])


def _span(start: date, end: date) -> str:
    """`2025年10月8日—11月7日`: the year again only where it changes."""
    return f"{day(start)}—{short_day(end) if start.year == end.year else day(end)}"


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


def one_line(title: str, official: str, paper: Paper, marked: object, measure: Measure) -> float:
    """The size in ems at which a title is one line, where it is none as large as titles are; no
    smaller than may be, and then it takes several. Beside it stands the official term at half its
    size, and it may be `marked`."""
    wide = measure(title) + _SPACED * len(title) + _MARK * bool(marked)
    wide += (measure(f"（{official}）") / 2 + _SPACED * len(official)) if official else 0
    fits = paper.inner / wide if wide else _LEAST_TITLE
    if fits >= usual(paper).ems["title"]:
        return 0.0
    return round(max(min(fits, TIGHT.ems["title"]), _LEAST_TITLE) - 0.005, 2)


def footed(sheet: SheetView, measure: Measure) -> SheetView:
    """The sheet with ways to ask, and who approved it, as its foot can hold them."""
    beside = _SEAL + sheet.paper.code * POINTS_PER_MM / sheet.paper.body
    phone = measure(f"监督电话 {sheet.phone.value}") if sheet.phone else 0.0
    lines = min(2 * (sheet.paper.inner - beside) - phone - _LOST, _MOST)

    def held(channel: Channel) -> Channel:
        title, value = cut(channel.title, _NAME, measure), channel.value
        if channel.kind == "mailbox":
            value = cut(value, max(lines - measure(f"{title}："), _LEAST), measure)
        return replace(channel, title=title, value=value)

    reviewed = tuple(cut(line, _SIGNED, measure) for line in sheet.reviewed)
    return replace(sheet, channels=tuple(map(held, sheet.channels)), reviewed=reviewed)
