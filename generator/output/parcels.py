"""Folders in one archive, as they travel between machines, and back into folders.

No larger than `MOST`, packed or not: an archive is held in memory. Links and hidden files stay behind.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from generator.output.files import need_safe

MOST = 500_000_000  # bytes
_LEVEL = 1


class ParcelTooLargeError(ValueError):
    """More than one archive may hold."""


def packed(folders: Mapping[str, Path]) -> bytes:
    """All files of some folders, each under a name of its own. What is not there is left out.

    Raises ParcelTooLargeError.
    """
    content, size = BytesIO(), 0
    with ZipFile(content, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for name, folder in folders.items():
            for path in _files(folder):
                size += path.stat().st_size
                _need_room(size)
                archive.writestr(f"{name}/{path.relative_to(folder).as_posix()}", path.read_bytes())
    return content.getvalue()


def is_whole(folder: Path) -> bool:
    """Whether an archive would hold all of a folder: links, pipes, empty folders, what cannot be looked
    at, and names that not every system knows it does not."""
    try:
        seen = tuple(_seen(folder))
        names = [path.relative_to(folder).as_posix() for path in seen]
        need_safe(names)
        "".join(names).encode()
        return all(not path.is_symlink() and _holds_something(path) for path in seen)
    except (OSError, ValueError):
        return False


def _holds_something(path: Path) -> bool:
    return path.is_file() or (path.is_dir() and any(path.iterdir()))


def unpacked(content: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """The files of a folder in an archive, with their paths in it.

    Raises UnsafePathError before the first where a path leads elsewhere, and ParcelTooLargeError.
    """
    with ZipFile(BytesIO(content)) as archive:
        need_safe(archive.namelist())
        _need_room(sum(entry.file_size for entry in archive.infolist()))
        for path in archive.namelist():
            if path.startswith(f"{name}/"):
                yield path[len(name) + 1 :], archive.read(path)


def lay(content: bytes, name: str, folder: Path) -> None:
    """The files of a folder in an archive as the folder, and no others. They count as old, so that a
    store knows what is used of them."""
    laid = set()
    for path, own in unpacked(content, name):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(own)
        os.utime(target, (0, 0))
        laid.add(target)
    for other in _files(folder):
        if other not in laid:
            other.unlink()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in _seen(folder) if path.is_file() and not path.is_symlink())


def _seen(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if not any(part.startswith(".") for part in path.relative_to(folder).parts):
            yield path


def _need_room(size: int) -> None:
    if size > MOST:
        raise ParcelTooLargeError(size)
