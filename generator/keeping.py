"""Decides what of an earlier build may be used again.

What was made is kept under a fingerprint of everything that went into it, with the days for which
it holds. The site is its own store: what is kept knows which files it wrote, and counts only while
the site has them.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from generator.fingerprints import hash_of, looks_of_folder, print_of_folder
from generator.intake.folders import VillageFolder
from generator.model.clock import Span, WatchedDay
from generator.model.filenames import MANIFEST, PAGE, WALL, is_sheet_file
from generator.model.shared import Shared
from generator.output.draft import Draft
from generator.output.files import WrittenFile, WrittenFiles
from generator.output.store import Store
from generator.packed import is_whole, pack, unpacked
from generator.problems import Problem
from generator.progress import Told, unheard
from generator.settings import Settings

# The rooms of the store for what belongs to no village; no village can have such a name.
ABOVE = "_above"
SEARCH = "_search"
CONTENT = "_content"

ALWAYS = (date.min, date.max)
NEVER = (date.max, date.min)
_STATE = "state"
_LOOKS = "looks"
_GRAIN = 5_000_000_000  # nanoseconds; some disks tell time in steps of two seconds


@dataclass(frozen=True)
class Made:
    """What was made of a village, or for the pages above all, without the bytes of its files: it
    holds under its `key` from the day `first` to the day `last`; without a key it is not kept.

    `name` is empty where nothing of a village can be published. `names_until` is the last day on
    which all names on its pages may be read, `stale_since` the day since which it could not be
    renewed. `up` and `down` are how many sheets change on its boards. `summary` is what the pages above
    need of it, or the next search over all of this one, packed. `still` are the first and the last day on
    which all that was derived of it is the same, so that only pages and sheets may differ. `shown` is the
    fingerprint of all that pages above the villages say of it, or the search of villages' texts.
    """

    key: str
    first: date
    last: date
    files: WrittenFiles
    problems: tuple[Problem, ...] = ()
    name: str = ""
    records: int = 0
    drawn: int = 0
    kept: int = 0
    names_until: date = date.max
    stale_since: date | None = None
    up: int = 0
    down: int = 0
    summary: bytes = b""
    still: tuple[date, date] = NEVER
    shown: str = ""


@dataclass(frozen=True)
class Bench:
    """What all work of a build has in common. `print` is the fingerprint of all that villages
    share; without a `draft` nothing is written; `told` hears of sheets, and `prepared` of the draft each
    time when pages of a village lie in it, in the process that makes them."""

    shared: Shared
    settings: Settings
    print: str
    draft: Draft | None
    told: Told = unheard
    prepared: Callable[[Draft], None] = unheard

    def store(self, room: str) -> Store | None:
        """What is kept in a room."""
        return store_of(self.settings, room)


def store_of(settings: Settings, room: str) -> Store | None:
    """What is kept of a village, or of what belongs to none, from build to build."""
    if settings.cache is None:
        return None
    return Store(settings.cache, settings.out, room, not settings.full, not settings.is_dry)


# -------------------------------------------------------------------------------- fingerprints


def _print_of_village(folder: Path, store: Store) -> str:
    """The fingerprint of a village's folder. It is known without reading the bytes where no size,
    time or place on the disk is other than when they were read. A change within the grain of a time
    does not show in it, so what is that new is read again, as is what could not be read."""
    looks, newest = looks_of_folder(folder)
    if parts := recall(store, looks, date.max, _LOOKS):
        return parts[0].decode()
    own, is_read = print_of_folder(folder)
    if is_read and newest < time.time_ns() - _GRAIN:
        remember(store, looks, ALWAYS, (own.encode(),), _LOOKS)
    return own


def key_of_village(folder: VillageFolder, bench: Bench) -> str:
    """The fingerprint of a village's output; a build that does not draw shows the sheets that are
    there, so it depends on them."""
    store = bench.store(folder.id)
    if not store or not bench.print:
        return ""
    own = _print_of_village(folder.path, store)
    there = () if bench.settings.draws else store.names
    return hash_of(bench.print, folder.name, folder.town, own, *there)


# ------------------------------------------------------------------------------------- keeping


def find_village(folder: VillageFolder, bench: Bench, known: Made | None = None) -> Made | None:
    """What an earlier build made of a village, if it is right today; what is `known` of it is so
    unless the day has come on which it would differ."""
    if known and known.first <= bench.settings.today <= known.last:
        return _as_kept(known)
    key = key_of_village(folder, bench)
    return find(bench, folder.id, key) if key else None


def find_still(bench: Bench, room: str, key: str) -> WrittenFiles | None:
    """The files of a village of which the same is derived today, but its sheets, the round of its boards,
    and the manifest, which lists all; of its pages some may differ."""
    store = bench.store(room)
    parts = store.get(_STATE) if store and key else None
    made = _made(parts[1:]) if parts else None
    if not made or not bench.draft or made.key != key:
        return None
    first, last = made.still
    files = bench.draft.held(made.files) if first <= bench.settings.today <= last else None
    others = (f"v/{room}/{WALL}/{PAGE}", f"v/{room}/{MANIFEST}")
    return files and files.without(p for p in files.paths if p in others or is_sheet_file(p))


def find_above(villages: dict[str, Made], bench: Bench) -> tuple[Made, ...]:
    """The search and the pages above all, where nothing changed in the villages below them; else
    nothing."""
    pages = find_pages_above(villages, bench)
    search = find(bench, SEARCH, None) if pages else None
    is_right = search is not None and search.shown == print_of_texts(villages)
    return (search, pages) if search and pages and is_right else ()


def texts_of(village: str, made: Made) -> WrittenFile | None:
    """The file with the texts of a village that was made; it says which one with what stands behind
    them belongs to it."""
    return made.files.named(f"v/{village}/search/texts.json")


def print_of_texts(villages: Mapping[str, Made]) -> str:
    """The fingerprint of all that villages give to the search over all."""
    found = ((id, texts_of(id, made)) for id, made in sorted(villages.items()))
    return hash_of(*(f"{id} {texts.sha256}" for id, texts in found if texts))


def find_pages_above(villages: dict[str, Made], bench: Bench) -> Made | None:
    """The pages above all, where villages show them the same as before."""
    key = key_of_above(villages, bench)
    return find(bench, ABOVE, key) if key else None


def key_of_above(villages: dict[str, Made], bench: Bench) -> str:
    """The fingerprint of all that the pages above all villages are made of."""
    if not bench.print or not all(made.shown for made in villages.values()):
        return ""
    return hash_of(bench.print, *(f"{village} {made.shown}" for village, made in villages.items()))


def find(bench: Bench, room: str, key: str | None) -> Made | None:
    """What is kept in a room under a key, or under the last that there was, and holds today, if the
    site has its files."""
    made = _made(recall(bench.store(room), key, bench.settings.today), of_any_version=key is None)
    if made is None:
        return None
    made = _as_kept(made)
    if bench.draft is None:
        return made
    files = bench.draft.held(made.files)
    if files is None:
        return None
    if files is not made.files:  # copied from elsewhere: the next build need not look at the bytes
        made = replace(made, files=files)
        keep(bench, room, made)
    return made


def _as_kept(made: Made) -> Made:
    return replace(made, drawn=0, kept=made.drawn + made.kept)


def last_made(bench: Bench, room: str) -> Made | None:
    """What was made last, whatever has become of it since, also by another version of the program
    if its values were of the same kind."""
    store = bench.store(room)
    parts = store.get(_STATE) if store else None
    made = _made(parts[1:], of_any_version=True) if parts else None
    inner = unpacked(made.summary) if made else None
    return made if inner is not None and is_whole(inner) else None


def _made(parts: tuple[bytes, ...] | None, *, of_any_version: bool = False) -> Made | None:
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
    match _content_of(parts[0]) if parts else None:
        case (Shared() as shared, tuple() as notices):
            return shared, notices
    span = Span(settings.today)
    found = read(WatchedDay.of(span))
    if not store or not key:
        return found
    packed = pack(found)
    remember(store, key, (span.first, span.last), (packed,))
    shared, notices = _content_of(packed) or found
    return shared, notices


@lru_cache(maxsize=2)
def _content_of(packed: bytes) -> Any:
    """The same values for the same bytes, so that what this process made of them is found again."""
    return unpacked(packed)
