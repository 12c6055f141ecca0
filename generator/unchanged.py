"""Decides what of a village that is made anew is as it was: what its tables say, and its pages; where only
the day is another, all that was found sound and all that was derived of it.

A table is a function of its file's bytes, and a page of what it is filled with and of the day. Of pages
only hashes are kept, since the site has them. What a table says holds what the village hides, and must
not outlive its file here: it is kept under a veil that nobody can lift who has not the bytes of the file,
and what was found sound and derived under one for which all files of the folder are needed.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
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

_PAGES, _TABLES, _SOUND, _DERIVED = "pages", "tables", "sound", "derived"
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


@dataclass(frozen=True)
class _Folded:
    """What was found in the whole folder, for an entry of the store, and the days for which it holds,
    which are known when all of it was used; it is packed then as well, when pages can be looked at."""

    entry: str
    span: Span
    pack: Callable[[], bytes]


class Known:
    """What an earlier build read and made of a village, or of what stands above all, kept in its
    `store`; `print` is the fingerprint of the program and of content/, `key` that of the village in
    its `folder`. `held` are the site's files of a village that is derived as it was, see `keeping.find_still`."""

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
        self._key, self._folder, self._is_derived = key, folder, False
        self._folded: list[_Folded] = []
        self._now: dict[str, _Page] = {}
        self._tables: dict[str, bytes] = {}
        self._noted = ""

    @cached_property
    def _before(self) -> tuple[str, dict[str, _Page]]:
        """What pages were, and the hash of what they said of sheets."""
        match self._recalled(_PAGES):
            case (str() as noted, dict() as pages):
                return noted, pages
        return "", {}

    @cached_property
    def _veiled(self) -> dict[str, bytes]:
        return self._recalled(_TABLES) or {}

    def _recalled(self, entry: str) -> Any:
        parts = recall(self._store, self._print, date.max, entry)
        return unpacked(parts[0]) if parts else None

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

    def derived(self, span: Span, derive: Callable[[Span], _Read]) -> _Read:
        """What is derived of a village; where its files are `held`, what was derived before, if that holds
        today. The `span` is narrowed to the days for which it does."""
        if self._store is None or self._folder is None or not self._key:
            return derive(span)
        if self.held is not None:
            first, last, found = self._unfolded(_DERIVED, span.today)
            if found is not None:
                self._is_derived = True
                span.within(first, last)
                return cast(_Read, found)
        derived = derive(span)
        self._folded.append(_Folded(_DERIVED, span, partial(pack, derived)))
        return derived

    def sound(
        self, span: Span, read: Callable[[date], _Read], is_right: Callable[[_Read], bool]
    ) -> _Read:
        """What `read` finds in the whole folder on a day; where nothing in it changed, what it found
        before, if that `is_right` and holds today. The `span` is narrowed to the days for which it
        does."""
        if self._store is None or self._folder is None or not self._key:
            return read(WatchedDay.of(span))
        first, last, found = self._unfolded(_SOUND, span.today)
        if found is not None and is_right(found):
            self._tables = self._veiled
        else:
            inner = Span(span.today)
            packed = pack(read(WatchedDay.of(inner)))
            found = unpack(packed)
            if is_right(found):
                self._folded.append(_Folded(_SOUND, inner, lambda: packed))
            first, last = inner.first, inner.last
        span.within(first, last)
        return cast(_Read, found)

    @cached_property
    def _raw(self) -> bytes:
        return bytes_of_folder(self._folder) if self._folder else b""

    def _unfolded(self, entry: str, today: date) -> tuple[date, date, Any]:
        """What an entry keeps of the whole folder, or None, and the days for which it holds."""
        parts = recall(self._store, self._key, today, entry)
        head, veiled = parts if parts and len(parts) == 2 else (b"", b"")
        match unpacked(head):
            case (date() as first, date() as last, str() as name):
                return first, last, unpacked(_lifted(veiled, name, self._raw))
        return today, today, None

    def _fold(self, one: _Folded) -> None:
        """Keep it under its own hash, since no veil may be used twice; of what is large nothing."""
        days = one.span.first, one.span.last
        packed = one.pack()
        name = hash_of(self._key, packed)
        is_small = len(packed) < _LARGE
        veiled = _veil(zlib.compress(packed, 1), name, self._raw) if is_small else b""
        remember(self._store, self._key, days, (pack((*days, name)), veiled), one.entry)

    def pages(self, span: Span, notes: object) -> frozenset[str]:
        """The paths of the pages that the site has as they are today; none where the `notes` of their
        sheets are others. The `span` is narrowed to the days for which they are."""
        if self._store is None:
            return frozenset()
        self._noted = hash_of(pack(notes))
        noted, pages = self._before
        if self.held is None or noted != self._noted:
            return frozenset()
        there = dict(zip(self.held.paths, self.held.hashes, strict=True))
        for path, known in pages.items():
            _, first, last, content = known
            if first <= span.today <= last and there.get(path) == content:
                span.within(first, last)
                self._now[path] = known
        return frozenset(self._now)

    def page(
        self, span: Span, path: str, filled: object, make: Callable[[date], bytes]
    ) -> OutputFile:
        """The file of a page that is `filled` with something: that of the site where it is right.
        The `span` is narrowed to the days for which it is."""
        if self._store is None:
            return OutputFile(path, make(WatchedDay.of(span)))
        key = self._fillings.hash(filled)
        known = self._before[1].get(path)
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

    def keep(self) -> None:
        """Keep what was used or made, for the next build."""
        self._remember(_PAGES, (self._noted, self._now))
        if not self._is_derived:  # else no table was asked for
            self._remember(_TABLES, self._tables)
        for one in self._folded:
            self._fold(one)

    def _remember(self, entry: str, found: object) -> None:
        remember(self._store, self._print, ALWAYS, (pack(found),), entry)


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
