"""publish.py, run as a person would run it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def publish_py(*words: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """What it printed and how it ended."""
    return subprocess.run(
        [sys.executable, str(ROOT / "publish.py"), *words],
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        timeout=900,
        check=False,
    )
