"""Decides what of a village that is made anew is as it was: what its tables say, all that was found
sound where only the day is another, and its pages.

A table is a function of its file's bytes, and a page of what it is filled with and of the day. Of pages
only hashes are kept, since the site has them. What a table says holds what the village hides, and must
not outlive its file here: it is kept under a veil that nobody can lift who has not the bytes of the file,
and what was found sound under one for which all files of the folder are needed.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path
from pickle import Pickler
from typing import Any, ClassVar, TypeVar, cast

from generator.fingerprints import bytes_of_folder, hash_of
from generator.keeping import ALWAYS, recall, remember
from generator.model.catalogue import Board, Item
from generator.model.clock import Span, WatchedDay
from generator.model.shared import Town
from generator.model.village import Village
from generator.output.files import OutputFile, WrittenFiles
from generator.output.store import Store
from generator.packed import pack, unpack, unpacked

_PAGES, _TABLES, _SOUND = "pages", "tables", "sound"
_LARGE = 8_000_000  # bytes; a folder of large attachments is read anew
_Page = tuple[str, date, date, str]  # key, first and last day, hash of the file
_Read = TypeVar("_Read")


class _Fillings:
    """Tells what pages are filled with by hashes. What stands on most pages of a village, or of all,
    is packed once, and counts on each by its own hash."""

    _OF_ALL = (Item, Board, Town)
    _of_all: ClassVar[dict[int, tuple[object, str]]] = {}  # of this process, by what they are
    _MOST = 5000

    def __init__(self) -> None:
        if len(self._of_all) > self._MOST:  # of sites and states that are gone
            self._of_all.clear()
        self._own: dict[int, tuple[object, str]] = {}
        ways = dict.fromkeys(self._OF_ALL, partial(self._way, self._of_all))
        self._ways = {**ways, Village: partial(self._way, self._own)}

    def hash(self, filled: object) -> str:
        """The hash of a page's own."""
        content = BytesIO()
        pickler = Pickler(content, 5)
        pickler.dispatch_table = self._ways
        pickler.dump(filled)
        return hash_of(content.getvalue())

    @staticmethod
    def _way(told: dict[int, tuple[object, str]], common: object) -> tuple[type[str], tuple[str]]:
        if id(common) not in told:
            told[id(common)] = common, hash_of(pack(common))
        return str, (told[id(common)][1],)


