"""What offices double-click: the files that begin the program on Windows and on a Mac."""

from __future__ import annotations

import ast
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.doctor import SYSTEMS, press_health, system_of
from generator.machine import BROWSER, find_browser
from generator.output import placing
from tests.commands import ROOT

Said = subprocess.CompletedProcess[str]
NO_SHELL = pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
BEGIN = ROOT / "tools" / "begin.py"


def laid_out(folder: Path) -> Path:
    """The program as somebody has it who unpacked it, with nothing to install and a `publish.py` that
    tells how it was called."""
    (folder / "tools").mkdir(parents=True)
    for name in ("begin.py", "no-python.txt"):
        shutil.copy(ROOT / "tools" / name, folder / "tools" / name)
    shutil.copy(ROOT / "开始.command", folder / "开始.command")
    (folder / "requirements.lock").write_bytes(b"# nothing\n")
    told = "import sys\nprint(sys.prefix, *sys.argv)\nraise SystemExit(len(sys.argv) - 2)\n"
    (folder / "publish.py").write_text(told, "utf-8")
    return folder


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Said]:
    """The program after its first start, which takes longest, and what that said."""
    folder = laid_out(tmp_path_factory.mktemp("started") / "明白 栏")
    return folder, begun(folder)


def copy_of(place: Path, folder: Path) -> Path:
    return Path(shutil.copytree(place, folder / place.name, symlinks=True))


@NO_SHELL
def test_the_first_start_makes_an_environment_and_the_next_finds_it(
    started: tuple[Path, Said], tmp_path: Path
) -> None:
    """What cannot be installed then is told, and not taken as installed; from a folder of wheels
    that lacks it nobody is asked."""
    place, first = started
    assert first.returncode == 0, first.stderr
    said = first.stdout.splitlines()
    assert said[-1] == f"{place / '.venv'} publish.py serve"
    assert "第一次用" in said[0]
    folder = copy_of(place, tmp_path)
    stamp = (folder / ".venv" / "installed-requirements.lock").read_text("ascii")
    assert stamp == hashlib.sha256(b"# nothing\n").hexdigest() + "  -\n"  # as setup.sh writes it
    again = begun(folder, "--port", "8001")
    assert again.stdout.splitlines() == [f"{folder / '.venv'} publish.py serve --port 8001"]
    assert again.returncode == 2
    (folder / "wheels").mkdir()
    line = f"mingbai-nowhere==1.0 --hash=sha256:{'0' * 64}\n"
    (folder / "requirements.lock").write_text(line, "ascii")
    for _ in range(2):
        failed = begun(folder)
        assert failed.returncode == 1
        assert "没有装好" in failed.stdout
        assert "publish.py" not in failed.stdout


def begun(folder: Path, *words: str) -> Said:
    return subprocess.run(
        ["/bin/sh", str(folder / "开始.command"), *words],
        cwd="/",
        env={"PATH": f"{Path(sys.base_prefix, 'bin')}:/usr/bin:/bin"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@NO_SHELL
def test_without_python_one_is_told_where_to_get_it(tmp_path: Path) -> None:
    folder = laid_out(tmp_path)
    (folder / "bin").mkdir()
    for name in ("dirname", "cat"):
        (folder / "bin" / name).symlink_to(str(shutil.which(name)))
    done = subprocess.run(
        ["/bin/sh", str(folder / "开始.command")],
        env={"PATH": str(folder / "bin")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode == 0:  # this machine has one where Macs have it
        pytest.skip("a Python lies in /usr/local/bin")
    assert "winget install Python" in done.stdout


def test_the_file_for_windows_is_plain() -> None:
    """Windows reads it in the code page of the machine, a line after the other."""
    content = (ROOT / "开始.bat").read_bytes()
    assert content.isascii()
    lines = content.split(b"\r\n")
    assert len(lines) > 10
    assert not any(b"\n" in line for line in lines)
    text = content.decode("ascii")
    for named in ("tools\\begin.py", "tools\\no-python.txt"):
        assert named in text
        assert (ROOT / named.replace("\\", "/")).is_file()
    assert sys.platform == "win32" or os.access(ROOT / "开始.command", os.X_OK)


def test_an_old_python_can_read_that_it_is_too_old() -> None:
    source = BEGIN.read_text("utf-8")
    ast.parse(source, feature_version=(3, 5))
    names = {"__name__": "__main__", "__file__": str(BEGIN)}
    script = f"import sys; sys.version_info = (3, 8, 10); exec({source!r}, {names!r})"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 1
    assert "3.8，太旧了" in done.stdout


# -------------------------------------------------------------------------------------- doctor

RELEASES = {
    "Debian/Ubuntu": 'NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"\n',
    "Fedora": 'ID="rocky"\nID_LIKE="rhel centos fedora"\n',
    "其他系统": "ID=arch\n",
}


def test_the_machine_is_known_by_its_system() -> None:
    assert system_of("win32").name == "Windows"
    assert system_of("darwin").name == "macOS"
    for name, release in RELEASES.items():
        assert system_of("linux", release).name == name
    assert system_of("linux", "ID=debian\n").name == "Debian/Ubuntu"
    assert system_of("linux", "").name == "其他系统"


def test_only_debian_is_told_of_apt_get(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(BROWSER, "/nowhere/msedge")
    for name, system in SYSTEMS.items():
        health = press_health(system)
        assert not health.is_well
        said = " ".join((system.python, system.packages, system.press, system.rare, health.words))
        assert ("apt-get" in said) == (name == "Debian/Ubuntu")
        assert ("winget" in said) == (name == "Windows")
        assert system.press in health.words
        assert "网页不受影响" in health.words


def test_a_browser_that_draws_is_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(BROWSER, raising=False)
    browser = find_browser()
    assert browser is not None
    monkeypatch.setenv(BROWSER, str(browser.path))
    health = press_health(system_of("win32"))
    assert health.is_well, health.words
    assert f"用 {browser} 来画" in health.words


# ---------------------------------------------------------------------------- files that are open


class _HeldError(PermissionError):
    winerror = 32


def test_a_file_that_is_open_for_a_moment_is_replaced_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = tmp_path / "new", tmp_path / "old"
    source.write_bytes(b"new")
    target.write_bytes(b"old")
    replace, left = Path.replace, [2]

    def held(self: Path, to: Path) -> Path:
        left[0] -= 1
        if left[0] >= 0:
            raise _HeldError
        return replace(self, to)

    monkeypatch.setattr(placing, "_PAUSES", (0, 0))
    monkeypatch.setattr(Path, "replace", held)
    placing._move(source, target)
    assert target.read_bytes() == b"new"
    source.write_bytes(b"newer")
    left[0] = 9
    with pytest.raises(PermissionError):
        placing._move(source, target)
    assert target.read_bytes() == b"new"
