"""The sample township as a site for tests to look at: every page, and one sheet of each kind."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from generator import compiler
from generator.render.posters import Printed, render_posters
from generator.views.sheets import SheetView
from tests.commands import publish_here


def build_sample(out: Path, cache: Path) -> None:
    """Build it as `make site` does, but for the sheets: those of each kind look alike, and each
    takes as long as thirty pages. `pytest --site` looks at a site that has them all."""
    seen: set[tuple[str, ...]] = set()

    def some(sheets: Iterable[SheetView], *others: Any) -> Printed:
        chosen = []
        for sheet in sheets:
            if _kind(sheet) not in seen:
                seen.add(_kind(sheet))
                chosen.append(sheet)
        return render_posters(chosen, *others)

    with patch.object(compiler, "render_posters", some):
        words = ("--today", "2025-10-10", "--out", str(out), "--cache", str(cache))
        result = publish_here("build", *words)
    assert result.returncode == 0, result.stderr


def _kind(sheet: SheetView) -> tuple[str, ...]:
    """Its layout, and in a village what it is about: `v/<village>/<item>/…`."""
    return sheet.layout, *(sheet.path.split("/")[2:3] if sheet.place else ())
