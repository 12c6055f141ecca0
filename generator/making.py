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
from generator.progress import Report, Step
from generator.render.posters import press_missing
from generator.workers import make_village, workers


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
        report(Step("正在做各村的", 0, len(others)))
        done = zip(others, spread(make_village, others), strict=True)
        for number, (folder, one) in enumerate(done, 1):
            made[folder.id] = one
            files = f"{len(one.files)} 个文件，" if one.files else ""  # checking makes none
            words = f"{one.name or folder.id}：{files}{len(one.problems)} 个问题"
            report(Step(words, number, len(others), folder.id))
        villages = {folder.id: made[folder.id] for folder in folders}
        if bench.draft and prepared:
            prepared(bench.draft)
        report(Step("正在做全站的网页和搜索"))
        return villages, make_above(villages, bench, spread, missing)
