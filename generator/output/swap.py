"""The only code that writes the site: fill a folder beside it, then swap when it is whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from generator.output.files import OutputFile


class UnsafePathError(ValueError):
    """A renderer asked for a path outside the site, or for one path twice: our bug."""


def publish(files: Iterable[OutputFile], out: Path) -> int:
    """Replace `out` by these files; returns their number.

    Whatever fails on the way, `out` stays as it was: the new site grows in `<out>.new` and
    changes places with the old one at the end. A swap that was cut short is mended first.
    """
    fresh, old = out.with_name(out.name + ".new"), out.with_name(out.name + ".old")
    restore(out)
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    try:
        count = _fill(fresh, files)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    if out.exists():
        out.rename(old)
    fresh.rename(out)
    shutil.rmtree(old, ignore_errors=True)
    return count


def restore(out: Path) -> None:
    """Put the earlier site back if a swap was cut short between its two steps."""
    old = out.with_name(out.name + ".old")
    if old.exists() and not out.exists():
        old.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def _fill(folder: Path, files: Iterable[OutputFile]) -> int:
    written: set[str] = set()
    for file in files:
        parts = file.path.split("/")
        is_unsafe = any(part in ("", ".", "..") for part in parts) or "\\" in file.path
        if is_unsafe or file.path.casefold() in written:
            raise UnsafePathError(file.path)
        target = folder.joinpath(*parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.content)
        written.add(file.path.casefold())
    return len(written)
