"""`make site` on a fresh machine: pages first, sheets after."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="make is for Linux")
SETUP = 'echo "setup $1" >>log\n'
BUILD = """#!/bin/sh
echo "$*" >>log
mkdir -p site && touch site/manifest.json
exit 1 # problems were found, as in most offices
"""


def test_pages_come_first_and_only_on_the_first_day(tmp_path: Path) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "setup.sh").write_text(SETUP)
    python = tmp_path / "python"
    python.write_text(BUILD)
    python.chmod(0o755)
    first, said = make_site(tmp_path, python)
    assert first == [
        "setup pages",
        "publish.py build --today 2025-10-10 --sheets none",
        "setup site",
        "publish.py build --today 2025-10-10",
    ]
    assert "网页已经可以看了" in said
    second, said = make_site(tmp_path, python)
    assert second == ["setup pages", "setup site", "publish.py build --today 2025-10-10"]
    assert "网页已经可以看了" not in said


def make_site(folder: Path, python: Path) -> tuple[list[str], str]:
    """What was run, in order, and what was said."""
    log = folder / "log"
    log.write_text("")
    words = ["make", "site", f"PYTHON={python}"]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    return log.read_text().splitlines(), done.stdout
