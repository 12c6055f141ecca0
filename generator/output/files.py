"""A file of the site: as a renderer returns it, and as it is known once it is written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass


class UnsafePathError(ValueError):
    """A renderer asked for a path outside the site, or for one path twice: our bug."""


@dataclass(frozen=True)
class OutputFile:
    """A file of the site; `path` is relative to its root, with forward slashes."""

    path: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Hex digest of the content."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class WrittenFile:
    """A file that was written, without its bytes: `stamp` is its time of change in nanoseconds."""

    path: str
    sha256: str
    size: int
    stamp: int


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
