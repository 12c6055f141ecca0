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


@pytest.mark.parametrize(
    ("who", "why", "told"),
    [
        ("...", "x", "工作台|工作台：x"),
        ('"', "", "工作台|工作台：更新资料"),
        ("李\n会计\0", '改\r\n"错"\ud800 $(exit)', '李 会计|李 会计：改 "错" $(exit)'),
        ("--amend", "#12 --all", "--amend|--amend：#12 --all"),
    ],
)
def test_any_name_and_any_reason_are_taken(
    offices: tuple[Path, Path], who: str, why: str, told: str
) -> None:
    one, _ = offices
    mend(one, "修水渠人工费")
    assert commit(one, who, why) == 1
    assert git(one, "log", "-1", "--format=%an|%s").strip() == told
    assert git(one, "rev-list", "--count", "HEAD").strip() == "2"


def test_a_repository_in_the_midst_of_a_merge_is_left_as_it_is(
    offices: tuple[Path, Path],
) -> None:
    one, other = offices
    mend(other, "乙改的")
    handed(other, "乙")
    mend(one, "甲改的")
    commit(one, "甲", "")
    git(one, "fetch", "-q")
    with pytest.raises(subprocess.CalledProcessError):
        git(one, "merge", "-q", "origin/main")
    before = git(one, "status", "--porcelain")
    assert before.startswith("UU")
    with pytest.raises(CannotBuildError, match="没有做完的合并"):
        commit(one, "甲", "")
    with pytest.raises(CannotBuildError, match="没有做完的合并"):
        take_theirs_in(one, {f"villages/{LEDGER}": "mine"})
    assert git(one, "status", "--porcelain") == before


def test_what_somebody_left_beside_the_villages_is_not_lost(offices: tuple[Path, Path]) -> None:
    one, other = offices
    for villages, words in ((other, "乙写的"), (one, "甲还没有交的")):
        write(villages.parent, "content/site.yaml", words)
    git(other, "add", "-A")
    git(other, "commit", "-qm", "x")
    mend(other, "乙改的")
    handed(other, "乙")
    mend(one, "甲改的")
    commit(one, "甲", "")
    sharing.clashes(one)
    before = git(one, "rev-parse", "HEAD")
    with pytest.raises(CannotBuildError, match=r"content/site\.yaml"):
        take_theirs_in(one, {f"villages/{LEDGER}": "theirs"})
    assert git(one, "rev-parse", "HEAD") == before
    assert "甲改的" in (one / LEDGER).read_bytes().decode("gb18030")
    assert (one.parent / "content/site.yaml").read_text("utf-8") == "甲还没有交的"


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_a_file_that_got_another_name_takes_in_nothing(
    offices: tuple[Path, Path], side: sharing.Side
) -> None:
    one, other = offices
    mender, mover = (other, one) if side == "mine" else (one, other)
    mend(mender, "乙改的")
    moved = (mover / LEDGER).rename((mover / LEDGER).with_name("2025Q4.csv"))
    before = moved.read_bytes()
    handed(other, "乙")
    commit(one, "甲", "")
    assert [clash.path for clash in sharing.clashes(one)] == [f"villages/{LEDGER}"]
    take_theirs_in(one, {f"villages/{LEDGER}": side})
    assert not (one / LEDGER).exists()
    assert (one / moved.relative_to(mover)).read_bytes() == before


def test_what_the_others_refuse_is_said_in_their_words(
    offices: tuple[Path, Path], tmp_path: Path
) -> None:
    one, _ = offices
    refusing = "#!/bin/sh\necho main 受保护，请走合并请求 >&2\nexit 1\n"
    write(tmp_path, "origin.git/hooks/pre-receive", refusing).chmod(0o755)
    mend(one, "甲改的")
    commit(one, "甲", "")
    with pytest.raises(CannotBuildError, match="git 说：main 受保护，请走合并请求"):
        push(one)
