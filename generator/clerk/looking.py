"""What a file of a village becomes, before or after it is saved: its problems by cell, its page, its
sheet. Runs in a warm process: content/, fonts and what other files say are read once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from generator.checks.content import is_sample
from generator.clerk.shelves import TABLES, TITLES, files_of, room_of
from generator.drawing import base_url_of, press_of, templates_of
from generator.fingerprints import hash_of, looks_of_folder
from generator.intake.decoding import Worksheet, read_bytes
from generator.intake.folders import APPROVED, VillageFolder, find_villages, is_litter
from generator.intake.layout import choose_worksheet, find_layout
from generator.intake.naming import own_name
from generator.intake.worksheets import worksheets_in
from generator.model.filenames import SHEET
from generator.model.period import parse_period
from generator.model.schema import TableSchema
from generator.model.shared import Shared
from generator.model.wording import shared_for
from generator.problems import Problem
from generator.reading import sound_content, sound_village
from generator.render.pages import Pages
from generator.render.posters import press_missing
from generator.settings import CannotBuildError, Settings
from generator.views.contents import VillageContents, village_contents
from generator.views.sheets import village_sheets
from generator.views.walls.rounds import on_first_board

_Said = TypeVar("_Said")
_MOST_KNOWN = 4_000  # tables; more are forgotten together
_OWN_PAGES = {"village.yaml": "", "powers.yaml": "powers/", "posted.csv": "wall/"}

Changed = tuple[tuple[str, bytes], ...]
"""Files as they would be, by their paths under villages/."""


@dataclass(frozen=True)
class Mark:
    """A problem of a file at its cell: the row as a spreadsheet shows it, 0 for the whole file, and
    the column from 0, -1 where it is none."""

    row: int
    column: int
    severity: str
    words: str


@dataclass(frozen=True)
class Looked:
    """What a file becomes. `heading` is the row of its headings, 0 where there are none; `page` is
    empty where nothing of it can be published; `rows` are those of a workbook."""

    title: str
    url: str
    page: bytes
    marks: tuple[Mark, ...]
    heading: int
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Sheet:
    """The sheet of a file as it will hang: its pages as one picture, and to be printed. `why` says
    why there is none."""

    picture: bytes = b""
    pdf: bytes = b""
    why: str = ""


@dataclass(frozen=True)
class Entry:
    """A file in the list of a village, and the gravest of its problems."""

    path: str
    item: str
    title: str
    severity: str
    is_table: bool


@dataclass(frozen=True)
class _Found:
    """A village as it is or would be."""

    folder: VillageFolder
    contents: VillageContents | None
    problems: tuple[Problem, ...]
    shared: Shared


def towns(settings: Settings) -> list[dict[str, Any]]:
    """The towns with their villages, by id and name; the sample's is none once its villages are gone."""
    shared = shared_now(settings)
    folders, _ = find_villages(settings.villages, shared)
    if not folders and is_sample(shared):
        return []
    return [
        {
            "name": town.name,
            "villages": [
                {
                    "id": f.id,
                    "name": own_name(f) or f.id,
                    "path": f.path.relative_to(settings.villages).as_posix(),
                }
                for f in folders
                if f.town == town.id
            ],
        }
        for town in shared.site.towns
    ]


def entries(settings: Settings, village: str) -> list[dict[str, Any]]:
    """The files of a village."""
    found = _found(settings, village, ())
    by_file = {p.publication.source: p for p in found.contents.records} if found.contents else {}
    names = {item.id: item.title for item in found.shared.catalogue.items}
    worst: dict[str, str] = {}
    for one in found.problems:
        known = worst.get(one.source.file, "")
        worst[one.source.file] = min(known or one.severity, one.severity, key=_GRAVITY.index)
    listed: list[dict[str, Any]] = []
    for path in files_of(found.folder.path, settings.villages):
        source, inner = _source(settings, path), PurePosixPath(path)
        view = by_file.get(source)
        item = names.get(inner.parent.name, "")
        period = parse_period(inner.stem.partition(".")[0])
        said = period.title if period else inner.name
        title = view.publication.title if view else TITLES.get(inner.name, said)
        is_table = inner.suffix.lower() in TABLES
        listed.append(asdict(Entry(path, item, title, worst.get(source, ""), is_table)))
    return listed


