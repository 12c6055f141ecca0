"""What a process of tests remembers of content/: the same bytes are read and judged once, however
many builds start from them. A program that is started anew reads everything anew."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from unittest.mock import patch

from generator import reading
from generator.intake import content
from generator.intake.yamlfile import read_yaml
from generator.model.shared import Shared
from generator.problems import Problem

_MOST = 20  # folders that are remembered
_LARGE = 1_000_000

Faults = tuple[Problem, ...]


@contextmanager
def content_read_once() -> Iterator[None]:
    """Until the end, folders are remembered by what is in them, and texts of YAML."""
    read, judge = reading.read_content, reading.content_private
    known: dict[object, tuple[Shared | None, Faults]] = {}
    judged: dict[int, Faults] = {}

    def read_once(folder: Path) -> tuple[Shared | None, Faults]:
        state = _state(folder)
        if state not in known:
            if len(known) == _MOST:
                known.clear()
                judged.clear()
            known[state] = read(folder)
        return known[state]

    def judge_once(shared: Shared) -> Faults:
        if not any(shared is one for one, _ in known.values()):
            return tuple(judge(shared))
        if id(shared) not in judged:
            judged[id(shared)] = tuple(judge(shared))
        return judged[id(shared)]

    with (
        patch.object(reading, "read_content", read_once),
        patch.object(reading, "content_private", judge_once),
        patch.object(content, "read_yaml", cache(read_yaml)),
    ):
        yield


def _state(folder: Path) -> object:
    """A folder's name, and of each path below it the kind and the bytes."""
    return folder.name, tuple(
        (path.relative_to(folder).as_posix(), path.lstat().st_mode, _bytes(path))
        for path in sorted(_below(folder))
    )


def _below(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder, followlinks=True):
        yield from (Path(place, name) for name in (*folders, *files))


def _bytes(path: Path) -> object:
    if not path.is_file():
        return b""
    size = path.stat().st_size
    return path.read_bytes() if size < _LARGE else (size, path)
