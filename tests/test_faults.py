"""What goes wrong around a build: full disks, what stands in the way, processes that end too soon,
and what others left in the places that it reads."""

from __future__ import annotations

import errno
import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest

from generator.build import CannotBuildError, Settings, build, verify_site
from generator.output.draft import Draft, drafting, finish
from generator.output.files import OutputFile
from generator.output.manifest import published_files, published_villages
from generator.output.placing import SiteBlockedError
from generator.output.store import Store
from generator.packed import is_whole, pack, unpacked
from generator.problems import Source
from tests.commands import hear_keys, listening, tree
from tests.edits import Office
from tests.township import ROOT, TEMPLATES, write

PAGES = [OutputFile(f"v/{n}/index.html", b"1") for n in "abc"]


def published(site: Path, files: list[OutputFile], gone: tuple[str, ...] = ()) -> dict[str, bytes]:
    with drafting(site) as draft:
        draft.add(files)
        draft.publish(gone, [file.path for file in files])
    return tree(site)


def settings_of(office: Office, folder: Path) -> Settings:
    places = (office.content, office.villages, TEMPLATES, folder / "site", office.today)
    return Settings(*places, sheets="none", cache=folder / "kept")


def built(office: Office, folder: Path, **changed: Any) -> list[str]:
    told: list[str] = []
    build(replace(settings_of(office, folder), **changed), listening(told))
    return told


def found_in(office: Office, folder: Path) -> list[str]:
    """The codes of what a build finds."""
    return [p.code for p in build(settings_of(office, folder), lambda _: None).problems]


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> tuple[Office, Path]:
    """An office with a built site; each test works on what it copies of it."""
    folder = tmp_path_factory.mktemp("before")
    office = Office(folder, 0)
    built(office, folder)
    return office, folder


@pytest.fixture
def copied(before: tuple[Office, Path], tmp_path: Path) -> tuple[Office, Path]:
    """The same in another folder, as if taken to another machine."""
    office, folder = before
    there = Path(shutil.copytree(folder, tmp_path / "copied"))
    shutil.rmtree(there / "villages/qingshi/dongli/private", ignore_errors=True)
    return office.moved(folder, there), there


# ------------------------------------------------------------------- disks, and what stands on them


