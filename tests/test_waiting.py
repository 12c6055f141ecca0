"""What somebody hears who waits for long work, and what a program does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import cast

import pytest

from generator.keeping import Bench, Made
from generator.making import Way
from generator.model.shared import Shared
from generator.output.files import WrittenFiles
from generator.progress import DrawnSheet, Step
from generator.settings import Settings
from generator.workers import workers
from tests.commands import ROOT, publish_here
from tests.township import TODAY, small_content, township

pty = pytest.importorskip("pty", reason="Windows has no terminals that a test could open")

# Two steps of work, told as commands tell them; then whether what draws the bar was needed.
WORK = """
import sys
from generator.cli import waiting
from generator.progress import Step
times = iter((0.0, 0.0, 12.0))
waiting.monotonic = lambda: next(times)
with waiting.telling(sys.argv[1]) as report:
    report(Step("正在做各村的", 0, 2))
    report(Step("东里村：9 个文件，0 个问题", 1, 2, "dongli"))
print("rich" in sys.modules)
"""


def test_programs_get_lines_of_json_and_stdout_stays_one_object(tmp_path: Path) -> None:
    villages, content = str(township(tmp_path)), str(small_content(tmp_path))
    for record in Path(villages).glob("*/*/*/*"):
        if record.name not in ("2025-09.csv", "2025Q3.csv"):  # one sheet or two of each village
            record.unlink()
    words = ("--today", TODAY.isoformat(), "--progress", "json", "--format", "json")
    result = publish_here("check", "--villages", villages, "--content", content, *words)
    steps = [json.loads(line) for line in result.stderr.splitlines()]
    assert any("的公示单：" in step["words"] for step in steps)
    last = {step["village"]: step for step in steps if "village" in step}
    assert [(id, step["done"], step["total"]) for id, step in sorted(last.items())] == [
        ("dongli", 1, 2),
        ("xicun", 2, 2),
    ]
    assert last["dongli"]["words"].startswith("东里村")
    assert last["dongli"]["seconds_left"] >= 0
    assert last["xicun"]["seconds_left"] == 0
    assert "problems" in json.loads(result.stdout)


def test_at_a_terminal_a_bar_names_villages_and_goes_away() -> None:
    shown = at_a_terminal("auto")
    assert "1/2" in shown
    assert "东里村：9 个文件" in shown
    assert "大约还要 12 秒" in shown
    assert "\x1b[?25h" in shown, "the cursor is there again"
    assert shown.rstrip().endswith("True")


def test_nobody_is_told_in_ci_or_when_nobody_wants_it_or_looks() -> None:
    for shown in (at_a_terminal("auto", CI="true"), at_a_terminal("none"), piped("auto")):
        assert shown.split() == ["False"]


def piped(way: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", WORK, way], cwd=ROOT, capture_output=True, text=True
    )
    return done.stdout + done.stderr


def at_a_terminal(way: str, **env: str) -> str:
    """All that the work shows at a terminal."""
    ours, theirs = pty.openpty()
    usual = {k: v for k, v in os.environ.items() if k not in ("CI", "TERM", "NO_COLOR", "COLUMNS")}
    with subprocess.Popen(
        [sys.executable, "-c", WORK, way],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=ROOT,
        env={**usual, "TERM": "xterm", "COLUMNS": "100", **env},
    ) as process:
        os.close(theirs)
        parts = []
        while part := _read(ours):
            parts.append(part)
        assert process.wait() == 0
    os.close(ours)
    return b"".join(parts).decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other end is closed
        return b""


def test_sheets_are_told_by_the_processes_that_draw_them(tmp_path: Path) -> None:
    """What is done of villages that are under way counts as well; one that is done is told of no more."""
    settings = Settings(tmp_path, tmp_path, tmp_path, tmp_path, TODAY, jobs=2)
    heard: list[DrawnSheet] = []
    bench = Bench(cast(Shared, None), settings, "", None, heard.append)
    sheets = (DrawnSheet("dongli", "东里村", 3, 11), DrawnSheet("xicun", "西村", 6, 11))
    with workers(bench, 2) as spread:
        assert [*spread(_draws, sheets)] == [None, None]
    assert {one.village for one in heard} <= {"dongli", "xicun"}
    assert heard[-1] in sheets

    steps: list[Step] = []
    way = Way(steps.append, 2)
    for sheet in sheets:
        way.drew(sheet)
    way.made("dongli", Made("", TODAY, TODAY, WrittenFiles(), (), "东里村"))
    way.drew(sheets[0])
    assert [(step.village, step.done, step.part) for step in steps] == [
        ("dongli", 0, 0.25),
        ("xicun", 0, 0.75),
        ("dongli", 1, 0.5),
    ]
    assert str(steps[1]) == "正在画西村的公示单：画好 6 张，共 11 张"


def _draws(bench: Bench, sheet: DrawnSheet) -> None:
    bench.told(sheet)
