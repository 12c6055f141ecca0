"""Makes what no earlier build has: villages side by side, then what stands above them all.

What renders, draws and indexes is imported from here on, so that a build that finds everything in
place never waits for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from generator.above import make_above
from generator.cluster import cluster_workers
from generator.intake.folders import VillageFolder
from generator.keeping import Bench, Made
from generator.output.draft import Draft
from generator.render.posters import press_missing
from generator.workers import make_village, workers

Report = Callable[[str], None]


def make_rest(
    folders: tuple[VillageFolder, ...],
    kept: Mapping[str, Made],
    bench: Bench,
    report: Report,
    prepared: Callable[[Draft], None] | None,
) -> tuple[dict[str, Made], tuple[Made, ...]]:
    """All villages by id, with those that are `kept`, and what stands above them.

    Without the drawing libraries all but the sheets is made.
    """
    missing = press_missing() if bench.settings.draws else ""
    if missing:
        bench = replace(bench, settings=replace(bench.settings, sheets="none"))
    others = tuple(folder for folder in folders if folder.id not in kept)
    made = dict(kept)
    spreading = cluster_workers(bench) if bench.settings.cluster else workers(bench, len(others))
    with spreading as spread:
        for folder, one in zip(others, spread(make_village, others), strict=True):
            made[folder.id] = one
            files = f"{len(one.files)} 个文件，" if one.files else ""  # checking makes none
            report(f"{one.name or folder.id}：{files}{len(one.problems)} 个问题")
        villages = {folder.id: made[folder.id] for folder in folders}
        if bench.draft and prepared:
            prepared(bench.draft)
        return villages, make_above(villages, bench, spread, missing)
