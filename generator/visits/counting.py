"""Counts the visits of pages in logs, line by line: nothing of a line is kept but a count."""

from __future__ import annotations

import gzip
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

from generator.model.visits import RobotWord
from generator.settings import CannotBuildError, said
from generator.visits.lines import Request, read_line
from generator.visits.pages import Pages

_LONGEST = 65_536  # bytes of a line; longer ones are none of a log's
_NAMED = 10  # lines that are named of those that cannot be read
_GZIP = b"\x1f\x8b"
_SHOWN = (200, 304)
Place = tuple[str, str, str]  # month, village, item


@dataclass
class Unread:
    """What could not be read of a log: how many lines, the numbers of the first of them, and where
    the file broke off."""

    count: int = 0
    first: list[int] = field(default_factory=list)
    broken_after: int | None = None


@dataclass
class Tally:
    """Visits and, of them, scans by place; and what was not counted, by why."""

    visits: Counter[Place] = field(default_factory=Counter)
    scans: Counter[Place] = field(default_factory=Counter)
    unread: dict[str, Unread] = field(default_factory=dict)
    lines: int = 0
    failed: int = 0  # no page was asked for, or none was sent
    robots: int = 0
    files: int = 0
    unknown: int = 0
    nameless: int = 0  # counted, but the log keeps no names, so that robots may be among them


class Robots:
    """Tells programs from readers by their names."""

    def __init__(self, words: Iterable[RobotWord]) -> None:
        listed = tuple(words)
        self._words = tuple(word.word.lower().encode() for word in listed if word.word)
        self._but = tuple(word.lower().encode() for one in listed for word in one.but if word)

    def has(self, request: Request) -> bool:
        """Whether a request came from a robot; a program without a name is one."""
        if request.is_robot is not None:
            return request.is_robot
        if request.agent is None:
            return False
        name = request.agent.lower()
        for word in self._but:
            name = name.replace(word, b"")
        return name in (b"", b"-") or any(word in name for word in self._words)


def count_logs(logs: Iterable[Path], pages: Pages, robots: Robots) -> Tally:
    """The visits in all logs, each read once.

    Raises `CannotBuildError` when a log cannot be opened.
    """
    tally = Tally()
    for log in {path.resolve(): path for path in logs}.values():
        unread = Unread()
        for number, line in _lines(log, unread):
            tally.lines += 1
            request = read_line(line)
            if request is None:
                unread.count += 1
                unread.first += [number] if len(unread.first) < _NAMED else []
            else:
                _count(request, pages, robots, tally)
        if unread.count or unread.broken_after is not None:
            tally.unread[str(log)] = unread
    return tally


def _count(request: Request, pages: Pages, robots: Robots, tally: Tally) -> None:
    if request.method != b"GET" or request.status not in _SHOWN:
        tally.failed += 1
        return
    place = pages.of(request.path)
    if place is None:
        if pages.is_file(request.path):
            tally.files += 1
        else:
            tally.unknown += 1
        return
    if robots.has(request):
        tally.robots += 1
        return
    key = (request.month, *place)
    tally.visits[key] += 1
    tally.scans[key] += request.is_scan
    tally.nameless += request.agent is None and request.is_robot is None


def _lines(log: Path, unread: Unread) -> Iterator[tuple[int, bytes]]:
    """The lines of a log with their numbers, empty ones left out; of one that is too long an empty
    part, so that it counts as unread. A log that breaks off is read up to there."""
    number = 0
    with _opened(log) as file:
        try:
            while line := file.readline(_LONGEST):
                number += 1
                is_whole = len(line) < _LONGEST or line.endswith(b"\n")
                while not is_whole:
                    rest = file.readline(_LONGEST)
                    is_whole = len(rest) < _LONGEST or rest.endswith(b"\n")
                    line = b"?"
                if line.strip():
                    yield number, line.rstrip(b"\r\n")
        except (EOFError, OSError, zlib.error):
            unread.broken_after = number


@contextmanager
def _opened(log: Path) -> Iterator[BinaryIO]:
    try:
        raw = log.open("rb")
    except OSError as fault:
        raise CannotBuildError(f"打不开日志 {log}：{said(fault)}。") from fault
    with raw:
        packed = raw.read(2) == _GZIP
        raw.seek(0)
        yield cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if packed else raw
