"""Speed and size, always beside a peer in the same run: `make bench`.

Machines are noisy, so each figure is the best of several repeats, and what is claimed is the
ratio. Sheets: our press against WeasyPrint called once for each document with the system's
font. Site: one worker against two, without and with sheets.
"""

from __future__ import annotations

import logging
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import weasyprint

from generator.build import Settings, build
from generator.intake.content import read_content
from generator.intake.folders import find_villages
from generator.intake.villages import read_village
from generator.render.posters import PosterPress
from generator.render.search import render_search
from generator.views.entries import village_entries
from generator.views.linking import village_records
from generator.views.records import RecordView, record_views

ROOT = Path(__file__).resolve().parents[1]
TODAY = date(2025, 10, 10)
REPEATS = 5


def best(work: Callable[[], object]) -> float:
    """CPU seconds of the fastest of several repeats, after one to warm up."""
    work()
    times = []
    for _ in range(REPEATS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def line(name: str, ours: float, peer_name: str, peer: float) -> None:
    """One comparison."""
    print(
        f"{name}: {ours * 1000:7.0f} ms   {peer_name}: {peer * 1000:7.0f} ms   ×{peer / ours:.2f}"
    )


def sheets(views: tuple[RecordView, ...], base_url: str) -> None:
    """The same HTML with our press, and as a document of its own with the system's font."""
    press = PosterPress(ROOT / "templates")
    for name, url in (
        ("A3 ledger", "v/liuxi/ledger/2025-09/"),
        ("A3 decision", "v/liuxi/decisions/2025-08-20-ludeng/"),
        ("A3 subsidies", "v/liuxi/subsidies/2025Q3/"),
    ):
        view = next(v for v in views if v.publication.url == url)
        html = press.html(view, base_url)
        css = (ROOT / "templates/posters/sheet.css").read_text("utf-8")
        plain = css.replace("Mingbai Sans", "Noto Sans CJK SC").replace(
            "Mingbai Serif", "Noto Serif CJK SC"
        )
        tokens = (ROOT / "templates/tokens.css").read_text("utf-8")

        def peer(html: str = html, plain: str = plain, tokens: str = tokens) -> bytes:
            styles = [weasyprint.CSS(string=tokens), weasyprint.CSS(string=plain)]
            return weasyprint.HTML(string=html).write_pdf(stylesheets=styles)  # type: ignore[no-any-return]

        sheet = press.draw(view, base_url)
        ours = best(lambda view=view: press.draw(view, base_url))  # type: ignore[misc]
        line(f"{name} (PDF and PNG)", ours, "plain WeasyPrint (PDF)", best(peer))
        print(
            f"  {len(sheet.pdf) / 1024:.0f} KB PDF beside {len(peer()) / 1024:.0f} KB,"
            f" {len(sheet.png) / 1024:.0f} KB PNG"
        )


def site(settings: Settings) -> None:
    """Wall time of the whole sample with one worker and with two."""
    for posters in (False, True):
        times = []
        for jobs in (1, 2):
            start = time.perf_counter()
            build(replace(settings, jobs=jobs, posters=posters), lambda _: None)
            times.append(time.perf_counter() - start)
        name = "site with sheets" if posters else "site without sheets"
        line(f"{name}, two workers", times[1], "one worker", times[0])


def main() -> None:
    """Print every comparison."""
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    shared, _ = read_content(ROOT / "content")
    assert shared is not None
    folder = next(f for f in find_villages(ROOT / "villages", shared)[0] if f.id == "liuxi")
    reading = best(lambda: read_village(folder, shared))
    data, _ = read_village(folder, shared)
    assert data is not None
    records = village_records(data, shared, TODAY)
    views = record_views(records)
    print(f"{folder.id}: {len(views)} records, read in {reading * 1000:.0f} ms")
    sheets(views, shared.site.base_url)
    entries = village_entries(records.place, views, ())
    index, texts = render_search("search", entries)
    print(
        f"search: {len(entries)} entries, index built in "
        f"{best(lambda: render_search('search', entries)) * 1000:.0f} ms, "
        f"{len(index.content) / 1024:.0f} KB + {len(texts.content) / 1024:.0f} KB"
    )
    with tempfile.TemporaryDirectory() as temporary:
        site(
            Settings(
                ROOT / "content",
                ROOT / "villages",
                ROOT / "templates",
                Path(temporary) / "site",
                TODAY,
            )
        )


if __name__ == "__main__":
    main()
