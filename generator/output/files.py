"""A file of the site: as a renderer returns it, and as it is known once it is written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple


class UnsafePathError(ValueError):
    """A renderer asked for a path outside the site, or for one path twice: our bug."""


@dataclass(frozen=True)
class OutputFile:
    """A file of the site; `path` is relative to its root, with forward slashes."""

    path: str
    content: bytes

    @cached_property
    def sha256(self) -> str:
        """Hex digest of the content."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def size(self) -> int:
        """Its bytes."""
        return len(self.content)


Keep = Callable[[str, object, Callable[[date], bytes]], OutputFile]
"""Makes a file, by its path, what it is filled with, and a function of the day; or knows it already."""


class WrittenFile(NamedTuple):
    """A file that was written, without its bytes: `stamp` is its time of change in nanoseconds. A county
    has a quarter of a million, so they are made in the shortest way."""

    path: str
    sha256: str
    size: int
    stamp: int


@dataclass(frozen=True)
class WrittenFiles:
    """Files that were written, in columns: each build looks at all of a county's, a quarter of a
    million."""

    paths: tuple[str, ...] = ()
    hashes: tuple[str, ...] = ()
    sizes: tuple[int, ...] = ()
    stamps: tuple[int, ...] = ()

    @classmethod
    def of(cls, files: Iterable[WrittenFile]) -> WrittenFiles:
        """These files, in their order."""
        columns = tuple(zip(*files, strict=True))
        return cls(*columns) if columns else cls()

    def __iter__(self) -> Iterator[WrittenFile]:
        return map(WrittenFile, self.paths, self.hashes, self.sizes, self.stamps)

    def __len__(self) -> int:
        return len(self.paths)

    def without(self, paths: Iterable[str]) -> WrittenFiles:
        """These files but those of some paths."""
        gone = frozenset(paths)
        return WrittenFiles.of(file for file in self if file.path not in gone)

    def named(self, path: str) -> WrittenFile | None:
        """The file of a path, if it is among these."""
        if path not in self.paths:
            return None
        at = self.paths.index(path)
        return WrittenFile(path, self.hashes[at], self.sizes[at], self.stamps[at])


NO_FILES = WrittenFiles()


def is_safe(path: str) -> bool:
    """Whether a path stays within the site."""
    if any(sign in path for sign in "\\:\0"):
        return False
    return not any(part in ("", ".", "..") for part in path.split("/"))


def need_safe(paths: Iterable[str]) -> None:
    """Raises `UnsafePathError`. Paths that differ in case alone are one on some disks."""
    seen: set[str] = set()
    for path in paths:
        if not is_safe(path) or path.casefold() in seen:
            raise UnsafePathError(path)
        seen.add(path.casefold())
