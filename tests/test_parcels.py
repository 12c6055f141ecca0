"""Folders that travel as archives: the same files on the other side, and nothing else."""

from __future__ import annotations

import os
import sys
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from generator.output import parcels
from generator.output.files import UnsafePathError
from generator.output.parcels import ParcelTooLargeError, is_whole, lay, packed, unpacked
from tests.township import write


def test_a_folder_comes_out_as_it_went_in(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    write(here, "ledger/2025-09.csv", "日期,摘要\n")
    write(here, ".history/old.csv", "旧")
    write(there, "ledger/2025-08.csv", "gone")
    content = packed({"village": here, "site": tmp_path / "nowhere"})
    lay(content, "village", there)
    files = [path for path in there.rglob("*") if path.is_file()]
    assert [(str(f.relative_to(there)), f.read_text("utf-8")) for f in files] == [
        ("ledger/2025-09.csv", "日期,摘要\n")
    ]
    assert dict(unpacked(content, "site")) == {}


def test_links_and_empty_folders_do_not_travel(tmp_path: Path) -> None:
    write(tmp_path / "village", "village.yaml", "name: 柳溪村\n")
    assert is_whole(tmp_path / "village")
    (tmp_path / "village/dues").mkdir()
    assert not is_whole(tmp_path / "village")
    (tmp_path / "village/dues").rmdir()
    (tmp_path / "village/link.csv").symlink_to("village.yaml")
    assert not is_whole(tmp_path / "village")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems know no such names")
@pytest.mark.parametrize("name", [b"a:b.csv", b"a\\b.csv", "村.csv".encode("gb18030"), b"A.md"])
def test_names_that_not_every_system_knows_do_not_travel(name: bytes, tmp_path: Path) -> None:
    write(tmp_path / "village", "a.md", "村\n")
    write(tmp_path / "village", "附件/村 委 会.csv", "村\n")
    assert is_whole(tmp_path / "village")
    (tmp_path / "village" / os.fsdecode(name)).write_bytes(b"")
    assert not is_whole(tmp_path / "village")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have none")
def test_a_pipe_does_not_travel(tmp_path: Path) -> None:
    write(tmp_path / "village", "village.yaml", "name: 柳溪村\n")
    os.mkfifo(tmp_path / "village/pipe")
    assert not is_whole(tmp_path / "village")


def test_no_path_leads_out_of_the_folder(tmp_path: Path) -> None:
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr("village/good.csv", "")
        archive.writestr("village/../../bad.csv", "")
    with pytest.raises(UnsafePathError):
        lay(content.getvalue(), "village", tmp_path / "there")
    assert not (tmp_path / "there").exists()


def test_an_archive_is_bounded(tmp_path: Path, monkeypatch: Any) -> None:
    write(tmp_path / "village", "large.pdf", "0" * 2000)
    content = packed({"village": tmp_path / "village"})
    monkeypatch.setattr(parcels, "MOST", 1000)
    with pytest.raises(ParcelTooLargeError):
        packed({"village": tmp_path / "village"})
    with pytest.raises(ParcelTooLargeError):  # also one that was packed small
        lay(content, "village", tmp_path / "there")
