"""One record's view -> its sheet for the wall."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from generator.model.papers import Paper
from generator.output.files import OutputFile
from generator.problems import Problem, Source, problem
from generator.render.drawings import Drawings
from generator.render.markup import markdown_html, sheet_pictures
from generator.render.posters.engine import Engine, make_engine
from generator.render.posters.picture import first_page_png, qr_picture
from generator.render.posters.tables import sheet_table
from generator.render.posters.typeface import Typeface, read_typeface
from generator.views.charts import BarChart, Chart, LineChart
from generator.views.records import RecordView
from generator.views.text import day, short_day

_STYLES = ("fonts.css", "../tokens.css", "sheet.css")
_IN_SANS = '<svg font-family="Mingbai Sans" '
_OTHER_EMS = 38.0  # about the height of a finance sheet without its table
_CHART_UNITS = 15.0  # the type size in which drawings are made
_CHART_SHARE = 0.47  # of the width of the text: two charts and a gap
_AMOUNTS = re.compile(r"(?<![\w.-])-?\d[\d,]*(?:\.\d+)?(?= |$)")


@dataclass(frozen=True)
class Drawn:
    """A record's sheet; empty files when it could not be drawn, and problems that say why."""

    pdf: bytes
    png: bytes
    problems: tuple[Problem, ...]


class PosterPress:
    """Fonts, style sheets and templates, read once. Make one for each process."""

    def __init__(self, templates: Path) -> None:
        """`templates` is the folder that holds posters/, drawings/, fonts/ and tokens.css."""
        self._engine: Engine = make_engine(templates / "fonts")
        self._typeface: Typeface = read_typeface(templates / "fonts")
        self._drawings = Drawings(templates)
        self._folder = templates / "posters"
        self._env = _environment(self._folder)
        self._styles = tuple(
            self._engine.stylesheet((self._folder / name).read_text("utf-8"), self._folder)
            for name in _STYLES
        )
        self._paper_style = cache(self._make_paper_style)

    def draw(self, view: RecordView, base_url: str) -> Drawn:
        """Draw a view that has a sheet. `base_url` is the site's address without end slash."""
        assert view.sheet is not None
        source, paper = Source(view.publication.source), view.sheet.paper
        html = self.html(view, base_url.rstrip("/"))
        missing = self._typeface.missing(html)
        faults = tuple(problem("glyph-missing", source, value=char) for char in missing)
        styles = (*self._styles, self._paper_style(paper))
        address = f"{base_url.rstrip('/')}/{view.publication.url}"
        try:
            pdf = self._engine.pdf(
                self._typeface.drawable(html), address, styles, tagged=view.item.kind != "table"
            )
        except Exception as error:  # the engine's own faults must not take the pages with them
            return _failed(source, f"排版程序出错 {type(error).__name__}", faults)
        return Drawn(pdf, first_page_png(pdf), faults)

    def html(self, view: RecordView, base_url: str) -> str:
        """The sheet before it is laid out; characters that no font has are still in it."""
        assert view.sheet is not None
        publication, paper = view.publication, view.sheet.paper
        url = f"{base_url}/{publication.url}?c={publication.code}"
        template = self._env.get_template(f"{view.sheet.layout}.html")
        table = sheet_table(view, paper.inner, self._typeface.measure)
        return template.render(
            view=view,
            publication=publication,
            place=view.place,
            table=table,
            pictures=sheet_pictures(
                publication.document.attachments if publication.document else ()
            ),
            # Drawings follow a table that leaves them room; else rows should run on, not they.
            drawings_first=table.height + _OTHER_EMS > paper.tall,
            charts=tuple(self._chart(chart, paper) for chart in _two(view.charts)),
            url=url,
            qr=qr_picture(url),
            code=f"{publication.code[:4]} {publication.code[4:]}",
            site=f"{base_url}/{view.place.url}",
            address=f"{base_url}/{view.place.url}".partition("://")[2].rstrip("/"),
            mailbox=next((c for c in view.place.channels if c.kind == "mailbox"), None),
        )

    def _chart(self, chart: Chart, paper: Paper) -> tuple[str, Markup]:
        """Heading and drawing, made so wide that its type comes out as large as the text."""
        width = round(paper.inner * _CHART_SHARE * _CHART_UNITS)
        drawn = self._drawings.chart(chart, width)
        # The engine gives drawings no font from the style sheets.
        return chart.title, Markup(_IN_SANS.join(str(drawn).split("<svg ", 1)))

    def _make_paper_style(self, paper: Paper) -> Any:
        css = self._env.get_template("paper.css").render(paper=paper)
        return self._engine.stylesheet(css, self._folder)


def render_posters(
    views: Iterable[RecordView], press: PosterPress, base_url: str
) -> tuple[tuple[OutputFile, ...], tuple[Problem, ...]]:
    """`poster.pdf` and `poster.png` of every view that has a sheet."""
    files: list[OutputFile] = []
    problems: list[Problem] = []
    for view in views:
        if view.sheet is None:
            continue
        sheet = press.draw(view, base_url)
        problems.extend(sheet.problems)
        if sheet.pdf:
            files.append(OutputFile(f"{view.publication.url}poster.pdf", sheet.pdf))
            files.append(OutputFile(f"{view.publication.url}poster.png", sheet.png))
    return tuple(files), tuple(problems)


def _environment(folder: Path) -> Environment:
    env = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["day"] = day
    env.filters["short_day"] = short_day
    env.filters["markdown"] = markdown_html
    env.filters["amounts"] = _strong_amounts
    env.filters["span"] = _span
    return env


def _failed(source: Source, reason: str, faults: tuple[Problem, ...] = ()) -> Drawn:
    return Drawn(b"", b"", (*faults, problem("poster-failed", source, reason=reason)))


def _two(charts: tuple[Chart, ...]) -> tuple[Chart, ...]:
    """A bar chart and the line over time; two bar charts where there is no line."""
    bars = [chart for chart in charts if isinstance(chart, BarChart)]
    lines = [chart for chart in charts if isinstance(chart, LineChart)]
    return (*bars[: 2 - len(lines[:1])], *lines[:1])


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