def full_after(passes: int, real: Callable[..., Any]) -> Callable[..., Any]:
    """Lets so many calls pass, then the disk is full."""
    left = [passes]

    def call(path: Path, *arguments: Any, **named: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return real(path, *arguments, **named)

    return call


@pytest.mark.parametrize("what", ["write_bytes", "write_text", "mkdir", "replace", "unlink"])
@pytest.mark.parametrize("passes", range(5))
def test_a_full_disk_spoils_no_file_and_the_next_build_ends_the_work(
    what: str, passes: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    old = published(site, PAGES)
    new = [replace(PAGES[0], content=b"2"), OutputFile("x/y.html", b"2"), OutputFile("z", b"2")]
    with monkeypatch.context() as patch:
        patch.setattr(Path, what, full_after(passes, getattr(Path, what)))
        with suppress(OSError):
            published(site, new, ("v/b/index.html", "v/c/index.html"))
    wanted = {file.path: file.content for file in new}
    for path, content in tree(site).items():
        assert content in (old.get(path), wanted.get(path))
    finish(site)
    assert tree(site) in (old, wanted)
    assert published(site, new, tuple(old.keys() - wanted.keys())) == wanted


def test_a_full_disk_is_told_in_chinese(
    copied: tuple[Office, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    office, folder = copied
    office.today = office.today.replace(year=2026)
    old = tree(folder / "site")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full_after(9, Path.write_bytes))
        with pytest.raises(CannotBuildError, match="磁盘满了。网站还是原来的样子"):
            built(office, folder)
    assert tree(folder / "site") == old
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full_after(40, Path.replace))
        with pytest.raises(CannotBuildError, match=r"换到一半停下了.*磁盘满了"):
            built(office, folder)
    assert not verify_site(folder / "site").findings  # which ends the work first


@pytest.mark.parametrize("name", ["site", "site.next"])
def test_a_file_in_the_place_of_the_site_is_named(
    name: str, before: tuple[Office, Path], tmp_path: Path
) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(CannotBuildError, match=f"{name} 不是程序写的"):
        built(before[0], tmp_path, cache=None)
    assert (tmp_path / name).read_text() == "mine"


def test_files_and_folders_take_each_others_place(tmp_path: Path) -> None:
    site = tmp_path / "site"
    published(site, [OutputFile("a", b"1"), OutputFile("b/c/d", b"1"), OutputFile("e", b"1")])
    new = [OutputFile("a/x/y", b"2"), OutputFile("b", b"2")]
    assert published(site, new, ("a", "b/c/d", "e")) == {"a/x/y": b"2", "b": b"2"}
    (site / "f/g").mkdir(parents=True)
    assert published(site, [OutputFile("f", b"3")])["f"] == b"3"


@pytest.mark.parametrize(("there", "wanted"), [("a/mine", "a"), ("a", "a/b")])
def test_what_others_put_in_the_way_is_named_before_anything_is_touched(
    there: str, wanted: str, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    published(site, PAGES)
    write(site, there, "mine")
    old = tree(site)
    with pytest.raises(SiteBlockedError, match=r"/a$"):
        published(site, [OutputFile("0", b"1"), OutputFile(wanted, b"1")], ("v/b/index.html",))
    assert tree(site) == old


def test_a_new_name_that_differs_in_case_alone_is_not_removed_with_the_old(tmp_path: Path) -> None:
    site = tmp_path / "site"
    published(site, [OutputFile("A.pdf", b"1")])
    os.link(site / "A.pdf", site / "a.pdf")  # as on a disk that takes both for one
    assert published(site, [OutputFile("a.pdf", b"1")], ("A.pdf",)) == {"a.pdf": b"1"}
    assert published(site, [OutputFile("A.pdf", b"2")], ("a.pdf",)) == {"A.pdf": b"2"}


def test_a_site_on_another_disk_than_its_name(tmp_path: Path) -> None:
    disk = tmp_path.stat().st_dev
    others = (p for p in map(Path, ("/dev/shm", "/tmp")) if p.is_dir() and p.stat().st_dev != disk)
    other = next(others, None)
    if other is None:
        pytest.skip("there is no second disk")
    with TemporaryDirectory(dir=other) as elsewhere:
        (tmp_path / "site").symlink_to(elsewhere)
        published(tmp_path / "site", PAGES)
        assert published(tmp_path / "site", PAGES[:1], ("v/b/index.html", "v/c/index.html")) == {
            "v/a/index.html": b"1"
        }


def test_a_site_in_the_folder_where_one_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert published(Path(), PAGES) == tree(tmp_path / "here")


# --------------------------------------------------------------- what was left there by someone else


@pytest.mark.parametrize(
    "journal",
    [
        *("", "[]", "5", "{}", '["old"]', '{"state": 1, "first": 2, "last": []}'),
        *(
            '{"state": "..", "first": [], "last": []}',
            '{"state": "s", "first": [], "last": ["../x"]}',
        ),
    ],
)
def test_a_journal_that_is_none_of_ours_is_forgotten(journal: str, tmp_path: Path) -> None:
    site = tmp_path / "site"
    old = published(site, PAGES)
    write(tmp_path, "x", "mine")
    write(tmp_path, "site.next/journal.json", journal)
    finish(site)
    assert tree(site) == old
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == [".site.lock", "x"]
    assert not (tmp_path / "site.next").exists()


def test_a_manifest_of_others_removes_nothing_outside(tmp_path: Path) -> None:
    site = tmp_path / "site"
    published(site, PAGES)
    write(tmp_path, "x", "mine")
    write(site, "manifest.json", '{"files": {"../x": 1, "C:/x": 1}, "villages": {"../..": 1}}')
    gone = tuple(published_files(site, ()))
    assert "../x" in gone
    published(site, PAGES, gone)
    assert (tmp_path / "x").read_text() == "mine"


@pytest.mark.parametrize("text", ["", "[]", '{"villages": 5, "files": 5}'])
def test_without_the_sites_manifest_its_villages_are_known_by_theirs(
    text: str, tmp_path: Path
) -> None:
    write(tmp_path, "manifest.json", text)
    write(tmp_path, "v/a/manifest.json", '{"files": {"v/a/index.html": {}}}')
    write(tmp_path, "v/b/mine.txt", "")
    assert published_villages(tmp_path) == ("a",)
    assert list(published_files(tmp_path, ())) == ["v/a/index.html", "v/a/manifest.json"]


def test_a_village_goes_although_the_sites_manifest_is_lost(copied: tuple[Office, Path]) -> None:
    office, folder = copied
    (folder / "site/manifest.json").unlink()
    shutil.rmtree(office.villages / "qingshi/dongli")
    built(office, folder)
    assert not (folder / "site/v/dongli").exists()
    assert not verify_site(folder / "site").findings


def test_a_copy_of_all_is_not_made_again(copied: tuple[Office, Path]) -> None:
    office, folder = copied
    for path in folder.rglob("*"):
        os.utime(path, (1, 1))
    assert built(office, folder) == ["没有变化、沿用上次的：2 个村"]


CALLED: list[str] = []


def call(word: str) -> None:
    CALLED.append(word)


class Hostile:
    def __reduce__(self) -> tuple[object, ...]:
        return call, ("called",)


def test_what_is_kept_can_call_nothing() -> None:
    assert unpacked(pickle.dumps(Hostile(), protocol=5)) is None
    for module, name in (
        ("generator.keeping", "os.system"),
        ("generator.output.draft", "shutil.rmtree"),
        ("generator.output.draft", "Draft.add"),
        ("builtins", "eval"),
    ):
        by_name = b"\x80\x04\x8c" + bytes([len(module)]) + module.encode()
        by_name += b"\x8c" + bytes([len(name)]) + name.encode() + b"\x93)R."
        assert unpacked(by_name) is None
    assert CALLED == []
    assert unpacked(pack(Source("a.csv", 3))) == Source("a.csv", 3)


def test_hostile_and_foreign_entries_are_made_anew(copied: tuple[Office, Path]) -> None:
    office, folder = copied
    old = tree(folder / "site")
    contents = (pickle.dumps(Hostile(), protocol=5), b"", b"\x80", pack(5))
    for turn in (0, 1):
        for number, room in enumerate(("dongli", "_above", "_search", "_content")):
            content = contents[(number + turn) % 4]
            store = Store(folder / "kept", folder / "site", room)
            head = (store.get("state") or (b"[]",))[0]
            store.put("state", (head, content, content))
        assert len(built(office, folder)) == 2
        assert tree(folder / "site") == old
    assert CALLED == []
    for entry in [path for path in (folder / "kept").rglob("ate") if path.is_file()]:
        entry.write_bytes(b"{}")
    assert len(built(office, folder)) == 2
    assert tree(folder / "site") == old


def test_an_update_of_the_program_takes_no_page_of_a_village_that_is_broken(
    copied: tuple[Office, Path],
) -> None:
    """What another version packed is not taken; plain facts and the site's own manifest are enough, until
    the day on which names come down. Texts of another form are searched no more, and stop nothing."""
    office, folder = copied
    site = folder / "site"
    before = tree(site)
    store = Store(folder / "kept", site, "dongli")
    parts = store.get("state")
    assert parts is not None
    old = unpacked(parts[1])
    assert is_whole(old)
    until = old.names_until
    del vars(old)["names_until"]
    assert not is_whole(old)
    store.put("state", (parts[0], pack(old), *parts[2:]))
    write(office.villages, "qingshi/dongli/village.yaml", "name: [\n")
    with patch("generator.shelf.texts_in", side_effect=KeyError("signs")):
        assert "village-stale" in found_in(office, folder)
    after = tree(site)
    own = sorted(path for path in before if path.startswith("v/dongli/"))
    assert own == sorted(path for path in after if path.startswith("v/dongli/"))
    assert "没能更新" in after["v/dongli/index.html"].decode()
    assert "东里村" in after["t/qingshi/index.html"].decode()
    assert not verify_site(site).findings
    office.today = until + timedelta(days=1)
    assert "village-stale" not in found_in(office, folder)
    assert not (site / "v/dongli").exists()


def test_nothing_stays_that_nobody_can_vouch_for(copied: tuple[Office, Path]) -> None:
    """Without the facts, or where the village's manifest is not the site's."""
    office, folder = copied
    for room in (folder / "kept").glob("*/dongli"):
        for entry in (path for path in room.rglob("*") if path.name in ("ate", "cts")):
            entry.write_bytes(b"{}")
    write(office.villages, "qingshi/dongli/village.yaml", "name: [\n")
    built(office, folder)
    assert not (folder / "site/v/dongli").exists()
    assert not verify_site(folder / "site").findings


# ------------------------------------------------------------------------- what is in a fingerprint


def test_links_and_pipes_in_folders(copied: tuple[Office, Path]) -> None:
    office, folder = copied
    notices = office.villages / "qingshi/dongli/notices"
    os.mkfifo(notices / "2025-09-30-guan.md")
    own = office.content / "templates"
    elsewhere = write(folder, "elsewhere/words/books.txt", "")
    source = (TEMPLATES / "words/books.txt").read_text("utf-8")
    elsewhere.write_text(source.replace("结余", "余钱"), "utf-8")
    own.symlink_to(folder / "elsewhere")
    built(office, folder)
    assert "余钱" in (folder / "site/v/xicun/ledger/2025Q3/index.html").read_text("utf-8")
    elsewhere.write_text(source, "utf-8")
    built(office, folder)
    assert "余钱" not in (folder / "site/v/xicun/ledger/2025Q3/index.html").read_text("utf-8")


def test_names_in_an_old_encoding(copied: tuple[Office, Path]) -> None:
    office, folder = copied
    place = os.fsencode(office.villages / "qingshi/dongli/notices") + b"/\xcd\xa8\xd6\xaa.md"
    Path(os.fsdecode(place)).write_text("---\n", "utf-8")
    assert len(built(office, folder)) == 2
    assert built(office, folder) == ["没有变化、沿用上次的：2 个村"]


# ----------------------------------------------------------------------- processes that end too soon


def test_what_outlives_its_build_adds_nothing_to_the_next(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with drafting(site) as first:
        first.add(PAGES[:1])
    with drafting(site) as draft:
        Draft(first.site, first.state).add([OutputFile("late.html", b"late")])
        draft.add(PAGES[1:])
        draft.publish(())
    assert sorted(tree(site)) == ["v/b/index.html", "v/c/index.html"]
    assert not (tmp_path / "site.next").exists()


def children(pid: int) -> list[int]:
    found = subprocess.run(["pgrep", "-P", str(pid), "-f", "spawn_main"], capture_output=True)
    return [int(word) for word in found.stdout.split()]


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
@pytest.mark.parametrize(
    ("how", "code", "words"),
    [("worker", 2, "系统中途结束了"), ("keys", 130, "按了 Ctrl+C"), ("build", -9, "")],
)
def test_a_build_with_workers_that_is_ended(
    how: str, code: int, words: str, copied: tuple[Office, Path]
) -> None:
    office, folder = copied
    old = tree(folder / "site")
    places = {"content": office.content, "villages": office.villages, "out": folder / "site"}
    named = [word for name, path in places.items() for word in (f"--{name}", str(path))]
    words_of_build = ["build", "--no-posters", "--jobs", "2", "--full", "--today", "2026-10-10"]
    hear_keys()
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "publish.py"), *words_of_build, *named],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
        cwd=folder,
    )
    while not (workers := children(process.pid)) and process.poll() is None:
        time.sleep(0.1)  # to look takes a processor, too
    if how == "keys":
        os.killpg(process.pid, signal.SIGINT)
    else:
        os.kill(workers[0] if how == "worker" else process.pid, signal.SIGKILL)
    told = process.communicate(timeout=120)[1]
    assert (process.returncode, words in told) == (code, True), told
    if how != "build":  # a worker that loses its parent while it starts has nobody to speak for it
        assert "Traceback" not in told, told
    assert tree(folder / "site") == old
    until = time.monotonic() + 60
    while any(map(is_there, workers)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(is_there, workers))


def is_there(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:1]
    except OSError:
        return False
