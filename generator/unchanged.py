"""Decides which pages of a village that is made anew are as they were.

A page is a function of what it is filled with and of the day, so where both are as they were the file
that the site has is right. Only hashes are kept: what was read of a folder holds what the village
hides, and would outlive its files here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

from generator.keeping import hash_of, recall, remember
from generator.model.clock import Span, WatchedDay
from generator.output.files import OutputFile
from generator.output.store import Store
from generator.packed import pack, unpacked

_ENTRY = "pages"
_ALWAYS = (date.min, date.max)
_Page = tuple[str, date, date, str]  # key, first and last day, hash of the file


class KnownPages:
    """The pages that an earlier build made of a village, or of what stands above all, kept in its
    `store`; `print` is the fingerprint of the program and of content/."""

    def __init__(self, store: Store | None, print: str, site: Path) -> None:
        self._store = store if print else None
        self._print, self._site = print, site
        parts = recall(self._store, print, date.max, _ENTRY)
        self._before: dict[str, _Page] = (unpacked(parts[0]) if parts else None) or {}
        self._now: dict[str, _Page] = {}

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
        remember(self._store, self._print, _ALWAYS, (pack(self._now),), _ENTRY)
