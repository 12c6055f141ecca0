"""What a process of tests remembers of content/, of tables, and of texts that were judged: the same
bytes are read and judged once, however many builds start from them. A program that is started anew
reads everything anew."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache
from operator import attrgetter
from pathlib import Path
from typing import Any
from unittest.mock import patch

from generator import cli, gate, reading
from generator.intake import contentfiles, villages
from generator.intake.shape import read_shape
from generator.intake.tablefiles import TableFile, read_table_file
from generator.intake.yamlfile import Node, read_yaml
from generator.model.masks import MaskProfile
from generator.model.period import Period
from generator.model.schema import TableSchema
from generator.model.shared import Shared
from generator.packed import pack
from generator.problems import Problem

_MOST = 20  # folders that are remembered
_MOST_TABLES = 1_000
_LARGE = 1_000_000

Faults = tuple[Problem, ...]


@contextmanager
def content_read_once() -> Iterator[None]:
    """Until the end, folders are remembered by what is in them, files of YAML, tables and judged
    texts by their words, and how commands are called."""
    read, judge = reading.read_content, reading.content_private
    known: dict[object, tuple[Shared | None, Faults]] = {}
    judged: dict[int, Faults] = {}
    shaped: dict[object, tuple[Node, Any, Any, list[Problem]]] = {}
    tables: dict[object, TableFile] = {}

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

    def table_once(
        raw: bytes, file: str, schema: TableSchema, masks: MaskProfile, period: Period
    ) -> TableFile:
        key = raw, file, period.text, pack((schema, masks))
        if key not in tables:
            if len(tables) == _MOST_TABLES:
                tables.clear()
            tables[key] = read_table_file(raw, file, schema, masks, period)
        return tables[key]

    with (
        patch.object(cli, "make_parser", cache(cli.make_parser)),
        patch.object(villages, "read_table_file", table_once),
        patch.object(reading, "read_content", read_once),
        patch.object(reading, "content_private", judge_once),
        patch.object(contentfiles, "read_yaml", cache(read_yaml)),
        patch.object(contentfiles, "read_shape", shape_once),
        patch.object(gate, "find_private", lru_cache(100_000)(gate.find_private)),
    ):
        yield


def _state(folder: Path) -> object:
    """A folder's name, and of each path below it the kind and the bytes."""
    return folder.name, tuple(_below(str(folder)))


def _below(folder: str) -> Iterator[object]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=attrgetter("name")):
            yield entry.name, entry.stat(follow_symlinks=False).st_mode
            if entry.is_dir():
                yield tuple(_below(entry.path))
            elif entry.is_file():
                yield _bytes(entry)


def _bytes(file: os.DirEntry[str]) -> object:
    size = file.stat().st_size
    if size >= _LARGE:
        return size, file.path
    with open(file.path, "rb", buffering=0) as opened:  # noqa: PTH123 - of each file, in each build
        return opened.read()
