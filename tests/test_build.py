"""The whole way: folders in, a site out."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands import publish_here, publish_py, tree
from tests.township import small_content, township

Run = Callable[..., subprocess.CompletedProcess[str]]
SAMPLE_DAY, MONTH_AGO = ("--today", "2025-10-10"), ("--today", "2025-09-10")


def set_out(folder: Path) -> None:
    """What an office starts from: villages/, here the fixture township, and content/."""
    township(folder)
    small_content(folder)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run a command beside a copy of the fixture township."""
    set_out(tmp_path)

    def call(*words: str, out: str = "site") -> subprocess.CompletedProcess[str]:
        builds = words[0] in ("build", "check")
        jobs = () if "--jobs" in words else ("--jobs", "1")  # two villages are done at once
        options = (*SAMPLE_DAY, "--out", out, *jobs) if builds else ()
        return publish_here(*words, *options, cwd=tmp_path)

    return call


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the fixture township without sheets, as the command writes it; nobody may
    change it."""
    folder = tmp_path_factory.mktemp("built")
    set_out(folder)
    result = publish_here("build", "--no-posters", *SAMPLE_DAY, cwd=folder)
    assert result.returncode == 0, result.stderr
    return folder / "site"


@pytest.fixture
def before(built: Path, tmp_path: Path) -> dict[str, bytes]:
    """The files of the site that an earlier build left beside the township of `run`."""
    shutil.copytree(built, tmp_path / "site")
    return tree(tmp_path / "site")


def test_builds_are_the_same_bytes_whatever_the_jobs_and_the_machine_around(tmp_path: Path) -> None:
    """Here at chance's hash seed, in the machine's zone and language, sheets included, and
    elsewhere; each after the same build a month ago, of which sheets are kept."""
    villages = township(tmp_path)
    small_content(tmp_path)
    for table in villages.glob("*/*/*/*.csv"):
        if table.parent.name != "ledger":  # books have sheets; documents and persons have theirs
            table.unlink()
    words = ("build", "--sheets", "due")

    def places(folder: str) -> tuple[str, ...]:
        return "--out", f"{folder}/site", "--cache", f"{folder}/kept"

    publish_here(*words, *places("one"), *MONTH_AGO, cwd=tmp_path)  # not all was public yet
    old = tree(tmp_path / "one/site")
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    around = {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C"}
    words = (*words, *SAMPLE_DAY)
    one = publish_here(*words, *places("one"), "--jobs", "1", cwd=tmp_path)
    two = publish_py(*words, *places("two"), "--jobs", "2", cwd=tmp_path, **around)
    assert (one.returncode, two.returncode) == (0, 0), one.stderr + two.stderr
    here, there = tree(tmp_path / "one/site"), tree(tmp_path / "two/site")
    assert sorted(here) == sorted(there)
    assert [path for path in here if here[path] != there[path]] == []
    sheets = {path for path in here if path.endswith("poster.pdf")}
    assert {path for path in sheets if old.get(path) == here[path]}
    assert len({path for path in sheets if path not in old}) > 3


def test_one_broken_cell_costs_one_record_and_nobody_else(
    run: Run, before: dict[str, bytes], tmp_path: Path
) -> None:
    broken = tmp_path / "villages/qingshi/dongli/ledger/2025-09.csv"
    lines = broken.read_text("utf-8-sig").splitlines()
    column = lines[0].split(",").index("支出")
    row = next(n for n, line in enumerate(lines) if n > 1 and line.split(",")[column])
    cells = lines[row].split(",")
    cells[column] = "1.2.3"
    lines[row] = ",".join(cells)
    broken.write_text("\n".join(lines) + "\n", "utf-8")

    result = run("build", "--no-posters", out="after")

    assert result.returncode == 1
    expected = (
        f"villages/qingshi/dongli/ledger/{broken.name}:{row + 1}: [支出] "
        'ledger-amount: "1.2.3" 不是金额。请写成 1200.00 这样的数字。'
    )
    assert expected in result.stderr.splitlines()
    after = tree(tmp_path / "after")
    gone = f"v/dongli/ledger/{broken.stem}/"
    assert any(path.startswith(gone) for path in before)
    assert not any(path.startswith(gone) for path in after)
    others = [p for p in before if p.startswith("v/xicun/")]
    assert others
    assert [p for p in others if before[p] != after.get(p)] == []
    kept = [p for p in before if p.startswith("v/dongli/") and p.endswith("data.json")]
    assert [p for p in kept if p not in after and not p.startswith(gone)] == []


def test_problems_as_json(run: Run, tmp_path: Path) -> None:
    (tmp_path / "villages/qingshi/dongli/ledgre").mkdir()
    (tmp_path / "villages/qingshi/dongli/ledgre/2025-09.csv").write_text("日期\n", "utf-8")
    result = run("check", "--no-posters", "--format", "json")
    assert result.returncode == 1
    report = json.loads(result.stdout)
    (found,) = report["problems"]
    assert set(found) == {
        "code",
        "severity",
        "village",
        "file",
        "row",
        "column",
        "value",
        "message",
        "hint",
    }
    assert found["code"] == "folder-unknown"
    assert found["village"] == "dongli"
    assert "ledger" in found["hint"]
    assert report["summary"]["error"] == 1
    assert not (tmp_path / "site").exists()


def test_what_could_not_run_is_two_and_leaves_the_site(
    run: Run, before: dict[str, bytes], tmp_path: Path
) -> None:
    (tmp_path / "content/site.yaml").write_text("name: [", "utf-8")
    result = publish_py("build", "--no-posters", *SAMPLE_DAY, cwd=tmp_path)
    assert result.returncode == 2
    assert "content/site.yaml:" in result.stderr
    assert "Traceback" not in result.stderr
    assert tree(tmp_path / "site") == before
    assert run("build", "--villages", "nowhere").returncode == 2
    assert run("build", "--jobs", "none").returncode == 2
    assert run("nonsense").returncode == 2


def test_one_village_alone_never_replaces_a_site_of_more(
    run: Run, before: dict[str, bytes], tmp_path: Path
) -> None:
    refused = run("build", "--no-posters", "--only", "xicun")
    assert refused.returncode == 2
    assert "dongli" in refused.stderr
    assert tree(tmp_path / "site") == before
    assert run("build", "--no-posters", "--only", "西村", out="alone").returncode == 0
    assert not (tmp_path / "alone/v/dongli").exists()
    assert run("build", "--no-posters", "--only", "nobody", out="alone").returncode == 2


@pytest.mark.usefixtures("before")
def test_verify_finds_every_kind_of_damage(run: Run, tmp_path: Path) -> None:
    clean = run("verify", "site")
    assert clean.returncode == 0, clean.stderr
    site = tmp_path / "site"
    record = next(iter(sorted((site / "v/dongli/ledger").glob("2*"))))

    def damaged(path: Path, change: Callable[[bytes], bytes], message: str) -> None:
        original = path.read_bytes()
        path.write_bytes(change(original))
        result = run("verify", "site")
        path.write_bytes(original)
        assert result.returncode == 1
        assert message in result.stderr, result.stderr

    page, data = record / "index.html", record / "data.json"
    damaged(page, lambda b: b + b" ", "被改动过")
    damaged(page, lambda b: b.replace(b"data-code", b"data-cope"), "网页上没有核验码")
    damaged(page, lambda b: b.replace(b'href="', b'href="no-such-page/', 1), "链接断了")
    damaged(
        data, lambda b: b.replace("东里村".encode(), "西里村".encode()), "数据和清单里的摘要不一致"
    )
    damaged(
        site / "v/dongli/manifest.json",
        lambda b: b.replace(b'"code": "', b'"code": "X', 1),
        "核验码",
    )
    (site / "stray.txt").write_text("?", "utf-8")
    assert "不在任何清单里" in run("verify", "site").stderr
    (site / "stray.txt").unlink()
    data.unlink()
    assert "文件不见了" in run("verify", "site").stderr


def test_private_files_never_leave(run: Run, tmp_path: Path) -> None:
    secret = "绝密对账单内容"
    private = tmp_path / "villages/qingshi/dongli/private"
    private.mkdir()
    (private / "bank.csv").write_text(secret, "utf-8")
    assert run("build", "--no-posters").returncode == 0
    found = [
        p
        for p, content in tree(tmp_path / "site").items()
        if secret.encode() in content or "private" in p
    ]
    assert found == []
