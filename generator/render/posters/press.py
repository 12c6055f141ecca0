"""Prints sheets: a view becomes a PDF and a picture."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from generator.machine import Browser
from generator.model.papers import Paper
from generator.model.shared import Theme
from generator.output.store import Store, remembered
from generator.problems import Problem, Source, problem
from generator.publishing.text import code_words
from generator.render.drawings import Drawings
from generator.render.posters.choosing import Desk, Parts
from generator.render.posters.engine import uncollected
from generator.render.posters.engines import make_engine
from generator.render.posters.enlarging import enlarged_parts
from generator.render.posters.filters import footed, sheet_environment
from generator.render.posters.frames import frames_of
from generator.render.posters.laid import Engine, EngineError
from generator.render.posters.measures import TIGHT, official, usual
from generator.render.posters.picture import pictures, qr_picture
from generator.render.posters.rare import RareFonts, lend, lend_drawings
from generator.render.posters.records import record_parts
from generator.render.posters.tiles import fill_tiles, plans_for, sheet_sizes
from generator.render.posters.tiling import PAPERS, Tiling
from generator.render.posters.typeface import FILES, Typeface, read_typeface
from generator.render.posters.typesetting import set_sheet
from generator.render.templates import Templates, faults_named
from generator.render.theme import ACCENT, coloured, theme_css
from generator.views.records import RecordView
from generator.views.sheets import SheetView

_STYLES = (
    *("posters/fonts.css", "tokens.css", "posters/sheet.css"),
    *("posters/kinds.css", "posters/walls.css", "posters/changes.css"),
)
_ELEMENTS = "posters/elements.css"


@dataclass(frozen=True)
class Drawn:
    """A sheet's files, empty when it could not be drawn, and problems that say why."""

    pdf: bytes
    png: bytes
    problems: tuple[Problem, ...]
    long_png: bytes = b""  # all pages below each other; nothing where there is one
    is_new: bool = True  # drawn now, not taken from the store
    key: str = ""  # under which it is kept


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
        browser: Browser | None = None,
    ) -> None:
        """`store` holds sheets that were drawn before; `rare` fonts, and what draws unless a
        `browser` is given, are this machine's. A press that does not draw gives what is in the store
        and nothing else."""
        self._store = store
        self.draws = draws
        fonts, self._folder = templates.package / "fonts", templates.package / "posters"
        self._typeface: Typeface = read_typeface(fonts, rare)
        self._drawings = Drawings(templates, theme.accent or ACCENT)
        self._env = sheet_environment(templates, self._typeface.measure)
        elements = templates.find(_ELEMENTS).read_text("utf-8")
        styles = [templates.find(name).read_text("utf-8") for name in _STYLES]
        styles.append(theme_css(theme))
        # Fonts, and one sheet for all else: each is asked for every cell of a long table.
        self._tokens = "\n".join((styles[1], styles[-1]))
        self._css = (styles[0], coloured("\n".join(styles[1:]), self._tokens))
        self._engine = make_engine(fonts, elements, browser).dressed(self._css[0], self._folder)
        self._styles = tuple(self._engine.stylesheet(css, self._folder) for css in self._css[1:])
        self._paper_style = cache(self._make_paper_style)
        self._font = fonts / FILES[0]
        self._fingerprint = _press_fingerprint(self._engine.version, [elements, *styles], templates)

    def keeping(self, store: Store | None) -> PosterPress:
        """The same press with another store."""
        other = copy(self)
        other._store = store
        return other

    def draw(self, sheet: SheetView, base_url: str) -> Drawn:
        """Draw a sheet. `base_url` is the site's address, with or without an end slash."""
        base_url, source = base_url.rstrip("/"), Source(sheet.source)
        parts = self._parts(sheet)
        facts = self._facts(sheet, parts, base_url)
        html = self._written(sheet, {**facts, **parts.ways[0].facts})
        missing = self._typeface.missing(html)
        faults = tuple(problem("glyph-missing", source, value=c, mark=m) for c, m in missing)
        address = f"{base_url}/{sheet.url}"
        rare = self._typeface.rare_css(self._typeface.drawable(html))
        css, style = self._paper_style(sheet.paper)
        tables = {id(way.table): way.table for way in parts.ways}.values()  # each once: long ones
        ways, url = repr(parts.ways), str(facts["url"])
        inputs = (self._fingerprint, css, address, url, html, ways, rare, *map(repr, tables))

        def write(change: Mapping[str, object]) -> str:
            whole = {**facts, **change, "qr": qr_picture(url, sheet.paper.code)}
            text = self._typeface.drawable(self._written(sheet, whole))
            return lend_drawings(text) if rare else text

        def make() -> tuple[bytes, ...]:
            engine, styles = self._lent(rare)
            desk = Desk(engine, address, (*styles, style), self._folder, sheet.paper)
            with uncollected():
                pdf = set_sheet(parts.ways, write, desk)
            drawn = pictures(pdf, self._font)
            return pdf, drawn.first, drawn.long

        key = _key_of(inputs)
        try:
            kept, is_new = self._remembered(key, make)
        except EngineError as fault:
            failed = problem("poster-failed", source, reason=str(fault))
            return Drawn(b"", b"", (*faults, failed))
        if kept is None:
            return Drawn(b"", b"", ())
        pdf, png, long = kept
        return Drawn(pdf, png, faults, long, is_new, key)

    def recall(self, key: str) -> Drawn:
        """A sheet as it was drawn under a key, whatever it would be now; nothing where it is not
        kept."""
        match self._store.get(key) if self._store and key else None:
            case (pdf, png, long):
                return Drawn(pdf, png, (), long, is_new=False, key=key)
        return Drawn(b"", b"", ())

    def _remembered(
        self, key: str, make: Callable[[], tuple[bytes, ...]]
    ) -> tuple[tuple[bytes, ...] | None, bool]:
        """What is kept under a key, else what `make` gives, and whether it is new; None where
        nothing is kept and the press does not draw."""
        if not self.draws:
            return (self._store.get(key) if self._store else None), False
        return remembered(self._store, key, make)

    def _lent(self, rare: str) -> tuple[Engine, tuple[Any, ...]]:
        """Engine and style sheets, with borrowed glyphs where a sheet needs some. Those are not
        left for the next sheet, which must not depend on what was drawn before it."""
        if not rare:
            return self._engine, self._styles
        fonts, *others = self._css
        engine = self._engine.dressed(fonts + rare, self._folder)
        return engine, tuple(engine.stylesheet(lend(css), self._folder) for css in others)

    def html(self, sheet: SheetView, base_url: str) -> str:
        """The sheet before it is laid out; characters that no font has are still in it."""
        parts = self._parts(sheet)
        facts = self._facts(sheet, parts, base_url)
        facts["qr"] = qr_picture(str(facts["url"]), sheet.paper.code)
        return self._written(sheet, {**facts, **parts.ways[0].facts})

    def _written(self, sheet: SheetView, facts: dict[str, object]) -> str:
        return self._fill(f"{sheet.layout}.html", facts)

    def _fill(self, template: str, context: dict[str, object]) -> str:
        with faults_named("posters", template):
            return self._env.get_template(template).render(context)

    def _facts(self, sheet: SheetView, parts: Parts, base_url: str) -> dict[str, object]:
        url = f"{base_url}/{sheet.url}" + (f"?c={sheet.code}" if sheet.code else "")
        home = f"{base_url}/{sheet.home}"
        return {
            "sheet": footed(sheet, self._typeface.measure),
            "place": sheet.place,
            "url": url,
            "qr": "",  # drawn only where the sheet is: it says no more than `url`
            "code": code_words(sheet.code),
            "site": home,
            "address": home.partition("://")[2].rstrip("/"),
            "begins": True,
            "ends": True,  # of a sheet laid out in volumes
            **parts.facts,
        }

    def tile(self, pdf: bytes, name: str, tiling: Tiling) -> bytes:
        """A sheet's PDF as tiles for the office's paper, with a map of each page before them.

        Nothing where the press does not draw and they are not kept. Raises EngineError where what
        is around them cannot be drawn, ValueError when margins and overlap leave no room for it.
        """
        inputs = (self._fingerprint, pdf, name, repr(tiling))
        kept, _ = self._remembered(_key_of(inputs), lambda: (self._tiles(pdf, name, tiling),))
        return kept[0] if kept else b""

    def _tiles(self, pdf: bytes, name: str, tiling: Tiling) -> bytes:
        plans = plans_for(pdf, tiling)
        sizes = sheet_sizes(pdf)
        frames = [
            frame
            for number, (plan, size) in enumerate(zip(plans, sizes, strict=True), start=1)
            for frame in frames_of(plan, size, _page_name(name, number, len(sizes)), tiling)
        ]
        short, long = PAPERS[tiling.paper]
        facts = {"title": name, "frames": frames, "short": short, "long": long}
        html = self._fill("tiles.html", facts)
        empty = self._engine.pdf(self._typeface.drawable(html), ())
        return fill_tiles(pdf, empty, plans, tiling)

    def _parts(self, sheet: SheetView) -> Parts:
        """The parts that the layouts of one kind of body need."""
        body, measure = sheet.body, self._typeface.measure
        if isinstance(body, RecordView):
            return record_parts(sheet, body, self._drawings, measure)
        return enlarged_parts(sheet, self._drawings, measure)

    def _make_paper_style(self, paper: Paper) -> tuple[str, Any]:
        spacing = {"usual": usual(paper).ems, "tight": TIGHT.ems}
        facts = {"paper": paper, "official": official(paper), **spacing}
        css = "".join(self._fill(name, facts) for name in self._engine.papers)
        return css, self._engine.stylesheet(coloured(css, self._tokens), self._folder)


