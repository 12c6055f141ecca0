"""The only code that writes the site: its next state grows beside it and is then put in its place.

What a build changes lies in a folder of its own in `<site>.next` until all of it is there. Then a
journal of what is to go is written, which makes the new state the one that counts: each file is
moved to its place by a rename, and what is gone is removed. Who finds a journal finishes this work;
who finds none throws away what was prepared. So every file is whole at any instant, the site is
never away, and after the next command it is the old or the new one. Files that did not change are
not touched.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import uuid
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout

from generator.output.files import OutputFile, WrittenFile, WrittenFiles, is_safe, need_safe
from generator.output.placing import SiteBlockedError, has_journal, paths_in, place, plan


class SiteInUseError(Exception):
    """Another build writes the same site."""


@dataclass(frozen=True)
class Changes:
    """What a build did to the site: the paths of new and changed files, and of removed ones."""

    changed: tuple[str, ...]
    removed: tuple[str, ...]


UNCHANGED = Changes((), ())


@dataclass(frozen=True)
class Draft:
    """The next state of the site in the folder `site`. Processes may add to it at the same time;
    one that outlives its build adds to a `state` that nobody takes."""

    site: Path
    state: str = field(default_factory=lambda: uuid.uuid4().hex)

    @property
    def folder(self) -> Path:
        """Where it grows."""
        return _beside(self.site, after=".next")

    @property
    def files(self) -> Path:
        """Where what is prepared lies."""
        return self.folder / self.state

    @property
    def aside(self) -> Path:
        """Where lies what is needed until the build ends and is no part of the site."""
        return self.folder / f"{self.state}.aside"

    @property
    def prepared(self) -> frozenset[str]:
        """The paths of what is prepared so far."""
        return frozenset(paths_in(self.files))

    def read(self, path: str) -> bytes:
        """A file as it is prepared, else as the site has it."""
        prepared = self.files / path
        return (prepared if prepared.is_file() else self.site / path).read_bytes()

    def add(self, files: Iterable[OutputFile]) -> WrittenFiles:
        """Prepare files; what the site has in these bytes already stays as it is."""
        all_files = tuple(files)
        need_safe(file.path for file in all_files)
        return WrittenFiles.of(map(self._add, all_files))

    def _add(self, file: OutputFile) -> WrittenFile:
        target = self.site / file.path
        if not _has(target, file.content):
            target = self._prepare(file.path, file.content)
        return WrittenFile(file.path, file.sha256, len(file.content), target.stat().st_mtime_ns)

    def held(self, files: WrittenFiles) -> WrittenFiles | None:
        """These files as the site has them, or as they are prepared; None where one is not as it was
        written. Where a time of change tells otherwise, as in a copy of the site, the bytes are
        looked at, and the time is the one that is there."""
        if _are_as_written(self.site, files):
            return files
        found = []
        for file in files:
            one = _held(file, self.site) or _held(file, self.files)
            if one is None:
                return None
            found.append(one)
        return WrittenFiles.of(found)

    def _prepare(self, path: str, content: bytes) -> Path:
        target = self.files / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        return target

    def publish(self, gone: Iterable[str], stays: Collection[str] = ()) -> Changes:
        """Make this the state of the site; `gone` are paths of files that it has no more, `stays`
        those of all that it has.

        Raises `SiteBlockedError` before anything is touched where that cannot be.
        """
        removed = sorted(path for path in gone if is_safe(path) and (self.site / path).is_file())
        self._write_anew(removed, stays)
        changed = sorted(self.prepared)
        if changed or removed:
            plan(self.folder, self.state, self.site, changed, removed)
            place(self.folder, self.site)
        return Changes(tuple(changed), tuple(removed))

    def _write_anew(self, removed: Collection[str], stays: Collection[str]) -> None:
        """Where a disk takes two names that differ in case for one, the file that goes is also the
        one that stays: it is written once more."""
        gone = {path.casefold() for path in removed}
        same = {p.casefold(): p for p in stays if p.casefold() in gone} if gone else {}
        for path in removed:
            twin = same.get(path.casefold())
            target = self.site / twin if twin else None
            if target and target.exists() and target.samefile(self.site / path):
                self._prepare(str(twin), target.read_bytes())


def _are_as_written(folder: Path, files: WrittenFiles) -> bool:
    """Whether size and time of change of all files are those with which they were written."""
    start, look = f"{folder}/", os.stat
    try:
        for path, size, stamp in zip(files.paths, files.sizes, files.stamps, strict=True):
            found = look(start + path)
            if found.st_mtime_ns != stamp or found.st_size != size:
                return False
    except OSError:
        return False
    return True


def _held(file: WrittenFile, folder: Path) -> WrittenFile | None:
    path = folder / file.path
    try:
        found = path.stat()
        if found.st_size != file.size:
            return None
        if found.st_mtime_ns == file.stamp:
            return file
        is_same = hashlib.sha256(path.read_bytes()).hexdigest() == file.sha256
    except OSError:
        return None
    return file._replace(stamp=found.st_mtime_ns) if is_same else None


@contextmanager
def drafting(site: Path) -> Iterator[Draft]:
    """A draft of a site, after the work of a build that was cut short is finished.

    Raises `SiteInUseError` when another build is under way, `SiteBlockedError` when something else
    stands in its place. What was not published is forgotten.
    """
    draft = Draft(site)
    draft.folder.parent.mkdir(parents=True, exist_ok=True)
    with _only_one(site):
        for folder in (site, draft.folder):
            if not folder.resolve().name or (os.path.lexists(folder) and not folder.is_dir()):
                raise SiteBlockedError(str(folder))
        _mend(site)
        draft.folder.mkdir()
        try:
            yield draft
        finally:
            _mend(site)


def finish(site: Path) -> None:
    """Finish what a build that was cut short had begun; one that is under way is left alone."""
    if _beside(site, after=".next").is_dir():
        try:
            with _only_one(site):
                _mend(site)
        except SiteInUseError:
            return


def is_half_way(site: Path) -> bool:
    """Whether the new state of a site could only in part be put in its place."""
    return has_journal(_beside(site, after=".next"))


def _beside(site: Path, before: str = "", after: str = "") -> Path:
    """A path beside the site's, also where that is `.`; within it where nothing is beside it."""
    own = site if site.name not in ("", "..") else site.resolve()
    name = f"{before}{own.name}{after}"
    return own.with_name(name) if own.name else own / name


@contextmanager
def _only_one(site: Path) -> Iterator[None]:
    """The lock is let go by the system when a process ends, however it ends."""
    try:
        with FileLock(_beside(site, ".", ".lock"), timeout=0):
            yield
    except Timeout:
        raise SiteInUseError(str(site)) from None


def _mend(site: Path) -> None:
    folder = _beside(site, after=".next")
    if has_journal(folder):
        place(folder, site)
    shutil.rmtree(folder, ignore_errors=True)


def _has(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False
