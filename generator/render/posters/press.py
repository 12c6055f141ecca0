"""Sheets for the wall: a view of one becomes a PDF and a picture."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from generator.model.boards import is_larger
from generator.model.names import LONG_PICTURE, PDF, PICTURE, TILES
from generator.model.papers import Paper
from generator.model.shared import Theme
from generator.output.files import OutputFile
from generator.output.store import Store, remembered
from generator.problems import Problem, Source, problem
from generator.render.drawings import Drawings
from generator.render.markup import Pictures, markdown_html
from generator.render.posters.articles import article_parts
from generator.render.posters.engine import Engine, UndrawnError, make_engine
from generator.render.posters.fingerprint import hash_of, press_fingerprint
from generator.render.posters.footing import continued, footed
from generator.render.posters.frames import frames_of
from generator.render.posters.official import addressed, official
from generator.render.posters.picture import pictures, qr_picture
from generator.render.posters.rare import RareFonts, lend, lend_drawings
from generator.render.posters.records import record_parts
from generator.render.posters.tiles import fill_tiles, plans_for, sheet_sizes
from generator.render.posters.tiling import PAPERS, Tiling
from generator.render.posters.typeface import FILES, Typeface, read_typeface
from generator.render.posters.typesetting import Desk, shortest, typeset
from generator.render.posters.walls import wall_parts
from generator.render.templates import Templates, faults_told
from generator.render.theme import ACCENT, theme_css
from generator.views.articles import ArticleView
from generator.views.records import RecordView
from generator.views.sheets import SheetView
from generator.views.text import code_words, day, short_day

_STYLES = (
    *("posters/fonts.css", "tokens.css", "posters/sheet.css"),
    *("posters/kinds.css", "posters/walls.css", "posters/changes.css"),
)
_ELEMENTS = "posters/elements.css"
_VALUE = re.compile(r'<li value="([0-9]+)">')
_AMOUNTS = re.compile(r"(?<![\w.-])-?\d[\d,]*(?:\.\d+)?(?= |$)")


class NotKeptError(LookupError):
    """A press that does not draw was asked for something that is not kept."""


@dataclass(frozen=True)
class Drawn:
    """A sheet's files, empty when it could not be drawn, and problems that say why."""

    pdf: bytes
    png: bytes
    problems: tuple[Problem, ...]
    long_png: bytes = b""  # all pages below each other; nothing where there is one
    is_new: bool = True  # drawn now, not taken from the store


@dataclass(frozen=True)
class Printed:
    """The files of several sheets, what was wrong, and how many were not kept from before."""

    files: tuple[OutputFile, ...]
    problems: tuple[Problem, ...]
    drawn: int
    kept: int