_GRAVITY = ("error", "warning", "notice", "")


def look(settings: Settings, village: str, path: str, changed: Changed) -> dict[str, Any]:
    """What a file becomes, `Looked`, where files are as they would be."""
    found = _found(settings, village, changed)
    source = _source(settings, path)
    raw = dict(changed).get(path)
    if raw is None:
        read = read_bytes(settings.villages / path, source)
        raw = b"" if isinstance(read, Problem) else read
    worksheet, heading, columns = _layout(raw, path, found.shared)
    marks = tuple(
        Mark(p.source.row, columns.get(p.source.column, -1), p.severity, p.message + p.hint)
        for p in found.problems
        if p.source.file == source
    )
    url, title = _address(found, source, path)
    page = _page(settings, found, url) if url else b""
    is_workbook = worksheet and not path.lower().endswith(".csv")
    rows = tuple(row.cells for row in worksheet.rows) if worksheet and is_workbook else ()
    return asdict(Looked(title, url, page, marks, heading, rows))


def sheet(settings: Settings, village: str, path: str, changed: Changed) -> dict[str, Any]:
    """The sheet of the same, drawn: `Sheet`."""
    return asdict(_sheet(settings, village, path, changed))


def _sheet(settings: Settings, village: str, path: str, changed: Changed) -> Sheet:
    missing = press_missing()
    if missing:
        return Sheet(why=f"这台电脑不能画公示单：缺少 {missing}。")
    found = _found(settings, village, changed)
    url, _ = _address(found, _source(settings, path), path)
    if not found.contents or not url:
        return Sheet(why="有错误，先改好，才有公示单。")
    sheets = village_sheets(found.contents, found.shared)
    own = next((sheet for sheet in sheets if sheet.path == f"{url}{SHEET}"), None)
    if own is None:
        return Sheet(why="这一份没有公示单，只在手机上看。")
    drawing = replace(settings, sheets="all", cache=None)
    press = press_of(found.shared, drawing, village)
    hung = on_first_board(own, found.contents.place, found.shared)
    drawn = press.draw(hung, base_url_of(found.shared, settings))
    why = "" if drawn.pdf else "".join(map(str, drawn.problems))
    return Sheet(drawn.long_png or drawn.png, drawn.pdf, why)


def assets(settings: Settings) -> dict[str, bytes]:
    """Styles and scripts of all pages, by their paths in the site."""
    return {file.path: file.content for file in _pages(settings, shared_now(settings)).assets()}


def _pages(settings: Settings, shared: Shared) -> Pages:
    base_url = base_url_of(shared, settings)
    return Pages(templates_of(settings, shared), shared, settings.today, base_url)


def _page(settings: Settings, found: _Found, url: str) -> bytes:
    if found.contents is None:
        return b""
    written = _pages(settings, found.shared).one(found.contents, url)
    return written.content if written else b""


def _source(settings: Settings, path: str) -> str:
    return f"{settings.villages.name}/{path}"


def _address(found: _Found, source: str, path: str) -> tuple[str, str]:
    """The address of a file's page, or nothing, and what it is called."""
    if found.contents is None:
        return "", PurePosixPath(path).name
    for view in found.contents.records:
        if view.publication.source == source and view.item.kind != "people":
            return view.publication.url, view.publication.title
    name = PurePosixPath(path).name
    own = _OWN_PAGES.get(name)
    return ("" if own is None else f"{found.contents.place.url}{own}"), name


