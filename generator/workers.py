"""Villages go to worker processes; any executor with the interface of concurrent.futures would do."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from generator.compiler import VillageOutput, compile_village
from generator.intake.folders import VillageFolder
from generator.model.shared import Shared
from generator.settings import Settings


def compile_all(
    folders: tuple[VillageFolder, ...], shared: Shared, settings: Settings
) -> Iterator[VillageOutput]:
    """Compile villages on `settings.jobs` processes; results come in the order of `folders`."""
    compile_one: Callable[[VillageFolder], VillageOutput] = partial(
        compile_village, shared=shared, settings=settings
    )
    if settings.jobs == 1 or len(folders) < 2:
        yield from map(compile_one, folders)
        return
    # "spawn" starts clean on every system; a forked child inherits threads it cannot use
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(settings.jobs, len(folders)), mp_context=context) as pool:
        yield from pool.map(compile_one, folders)
