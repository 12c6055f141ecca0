"""Speed and size, always beside a peer in the same run: `make bench`.

Machines are noisy, so each figure is the best of several repeats, and what is claimed is the
ratio. Imports: see `bench_import`. Sheets: see `bench_sheets`. Site: one worker against two, without and
with sheets. Pages: bytes by kind.
"""

from __future__ import annotations

import logging
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

from generator.build import Settings, build
from generator.intake.content import read_content
from generator.intake.folders import find_villages
from generator.intake.villages import read_village
from generator.render.search import documents_by_month, make_part
from generator.views.contents import village_contents
from generator.views.entries import village_entries
from tests.bench_import import measure_import
from tests.bench_sheets import measure_sheets
from tests.browsing import chromium
from tests.timing import best
from tests.weights import weigh

ROOT = Path(__file__).resolve().parents[1]
TODAY = date(2025, 10, 10)


def line(name: str, ours: float, peer_name: str, peer: float) -> None:
    """One comparison."""
    print(
        f"{name}: {ours * 1000:7.0f} ms   {peer_name}: {peer * 1000:7.0f} ms   ×{peer / ours:.2f}"
    )


def site(settings: Settings) -> None:
    """Wall time of the whole sample with one worker and with two."""
    for posters in (False, True):
        times = []
        for jobs in (1, 2):
            start = time.perf_counter()
            build(replace(settings, jobs=jobs, sheets="all" if posters else "none"), lambda _: None)
            times.append(time.perf_counter() - start)
        name = "site with sheets" if posters else "site without sheets"
        line(f"{name}, two workers", times[1], "one worker", times[0])


def pages(out: Path) -> None:
    """What a browser asks for, compressed: the heaviest page of each kind in the built site."""
    print(f"{'kind of page':18}{'first visit':>12}{'scripts':>10}{'second page':>13}  bytes")
    with chromium() as browser:
        weights = weigh(out, browser)
    for weight in weights:
        print(
            f"{weight.kind:18}{weight.first:12,}{weight.script:10,}{weight.second:13,}  {weight.url}"
        )


def main() -> None:
    """Print every comparison."""
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    shared, _ = read_content(ROOT / "content")
    assert shared is not None
    folder = next(f for f in find_villages(ROOT / "villages", shared)[0] if f.id == "liuxi")
    reading = best(lambda: read_village(folder, shared))
    data, _ = read_village(folder, shared)
    assert data is not None
    contents = village_contents(data, shared, TODAY)
    print(f"{folder.id}: {len(contents.records)} records, read in {reading * 1000:.0f} ms")
    measure_import()
    measure_sheets()
    entries = village_entries(contents, shared.phrases)
    making = best(lambda: make_part(documents_by_month(entries)))
    print(f"search: {len(entries)} entries, part made in {making * 1000:.0f} ms")
    with tempfile.TemporaryDirectory() as temporary:
        out = Path(temporary) / "site"
        site(Settings(ROOT / "content", ROOT / "villages", ROOT / "templates", out, TODAY))
        pages(out)


if __name__ == "__main__":
    main()
