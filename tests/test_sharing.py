"""Changes are handed on through a repository, and nobody's are lost."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from generator.clerk import sharing
from generator.clerk.sharing import commit, push, state, take_theirs_in
from generator.settings import CannotBuildError
from tests.township import write

LEDGER = "qingshi/xicun/ledger/2025Q3.csv"
HEAD = "日期,摘要\r\n"


def git(folder: Path, *words: str) -> str:
    person = ("-c", "user.name=t", "-c", "user.email=t@localhost", "-c", "init.defaultBranch=main")
    plain = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    run = subprocess.run(
        ("git", *person, *words), cwd=folder, capture_output=True, text=True, env=plain, check=True
    )
    return run.stdout


@pytest.fixture
def offices(tmp_path: Path) -> tuple[Path, Path]:
    """Two clones of one repository, in which villages/ lies beside content/."""
    first = tmp_path / "first"
    write(first, f"villages/{LEDGER}", f"{HEAD}2025-08-19,修水渠\r\n".encode("gb18030"))
    write(first, "villages/qingshi/xicun/village.yaml", "name: 西村\n")
    git(first, "init", "-q")
    git(first, "add", "-A")
    git(first, "commit", "-qm", "开始")
    git(tmp_path, "clone", "-q", "--bare", "first", "origin.git")
    for name in ("one", "other"):
        git(tmp_path, "clone", "-q", "origin.git", name)
    return tmp_path / "one/villages", tmp_path / "other/villages"


def mend(villages: Path, words: str) -> None:
    (villages / LEDGER).write_bytes(f"{HEAD}2025-08-19,{words}\r\n".encode("gb18030"))


def handed(villages: Path, who: str, **chosen: sharing.Side) -> None:
    commit(villages, who, "改错字")
    sharing.clashes(villages)
    take_theirs_in(villages, {f"villages/{LEDGER}": side for side in chosen.values()})
    push(villages)


def test_who_and_why_are_told_in_the_repository(offices: tuple[Path, Path]) -> None:
    one, _ = offices
    mend(one, "修水渠人工费")
    write(one, "qingshi/xicun/notices/2025-10-01-a[b].md", "新的\n")
    write(one, ".history/log.csv", "x")
    write(one, "qingshi/xicun/private/bank.csv", "x")
    git(one.parent, "config", "status.relativePaths", "true")
    found = state(one)
    assert found is not None
    assert set(found.files) == {LEDGER, "qingshi/xicun/notices/2025-10-01-a[b].md"}
    handed(one, "李会计 <x>")
    told = git(one, "log", "-1", "--format=%an|%s|%b")
    assert told.startswith("李会计 x|李会计 x：改错字|")
    assert LEDGER in told
    assert state(one) == sharing.State((), 0, "origin/main")
    listed = git(one, "ls-files")
    assert ".history" not in listed
    assert "private" not in listed


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_of_a_file_that_both_changed_one_is_chosen(
    offices: tuple[Path, Path], side: sharing.Side
) -> None:
    one, other = offices
    mend(other, "乙改的")
    write(other, "qingshi/xicun/ledger/2025Q4.csv", "乙另外加的\n")
    handed(other, "乙")
    mend(one, "甲改的")
    commit(one, "甲", "")
    (clash,) = sharing.clashes(one)
    assert clash.path == f"villages/{LEDGER}"
    assert (clash.mine[1][1], clash.theirs[1][1]) == ("甲改的", "乙改的")
    with pytest.raises(CannotBuildError, match="两边都改过"):
        take_theirs_in(one, {})
    assert (one / LEDGER).read_bytes().decode("gb18030").count("甲改的") == 1
    handed(one, "甲", side=side)
    words = (one / LEDGER).read_bytes().decode("gb18030")
    assert words == f"{HEAD}2025-08-19,{'甲改的' if side == 'mine' else '乙改的'}\r\n"
    assert (one / "qingshi/xicun/ledger/2025Q4.csv").is_file()
    handed(other, "乙")
    assert (other / LEDGER).read_bytes() == (one / LEDGER).read_bytes()
    assert git(other, "log", "--format=%an").count("甲") == 1


def test_a_file_that_one_removed_and_one_changed(offices: tuple[Path, Path]) -> None:
    one, other = offices
    (other / LEDGER).unlink()
    handed(other, "乙")
    mend(one, "甲改的")
    commit(one, "甲", "")
    (clash,) = sharing.clashes(one)
    assert clash.theirs == ()
    take_theirs_in(one, {f"villages/{LEDGER}": "theirs"})
    mend(other, "又有了")
    handed(other, "乙")
    with pytest.raises(CannotBuildError, match="再按一次"):
        push(one)
    assert not (one / LEDGER).exists()
    assert (
        "甲改的".encode("gb18030")
        in subprocess.run(
            ("git", "show", f"HEAD^:villages/{LEDGER}"), cwd=one, capture_output=True, check=True
        ).stdout
    )


def test_without_a_repository_or_others(offices: tuple[Path, Path], tmp_path: Path) -> None:
    assert state(tmp_path / "first") is not None
    write(tmp_path, "alone/a.csv", "x")
    assert state(tmp_path / "alone") is None
    one, _ = offices
    mend(one, "甲改的")
    git(one, "remote", "set-url", "origin", str(tmp_path / "gone.git"))
    commit(one, "甲", "")
    with pytest.raises(CannotBuildError, match="没有交成"):
        sharing.clashes(one)
    found = state(one)
    assert found is not None
    assert found.ahead == 1
