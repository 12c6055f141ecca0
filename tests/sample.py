"""The sample township as a site for tests to look at: every page, and one sheet of each layout."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

from generator.render import posters
from generator.render.posters import batch, press, render_posters
from generator.render.posters.picture import pictures
from generator.render.printed import Printed
from generator.views.sheets import SheetView
from generator.views.walls.rounds import Name, Round, name_of
from tests.commands import publish_here

# Beside the first of their layout: what tests look for by name.
ALSO = ("v/liuxi/subsidies/2025Q3/poster", "v/liuxi/ledger/2025-08/poster")


def build_sample(out: Path, cache: Path) -> None:
    """Build it as `make site` does, but for the sheets: those of each layout look alike, and each
    takes as long as thirty pages. `pytest --site` looks at a site that has them all."""
    seen: set[str] = set()

    def some(sheets: Iterable[SheetView], *others: Any) -> Printed:
        chosen = []
        for sheet in sheets:
            if sheet.layout not in seen or sheet.path in ALSO:
                seen.add(sheet.layout)
                chosen.append(sheet)
        return render_posters(chosen, *others)

    def hung(
        this: Round, drawn: Mapping[Name, bytes], *_: Any
    ) -> tuple[dict[Name, bytes], list[Any]]:
        """Nothing is drawn for the batch of a round alone."""
        names = map(name_of, this.sheets)
        return {name: drawn[name] for name in names if name in drawn}, []

    with (
        patch.object(posters, "render_posters", some),
        patch.object(batch, "_all_sheets", hung),
        patch.object(press, "pictures", pictures),  # also where the first file to ask goes without
    ):
        words = ("--today", "2025-10-10", "--out", str(out), "--cache", str(cache))
        result = publish_here("build", *words)
    assert result.returncode == 0, result.stderr
