"""Decides which pages have to be loaded again, and which problems stand on which page."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from threading import Condition
from time import time_ns
from typing import Any

from generator.output.draft import Changes, Draft
from generator.output.manifest import NAME, published_villages, village_records
from generator.problems import Problem

_REMEMBERED = 100  # builds


class News:
    """What has become of a site since a page was loaded. Builds are numbered; the numbers of a
    process that was started later are higher."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self._news = Condition()
        self._number = time_ns() // 1_000_000
        self._builds: deque[tuple[int, frozenset[str]]] = deque(maxlen=_REMEMBERED)
        self._pages: dict[str, tuple[str, ...]] = {}  # by file, also of records that are out now
        self._problems: tuple[Problem, ...] = ()
        self._draft: Draft | None = None
        self._early: frozenset[str] = frozenset()
        self.failed = ""
        self._is_over = False
        self._learn(published_villages(site))

    @property
    def is_over(self) -> bool:
        """Whether nothing more will become of the site."""
        return self._is_over

    @property
    def number(self) -> int:
        """The number of the last build."""
        return self._number

    def begin(self, draft: Draft) -> None:
        """What a build has prepared so far may be looked at before the site has it."""
        new = draft.prepared - self._early
        self._draft, self._early = draft, self._early | new
        if new:
            self._add(self.failed, new)

    def file(self, path: str) -> Path:
        """The newest of a file: as a build that is under way prepared it, else as the site has it."""
        prepared = self._draft.files / path if self._draft else None
        return prepared if prepared and prepared.is_file() else self._site / path

    def _end(self) -> frozenset[str]:
        """What was looked at early, when the build is done."""
        self._draft, early = None, self._early
        self._early = frozenset()
        return early

    def tell(self, changes: Changes, problems: tuple[Problem, ...]) -> None:
        """A build was published."""
        manifests = (path for path in changes.changed if fnmatch(path, f"v/*/{NAME}"))
        self._learn(PurePosixPath(path).parent.name for path in manifests)
        self._problems = problems
        self._add("", frozenset((*changes.changed, *changes.removed)) - self._end())

    def fail(self, words: str) -> None:
        """A build could not be made."""
        self._add(words, self._end())

    def _add(self, failed: str, paths: frozenset[str]) -> None:
        with self._news:
            self.failed = failed
            self._number += 1
            self._builds.append((self._number, paths))
            self._news.notify_all()

    def end(self) -> None:
        """Nobody is to wait any more."""
        with self._news:
            self._is_over = True
            self._news.notify_all()

    def wait(self, page: str, since: int, seconds: float) -> tuple[int, str]:
        """The number of the next build after one, and what a page does then: `reload`, or look at
        the `problems`. Nothing where none comes in time."""
        with self._news:
            self._news.wait_for(lambda: self._is_over or self._number > since, seconds)
            if self._number <= since:
                return since, ""
            missed = [paths for number, paths in self._builds if number > since]
            is_known = since >= self._builds[0][0] - 1
            is_other = is_known and not any(_concerns(page, paths) for paths in missed)
            return self._number, "problems" if is_other else "reload"

    def problems_on(self, page: str) -> bytes:
        """The problems that stand on a page, and what stopped the last build, as JSON."""
        problems = [asdict(p) for p in self._problems if page in self._pages_of(p)]
        content = {"failed": self.failed, "problems": problems}
        return json.dumps(content, ensure_ascii=False).encode()

    def _learn(self, villages: Iterable[str]) -> None:
        for village in villages:
            self._pages.update(_pages_by_file(village_records(self._site, village)))

    def _pages_of(self, found: Problem) -> list[str]:
        """The record's own page, though it may be missing now; where the record is kept out or
        there is none, the village's home and the page of the item as well."""
        own = list(self._pages.get(found.source.file, ()))
        if not found.village:
            return [*own, ""]
        if own and found.severity != "error":
            return own
        home = f"v/{found.village}/"
        _, _, inner = found.source.file.partition(f"/{found.village}/")
        folder = PurePosixPath(inner).parent.as_posix()
        return [*own, home, *([] if folder == "." else [f"{home}{folder}/"])]


def _concerns(page: str, paths: frozenset[str]) -> bool:
    """Whether a page shows any of these files: itself, what lies beside it, styles and scripts."""
    above, _, name = page.rpartition("/")
    own = page if name else f"{page}index.html"
    for path in paths:
        folder, _, name = path.rpartition("/")
        if path == own or folder == "assets" or (folder == above and name != NAME):
            return True
    return False


def _pages_by_file(records: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for record in records:
        for file in record["sources"]:
            found[file] = (*found.get(file, ()), record["url"])
    return found
