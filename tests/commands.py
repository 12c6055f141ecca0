"""publish.py, run as a person would run it."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from generator.cli import main
from generator.progress import Report, Step

ROOT = Path(__file__).resolve().parents[1]


def publish_py(*words: str, cwd: Path = ROOT, **env: str) -> subprocess.CompletedProcess[str]:
    """What it printed and how it ended, where `env` is added to the environment."""
    return subprocess.run(
        [sys.executable, str(ROOT / "publish.py"), *words],
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        timeout=900,
        check=False,
        env={**os.environ, **env},
    )


def hear_keys() -> None:
    """Let programs that are started from here hear Ctrl+C, also where the tests run in the
    background: there it is ignored, and what is ignored is inherited."""
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def publish_here(*words: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """The same in this process alone, which saves its start: for what a command does. How it
    begins and ends as a program, and what its environment is to it, is for `publish_py`."""
    said, warned = io.StringIO(), io.StringIO()
    alone = patch.object(os, "cpu_count", lambda: 1)
    with alone, chdir(cwd), redirect_stdout(said), redirect_stderr(warned):
        try:
            code = main(words)
        except SystemExit as end:  # argparse ends so
            code = int(end.code or 0)
    return subprocess.CompletedProcess(words, code, said.getvalue(), warned.getvalue())


def listening(told: list[str]) -> Report:
    """Keeps what work says that it has done, without what it is about to do."""

    def hear(step: Step) -> None:
        if not step.words.startswith("正在"):
            told.append(step.words)

    return hear


def tree(folder: Path) -> dict[str, bytes]:
    """All files of a folder by relative path."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
