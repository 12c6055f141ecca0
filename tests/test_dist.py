"""What is passed on: a wheel that works without the checkout, and parts whose licences are known."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.township import small_content

ROOT = Path(__file__).parent.parent
PARTS = ("generator", "templates", "publish.py", "pyproject.toml", "README.md", "LICENSE")


def wheel_of(folder: Path) -> bytes:
    """The wheel that is made of a copy of the project in `folder`, whose files are of now."""
    folder.mkdir()
    for name in PARTS:
        if (ROOT / name).is_dir():
            skip = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, folder / name, ignore=skip, copy_function=shutil.copyfile)
        else:
            shutil.copyfile(ROOT / name, folder / name)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "dist"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    (wheel,) = (folder / "dist").iterdir()
    return wheel.read_bytes()


def test_the_wheel_is_the_same_bytes_and_builds_a_site(tmp_path: Path) -> None:
    wheel = wheel_of(tmp_path / "one")
    assert wheel == wheel_of(tmp_path / "another")
    place = tmp_path / "installed"
    (tmp_path / "mingbai.whl").write_bytes(wheel)
    zipfile.ZipFile(tmp_path / "mingbai.whl").extractall(place)
    office = tmp_path / "office"
    small_content(office)
    village = "villages/qingshi/xintang"
    shutil.copytree(ROOT / village, office / village)
    command = "import sys, publish; sys.exit(publish.main())"
    result = subprocess.run(
        [sys.executable, "-c", command, "build", "--today", "2025-10-10", "--no-posters"],
        cwd=office,
        env={**os.environ, "PYTHONPATH": str(place)},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert result.returncode == 0, result.stderr
    assert (office / "site" / "v" / "xintang" / "index.html").is_file()


@pytest.mark.parametrize(("licence", "code"), [("MIT", 0), ("Proprietary", 1), ("", 1)])
def test_a_licence_that_nobody_read_is_told(tmp_path: Path, licence: str, code: int) -> None:
    part = {"name": "a", "version": "1", "licenses": [{"license": {"name": licence}}]}
    parts = {"metadata": {"component": {"name": "mingbai"}}, "components": [part]}
    place = tmp_path / "sbom.json"
    place.write_text(json.dumps(parts), "utf-8")
    command = [sys.executable, str(ROOT / "tools" / "licences.py"), str(place)]
    result = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert result.returncode == code
    assert f"a,1,{licence}\n" in result.stdout
    assert "lunr.js: lunr.min.js,2.3.9,MIT" in result.stdout
    names = [one["name"] for one in json.loads(place.read_text("utf-8"))["components"]]
    assert len(names) == 8  # with the script, two tables and four fonts that we carry
