"""Hands a village's changes to the others and takes theirs, where villages/ lies in a Git repository; nobody
needs to know of Git. Where both changed a file, both are shown and somebody chooses; the other one stays in the
repository. No file ever holds marks of a conflict.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from generator.clerk.csvtext import Row, opened
from generator.intake.folders import is_litter
from generator.problems import Problem
from generator.settings import CannotBuildError

_PATIENCE = 120  # seconds; a network that is gone may else be waited for for ever
_QUIET = {"GIT_TERMINAL_PROMPT": "0", "GIT_LITERAL_PATHSPECS": "1", "LC_ALL": "C.UTF-8"}
_MOST_NAMED = 5  # files in the words of a commit
Side = Literal["mine", "theirs"]


@dataclass(frozen=True)
class State:
    """What there is to hand on: files that were changed here, by their paths under villages/, and the
    number of commits that nobody else has. Without `upstream` there is nobody to hand them to."""

    files: tuple[str, ...]
    ahead: int
    upstream: str


@dataclass(frozen=True)
class Clash:
    """A file that both sides changed: its path in the repository, and both as rows; no rows where a
    side removed it."""

    path: str
    mine: tuple[Row, ...]
    theirs: tuple[Row, ...]


def state(villages: Path) -> State | None:
    """What there is to hand on; None where there is no Git or no repository."""
    if not shutil.which("git") or _try(villages, "rev-parse", "--verify", "-q", "HEAD") is None:
        return None
    upstream = (_try(villages, "rev-parse", "--abbrev-ref", "@{upstream}") or b"").decode().strip()
    ahead = int(_git(villages, "rev-list", "--count", "@{upstream}..HEAD")) if upstream else 0
    return State(_changed(villages), ahead, upstream)


def _changed(villages: Path) -> tuple[str, ...]:
    """Files that are other than in the last commit, but what the desk and the importer keep, and
    private ones that nobody has put there yet."""
    told = _git(villages, "status", "--porcelain", "-z", "-uall", "--no-renames", "--", ".")
    prefix = _git(villages, "rev-parse", "--show-prefix").decode().rstrip("\n")
    found = []
    for entry in filter(None, told.decode("utf-8", "replace").split("\0")):
        parts = PurePosixPath(path := entry[3:].removeprefix(prefix)).parts
        is_own = entry.startswith("??") and "private" in parts
        if not is_own and not any(map(is_litter, parts)):
            found.append(path)
    return tuple(found)


def commit(villages: Path, who: str, why: str) -> int:
    """Keep what was changed in the repository, with who and why; gives the number of files."""
    files = _changed(villages)
    if not files:
        return 0
    _need_rest(villages)
    more = f" 等 {len(files)} 份" if len(files) > _MOST_NAMED else ""
    named = "、".join(files[:_MOST_NAMED]) + more
    name = _line(who.replace("<", "").replace(">", ""))
    if not any(c.isalnum() for c in name):  # Git takes no name of signs alone
        name = "工作台"
    words = f"{name}：{_line(why) or '更新资料'}\n\n{named}\n"
    _git(villages, "add", "-A", "--", *files)
    person = ("-c", f"user.name={name}", "-c", "user.email=desk@localhost")
    _git(villages, *person, "commit", "-q", "-m", words, "--", *files)
    return len(files)


def _line(text: str) -> str:
    """What somebody typed as one line that any program takes."""
    return "".join(c for c in " ".join(text.split()) if c.isprintable())


def _need_rest(villages: Path) -> None:
    """Raises `CannotBuildError` where another program left the repository in the midst of a merge:
    what is added then counts as settled, marks of a conflict too."""
    left = [name for name in _UNDER_WAY if _is_there(villages, name)]
    if left:
        raise CannotBuildError(
            "仓库里有一次没有做完的合并，是别的程序留下的。什么也没有交，请管理员先把它做完或者撤销。"
        )


_UNDER_WAY = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply")


def _is_there(villages: Path, name: str) -> bool:
    """Whether the repository keeps something by this name."""
    place = _git(villages, "rev-parse", "--git-path", name).decode().rstrip("\n")
    return villages.resolve().joinpath(place).exists()


def clashes(villages: Path) -> tuple[Clash, ...]:
    """The files that both sides changed, after asking what the others have. Raises `CannotBuildError`
    when they cannot be reached."""
    _git(villages, "fetch", "-q")
    mine, theirs = (_names(villages, f"{a}...{b}") for a, b in (_SIDES, _SIDES[::-1]))
    both = sorted(mine & theirs)
    found = (Clash(path, _rows(villages, "HEAD", path), _theirs(villages, path)) for path in both)
    return tuple(clash for clash in found if _differs(villages, clash.path))


_SIDES = ("@{upstream}", "HEAD")


def _names(villages: Path, *span: str) -> set[str]:
    """Files that the right side of a span has changed since both went apart."""
    told = _git(villages, "diff", "--name-only", "--no-renames", "-z", *span)
    return set(filter(None, told.decode("utf-8", "replace").split("\0")))


def _differs(villages: Path, path: str) -> bool:
    return _content(villages, "HEAD", path) != _content(villages, "@{upstream}", path)


def _theirs(villages: Path, path: str) -> tuple[Row, ...]:
    return _rows(villages, "@{upstream}", path)


def _content(villages: Path, commit: str, path: str) -> bytes | None:
    return _try(villages, "cat-file", "blob", f"{commit}:{path}")


def _rows(villages: Path, commit: str, path: str) -> tuple[Row, ...]:
    """A file as rows; of what is no CSV, its lines."""
    raw = _content(villages, commit, path)
    if raw is None:
        return ()
    if PurePosixPath(path).suffix.lower() != ".csv":
        return tuple((line,) for line in raw.decode("utf-8", "replace").splitlines()[:500])
    text = opened(raw, path)
    return () if isinstance(text, Problem) else text.rows


def take_theirs_in(villages: Path, chosen: Mapping[str, Side]) -> None:
    """Join both sides: of each file that both changed the `chosen` one. Raises `CannotBuildError` where
    one is not chosen, or both cannot be joined; then all is as it was."""
    if not int(_git(villages, "rev-list", "--count", "HEAD..@{upstream}")):
        return
    both = [clash.path for clash in clashes(villages)]
    missing = [path for path in both if path not in chosen]
    if missing:
        raise CannotBuildError(f"又有两边都改过的：{'、'.join(missing)}。请再看一遍。")
    _need_rest(villages)
    person = ("-c", "user.name=工作台", "-c", "user.email=desk@localhost")
    tried = _run(villages, *person, "merge", "-q", "--no-commit", "--no-ff", "@{upstream}")
    try:
        if tried.returncode > 1:  # 1 says that they clash; here what lies there would be lost
            raise CannotBuildError(_told(tried))
        # Git puts changes of a file into one that it takes for the same under another name.
        for other, own in (_SIDES, _SIDES[::-1]):
            mixed = _names(villages, "--cached", own) & _names(villages, f"{other}...{own}")
            for path in sorted(mixed.difference(both)):
                _take(villages, path, own)
        for path in both:
            _take(villages, path, "HEAD" if chosen[path] == "mine" else "@{upstream}")
        _git(villages, *person, "commit", "-q", "-m", "合并别人交上来的改动")
    except CannotBuildError:
        _try(villages, "merge", "--abort")
        raise


def _take(villages: Path, path: str, commit: str) -> None:
    """Put a file as one side has it into a merge; nothing where that has none."""
    top = Path(_git(villages, "rev-parse", "--show-toplevel").decode().rstrip("\n"))
    if _content(villages, commit, path) is None:
        _git(top, "rm", "-q", "-f", "--ignore-unmatch", "--", path)
    else:
        _git(top, "checkout", "-q", commit, "--", path)


def push(villages: Path) -> None:
    """Hand on what the others have not. Raises `CannotBuildError` where they do not take it."""
    found = _run(villages, "push", "-q")
    if found.returncode and b"! [rejected]" in found.stderr:
        raise CannotBuildError("别人刚才也交了新的，所以还没有交上去。请再按一次“交上去”。")
    if found.returncode:
        raise CannotBuildError(_told(found))


def _git(folder: Path, *words: str) -> bytes:
    found = _run(folder, *words)
    if found.returncode:
        raise CannotBuildError(_told(found))
    return found.stdout


def _told(found: subprocess.CompletedProcess[bytes]) -> str:
    said = found.stderr.decode("utf-8", "replace").splitlines()
    theirs = [line[7:].strip() for line in said if line.startswith("remote:")]
    faults = [line.strip() for line in said if line.startswith(("error:", "fatal:", "\t"))]
    words = " ".join(theirs or faults or said[-1:]).strip() or found.returncode
    return f"没有交成，村里的文件没有动。git 说：{words}"


def _try(folder: Path, *words: str) -> bytes | None:
    """The same, or None where it cannot be."""
    found = _run(folder, *words)
    return None if found.returncode else found.stdout


def _run(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    command = ("git", "-c", "core.quotePath=false", *words)
    try:
        return subprocess.run(
            command,
            cwd=folder.resolve(),
            capture_output=True,
            check=False,
            timeout=_PATIENCE,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **_QUIET},
        )
    except subprocess.TimeoutExpired:
        raise CannotBuildError("等了很久没有回音，可能网络不通。村里的文件没有动。") from None