def _page_name(name: str, number: int, count: int) -> str:
    return f"{name}（第 {number} 页，共 {count} 页）" if count > 1 else name


# When a sheet that was drawn before may be used again: all that draws it, as one hash.
_LIBRARIES = (
    *("weasyprint", "pydyf", "tinycss2", "cssselect2", "tinyhtml5", "fonttools", "pyphen"),
    *("pikepdf", "pillow", "pypdfium2", "segno", "jinja2", "markupsafe", "markdown"),
)
_ROOT = Path(__file__).parents[2]
# What is written into a sheet's HTML is in its key; this is the code that comes after that, or
# that other ways to set it may use.
_CODE = (
    *("render/posters/*.py", "render/posters/browser/*.py", "render/posters/shortcuts/*.py"),
    *("render/drawings/*.py", "render/*.py", "model/papers.py"),
)
_TEMPLATES = ("posters", "drawings")


def _press_fingerprint(engine: str, styles: Iterable[str], templates: Templates) -> str:
    """A hash over our own drawing code, templates and style sheets, packaged fonts, and the
    versions of the libraries that draw; `engine` names those that have no Python version."""
    names = [engine, zlib.ZLIB_RUNTIME_VERSION, *(f"{name} {version(name)}" for name in _LIBRARIES)]
    parts = [name.encode() for name in (*names, *styles)]
    for path in (
        *(path for pattern in _CODE for path in sorted(_ROOT.glob(pattern))),
        *_filled(templates),
        *sorted((templates.package / "fonts").glob("*.ttf")),
    ):
        parts += [path.name.encode(), path.read_bytes()]
    return _hash_of(*parts)


def _filled(templates: Templates) -> Iterable[Path]:
    """The package's templates, and the site's own."""
    folders = [folder for folder in (templates.package, templates.own) if folder]
    rooms = (folder / room for folder in folders for room in _TEMPLATES)
    return (path for room in rooms for path in sorted(room.rglob("*")) if path.is_file())


def _key_of(inputs: Iterable[str | bytes]) -> str:
    return _hash_of(*(part.encode() if isinstance(part, str) else part for part in inputs))


def _hash_of(*parts: bytes) -> str:
    """One hash over several parts; where one ends and the next begins counts."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()
