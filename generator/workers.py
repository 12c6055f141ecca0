"""Spreads work over processes; any executor with the interface of concurrent.futures would do."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol, TypeVar

from generator.compiler import VillageOutput, compile_village
from generator.drawing import draw_sheets
from generator.fingerprints import hash_of
from generator.intake.folders import VillageFolder
from generator.keeping import ABOVE, Bench, Made, find_still, keep, key_of_village
from generator.lastpages import keep_facts
from generator.output.files import NO_FILES, OutputFile, WrittenFiles
from generator.packed import pack
from generator.progress import DrawnSheet, Told, unheard
from generator.render.maps import pages_in
from generator.render.printed import Printed
from generator.settings import CannotBuildError
from generator.shelf import shelve
from generator.stale import still_up
from generator.unchanged import Known
from generator.views.sheets import SheetView

_In = TypeVar("_In")
_Out = TypeVar("_Out")
_LISTENED = 0.5  # seconds between two looks at what workers tell
_WORDS = ".told"
_TOGETHER = 6  # sheets that one process draws one after the other


class Spread(Protocol):
    """`map`, on one process or on many; results come in order."""

    def __call__(
        self, function: Callable[[Bench, _In], _Out], things: tuple[_In, ...], /
    ) -> Iterator[_Out]:
        """The results for all things."""


@contextmanager
def workers(bench: Bench, villages: int) -> Iterator[Spread]:
    """Processes for a build of so many villages: no more than there are villages, and none
    besides this one where that is enough. Each reads the bench from a file: to send so much to one that
    ends at its start would take for ever.

    Raises `CannotBuildError` when the system ended one of them.
    """
    jobs = min(bench.settings.jobs, villages)
    if jobs < 2:
        yield lambda function, things: map(partial(function, bench), things)
        return
    # "spawn" starts clean on every system; a forked child inherits threads it cannot use
    context = multiprocessing.get_context("spawn")
    try:
        with (
            TemporaryDirectory() as folder,
            _listening(Path(folder), bench.told),
            ProcessPoolExecutor(jobs, context, _take, (_laid(bench, folder),)) as pool,
        ):
            try:
                yield partial(_sent, pool)
            except BaseException:
                pool.shutdown(cancel_futures=True)  # else all that waits is still made
                raise
    except BrokenProcessPool:
        raise CannotBuildError(
            "系统中途结束了一个正在做网页的进程，多半是内存不够。网站还是原来的样子。"
            "请关掉别的程序，加 --jobs 1 再做一次。"
        ) from None


def _sent(
    pool: ProcessPoolExecutor, function: Callable[[Bench, _In], _Out], things: tuple[_In, ...]
) -> Iterator[_Out]:
    """Here processes are started. Ctrl+C is for the one that people see: it ends the others, which
    else would each tell of it, some in the midst of their start."""
    if threading.current_thread() is not threading.main_thread():
        return pool.map(partial(_at_bench, function), things)
    with _interrupts_wait():  # they begin with what holds here
        return pool.map(partial(_at_bench, function), things)


@contextmanager
def _interrupts_wait() -> Iterator[None]:
    """An interrupt is heard afterwards; where a system cannot let it wait it is not heard."""
    if sys.platform == "win32":
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)
        return
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


_benches: list[Bench] = []  # of this process


def _laid(bench: Bench, folder: str) -> str:
    path = Path(folder, "bench")
    path.write_bytes(pickle.dumps(replace(bench, told=unheard, prepared=unheard)))
    return str(path)


@contextmanager
def _listening(folder: Path, told: Told) -> Iterator[None]:
    """Tells of the sheets that workers draw. Each writes the last one into a file of its own: a lock, as
    queues have, would be held for ever by one that was ended in the midst of its words."""
    over = threading.Event()
    heard: dict[Path, bytes] = {}

    def look() -> None:
        for path in folder.glob(f"*{_WORDS}"):
            try:
                words = path.read_bytes()
            except OSError:  # just being put in place
                continue
            if heard.get(path) != words:
                heard[path] = words
                told(pickle.loads(words))

    def listen() -> None:
        while not over.wait(_LISTENED):
            look()
        look()

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _tell(folder: Path, sheet: DrawnSheet) -> None:
    path = folder / f"{os.getpid()}{_WORDS}"
    new = path.with_suffix(".new")
    try:
        new.write_bytes(pickle.dumps(sheet))
        new.replace(path)
    except OSError:  # it is being read; the next sheet will be told
        return


def _take(bench: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    path = Path(bench)
    own: Bench = pickle.loads(path.read_bytes())
    _benches[:] = [replace(own, told=partial(_tell, path.parent))]
    threading.Thread(target=_end_with_build, daemon=True).start()


def _end_with_build() -> None:
    """A worker whose build was ended by the system would wait for work for ever."""
    build = multiprocessing.parent_process()
    if build:
        build.join()
        os._exit(1)


def _at_bench(function: Callable[[Bench, _In], _Out], thing: _In) -> _Out:
    return function(_benches[0], thing)


def make_village(bench: Bench, folder: VillageFolder) -> Made:
    """Compile a village and write its files into the draft; their bytes stay in this process. What
    was made is kept, unless the folder changed meanwhile."""
    store, key = bench.store(folder.id), key_of_village(folder, bench)
    if store:
        store.begin()
    held = find_still(bench, folder.id, key)
    known = Known(store, bench.print, bench.settings.out, key, folder.path, held)
    first = _First(bench)
    output = compile_village(folder, bench.shared, bench.settings, known, bench.told, first.write)
    written = first.with_rest(output)
    summary = output.summary
    card = summary.card if summary else None
    made = Made(
        key,
        output.first,
        output.last,
        written,
        output.problems,
        card.name if card else "",
        card.record_count if card else 0,
        output.drawn,
        output.kept,
        output.names_until,
        None,
        card.up if card else 0,
        card.down if card else 0,
        pack(summary),
        output.still,
    )
    if summary is None:
        made = still_up(bench, key, output) or made
    made = replace(made, shown=hash_of(made.summary, *pages_in(made.files.paths)))
    if bench.draft and bench.settings.jobs > 1:  # else nothing is gained by it before all are made
        shelve(folder.id, made, bench, bench.draft)
    if store and bench.settings.draws and summary:
        store.end()
    if key == key_of_village(folder, bench):
        known.keep()  # first: a state is never older than what belongs to it
        keep(bench, folder.id, made)
        if summary:
            keep_facts(store, made, summary)
    return made


class _First:
    """The files of a village that are written as soon as they are made, so that they can be looked at; then
    come all others. Per-call state."""

    def __init__(self, bench: Bench) -> None:
        self._bench, self._written = bench, NO_FILES

    def write(self, files: tuple[OutputFile, ...]) -> None:
        """Write what is made first."""
        if self._bench.draft:
            self._written = self._bench.draft.add(files)
            self._bench.prepared(self._bench.draft)

    def with_rest(self, output: VillageOutput) -> WrittenFiles:
        """Write the others; gives all files of the village."""
        if not self._bench.draft:
            return NO_FILES
        rest = output.files[len(self._written) :]
        others = self._bench.draft.add((*rest, *([output.manifest] if output.manifest else ())))
        return WrittenFiles.of((*output.held, *self._written, *others))


def draw_all(sheets: tuple[SheetView, ...], spread: Spread) -> Printed:
    """Draw the sheets that stand above the villages."""
    starts = range(0, len(sheets), _TOGETHER)
    shares = tuple(sheets[start : start + _TOGETHER] for start in starts)
    parts = tuple(spread(_draw, shares))
    return Printed(
        files=tuple(file for part in parts for file in part.files),
        problems=tuple(problem for part in parts for problem in part.problems),
        drawn=sum(part.drawn for part in parts),
        kept=sum(part.kept for part in parts),
    )


def _draw(bench: Bench, sheets: tuple[SheetView, ...]) -> Printed:
    return draw_sheets(sheets, bench.shared, bench.settings, ABOVE, told=bench.told)
