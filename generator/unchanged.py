"""Decides what of a village that is made anew is as it was: what its tables say, and its pages.

A table is a function of its file's bytes, and a page of what it is filled with and of the day. Of pages
only hashes are kept, since the site has them. What a table says holds what the village hides, and must
not outlive its file here: it is kept under a veil that nobody can lift who has not the bytes of the file.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from generator.fingerprints import hash_of
from generator.keeping import ALWAYS, recall, remember
from generator.model.clock import Span, WatchedDay
from generator.output.files import OutputFile
from generator.output.store import Store
from generator.packed import pack, unpack, unpacked

_PAGES, _TABLES = "pages", "tables"
_Page = tuple[str, date, date, str]  # key, first and last day, hash of the file
_Read = TypeVar("_Read")


class Known:
    """The tables and pages that an earlier build read and made of a village, or of what stands above
    all, kept in its `store`; `print` is the fingerprint of the program and of content/."""

    def __init__(self, store: Store | None, print: str, site: Path) -> None:
        self._store = store if print else None
        self._print, self._site = print, site
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

    def page(
        self, span: Span, path: str, filled: object, make: Callable[[date], bytes]
    ) -> OutputFile:
        """The file of a page that is `filled` with something: that of the site where it is right.
        The `span` is narrowed to the days for which it is."""
        if self._store is None:
            return OutputFile(path, make(WatchedDay.of(span)))
        key = hash_of(pack(filled))
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

    def keep(self) -> None:
        """Keep what was used or made, for the next build."""
        for entry, found in ((_PAGES, self._now), (_TABLES, self._tables)):
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
