"""What is kept from one build to the next, so that the same is not made twice.

Entries are named by a hash of everything that went into them, so one can be missing or be made
again, but never be out of date. Nothing here fails: a folder that cannot be written, or an entry
that was cut short, only means making it again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

_NOTE = "site.txt"  # whose entries these are
_START = "started"  # its time is that of the build: files are compared with files, not clocks
_HASH = 64  # characters
_FIRST = 2  # of them name a folder
_NAME = 16  # characters of the name of a site's own folder
_SLACK = 5.0  # seconds; some disks tell time in steps of two


@dataclass(frozen=True)
class Store:
    """What is kept for a `room` of one site, under a folder that several sites may share.

    `site` is the folder to which the site is written; it is known by its way from here, which is
    the same where both were copied. A build that ignores what is kept does not read; `check` does
    not write.
    """

    folder: Path
    site: Path
    room: str
    reads: bool = True
    writes: bool = True

    @cached_property
    def _of_site(self) -> Path:
        return self.folder / _name_of(self.site, self.folder, Path.cwd())

    @cached_property
    def own(self) -> Path:
        """The folder of the room."""
        return self._of_site / self.room

    @property
    def names(self) -> tuple[str, ...]:
        """The keys of all entries that are named by a hash, in order."""
        try:
            folders = [path for path in self.own.iterdir() if len(path.name) == _FIRST]
            found = [path.name + inner.name for path in folders for inner in path.iterdir()]
        except OSError:
            return ()
        return tuple(sorted(name for name in found if len(name) == _HASH))

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
        except (OSError, ValueError, TypeError):
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
            try:
                draft.write_bytes(digest + b"\n" + content)
                draft.replace(path)
            finally:
                draft.unlink(missing_ok=True)  # on a full disk it would stay

    def begin(self) -> None:
        """Before anything is made for the room."""
        if self.writes:
            with contextlib.suppress(OSError):
                self.own.mkdir(parents=True, exist_ok=True)
                (self.own / _START).write_bytes(b"")

    def end(self) -> None:
        """After all is made: forget what was not used of what is named by a hash."""
        if not self.writes:
            return
        with contextlib.suppress(OSError):
            started = (self.own / _START).stat().st_mtime - _SLACK
            for path in self.own.glob("??/*"):
                with contextlib.suppress(OSError):
                    is_named = len(path.parent.name + path.name) != _HASH
                    if not is_named and path.stat().st_mtime < started:
                        path.unlink()

    def take(self, other: Store) -> None:
        """What another store keeps for its room, in the place of what is kept here."""
        if self.writes:
            with contextlib.suppress(OSError):
                shutil.copytree(other.own, self.own, dirs_exist_ok=True)

    def keep_rooms(self, rooms: Collection[str]) -> None:
        """Forget the site's rooms but these, and sites that are gone."""
        if not self.writes:
            return
        with contextlib.suppress(OSError, ValueError):
            self._of_site.mkdir(parents=True, exist_ok=True)
            (self._of_site / _NOTE).write_text(str(self.site.resolve()), "utf-8")
            for room in self._of_site.iterdir():
                if room.is_dir() and room.name not in rooms:
                    shutil.rmtree(room, ignore_errors=True)
            for note in self.folder.glob(f"{'[0-9a-f]' * _NAME}/{_NOTE}"):
                if not Path(note.read_text("utf-8")).is_dir():
                    shutil.rmtree(note.parent, ignore_errors=True)

    def path(self, key: str) -> Path:
        """The file that keeps what is under a key; its last bytes are the last part's."""
        return self._entry(key)

    def keep_only(self, key: str) -> None:
        """Forget all but what is under a key."""
        if not self.writes:
            return
        with contextlib.suppress(OSError):
            for path in self.own.glob("??/*"):
                if path != self._entry(key):
                    path.unlink()

    def _entry(self, key: str) -> Path:
        return self.own / key[:_FIRST] / key[_FIRST:]


@lru_cache(maxsize=64)
def _name_of(site: Path, folder: Path, here: Path) -> str:
    """The name under which a folder keeps what is of a site, where we are `here`."""
    site, folder = (here / site).resolve(), (here / folder).resolve()
    try:
        way = os.path.relpath(site, folder).replace(os.sep, "/")
    except ValueError:  # another drive
        way = str(site)
    return hashlib.sha256(way.encode()).hexdigest()[:_NAME]


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
