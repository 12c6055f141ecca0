"""Decides what tells a folder, the program and what villages share from another state of themselves."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from generator.intake.folders import is_litter
from generator.machine import drawing, versions
from generator.settings import Settings

_LARGE = 20_000_000  # bytes; no larger file is read by intake, so its size tells enough
_UNREAD = "unread "
_ROOT = Path(__file__).parent


def hash_of(*parts: str | bytes) -> str:
    """One hash over several parts; where one ends and the next begins counts."""
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part
        digest.update(len(raw).to_bytes(8, "big"))
        digest.update(raw)
    return digest.hexdigest()


def print_of_folder(folder: Path) -> tuple[str, bool]:
    """The fingerprint of the names and bytes of all that lies in a folder, but what programs leave
    behind, and whether all of it could be read."""
    parts = tuple(_within(str(folder), _content))
    return hash_of(*parts), not any(isinstance(p, str) and p.startswith(_UNREAD) for p in parts)


def looks_of_folder(folder: Path) -> tuple[str, int]:
    """The fingerprint of the names, sizes and times of the same, without reading it, and the newest
    of the times in nanoseconds."""
    newest = 0

    def look(entry: os.DirEntry[str]) -> Iterator[str]:
        nonlocal newest
        try:
            found = entry.stat()
        except OSError as fault:
            yield f"{_UNREAD}{type(fault).__name__} {fault.errno}"
            return
        newest = max(newest, found.st_mtime_ns, found.st_ctime_ns)
        facts = found.st_mode, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
        yield f"{entry.is_symlink()} {facts}"

    return hash_of(*_within(str(folder), look)), newest


_Look = Callable[[os.DirEntry[str]], Iterator[str | bytes]]


def _within(folder: str, look: _Look) -> Iterator[str | bytes]:
    """What lies in a folder, by name, each file as it is looked at."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as fault:
        yield f"{_UNREAD}{type(fault).__name__} {fault.errno}"
        return
    for entry in entries:
        if is_litter(entry.name):
            continue
        yield entry.name
        if entry.is_dir(follow_symlinks=False):
            yield "/"
            yield from _within(entry.path, look)
            yield ".."
        else:
            yield from look(entry)


def _content(entry: os.DirEntry[str]) -> Iterator[str | bytes]:
    """What a file says, and of a link that it is one; of what cannot be read why."""
    try:
        found = entry.stat()
        yield "link" if entry.is_symlink() else oct(stat.S_IFMT(found.st_mode))
        if not stat.S_ISREG(found.st_mode):
            return  # to read a pipe or a device might never end
        if found.st_size > _LARGE:
            yield str(found.st_size)
            return
        with open(entry.path, "rb", buffering=0) as file:  # noqa: PTH123 - a county has 50,000
            yield file.read()
    except OSError as fault:
        yield f"{_UNREAD}{type(fault).__name__} {fault.errno}"


@cache
def print_of_engine(templates: Path) -> str:
    """This program with its templates, and the libraries that it stands on."""
    parts: list[str | bytes] = list(versions())
    for root, wanted in ((_ROOT, "*.py"), (_ROOT, "*.json"), (templates, "*")):
        for path in sorted(root.rglob(wanted)):
            if path.is_file() and path.suffix != ".pyc":
                parts += [path.relative_to(root).as_posix(), path.read_bytes()]
    return hash_of(*parts)


def print_of_content(settings: Settings) -> str:
    """The program and content/, and how it is called in messages. The site's own templates may be
    links, also all of them together."""
    own = settings.own_templates
    folders = (settings.content, *((own.resolve(),) if own else ()))
    prints = (print_of_folder(folder)[0] for folder in folders)
    return hash_of(print_of_engine(settings.templates), settings.content.name, *prints)


def print_of_build(settings: Settings, content: str) -> str:
    """All that a build's villages have in common: the program and content/, and the settings but
    the day."""
    sheets = drawing() if settings.draws else ("no sheets",)
    due = ("due",) if settings.sheets == "due" else ()
    return hash_of(content, settings.base_url, *sheets, *due) if content else ""
