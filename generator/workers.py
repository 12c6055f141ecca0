"""Spreads work over processes; any executor with the interface of concurrent.futures would do."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Protocol, TypeVar

from generator.compiler import VillageOutput, compile_village, draw_sheets
from generator.intake.folders import VillageFolder
from generator.model.shared import Shared
from generator.render.posters import Printed
from generator.settings import Settings
from generator.views.sheets import SheetView

_In = TypeVar("_In")
_Out = TypeVar("_Out")
_TOGETHER = 6  # sheets that one process draws one after the other


class Spread(Protocol):
    """`map`, on one process or on many; results come in order."""

    def __call__(
        self, function: Callable[[_In], _Out], things: tuple[_In, ...], /
    ) -> Iterator[_Out]:
        """The results for all things."""


@contextmanager
def workers(jobs: int, villages: int) -> Iterator[Spread]:
    """Processes for a build of so many villages: no more than there are villages, and none
    besides this one where that is enough."""
    if jobs == 1 or villages < 2:
        yield map
        return
    # "spawn" starts clean on every system; a forked child inherits threads it cannot use
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(jobs, villages), mp_context=context) as pool:
        yield pool.map


def compile_all(
    folders: tuple[VillageFolder, ...], shared: Shared, settings: Settings, spread: Spread
) -> Iterator[VillageOutput]:
    """Compile villages; results come in the order of `folders`."""
    return spread(partial(compile_village, shared=shared, settings=settings), folders)


def draw_all(
    sheets: tuple[SheetView, ...], shared: Shared, settings: Settings, spread: Spread
) -> Printed:
    """Draw the sheets that stand above the villages."""
    starts = range(0, len(sheets), _TOGETHER)
    shares = tuple(sheets[start : start + _TOGETHER] for start in starts)
    parts = tuple(spread(partial(draw_sheets, shared=shared, settings=settings), shares))
    return Printed(
        files=tuple(file for part in parts for file in part.files),
        problems=tuple(problem for part in parts for problem in part.problems),
        drawn=sum(part.drawn for part in parts),
        kept=sum(part.kept for part in parts),
    )