def _layout(raw: bytes, path: str, shared: Shared) -> tuple[Worksheet | None, int, dict[str, int]]:
    """The worksheet of a table file, its row of headings, and the column of each heading."""
    ending = PurePosixPath(path).suffix.lower()
    item = shared.catalogue.find(PurePosixPath(path).parent.name)
    schema: TableSchema | None = shared.tables.get(item.table) if item else None
    worksheets = worksheets_in(raw, ending, path) if ending in TABLES else ()
    if isinstance(worksheets, Problem) or not worksheets:
        return None, 0, {}
    if schema is None:
        return worksheets[0], 1, {cell: n for n, cell in enumerate(worksheets[0].rows[0].cells)}
    worksheet, _ = choose_worksheet(worksheets, schema, path)
    if isinstance(worksheet, Problem):
        return worksheets[0], 0, {}
    layout = find_layout(worksheet, schema, path)
    if isinstance(layout, Problem):
        return worksheet, 0, {}
    columns = {cell: place for place, cell in enumerate(layout.heading.cells) if cell}
    columns |= {column.field.name: place for place, column in layout.columns.items()}
    return worksheet, layout.heading.number, columns


def _found(settings: Settings, village: str, changed: Changed) -> _Found:
    shared = shared_now(settings)
    folders, _ = find_villages(settings.villages, shared)
    folder = next((f for f in folders if f.id == village), None)
    if folder is None:
        raise CannotBuildError(f"没有村 {village}。")
    state = hash_of(looks_of_folder(settings.content)[0], looks_of_folder(folder.path)[0])
    return _read(settings, folder.as_written, changed, state)


@lru_cache(maxsize=4)
def _read(settings: Settings, folder: VillageFolder, changed: Changed, _: str) -> _Found:
    shared = shared_now(settings)
    with _laid(settings, folder, changed) as there:
        data, problems = sound_village(there, shared, settings.today, recall=_recall)
        if data is None:
            return _Found(folder, None, problems, shared)
        own = shared_for(data.village, shared)
        return _Found(folder, village_contents(data, own, settings.today), problems, own)


@contextmanager
def _laid(settings: Settings, folder: VillageFolder, changed: Changed) -> Iterator[VillageFolder]:
    """A village's folder with files as they would be. Its other files are there by a second name, so
    that no private one is copied where that can be."""
    if not changed:
        yield folder
        return
    room = room_of(settings)
    room.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=room, prefix="look-") as name:
        home, own = Path(name, folder.id), folder.path.relative_to(settings.villages)
        _link(folder.path, home)
        for path, content in changed:
            file = home / PurePosixPath(path).relative_to(own.as_posix())
            file.parent.mkdir(parents=True, exist_ok=True)
            file.unlink(missing_ok=True)
            file.write_bytes(content)
        yield replace(folder, path=home)


def _link(folder: Path, there: Path) -> None:
    there.mkdir()
    for entry in os.scandir(folder):
        if is_litter(entry.name) or entry.name == APPROVED or entry.is_symlink():
            continue
        if entry.is_dir():
            _link(Path(entry.path), there / entry.name)
            continue
        try:
            os.link(entry.path, there / entry.name)
        except OSError:  # another disk, or one that knows no second names
            shutil.copy2(entry.path, there / entry.name)


_known: dict[str, Any] = {}  # what tables say, of this process


def _recall(what: tuple[str, ...], raw: bytes, read: Callable[[], _Said]) -> _Said:
    name = hash_of(*what, raw)
    if name not in _known:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        _known[name] = read()
    said: _Said = _known[name]
    return said


def shared_now(settings: Settings) -> Shared:
    """content/ as it is, read once."""
    return _content(settings, looks_of_folder(settings.content)[0])


@lru_cache(maxsize=1)
def _content(settings: Settings, _: str) -> Shared:
    _known.clear()
    return sound_content(settings.content, settings.today, "才能看")[0]