class PosterPress:
    """Fonts, style sheets and templates, read once. Make one for each process."""

    def __init__(
        self,
        templates: Templates,
        theme: Theme,
        store: Store | None = None,
        rare: RareFonts | None = None,
        *,
        draws: bool = True,
    ) -> None:
        """`store` holds sheets that were drawn before; `rare` are this machine's unless given. A
        press that does not draw gives what is in the store and nothing else."""
        self._store = store
        self.draws = draws
        fonts, self._folder = templates.package / "fonts", templates.package / "posters"
        self._typeface: Typeface = read_typeface(fonts, rare)
        self._drawings = Drawings(templates, theme.accent or ACCENT)
        self._env = _environment(templates)
        self._env.filters["continued"] = partial(continued, measure=self._typeface.measure)
        elements = templates.find(_ELEMENTS).read_text("utf-8")
        self._engine: Engine = make_engine(fonts, elements)
        styles = [templates.find(name).read_text("utf-8") for name in _STYLES]
        styles.append(theme_css(theme))
        # Fonts, and one sheet for all else: each is asked for every cell of a long table.
        self._css = (styles[0], "\n".join(styles[1:]))
        self._styles = tuple(self._engine.stylesheet(css, self._folder) for css in self._css)
        self._paper_style = cache(self._make_paper_style)
        self._font = fonts / FILES[0]
        self._fingerprint = press_fingerprint(self._engine.version, [elements, *styles], fonts)

    def draw(self, sheet: SheetView, base_url: str) -> Drawn:
        """Draw a sheet. `base_url` is the site's address, with or without an end slash."""
        base_url, source = base_url.rstrip("/"), Source(sheet.source)
        context = self._context(sheet, base_url)
        table = context.get("table")
        html = self._written(sheet, context)
        missing = self._typeface.missing(html)
        faults = tuple(problem("glyph-missing", source, value=c, mark=m) for c, m in missing)
        address = f"{base_url}/{sheet.url}"
        drawable = self._typeface.drawable(html)
        rare = self._typeface.rare_css(drawable)

        def lent(text: str) -> str:
            return lend_drawings(text) if rare else text

        def write(change: Mapping[str, object]) -> str:
            return lent(self._typeface.drawable(self._written(sheet, {**context, **change})))

        htmls = [lent(drawable), *map(write, context.get("settings", ()))]
        css, style = self._paper_style(sheet.paper)
        # The table too: its lines may be told how to go on over pages without a word of that here.
        inputs = (self._fingerprint, css, address, *htmls, repr(table), rare)
        key = hash_of(*(part.encode() for part in inputs))

        def make() -> tuple[bytes, ...]:
            engine, styles = self._lent(rare)
            desk = Desk(engine, address, (*styles, style), self._folder)
            if table is None:
                pdf = shortest(htmls, desk)
            else:
                pdf = typeset(lambda t: write({"table": t}), table, sheet.paper, desk)
            drawn = pictures(pdf, self._font)
            return pdf, drawn.first, drawn.long

        try:
            (pdf, png, long), is_new = self._remembered(key, make)
        except NotKeptError:
            return Drawn(b"", b"", ())
        except UndrawnError as undrawn:
            return _failed(source, f"有画不出的字 {undrawn}", faults)
        except Exception as error:  # the engine's own faults must not take the pages with them
            return _failed(source, f"排版程序出错 {type(error).__name__}", faults)
        return Drawn(pdf, png, faults, long, is_new)

    def _remembered(
        self, key: str, make: Callable[[], tuple[bytes, ...]]
    ) -> tuple[tuple[bytes, ...], bool]:
        def nothing() -> tuple[bytes, ...]:
            raise NotKeptError

        return remembered(self._store, key, make if self.draws else nothing)

    def _lent(self, rare: str) -> tuple[Engine, tuple[Any, ...]]:
        """Engine and style sheets, with borrowed glyphs where a sheet needs some. Those are not
        left for the next sheet, which must not depend on what was drawn before it."""
        if not rare:
            return self._engine, self._styles
        engine = self._engine.anew()
        fonts, *others = self._css
        styles = (fonts + rare, *map(lend, others))
        return engine, tuple(engine.stylesheet(css, self._folder) for css in styles)

    def html(self, sheet: SheetView, base_url: str) -> str:
        """The sheet before it is laid out; characters that no font has are still in it."""
        return self._written(sheet, self._context(sheet, base_url))

    def _written(self, sheet: SheetView, context: dict[str, Any]) -> str:
        return self._fill(f"{sheet.layout}.html", context)

    def _fill(self, template: str, context: dict[str, Any]) -> str:
        with faults_told("posters", template):
            return self._env.get_template(template).render(context)

    def _context(self, sheet: SheetView, base_url: str) -> dict[str, Any]:
        url = f"{base_url}/{sheet.url}" + (f"?c={sheet.code}" if sheet.code else "")
        home = f"{base_url}/{sheet.home}"
        return {
            "sheet": footed(sheet, self._typeface.measure),
            "place": sheet.place,
            "url": url,
            "qr": qr_picture(url, sheet.paper.code),
            "code": code_words(sheet.code),
            "site": home,
            "address": home.partition("://")[2].rstrip("/"),
            **self._parts(sheet),
        }

    def tile(self, pdf: bytes, name: str, tiling: Tiling) -> bytes:
        """A sheet's PDF as tiles for the office's paper, with a map of each page before them.

        Raises ValueError when margins and overlap leave no room for a picture, and `NotKeptError`
        where the press does not draw and they are not kept.
        """
        parts = (self._fingerprint.encode(), pdf, name.encode(), repr(tiling).encode())
        (tiles,), _ = self._remembered(hash_of(*parts), lambda: (self._tiles(pdf, name, tiling),))
        return tiles

    def _tiles(self, pdf: bytes, name: str, tiling: Tiling) -> bytes:
        plans = plans_for(pdf, tiling)
        sizes = sheet_sizes(pdf)
        frames = [
            frame
            for number, (plan, size) in enumerate(zip(plans, sizes, strict=True), start=1)
            for frame in frames_of(plan, size, _page_name(name, number, len(sizes)), tiling)
        ]
        short, long = PAPERS[tiling.paper]
        html = self._fill(
            "tiles.html", {"title": name, "frames": frames, "short": short, "long": long}
        )
        drawable = self._typeface.drawable(html)
        empty = self._engine.pdf(drawable, "", self._styles[:1], tagged=False)
        return fill_tiles(pdf, empty, plans, tiling)

    def _parts(self, sheet: SheetView) -> dict[str, object]:
        """What the layouts of one kind of body need besides."""
        body, measure = sheet.body, self._typeface.measure
        if isinstance(body, RecordView):
            return record_parts(sheet.layout, body, sheet.paper, self._drawings, measure)
        if isinstance(body, ArticleView):
            return article_parts(sheet, body, measure)
        return wall_parts(sheet, self._drawings, measure)

    def _make_paper_style(self, paper: Paper) -> tuple[str, Any]:
        css = self._fill("paper.css", {"paper": paper, "official": official(paper)})
        return css, self._engine.stylesheet(css, self._folder)


