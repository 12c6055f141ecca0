"""A build on other machines: the same bytes, whatever becomes of one of them."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from distributed import LocalCluster

from generator import cluster as cluster_room
from generator.build import CannotBuildError, build
from generator.intake.folders import VillageFolder
from generator.keeping import Bench, Made
from generator.settings import Settings
from tests.commands import tree
from tests.township import ROOT, TODAY, small_content, township


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    """Two workers, each a process of its own; one that ends is started again."""
    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address=None,
        silence_logs=50,
    ) as running:
        yield running


def settings(folder: Path, out: str) -> Settings:
    return Settings(
        content=folder / "content",
        villages=folder / "villages",
        templates=ROOT / "templates",
        out=folder / out,
        today=TODAY,
        sheets="none",
    )


def test_a_worker_lost_midway_changes_no_byte(tmp_path: Path, cluster: LocalCluster) -> None:
    small_content(tmp_path)
    township(tmp_path)
    local = settings(tmp_path, "local")
    build(local, lambda line: None)
    lost: list[int] = []

    def lose_one(line: str) -> None:
        if not lost:
            lost.append(next(iter(cluster.workers.values())).pid)
            os.kill(lost[0], signal.SIGKILL)

    spread = replace(local, out=tmp_path / "spread", cluster=cluster.scheduler_address)
    build(spread, lose_one)
    assert lost
    assert tree(spread.out) == tree(local.out)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".mingbai")] == []


def test_without_a_shared_folder_villages_travel(
    tmp_path: Path, cluster: LocalCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The workers have another current folder, so no path of this build leads anywhere for them. A
    second build takes along what is known of a village, and one keeps what it had."""
    small_content(tmp_path)
    township(tmp_path)
    monkeypatch.chdir(tmp_path)
    local = replace(settings(Path(), "local"), cache=Path("kept"))
    apart = replace(local, out=Path("apart"), cluster=cluster.scheduler_address)
    lost: list[int] = []
    came: list[str] = []

    def lose_one(line: object) -> None:
        if not lost:
            lost.append(next(iter(cluster.workers.values())).pid)
            os.kill(lost[0], signal.SIGKILL)

    def taken(bench: Bench, folder: VillageFolder, *made: Any) -> Made:
        came.append(folder.id)
        return apart_taken(bench, folder, *made)

    apart_taken = cluster_room.taken
    monkeypatch.setattr(cluster_room, "taken", taken)
    build(local, lambda line: None)
    build(apart, lose_one)
    assert lost
    assert came == [folder.name for folder in sorted((apart.out / "v").iterdir())]
    assert tree(apart.out) == tree(local.out)
    broken = next(Path("villages").rglob("village.yaml"))
    broken.write_text("name: [", "utf-8")
    for changed in Path("villages").rglob("ledger/*.csv"):
        changed.write_bytes(changed.read_bytes().rstrip() + b"\n\n")
    problems = [
        sorted(map(str, build(each, lambda line: None).problems)) for each in (local, apart)
    ]
    assert problems[0] == problems[1] != []
    assert len(came) > len({*came})
    assert tree(apart.out) == tree(local.out)
    assert made_again(apart) == made_again(local) == 0
    for state in Path("kept").rglob(f"{broken.parent.name}/st/ate"):
        state.write_bytes(b"another version's")
    broken.write_text("name: [[", "utf-8")
    for each in (local, apart):
        build(each, lambda line: None)
    assert (apart.out / "v" / broken.parent.name / "index.html").is_file()
    assert tree(apart.out) == tree(local.out)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".mingbai")] == []


def made_again(settings: Settings) -> int:
    """How many villages a build makes when nothing changed."""
    steps: list[str] = []
    build(settings, lambda step: steps.append(step.village))
    return len(set(filter(None, steps)))


def test_nobody_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_content(tmp_path)
    township(tmp_path)
    monkeypatch.setattr("generator.cluster._SECONDS", 0.2)
    alone = replace(settings(tmp_path, "site"), cluster="tcp://127.0.0.1:1")
    with pytest.raises(CannotBuildError, match=r"连不上 tcp://127\.0\.0\.1:1 的 Dask"):
        build(alone, lambda line: None)
    assert not (tmp_path / "site").exists()


def test_machines_that_differ_are_told(
    tmp_path: Path, cluster: LocalCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_content(tmp_path)
    township(tmp_path)
    monkeypatch.setattr("generator.cluster.print_of_engine", lambda templates: "another version")
    other = replace(settings(tmp_path, "site"), cluster=cluster.scheduler_address)
    with pytest.raises(CannotBuildError, match="和这台电脑不一样"):
        build(other, lambda line: None)
    assert not (tmp_path / "site").exists()
