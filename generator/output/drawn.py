"""Drawn sheets that are kept from one build to the next, so that the same is not drawn twice.

Entries are named by a hash of everything that went into them, so one can be missing or be drawn
again, but never be out of date. Nothing here fails: a folder that cannot be written, or an entry
that was cut short, only means drawing again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_NOTE = "site.txt"  # whose entries these are
_START = "started"  # its time is that of the build: files are compared with files, not clocks
_SLACK = 5.0  # seconds; some disks tell time in steps of two


@dataclass(frozen=True)
class Store:
    """The sheets of one site under a folder that several sites may share.

    `site` is the folder to which the site is written. A build that ignores what is kept does
    not read; `check` does not write.
    """

    folder: Path
    site: Path
    reads: bool = True
    writes: bool = True

    @property
    def _own(self) -> Path:
        return self.folder / hashlib.sha256(str(self.site.resolve()).encode()).hexdigest()[:16]

    @property
    def has_any(self) -> bool:
        """Whether sheets of the site were ever kept, and may be read."""
        return self.reads and self._own.is_dir()

    def get(self, key: str) -> tuple[bytes, ...] | None:
        """The parts kept under a key; None when they are missing or damaged."""
        if not self.reads:
            return None
        try:
            path = self._entry(key)
            digest, _, content = path.read_bytes().partition(b"\n")
            if digest.decode() != hashlib.sha256(content).hexdigest():
                return None
            lengths, _, rest = content.partition(b"\n")
            parts, start = [], 0
            for length in json.loads(lengths):
                parts.append(rest[start : start + length])
                start += length
            if self.writes:
                path.touch()  # so that the end of the build knows it is in use
        except (OSError, ValueError):
            return None
        return tuple(parts)

    def put(self, key: str, parts: tuple[bytes, ...]) -> None:
        """Keep parts. An entry appears whole or not at all, whoever else writes or reads it."""
        if not self.writes:
            return
        content = json.dumps([len(part) for part in parts]).encode() + b"\n" + b"".join(parts)
        digest = hashlib.sha256(content).hexdigest().encode()
        path = self._entry(key)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(digest + b"\n" + content)
            draft.replace(path)

    def begin(self) -> None:
        """Before the first sheet of a build."""
        if self.writes:
            with contextlib.suppress(OSError):
                self._own.mkdir(parents=True, exist_ok=True)
                (self._own / _NOTE).write_text(str(self.site.resolve()), "utf-8")
                (self._own / _START).write_bytes(b"")

    def end(self) -> None:
        """After a build: forget what it did not use, and sites that are gone."""
        if not self.writes:
            return
        with contextlib.suppress(OSError):
            started = (self._own / _START).stat().st_mtime - _SLACK
            for path in self._own.glob("??/*"):
                with contextlib.suppress(OSError):
                    if path.stat().st_mtime < started:
                        path.unlink()
            for note in self.folder.glob(f"*/{_NOTE}"):
                if not Path(note.read_text("utf-8")).is_dir():
                    shutil.rmtree(note.parent, ignore_errors=True)

    def _entry(self, key: str) -> Path:
        return self._own / key[:2] / key[2:]


def remembered(
    store: Store | None, key: str, make: Callable[[], tuple[bytes, ...]]
) -> tuple[tuple[bytes, ...], bool]:
    """What is kept under a key, else what `make` gives, and whether it had to be made."""
    kept = store.get(key) if store else None
    if kept is not None:
        return kept, False
    made = make()
    if store:
        store.put(key, made)
    return made, True
