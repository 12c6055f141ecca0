"""File names that Windows, FAT32 sticks and unpackers all accept."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_LONGEST_PART = 48
LONGEST_PATH = 180
"""Windows stops at 260 characters, the folder that it is unpacked into included."""


def safe_names(paths: Iterable[str]) -> dict[str, str]:
    """Each path with a name that is safe, and different from all others whatever the case.

    Paths that are safe already keep their names.
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for path in sorted(paths):
        name = "/".join(_safe(part) for part in path.split("/"))
        if len(name) > LONGEST_PATH or _folded(name) in taken:
            name = _told_apart(name, path)
        taken.add(_folded(name))
        names[path] = name
    return names


def _safe(part: str) -> str:
    name = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", part)).rstrip(" .") or "_"
    if _RESERVED.fullmatch(name):
        name = f"_{name}"
    return name if len(name) <= _LONGEST_PART else _told_apart(name, part)


def _told_apart(name: str, original: str) -> str:
    """Its last part cut short, with a digest of the original behind it."""
    folder, slash, last = name.rpartition("/")
    stem, dot, suffix = last.rpartition(".")
    if not dot:
        stem, suffix = last, ""
    mark = hashlib.sha256(original.encode()).hexdigest()[:8]
    suffix = suffix[:12]
    left = min(_LONGEST_PART, LONGEST_PATH - len(folder + slash))
    room = max(left - len(mark) - len(suffix) - 2, 4)
    return f"{folder}{slash}{stem[:room].rstrip(' .')}-{mark}{dot}{suffix}"


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
