"""Keeps the parts of which the search over all villages is merged, beside what else is kept of them.

A part is named by what it was made of, the texts of the village's own search, so one can be missing
and be made again, but never be out of date.
"""

from __future__ import annotations

import json
import posixpath
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from generator.fingerprints import hash_of
from generator.keeping import Bench, Made
from generator.output.draft import Draft
from generator.output.files import WrittenFile
from generator.output.store import Store
from generator.render.search import Head, Months, Part, make_part, texts_in

_SHELF = "parts"  # of a village's room


@dataclass(frozen=True)
class Shelf:
    """Where the parts of a room lie: with what else is kept of it, or, where nothing can be kept,
    in the draft, since parts are needed until the build ends."""

    room: str
    bench: Bench
    draft: Draft

    def _stores(self) -> tuple[Store, ...]:
        settings = self.bench.settings
        folders = (settings.cache, self.draft.aside) if settings.cache else (self.draft.aside,)
        return tuple(Store(folder, settings.out, f"{self.room}/{_SHELF}") for folder in folders)

    def get(self, name: str) -> Part | None:
        """A part, if it is there and whole."""
        for store in self._stores():
            found = store.get(name)
            if found and len(found) == 3:
                return Part(Head(*json.loads(found[0])), *found[1:])
        return None

    def put(self, name: str, months: Months, readings: str) -> Part:
        """Make a part and keep it."""
        part = make_part(months, readings)
        parts = (json.dumps(astuple(part.head)).encode(), part.table, part.content)
        for store in self._stores():
            store.put(name, parts)
            if store.get(name):
                break
        return part

    def path(self, name: str) -> Path:
        """The file of a part that is there; it ends with the part's content."""
        paths = [store.path(name) for store in self._stores()]
        return next((path for path in paths if path.is_file()), paths[-1])

    def has(self, name: str) -> bool:
        """Whether a part is there, however it is; `read_buckets` looks at what it reads of it."""
        return self.path(name).is_file()

    def name_of(self, *digests: str) -> str:
        """The name of the part of documents with these digests."""
        return hash_of(self.bench.print, *digests)

    def of_texts(self, texts: WrittenFile) -> Part:
        """The part of a village, by the file with its texts."""
        name = self.name_of(texts.sha256)
        return self.get(name) or self.put(name, *self._read(texts.path))

    def _read(self, path: str) -> tuple[Months, str]:
        """What the texts of a village say; nothing where an earlier version wrote them in a form that
        this one does not know, as it may those of a village that broke since."""
        folder = posixpath.dirname(path)
        try:
            return texts_in(self._json(path), lambda name: self._json(f"{folder}/{name}"))
        except (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError):
            return {}, ""

    def _json(self, path: str) -> Any:
        return json.loads(self.draft.read(path))

    def of_months(self, digest: str, months: Months, readings: str) -> Part:
        """The part of other documents, by the digest of their texts."""
        name = self.name_of(digest, readings)
        return self.get(name) or self.put(name, months, readings)

    def keep_only(self, name: str) -> None:
        """Forget all earlier parts of the room."""
        self._stores()[0].keep_only(name)


def texts_of(village: str, made: Made) -> WrittenFile | None:
    """The file with the texts of a village that was made; it says which one with what stands behind
    them belongs to it."""
    return made.files.named(f"v/{village}/search/texts.json")


def shelve(village: str, made: Made, bench: Bench, draft: Draft) -> None:
    """Make the part of a village that was made, if it has one."""
    texts = texts_of(village, made)
    if texts:
        Shelf(village, bench, draft).of_texts(texts)