class Known:
    """What an earlier build read and made of a village, or of what stands above all, kept in its
    `store`; `print` is the fingerprint of the program and of content/, `key` that of the village in
    its `folder`. `held` are files that need not be made, see `keeping.find_still`."""

    def __init__(
        self,
        store: Store | None,
        print: str,
        site: Path,
        key: str = "",
        folder: Path | None = None,
        held: WrittenFiles | None = None,
    ) -> None:
        self.held = held
        self._store = store if print else None
        self._print, self._site, self._fillings = print, site, _Fillings()
        self._key, self._folder = key, folder
        self._sound: tuple[date, date, bytes] | None = None
        self._before: dict[str, _Page] = self._recalled(_PAGES)
        self._veiled: dict[str, bytes] = self._recalled(_TABLES)
        self._now: dict[str, _Page] = {}
        self._tables: dict[str, bytes] = {}

    def _recalled(self, entry: str) -> dict[str, Any]:
        parts = recall(self._store, self._print, date.max, entry)
        return (unpacked(parts[0]) if parts else None) or {}

    def table(self, what: tuple[str, ...], raw: bytes, read: Callable[[], _Read]) -> _Read:
        """What the bytes of a file say, with `what` else it depends on: from its packed form also
        where it is read anew, so that what is made with it is the same, down to which values are
        one."""
        if self._store is None:
            return read()
        name = hash_of(self._print, *what, raw)
        veiled = self._veiled.get(name)
        found: _Read | None = unpacked(_lifted(veiled, name, raw)) if veiled else None
        if veiled is None or found is None:
            packed = pack(read())
            veiled, found = _veil(zlib.compress(packed, 1), name, raw), unpack(packed)
        self._tables[name] = veiled
        return found

    def sound(
        self, span: Span, read: Callable[[date], _Read], is_right: Callable[[_Read], bool]
    ) -> _Read:
        """What `read` finds in the whole folder on a day; where nothing in it changed, what it found
        before, if that `is_right` and holds today. The `span` is narrowed to the days for which it
        does."""
        if self._store is None or self._folder is None or not self._key:
            return read(WatchedDay.of(span))
        raw = bytes_of_folder(self._folder)
        first, last, found = self._recalled_sound(span.today, raw)
        if found is not None and is_right(found):
            self._tables = self._veiled
        else:
            inner = Span(span.today)
            packed = pack(read(WatchedDay.of(inner)))
            found = unpack(packed)
            if is_right(found) and len(packed) < _LARGE:
                name = self._name(inner.first, inner.last)
                veiled = _veil(zlib.compress(packed, 1), name, raw)
                self._sound = inner.first, inner.last, veiled
            first, last = inner.first, inner.last
        span.within(first, last)
        return cast(_Read, found)

    def _recalled_sound(self, today: date, raw: bytes) -> tuple[date, date, Any]:
        """What was found sound, or None, and the days for which it is."""
        parts = recall(self._store, self._key, today, _SOUND)
        days, veiled = parts if parts and len(parts) == 2 else (b"", b"")
        match unpacked(days):
            case (date() as first, date() as last):
                return first, last, unpacked(_lifted(veiled, self._name(first, last), raw))
        return today, today, None

    def _name(self, first: date, last: date) -> str:
        """Of what was found sound: one name for one content, since no veil may be used twice."""
        return f"{self._key} {first} {last}"

    def page(
        self, span: Span, path: str, filled: object, make: Callable[[date], bytes]
    ) -> OutputFile:
        """The file of a page that is `filled` with something: that of the site where it is right.
        The `span` is narrowed to the days for which it is."""
        if self._store is None:
            return OutputFile(path, make(WatchedDay.of(span)))
        key = self._fillings.hash(filled)
        known = self._before.get(path)
        content = self._content(path, known, key, span.today)
        if known is None or content is None:
            inner = Span(span.today)
            content = make(WatchedDay.of(inner))
            known = (key, inner.first, inner.last, hashlib.sha256(content).hexdigest())
        span.within(known[1], known[2])
        self._now[path] = known
        return OutputFile(path, content)

    def _content(self, path: str, known: _Page | None, key: str, today: date) -> bytes | None:
        if known is None or known[0] != key or not known[1] <= today <= known[2]:
            return None
        try:
            content = (self._site / path).read_bytes()
        except OSError:
            return None
        return content if hashlib.sha256(content).hexdigest() == known[3] else None

    def keep_pages(self) -> None:
        """Use all pages that are known."""
        self._now = {**self._before, **self._now}

    def keep(self) -> None:
        """Keep what was used or made, for the next build."""
        for entry, found in ((_PAGES, self._now), (_TABLES, self._tables)):
            remember(self._store, self._print, ALWAYS, (pack(found),), entry)
        if self._sound:
            first, last, veiled = self._sound
            parts = pack((first, last)), veiled
            remember(self._store, self._key, (first, last), parts, _SOUND)


NOTHING_KNOWN = Known(None, "", Path())


def _veil(content: bytes, name: str, raw: bytes) -> bytes:
    """The content under a stream of bytes that only those of the file give; laid on twice it is gone."""
    stream = hashlib.shake_256(name.encode() + raw).digest(len(content))
    both = int.from_bytes(content, "big") ^ int.from_bytes(stream, "big")
    return both.to_bytes(len(content), "big")


def _lifted(veiled: bytes, name: str, raw: bytes) -> bytes:
    try:
        return zlib.decompress(_veil(veiled, name, raw))
    except zlib.error:
        return b""
