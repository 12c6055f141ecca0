"""Writes what was mended, and keeps what it replaced.

Replaced versions lie under `villages/.history/`, where no build, check or import looks, each in a folder
that is named like its file; `log.csv` there says when, who and why.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

from generator.importer.journal import write_whole
from generator.settings import CannotBuildError, said

HISTORY = ".history"
LOG = "log.csv"
_HEADINGS = ("时间", "文件", "换下的一份", "谁", "为什么")
_NAME = "%Y-%m-%d %H%M%S"
_one_at_a_time = Lock()


class ChangedMeanwhileError(Exception):
    """The file is another than the one that was mended."""


@dataclass(frozen=True)
class Version:
    """A replaced version: its `name` within the file's folder, when it was replaced, by whom, why."""

    name: str
    when: str
    who: str = ""
    why: str = ""


def print_of(raw: bytes) -> str:
    """What tells one version of a file from another."""
    return hashlib.sha256(raw).hexdigest()


def save(
    villages: Path, file: Path, base: str, content: bytes, who: str = "", why: str = ""
) -> None:
    """Write a file in the place of the version `base`, and keep that one.

    Raises `ChangedMeanwhileError` when it is another by now, `CannotBuildError` when it cannot be
    written; then nothing was.
    """
    with _one_at_a_time:
        there = file.read_bytes() if file.is_file() else b""
        if print_of(there) != base:
            raise ChangedMeanwhileError
        if there == content:
            return
        try:
            _keep(villages, file, there, (who, why))
            write_whole(file, content)
        except OSError as fault:
            raise CannotBuildError(
                f"没有存下：{said(fault)}。文件还是原来的样子。如果它正在 WPS 里开着，请先关掉。"
            ) from None


def keep(villages: Path, file: Path, who: str, why: str) -> None:
    """Keep the version of a file that something else is about to replace."""
    with _one_at_a_time:
        if file.is_file():
            _keep(villages, file, file.read_bytes(), (who, why))


def _keep(villages: Path, file: Path, there: bytes, told: tuple[str, str]) -> None:
    folder, now = _folder(villages, file), datetime.now()
    name = f"{now.strftime(_NAME)}{file.suffix}"
    number = 1
    while (folder / name).exists():
        number += 1
        name = f"{now.strftime(_NAME)}-{number}{file.suffix}"
    write_whole(folder / name, there)
    log = villages / HISTORY / LOG
    before = log.read_bytes() if log.is_file() else b"\xef\xbb\xbf" + _line(_HEADINGS)
    path = file.relative_to(villages).as_posix()
    write_whole(log, before + _line((f"{now:%Y-%m-%d %H:%M:%S}", path, name, *told)))


def _line(cells: tuple[str, ...]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerow([" ".join(cell.split()) for cell in cells])
    return buffer.getvalue().encode("utf-8", "replace")


def _folder(villages: Path, file: Path) -> Path:
    """Where the replaced versions of a file lie. Raises `CannotBuildError` where a link leads away."""
    folder = villages / HISTORY / file.relative_to(villages)
    if folder.resolve() != (villages.resolve() / HISTORY / file.relative_to(villages)):
        raise CannotBuildError(f"{folder} 是链接，通到别处去了，什么也没有写。")
    return folder


def versions(villages: Path, file: Path) -> list[Version]:
    """The versions of a file that were replaced, newest first."""
    folder, told = _folder(villages, file), dict(_told(villages, file))
    names = (path.name for path in folder.iterdir()) if folder.is_dir() else ()
    found = []
    for name in sorted((n for n in names if not n.startswith(".")), key=_by_time, reverse=True):
        found.append(told.get(name) or Version(name, name.removesuffix(file.suffix)))
    return found


def _by_time(name: str) -> tuple[str, int]:
    """Of one second the later ones have a number."""
    stem = name.rpartition(".")[0]
    number = stem[len("2025-10-10 101010-") :]
    return stem[: len("2025-10-10 101010")], int(number) if number.isdecimal() else 1


def _told(villages: Path, file: Path) -> Iterator[tuple[str, Version]]:
    log, path = villages / HISTORY / LOG, file.relative_to(villages).as_posix()
    if not log.is_file():
        return
    text = log.read_bytes().decode("utf-8-sig", "replace")
    for row in csv.reader(io.StringIO(text, newline="")):
        if len(row) == len(_HEADINGS) and row[1] == path:
            yield row[2], Version(row[2], row[0], row[3], row[4])


def version(villages: Path, file: Path, name: str) -> bytes:
    """The bytes of a replaced version. Raises `CannotBuildError` where there is none."""
    found = _folder(villages, file) / name
    if "/" in name or "\\" in name or name.startswith(".") or not found.is_file():
        raise CannotBuildError("没有这一份旧的，可能已经被删掉了。")
    return found.read_bytes()