def render_posters(
    sheets: Iterable[SheetView], press: PosterPress, base_url: str, printer: str = ""
) -> Printed:
    """The PDF and the pictures of every sheet, and what is larger than the office's paper as
    tiles for it. `printer` is the paper of offices that name none of their own."""
    files: list[OutputFile] = []
    problems: list[Problem] = []
    counts = {True: 0, False: 0}
    for sheet in sheets:
        drawn = press.draw(sheet, base_url)
        problems.extend(drawn.problems)
        if drawn.pdf:
            counts[drawn.is_new] += 1
            files.append(OutputFile(f"{sheet.path}{PDF}", drawn.pdf))
            files.append(OutputFile(f"{sheet.path}{PICTURE}", drawn.png))
            own = (sheet.place.village.printer if sheet.place else "") or printer
            if own and is_larger(sheet.paper, own):
                with suppress(NotKeptError):
                    tiles = press.tile(drawn.pdf, sheet.subtitle, Tiling(own))
                    files.append(OutputFile(f"{sheet.path}{TILES}", tiles))
        if drawn.long_png:
            files.append(OutputFile(f"{sheet.path}{LONG_PICTURE}", drawn.long_png))
    return Printed(tuple(files), tuple(problems), drawn=counts[True], kept=counts[False])


def _environment(templates: Templates) -> Environment:
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
    env.filters["addressed"] = addressed
    env.filters["amounts"] = _strong_amounts
    env.filters["span"] = _span
    return env


def numbered_words(text: str, pictures: Pictures | None = None, *, of_names: bool = True) -> Markup:
    """Markdown as on pages; WeasyPrint counts the items of a list by style, not by their values."""
    html = markdown_html(text, pictures, of_names=of_names)
    return Markup(
        _VALUE.sub(
            r'<li style="counter-set: list-item \1; counter-increment: list-item 0">', str(html)
        )
    )


def _page_name(name: str, number: int, count: int) -> str:
    return f"{name}（第 {number} 页，共 {count} 页）" if count > 1 else name


def _failed(source: Source, reason: str, faults: tuple[Problem, ...] = ()) -> Drawn:
    return Drawn(b"", b"", (*faults, problem("poster-failed", source, reason=reason)))


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
