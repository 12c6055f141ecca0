"""The fixture township's site, file by file; `make bless` accepts a change.

One village is in it whole, of the other only what the first has not. Sheets are not in it (their
bytes depend on the machine's Pango), nor what is searched and the pages that content/ alone decides,
which have tests of their own.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from difflib import unified_diff
from pathlib import Path

import pytest

from generator.build import Settings, build

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "golden"
KEPT = ("index.html", "t/", "v/", "sitemap.xml", "robots.txt")
WHOLE, IN_PART = "v/dongli/", "v/xicun/"
LEFT_OUT = re.compile(r".*(manifest|/search/[^/]+)\.json")


def test_the_site_of_the_fixture_township_is_as_blessed(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    settings = Settings(
        content=ROOT / "content",
        villages=ROOT / "tests/fixtures/township",
        templates=ROOT / "templates",
        out=tmp_path / "site",
        today=date(2025, 10, 10),
        sheets="none",
    )
    result = build(settings, lambda line: None)
    assert [str(p) for p in result.problems] == []
    built = _kept(tmp_path / "site")
    if request.config.getoption("--bless"):
        shutil.rmtree(GOLDEN, ignore_errors=True)
        for path, content in built.items():
            (GOLDEN / path).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / path).write_bytes(content)
    golden = _kept(GOLDEN)
    names = sorted(built.keys() | golden.keys())
    differing = [name for name in names if built.get(name) != golden.get(name)]
    assert not differing, "\n".join(
        line for name in differing for line in _difference(name, golden, built)
    )


def _kept(folder: Path) -> dict[str, bytes]:
    paths = (p for p in sorted(folder.rglob("*")) if p.is_file())
    named = {p.relative_to(folder).as_posix(): p for p in paths}
    return {
        name: path.read_bytes()
        for name, path in named.items()
        if name.startswith(KEPT)
        and not LEFT_OUT.fullmatch(name)
        and not (name.startswith(IN_PART) and name.replace(IN_PART, WHOLE, 1) in named)
    }


def _difference(name: str, golden: dict[str, bytes], built: dict[str, bytes]) -> Iterator[str]:
    before, after = (files.get(name, b"").decode().splitlines() for files in (golden, built))
    yield from unified_diff(before, after, f"golden/{name}", f"built/{name}", n=1, lineterm="")
