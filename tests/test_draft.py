"""The folder of the site: at any instant whole, after the next command the old state or the new."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from generator.output.draft import Changes, SiteInUseError, drafting, finish
from generator.output.files import OutputFile, UnsafePathError


def files(**contents: str) -> list[OutputFile]:
    return [OutputFile(f"{name}.html", text.encode()) for name, text in contents.items()]


def publish(site: Path, all_files: list[OutputFile], gone: tuple[str, ...] = ()) -> Changes:
    with drafting(site) as draft:
        draft.add(all_files)
        return draft.publish(gone)


def tree(folder: Path) -> dict[str, str]:
    """All files of a folder by relative path."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text() for path in found}


def fail_half_way(site: Path, all_files: list[OutputFile], copy: Path | None = None) -> None:
    """Prepare files and fail; what was prepared is copied first."""
    try:
        with drafting(site) as draft:
            draft.add(all_files)
            if copy:
                shutil.copytree(draft.folder, copy)
            raise ArithmeticError
    except ArithmeticError:
        return


@pytest.fixture
def site(tmp_path: Path) -> Path:
    publish(tmp_path / "site", files(index="one", same="same", old="old"))
    return tmp_path / "site"


def test_a_failure_half_way_leaves_the_earlier_site(site: Path) -> None:
    before = tree(site)
    fail_half_way(site, files(index="later", more="more"))
    assert tree(site) == before
    assert not [path for path in site.parent.iterdir() if path.is_dir() and path != site]


def test_only_what_differs_is_written(site: Path) -> None:
    for path in site.iterdir():
        os.utime(path, (1, 1))
    changes = publish(site, files(index="two", same="same"), ("old.html",))
    assert changes == Changes(("index.html",), ("old.html",))
    assert tree(site) == {"index.html": "two", "same.html": "same"}
    assert (site / "same.html").stat().st_mtime == 1
    assert (site / "index.html").stat().st_mtime > 1


def test_folders_that_are_empty_now_go(tmp_path: Path) -> None:
    site = tmp_path / "site"
    inner = OutputFile("v/a/ledger/index.html", b"1")
    publish(site, [inner, *files(index="home")])
    publish(site, [], (inner.path,))
    assert [path.name for path in site.iterdir()] == ["index.html"]


def test_files_that_are_not_ours_stay(site: Path) -> None:
    (site / "CNAME").write_text("q.example")
    publish(site, files(index="two"), ("old.html",))
    assert (site / "CNAME").read_text() == "q.example"


def cut_short(site: Path, tmp_path: Path) -> Path:
    """What a build leaves that was ended after the journal and before any file was moved."""
    left = tmp_path / "left"
    fail_half_way(site, files(index="two", new="new"), left)
    (state,) = left.iterdir()
    journal = {"state": state.name, "first": [], "last": ["old.html"]}
    (left / "journal.json").write_text(json.dumps(journal))
    return left


@pytest.mark.parametrize("moved", [(), ("index.html",), ("index.html", "new.html")])
def test_what_was_cut_short_after_the_journal_is_finished(
    moved: tuple[str, ...], site: Path, tmp_path: Path
) -> None:
    left = cut_short(site, tmp_path)
    for path in moved:
        next(left.glob(f"*/{path}")).replace(site / path)
    left.rename(site.with_name("site.next"))
    finish(site)
    assert tree(site) == {"index.html": "two", "same.html": "same", "new.html": "new"}
    assert not site.with_name("site.next").exists()


def test_what_was_cut_short_before_the_journal_is_forgotten(site: Path, tmp_path: Path) -> None:
    before, left = tree(site), cut_short(site, tmp_path)
    (left / "journal.json").rename(left / "journal.part")
    left.rename(site.with_name("site.next"))
    finish(site)
    assert tree(site) == before
    assert not site.with_name("site.next").exists()


def test_a_second_build_of_the_same_site_is_refused(site: Path) -> None:
    with drafting(site) as draft:
        draft.add(files(index="two"))
        with pytest.raises(SiteInUseError), drafting(site):
            pass
        finish(site)  # which leaves what is under way alone
        assert draft.publish(()) == Changes(("index.html",), ())


def test_a_copy_of_the_site_is_known_by_its_bytes(site: Path) -> None:
    with drafting(site) as draft:
        written = draft.add(files(index="one", same="same"))
        assert draft.held(written) == written
        os.utime(site / "index.html", (1, 1))
        assert draft.held(written) == replace(written, stamps=(10**9, written.stamps[1]))
        (site / "index.html").write_text("two")
        assert draft.held(written) is None
        same = draft.add(files(same="same"))
        assert draft.held(same) == same
        (site / "same.html").unlink()
        assert draft.held(same) is None


@pytest.mark.parametrize("path", ["../x", "/x", "a//b", "a/./b", "a\\b", "", "a/"])
def test_paths_outside_the_site_are_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(UnsafePathError):
        publish(tmp_path / "site", [OutputFile(path, b"")])


def test_two_files_of_one_path_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnsafePathError):
        publish(tmp_path / "site", [OutputFile("a.html", b"1"), OutputFile("A.html", b"2")])
