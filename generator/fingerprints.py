"""Decides what tells a folder, the program and what villages share from another state of themselves."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import TypeVar

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
    parts = _within(str(folder), _content)
    return hash_of(*parts), not any(isinstance(p, str) and p.startswith(_UNREAD) for p in parts)


def bytes_of_folder(folder: Path) -> bytes:
    """What nobody can know who has not all that lies in a folder; its fingerprint does not tell it."""
    return hash_of("bytes", *_within(str(folder), _content)).encode()


def looks_of_folder(folder: Path) -> tuple[str, int]:
    """The fingerprint of the names, sizes and times of the same, without reading it, and the newest
    of the times in nanoseconds."""
    newest = 0

    def look(entry: os.DirEntry[str]) -> tuple[str, ...]:
        nonlocal newest
        found = entry.stat()
        written, moved = found.st_mtime_ns, found.st_ctime_ns
        newest = max(newest, written, moved)
        facts = f"{found.st_mode} {found.st_ino} {found.st_size} {written} {moved}"
        return (facts, "link") if entry.is_symlink() else (facts,)

    return hash_of("\0".join(_within(str(folder), look))), newest


_Part = TypeVar("_Part", str, str | bytes)
_Look = Callable[[os.DirEntry[str]], tuple[_Part, ...]]


def _within(folder: str, look: _Look[_Part]) -> list[_Part | str]:
    """What lies in a folder, by name, each file as it is looked at; of what cannot be read why."""
    try:
        entries = sorted(os.scandir(folder), key=attrgetter("name"))
    except OSError as fault:
        return [_unread(fault)]
    parts: list[_Part | str] = []
    for entry in entries:
        if is_litter(entry.name):
            continue
        parts.append(entry.name)
        if entry.is_dir(follow_symlinks=False):
            parts.append("/")
            parts.extend(_within(entry.path, look))
            parts.append("..")
        else:
            try:
                parts += look(entry)
            except OSError as fault:
                parts.append(_unread(fault))
    return parts


def _unread(fault: OSError) -> str:
    return f"{_UNREAD}{type(fault).__name__} {fault.errno}"


def _content(entry: os.DirEntry[str]) -> tuple[str | bytes, ...]:
    """What a file says, and of a link that it is one."""
    found = entry.stat()
    kind = "link" if entry.is_symlink() else oct(stat.S_IFMT(found.st_mode))
    if not stat.S_ISREG(found.st_mode):
        return (kind,)  # to read a pipe or a device might never end
    if found.st_size > _LARGE:
        return kind, str(found.st_size)
    with open(entry.path, "rb", buffering=0) as file:  # noqa: PTH123 - a county has 50,000
        return kind, file.read()


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
    drafts = ("drafts",) if settings.drafts else ()
    return hash_of(content, settings.base_url, *sheets, *due, *drafts) if content else ""
