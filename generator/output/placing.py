"""Decides in which order prepared files come into the site and old ones go, so that it can be cut short
at any instant and done again: a journal beside the prepared files says what is to be done."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from time import sleep

from generator.output.files import is_safe
from generator.output.manifest import NAME, SEARCH

_JOURNAL = "journal.json"
_HELD = (5, 32)  # Windows: access denied, used by another process
_PAUSES = (0.05, 0.2, 0.8)  # seconds
_START = f"{SEARCH}/start.json"  # names what a search needs


class SiteBlockedError(Exception):
    """Something that no build wrote stands where the site must be written: its path is the text."""


@dataclass(frozen=True)
class _Journal:
    """The folder in which the prepared files lie, and the paths of files that go: `first` those that
    stand in the way of what comes, `last` the others."""

    state: str
    first: tuple[str, ...]
    last: tuple[str, ...]


_NOTHING = _Journal("nothing", (), ())


def has_journal(folder: Path) -> bool:
    """Whether there is work that was begun."""
    return (folder / _JOURNAL).is_file()


def plan(
    folder: Path, state: str, site: Path, coming: Collection[str], removed: Collection[str]
) -> None:
    """Write the journal: from now on the new state counts.

    Raises `SiteBlockedError` where it could not be put in its place.
    """
    _need_room(site, coming, removed)
    first = _in_the_way(removed, coming)
    last = tuple(path for path in removed if path not in set(first))
    whole = (folder / _JOURNAL).with_suffix(".part")
    whole.write_text(json.dumps(asdict(_Journal(state, first, last)), ensure_ascii=False), "utf-8")
    whole.replace(folder / _JOURNAL)


def place(folder: Path, site: Path) -> None:
    """Do what the journal says; done twice it is the same. Pages come after what they need, and
    manifests last."""
    journal = _read(folder)
    files = folder / journal.state
    coming = sorted(paths_in(files), key=lambda path: (_turn(path), path))
    _remove(site, _in_the_way(journal.first, coming))
    for path in coming:
        target = site / path
        target.parent.mkdir(parents=True, exist_ok=True)
        _move(files / path, target)
    site.mkdir(exist_ok=True)
    _remove(site, journal.last)
    (folder / _JOURNAL).unlink()


def paths_in(folder: Path) -> Iterator[str]:
    """The paths of all files in a folder."""
    root = str(folder)
    for inner, _, names in os.walk(root):
        above = inner[len(root) + 1 :].replace(os.sep, "/")
        yield from (f"{above}/{name}" if above else name for name in names)


def _read(folder: Path) -> _Journal:
    """What a journal says; where it is none of ours that nothing is to be done."""
    try:
        found = json.loads((folder / _JOURNAL).read_bytes())
        first, last = ([str(path) for path in found[key]] for key in ("first", "last"))
        journal = _Journal(str(found["state"]), tuple(first), tuple(last))
    except (ValueError, TypeError, KeyError):
        return _NOTHING
    is_ours = all(map(is_safe, (journal.state, *first, *last)))
    return journal if is_ours else _NOTHING


def _move(source: Path, target: Path) -> None:
    """Put a file in its place at once, also where that is on another disk; empty folders give way."""
    if target.is_dir():
        for inner, _, _ in os.walk(target, topdown=False):
            Path(inner).rmdir()
    try:
        _replace(source, target)
    except OSError as fault:
        if fault.errno != errno.EXDEV:
            raise
        beside = target.with_name(f".{target.name}.part")
        shutil.copy2(source, beside)
        beside.replace(target)
        source.unlink()


def _replace(source: Path, target: Path) -> None:
    """Windows does not replace a file while another program has it open, which looks for viruses or
    sends it: that is over in a moment. Who keeps it open is named in the end."""
    for pause in _PAUSES:
        try:
            source.replace(target)
        except OSError as fault:
            if getattr(fault, "winerror", 0) not in _HELD:
                raise
            sleep(pause)
        else:
            return
    source.replace(target)


def _remove(site: Path, paths: Iterable[str]) -> None:
    """Remove files, and folders that become empty."""
    parents = set()
    for path in paths:
        file = site / path
        parents.add(file.parent)
        if file.is_file():
            file.unlink()
    for folder in sorted(parents, reverse=True):
        while folder != site and not (folder.is_dir() and any(folder.iterdir())):
            if folder.is_dir():
                folder.rmdir()
            folder = folder.parent


def _in_the_way(removed: Iterable[str], coming: Iterable[str]) -> tuple[str, ...]:
    """Those of the files that go which stand in the way of one that comes: a folder must be where
    they are, they lie in a folder where it must be, or their names differ in case alone."""
    if not removed:
        return ()
    files = {path.casefold() for path in coming}
    taken = {*files, *(folder for path in files for folder in _above(path))}
    return tuple(
        path
        for path in removed
        if path.casefold() in taken or not files.isdisjoint(_above(path.casefold()))
    )


def _need_room(site: Path, coming: Iterable[str], removed: Iterable[str]) -> None:
    gone = set(removed)
    for above in sorted({folder for path in coming for folder in _above(path)}):
        folder = site / above
        if os.path.lexists(folder) and not folder.is_dir() and above not in gone:
            raise SiteBlockedError(str(folder))
    for path in coming:
        file = site / path
        if file.is_dir() and any(f"{path}/{inner}" not in gone for inner in paths_in(file)):
            raise SiteBlockedError(str(file))


def _above(path: str) -> Iterator[str]:
    """The folders in which a path lies, the nearest first."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _turn(path: str) -> int:
    return 2 if path.endswith(NAME) else 1 if path.endswith((".html", _START)) else 0
