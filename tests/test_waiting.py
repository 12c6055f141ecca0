"""What somebody hears who waits for long work, and what a program does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

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
    words = ("--today", TODAY.isoformat(), "--progress", "json", "--format", "json", "--no-posters")
    result = publish_here("check", "--villages", villages, "--content", content, *words)
    steps = [json.loads(line) for line in result.stderr.splitlines()]
    done = [step for step in steps if "village" in step]
    assert [(step["village"], step["done"], step["total"]) for step in done] == [
        ("dongli", 1, 2),
        ("xicun", 2, 2),
    ]
    assert done[0]["words"].startswith("东里村")
    assert done[0]["seconds_left"] >= 0
    assert done[1]["seconds_left"] == 0
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
