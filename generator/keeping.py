"""Decides what of an earlier build may be used again.

What was made is kept under a fingerprint of everything that went into it, with the days for which
it holds. The site is its own store: what is kept knows which files it wrote, and counts only while
the site has them.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from generator.intake.folders import VillageFolder, is_litter
from generator.machine import drawing, versions
from generator.model.clock import Span, WatchedDay
from generator.model.shared import Shared
from generator.output.draft import Draft
from generator.output.files import WrittenFile
from generator.output.store import Store
from generator.packed import is_whole, pack, unpacked
from generator.problems import Problem
from generator.settings import Settings

# The rooms of the store for what belongs to no village; no village can have such a name.
ABOVE = "_above"
SEARCH = "_search"
CONTENT = "_content"

_STATE = "state"
_LARGE = 20_000_000  # bytes; no larger file is read by intake, so its size tells enough
_ROOT = Path(__file__).parent


@dataclass(frozen=True)
class Made:
    """What was made of a village, or for the pages above all, without the bytes of its files: it
    holds under its `key` from the day `first` to the day `last`; without a key it is not kept.

    `name` is empty where nothing of a village can be published. `names_until` is the last day on
    which all names on its pages may be read, `stale_since` the day since which it could not be
    renewed. `summary` is what the pages above need of it, or the next search over all of this one,
    packed.
    """

    key: str
    first: date
    last: date
    files: tuple[WrittenFile, ...]
    problems: tuple[Problem, ...] = ()
    name: str = ""
    records: int = 0
    drawn: int = 0
    kept: int = 0
    names_until: date = date.max
    stale_since: date | None = None
    summary: bytes = b""

    @property
    def mark(self) -> str:
        """What tells it from all else that could stand in its place."""
        return f"{self.key} {self.first}"


@dataclass(frozen=True)
class Bench:
    """What all work of a build has in common. `print` is the fingerprint of all that villages
    share; without a `draft` nothing is written."""

    shared: Shared
    settings: Settings
    print: str
    draft: Draft | None

    def store(self, room: str) -> Store | None:
        """What is kept in a room."""
        return store_of(self.settings, room)


def store_of(settings: Settings, room: str) -> Store | None:
    """What is kept of a village, or of what belongs to none, from build to build."""
    if settings.cache is None:
        return None
    return Store(settings.cache, settings.out, room, not settings.full, not settings.is_dry)


# -------------------------------------------------------------------------------- fingerprints


def hash_of(*parts: str | bytes) -> str:
    """One hash over several parts; where one ends and the next begins counts."""
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part
        digest.update(len(raw).to_bytes(8, "big"))
        digest.update(raw)
    return digest.hexdigest()


def print_of_folder(folder: Path) -> str:
    """The names and bytes of all that lies in a folder, but what programs leave behind."""
    return hash_of(*_contents(str(folder)))


def _contents(folder: str) -> Iterator[str | bytes]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as fault:
        yield f"{type(fault).__name__} {fault.errno}"
        return
    for entry in entries:
        if is_litter(entry.name):
            continue
        yield entry.name
        if entry.is_dir(follow_symlinks=False):
            yield "/"
            yield from _contents(entry.path)
            yield ".."
        else:
            yield from _content(entry)


def _content(entry: os.DirEntry[str]) -> Iterator[str | bytes]:
    """What a file says, and of a link that it is one; of what cannot be read why."""
    try:
        found = entry.stat()
        yield "link" if entry.is_symlink() else oct(stat.S_IFMT(found.st_mode))
        if not stat.S_ISREG(found.st_mode):
            return  # to read a pipe or a device might never end
        if found.st_size > _LARGE:
            yield str(found.st_size)
            return
        with open(entry.path, "rb", buffering=0) as file:  # noqa: PTH123 - a county has 50,000
            yield file.read()
    except OSError as fault:
        yield f"{type(fault).__name__} {fault.errno}"


@cache
def print_of_engine(templates: Path) -> str:
    """This program with its templates, and the libraries that it stands on."""
    parts: list[str | bytes] = list(versions())
    for root, wanted in ((_ROOT, "*.py"), (templates, "*")):
        for path in sorted(root.rglob(wanted)):
            if path.is_file() and path.suffix != ".pyc":
                parts += [path.relative_to(root).as_posix(), path.read_bytes()]
    return hash_of(*parts)


def print_of_content(settings: Settings) -> str:
    """The program and content/, and how it is called in messages. The site's own templates may be
    links, also all of them together."""
    own = settings.own_templates
    folders = (settings.content, *((own.resolve(),) if own else ()))
    named = (settings.content.name, *map(print_of_folder, folders))
    return hash_of(print_of_engine(settings.templates), *named)


def print_of_build(settings: Settings, content: str) -> str:
    """All that a build's villages have in common: the program and content/, and the settings but
    the day."""
    sheets = drawing() if settings.draws else ("no sheets",)
    due = ("due",) if settings.sheets == "due" else ()
    return hash_of(content, settings.base_url, *sheets, *due) if content else ""


def key_of_village(folder: VillageFolder, bench: Bench) -> str:
    """The fingerprint of a village's output; a build that does not draw shows the sheets that are
    there, so it depends on them."""
    store = bench.store(folder.id)
    if not store or not bench.print:
        return ""
    own = print_of_folder(folder.path)
    there = () if bench.settings.draws else store.names
    return hash_of(bench.print, folder.name, folder.town, own, *there)


# ------------------------------------------------------------------------------------- keeping


def find_village(folder: VillageFolder, bench: Bench) -> Made | None:
    """What an earlier build made of a village, if it is right today."""
    key = key_of_village(folder, bench)
    return find(bench, folder.id, key) if key else None


def find_above(villages: dict[str, Made], bench: Bench) -> tuple[Made, ...]:
    """The search and the pages above all, where nothing changed below them; else nothing."""
    key = key_of_above(villages, bench)
    pages = find(bench, ABOVE, key) if key else None
    search = find(bench, SEARCH, None) if pages else None
    return (search, pages) if search and pages else ()


def key_of_above(villages: dict[str, Made], bench: Bench) -> str:
    """The fingerprint of the pages above all villages."""
    if not bench.print or not all(made.key for made in villages.values()):
        return ""
    return hash_of(bench.print, *(f"{village} {made.mark}" for village, made in villages.items()))


def find(bench: Bench, room: str, key: str | None) -> Made | None:
    """What is kept in a room under a key, or under the last that there was, and holds today, if the
    site has its files."""
    made = _made(recall(bench.store(room), key, bench.settings.today), of_any_version=key is None)
    if made is None:
        return None
    made = replace(made, drawn=0, kept=made.drawn + made.kept)
    if bench.draft is None:
        return made
    files = bench.draft.held(made.files)
    if files is None:
        return None
    if files != made.files:  # copied from elsewhere: the next build need not look at the bytes
        made = replace(made, files=files)
        keep(bench, room, made)
    return made


def last_made(bench: Bench, room: str) -> Made | None:
    """What was made last, whatever has become of it since, also by another version of the program
    if its values were of the same kind."""
    store = bench.store(room)
    parts = store.get(_STATE) if store else None
    made = _made(parts[1:], of_any_version=True) if parts else None
    inner = unpacked(made.summary) if made else None
    return made if inner is not None and is_whole(inner) else None


def _made(parts: tuple[bytes, ...] | None, *, of_any_version: bool) -> Made | None:
    made = unpacked(parts[0]) if parts and len(parts) == 2 else None
    if not parts or not isinstance(made, Made) or (of_any_version and not is_whole(made)):
        return None
    return replace(made, summary=parts[1])


def keep(bench: Bench, room: str, made: Made) -> None:
    """Keep what was made, in the place of what was kept before."""
    if made.key:
        bare = pack(replace(made, summary=b""))
        span = made.first, made.last
        remember(bench.store(room), made.key, span, (bare, made.summary))


def recall(
    store: Store | None, key: str | None, today: date, entry: str = _STATE
) -> tuple[bytes, ...] | None:
    """The parts that an entry of a room keeps, if they are those of the key, or whatever key they
    have where none is given, and hold today."""
    parts = store.get(entry) if store else None
    try:
        there, first, last = map(str, json.loads(parts[0])) if parts else ("", "", "")
    except (ValueError, TypeError):
        return None
    is_right = parts and key in (None, there) and first <= today.isoformat() <= last
    return parts[1:] if parts and is_right else None


def remember(
    store: Store | None,
    key: str,
    days: tuple[date, date],
    parts: tuple[bytes, ...],
    entry: str = _STATE,
) -> None:
    """Keep parts in a room under a key and for some days."""
    if store and key:
        head = json.dumps([key, *(day.isoformat() for day in days)])
        store.put(entry, (head.encode(), *parts))


def kept_content(
    settings: Settings, key: str, read: Callable[[date], tuple[Shared, tuple[Problem, ...]]]
) -> tuple[Shared, tuple[Problem, ...]]:
    """content/ as it was read before, else as it is read now; from its packed form both times, so
    that what is made with it has the same bytes, down to which values are one."""
    store = store_of(settings, CONTENT)
    parts = recall(store, key, settings.today) if key else None
    match unpacked(parts[0]) if parts else None:
        case (Shared() as shared, tuple() as notices):
            return shared, notices
    span = Span(settings.today)
    found = read(WatchedDay.of(span))
    if not store or not key:
        return found
    packed = pack(found)
    remember(store, key, (span.first, span.last), (packed,))
    shared, notices = unpacked(packed) or found
    return shared, notices
