"""Records what an import wrote and what it replaced, so that the last one can be taken back.

Each import has a numbered folder under `villages/.imports/`: `journal.yaml` lists the files, `before/` holds
those that were replaced.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.importer.memory import quoted
from generator.intake.decoding import read_text
from generator.intake.shape import read_shape
from generator.intake.yamlfile import read_yaml
from generator.problems import Problem
from generator.settings import CannotBuildError

_FOLDER = ".imports"
_JOURNAL = "journal.yaml"
_NUMBER = re.compile(r"[0-9]{1,9}")
_WHY = "没有权限、磁盘满了，或者文件正开着；"
_COMMENT = "# 这一次导入写了哪些文件；before 里是原来的。撤回：python publish.py import --undo\n"


@dataclass(frozen=True)
class Entry:
    """A file that was written: its path under villages/, what was written, and the number of the copy
    of what stood there; 0 where nothing did."""

    path: str
    sha256: str
    before: int = 0


@dataclass(frozen=True)
class _Journal:
    files: tuple[Entry, ...]


@dataclass(frozen=True)
class Undone:
    """What taking back did: files removed, files as they were before, and files that were changed
    since and were left alone."""

    removed: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


def write_all(villages: Path, contents: Mapping[Path, bytes]) -> None:
    """Write files, each whole or not at all, after keeping what they replace.

    Raises `CannotBuildError` where one cannot be written; then none is.
    """
    for path in (villages / _FOLDER / _JOURNAL, *contents):
        if _leads_away(villages, path.parent):
            raise CannotBuildError(f"{path.parent} 是链接，通到别处去了，什么也没有写。")
    if not contents:
        return
    try:
        folder = _new_folder(villages)
        entries = [
            _kept(villages, folder, number, path, content)
            for number, (path, content) in enumerate(contents.items(), start=1)
        ]
        write_whole(folder / _JOURNAL, _journal(entries))
    except OSError as error:
        raise CannotBuildError(f"写不进 {villages / _FOLDER}，{_WHY}什么也没有写。") from error
    for path, content in contents.items():
        try:
            write_whole(path, content)
        except OSError as error:
            take_back(villages)
            raise CannotBuildError(f"写不进 {path}，{_WHY}这一次什么也没有写。") from error


def take_back(villages: Path) -> Undone:
    """Take the last import back. Raises `CannotBuildError` where there is none, or where its
    journal names what no import wrote; then nothing is touched."""
    folders = _numbered(villages)
    if not folders:
        raise CannotBuildError("没有可以撤回的导入。")
    folder = folders[-1]
    entries = _entries(folder / _JOURNAL)
    _check(villages, folder, entries)
    removed, restored, changed = [], [], []
    for entry in entries:
        path, before = villages / entry.path, _copy(folder, entry)
        try:
            if not _is_written(path, entry):
                if not _stands_as_before(path, before):
                    changed.append(entry.path)
            elif before is not None:
                write_whole(path, before.read_bytes())
                restored.append(entry.path)
            else:
                path.unlink()
                removed.append(entry.path)
        except OSError:  # open in another program, or not ours to change
            changed.append(entry.path)
    try:
        if changed:  # what was replaced is still wanted
            folder.rename(folder.with_name(f"{folder.name}-undone"))
        else:
            shutil.rmtree(folder)
    except OSError as error:
        raise CannotBuildError(f"文件撤回了，可是删不掉 {folder}，请自己删掉它。") from error
    return Undone(tuple(removed), tuple(restored), tuple(changed))


def _kept(villages: Path, folder: Path, number: int, path: Path, content: bytes) -> Entry:
    """The entry for a file, after a copy was made of what stands there."""
    is_there = path.is_file()
    if is_there:
        shutil.copy2(path, folder / "before" / f"{number}{path.suffix}")
    name = path.relative_to(villages).as_posix()
    return Entry(name, _digest(content), number if is_there else 0)


def _leads_away(villages: Path, folder: Path) -> bool:
    """Whether a link on the way to a folder makes it another than its name says."""
    return folder.resolve() != villages.resolve() / folder.relative_to(villages)


def _check(villages: Path, folder: Path, entries: tuple[Entry, ...]) -> None:
    """A journal is a file that anybody may have changed: it must not lead out of the villages,
    and what it is to restore must be there."""
    for entry in entries:
        parts = PurePosixPath(entry.path).parts
        is_plain = parts and not {"", ".", "..", _FOLDER}.intersection(entry.path.split("/"))
        if (
            not is_plain
            or set(entry.path) & set("\\:\0")
            or _leads_away(villages, (villages / entry.path).parent)
        ):
            raise CannotBuildError(
                f"{folder / _JOURNAL} 里的“{entry.path}”不在 {villages.name} 里面，不是导入写的。"
                f"什么也没有动；请删掉 {folder} 再撤回。"
            )
        before = _copy(folder, entry)
        if before is not None and (before.is_symlink() or not before.is_file()):
            raise CannotBuildError(f"{before} 不见了，还原不了 {entry.path}。什么也没有动。")


def _copy(folder: Path, entry: Entry) -> Path | None:
    """The copy of what a file replaced; None where it replaced nothing."""
    if not entry.before:
        return None
    return folder / "before" / f"{entry.before}{PurePosixPath(entry.path).suffix}"


def _is_written(path: Path, entry: Entry) -> bool:
    """Whether a file is still as the import wrote it."""
    return path.is_file() and not path.is_symlink() and _digest(path.read_bytes()) == entry.sha256


def _stands_as_before(path: Path, before: Path | None) -> bool:
    """Whether an import that was broken off never came to this file, or it was put back since."""
    if before is None:
        return not path.is_file()
    return path.is_file() and path.read_bytes() == before.read_bytes()


def _numbered(villages: Path) -> list[Path]:
    """The folders of imports, oldest first. One without a journal was broken off before it wrote."""
    folder = villages / _FOLDER
    if _leads_away(villages, folder):
        raise CannotBuildError(f"{folder} 是链接，通到别处去了，什么也没有动。")
    found = folder.iterdir() if folder.is_dir() else ()
    whole = (p for p in found if _NUMBER.fullmatch(p.name) and (p / _JOURNAL).is_file())
    return sorted((p for p in whole if not p.is_symlink()), key=lambda p: int(p.name))


def _new_folder(villages: Path) -> Path:
    """A folder for an import, with the next number; another import may be taking one just now."""
    folder = villages / _FOLDER
    found = (_NUMBER.match(p.name) for p in folder.iterdir()) if folder.is_dir() else ()
    number = max((int(match[0]) for match in found if match), default=0)
    while True:
        number += 1
        try:
            (folder / f"{number:04}" / "before").mkdir(parents=True)
        except FileExistsError:
            continue
        return folder / f"{number:04}"


def _journal(entries: list[Entry]) -> bytes:
    lines = [
        f"  - path: {quoted(e.path)}\n    sha256: {quoted(e.sha256)}\n    before: {e.before}\n"
        for e in entries
    ]
    return (_COMMENT + "files:\n" + "".join(lines)).encode()


def _entries(path: Path) -> tuple[Entry, ...]:
    text = read_text(path, path.name)
    faults: list[Problem] = []
    if not isinstance(text, Problem):
        node, found = read_yaml(text, path.name)
        faults.extend(found)
        journal = read_shape(node, _Journal, faults) if node else None
        if journal is not None and not faults:
            return journal.files
    raise CannotBuildError(f"{path} 读不了，不能撤回；原来的文件在它旁边的 before 里。")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def write_whole(path: Path, content: bytes) -> None:
    """A whole file or none: it is filled beside its place and then moved there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
