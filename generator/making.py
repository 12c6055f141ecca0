"""Makes what no earlier build has: villages side by side, then what stands above them all.

What renders, draws and indexes is imported from here on, so that a build that finds everything in
place never waits for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from threading import Lock

from generator.above import make_above
from generator.cluster import cluster_workers
from generator.drawing import lacking
from generator.intake.folders import VillageFolder
from generator.keeping import Bench, Made
from generator.output.draft import Draft
from generator.progress import DrawnSheet, Report, Step
from generator.workers import make_village, workers


def make_rest(
    folders: tuple[VillageFolder, ...],
    kept: Mapping[str, Made],
    bench: Bench,
    report: Report,
    prepared: Callable[[Draft], None],
) -> tuple[dict[str, Made], tuple[Made, ...]]:
    """All villages by id, with those that are `kept`, and what stands above them.

    Without the drawing libraries all but the sheets is made.
    """
    missing = lacking(bench.settings)
    if missing:
        bench = replace(bench, settings=replace(bench.settings, sheets="none"))
    others = tuple(folder for folder in folders if folder.id not in kept)
    made = dict(kept)
    way = Way(report, len(others))
    if bench.settings.cluster:
        spreading = cluster_workers(bench)
    else:
        own = replace(bench, told=way.drew, prepared=prepared)
        spreading = workers(own, len(others))
    with spreading as spread:
        report(Step("正在做各村的", 0, len(others)))
        for folder, one in zip(others, spread(make_village, others), strict=True):
            made[folder.id] = one
            way.made(folder.id, one)
        villages = {folder.id: made[folder.id] for folder in folders}
        if bench.draft:  # also what others made
            prepared(bench.draft)
        report(Step("正在做全站的网页和搜索"))
        return villages, make_above(villages, bench, spread, missing)


class Way:
    """How far the villages have come; sheets are told by another thread than villages."""

    def __init__(self, report: Report, total: int) -> None:
        self._report, self._total = report, total
        self._done: set[str] = set()
        self._parts: dict[str, float] = {}
        self._lock = Lock()

    def made(self, village: str, one: Made) -> None:
        """A village is done."""
        files = f"{len(one.files)} 个文件，" if one.files else ""  # checking makes none
        with self._lock:
            self._done.add(village)
            self._parts.pop(village, None)
            self._tell(f"{one.name or village}：{files}{len(one.problems)} 个问题", village)

    def drew(self, sheet: DrawnSheet) -> None:
        """A sheet of a village was drawn, or of what stands above them."""
        words = f"的公示单：画好 {sheet.number} 张，共 {sheet.total} 张"
        with self._lock:
            if not sheet.village:  # above the villages
                self._report(Step(f"正在画全站{words}"))
            elif sheet.village not in self._done:
                self._parts[sheet.village] = sheet.number / (sheet.total + 1)  # then come the pages
                self._tell(f"正在画{sheet.name}{words}", sheet.village)

    def _tell(self, words: str, village: str) -> None:
        part = round(sum(self._parts.values()), 2)
        self._report(Step(words, len(self._done), self._total, village, part))
