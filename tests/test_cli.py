"""The command line as a clerk meets it."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
from pathlib import Path

import pytest

from generator import doctor
from tests.commands import ROOT, publish_here, publish_py

COMMANDS = ("build", "check", "import", "serve", "verify", "doctor")


@pytest.mark.parametrize("words", [(), *((c,) for c in COMMANDS)])
def test_help_is_chinese(words: tuple[str, ...]) -> None:
    result = publish_here(*words, "--help")
    assert result.returncode == 0
    assert result.stdout.startswith("用法：")
    for english in ("usage", "options:", "show this help", "positional arguments"):
        assert english not in result.stdout


@pytest.mark.parametrize(
    "words", [(), ("nonsense",), ("build", "--today", "gestern"), ("build", "--x")]
)
def test_words_that_are_off_are_two(words: tuple[str, ...]) -> None:
    result = publish_here(*words)
    assert result.returncode == 2
    assert "命令写得不对" in result.stderr


def test_the_program_ends_as_its_command_does() -> None:
    wrong = publish_py("nonsense")
    assert wrong.returncode == 2
    assert "命令写得不对" in wrong.stderr
    assert "Traceback" not in wrong.stderr
    assert publish_py("--help").stdout == publish_here("--help").stdout


def test_doctor_finds_a_machine_that_can_draw() -> None:
    result = publish_py("doctor")
    assert result.returncode == 0, result.stdout
    assert "可以画公示单" in result.stdout
    assert "字体完好" in result.stdout


def test_serve_answers_on_this_machine_only(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [
            sys.executable,
            "publish.py",
            "serve",
            "--port",
            str(port),
            "--no-posters",
            "--only",
            "xintang",
            "--today",
            "2025-10-10",
            "--out",
            str(tmp_path / "site"),
        ],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        words = ""
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/v/xintang/") as answer:
                    words = answer.read().decode("utf-8")
                break
            except OSError:
                time.sleep(0.2)
        assert re.search("<h1[^>]*>[^<]*新塘村", words)
    finally:
        server.terminate()
        server.wait(timeout=20)


def test_doctor_looks_for_every_package_that_the_project_needs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {re.split("[^a-z0-9-]", words, maxsplit=1)[0] for words in project["dependencies"]}
    assert set(doctor._PACKAGES) == needed
