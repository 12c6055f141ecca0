"""Reads what a Git repository knows of a folder: its main line, oldest commit first, and files as they were.

The command `git` is asked twice: once for the whole log, and by one process for all files.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.settings import CannotBuildError

_GONE = "0" * 40
_LOG = (
    *("log", "--first-parent", "-m", "--reverse", "--relative", "--no-renames", "--raw", "-z"),
    *("--no-abbrev", "--date=short", "--format=%x01%H %ad %s", "--", "."),
)


@dataclass(frozen=True)
class Commit:
    """A commit of the main line: the day of its author, what was noted, and the files that it
    changed by their paths within the folder, with the name of what they say; none where they are
    gone."""

    id: str
    day: date
    note: str
    files: dict[str, str]


@dataclass(frozen=True)
class Repository:
    """A folder under version control; of one that `is_shallow` the first commit is not the first."""

    folder: Path
    is_shallow: bool
    commits: tuple[Commit, ...]


def read_repository(folder: Path) -> Repository:
    """The commits that changed something in a folder.

    Raises `CannotBuildError` where there is no Git, or no repository around the folder.
    """
    shallow = _git(folder, "rev-parse", "--is-shallow-repository").strip() == b"true"
    commits = tuple(_commits(_git(folder, *_LOG)))
    if not commits:
        raise CannotBuildError(
            f"git 仓库里没有 {folder} 的提交，什么也没有动。请先提交，再运行一次。"
        )
    return Repository(folder, shallow, commits)


def _git(folder: Path, *words: str) -> bytes:
    try:
        run = subprocess.run(
            ("git", *words), cwd=folder.resolve(), capture_output=True, check=False
        )
    except FileNotFoundError:
        raise CannotBuildError(
            "这台电脑没有装 git，读不了改动记录。请先装 git，或者在自动发布的机器上运行。"
        ) from None
    if run.returncode:
        reason = run.stderr.decode("utf-8", "replace").strip().splitlines()
        raise CannotBuildError(
            f"读不了 {folder} 的改动记录：它不在 git 仓库里，或者仓库打不开。"
            f"git 说：{reason[-1] if reason else run.returncode}"
        )
    return run.stdout


def _commits(log: bytes) -> Iterator[Commit]:
    """Entries begin with \\x01 and end with NUL; what they changed follows, facts and path in turn."""
    commit: Commit | None = None
    parts = iter(log.decode("utf-8", "surrogateescape").split("\0"))
    for part in parts:
        text = part.lstrip("\n")
        if text.startswith("\x01"):
            if commit:
                yield commit
            id, day, note = (text[1:] + "  ").split(" ", 2)
            commit = Commit(id, _day(day), note.strip(), {})
        elif text.startswith(":") and commit:
            commit.files[next(parts)] = text.split(" ")[3]
    if commit:
        yield commit


def _day(text: str) -> date:
    """The day of a commit; where no calendar has it, the last of all."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date.max


@contextmanager
def files_of(repository: Repository) -> Iterator[Files]:
    """Gives the files of a repository as they were."""
    command = ("git", "cat-file", "--batch")
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=repository.folder.resolve(), stdin=pipe, stdout=pipe
    ) as process:
        try:
            yield Files(process)
        finally:
            if process.stdin:
                process.stdin.close()


class Files:
    """What files said, by the names of their contents, or by commit and path within the folder."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def read(self, name: str) -> bytes | None:
        """What a name stands for; None where it is no file."""
        asked, given = self._process.stdin, self._process.stdout
        if asked is None or given is None or name == _GONE or "\n" in name:
            return None
        asked.write(name.encode("utf-8", "surrogateescape") + b"\n")
        asked.flush()
        line = given.readline()
        head = line.split()
        if line.endswith(b" missing\n") or len(head) != 3:
            return None
        content = given.read(int(head[2]))
        given.read(1)
        return content if head[1] == b"blob" else None
