"""What a process of tests remembers of content/, and of texts that were judged: the same bytes are
read and judged once, however many builds start from them. A program that is started anew reads
everything anew."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from generator import gate, reading
from generator.intake import contentfiles
from generator.intake.shape import read_shape
from generator.intake.yamlfile import Node, read_yaml
from generator.model.shared import Shared
from generator.problems import Problem

_MOST = 20  # folders that are remembered
_LARGE = 1_000_000

Faults = tuple[Problem, ...]


@contextmanager
def content_read_once() -> Iterator[None]:
    """Until the end, folders are remembered by what is in them, files of YAML and judged texts by
    their words."""
    read, judge = reading.read_content, reading.content_private
    known: dict[object, tuple[Shared | None, Faults]] = {}
    judged: dict[int, Faults] = {}
    shaped: dict[object, tuple[Node, Any, Any, list[Problem]]] = {}

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

    def shape_once(
        node: Node, shape: type, faults: list[Problem], given: Mapping[str, object] | None = None
    ) -> Any:
        key = id(node), shape, *((name, id(value)) for name, value in (given or {}).items())
        if key not in shaped:
            found: list[Problem] = []
            shaped[key] = node, given, read_shape(node, shape, found, given), found
        faults += shaped[key][-1]
        return shaped[key][-2]

    with (
        patch.object(reading, "read_content", read_once),
        patch.object(reading, "content_private", judge_once),
        patch.object(contentfiles, "read_yaml", cache(read_yaml)),
        patch.object(contentfiles, "read_shape", shape_once),
        patch.object(gate, "find_private", lru_cache(100_000)(gate.find_private)),
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
