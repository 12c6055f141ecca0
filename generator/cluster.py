"""Spreads the work of a build over machines, by Dask, which gives the work of one that is lost to
another. Each runs the same program.

Where they see the site, the villages and content/ under the same names, a worker reads what all
villages have in common once, from a file, and writes a village's files where a local one would. Where
one of them does not, villages travel (`apart`), and what stands above them is made here.
"""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar
from warnings import catch_warnings, filterwarnings

from generator.apart import common_of, made_apart, sent, taken, templates_here
from generator.fingerprints import hash_of, print_of_engine
from generator.intake.folders import VillageFolder
from generator.keeping import Bench, Made
from generator.machine import drawing
from generator.settings import CannotBuildError, Settings
from generator.workers import Spread, make_village

_In = TypeVar("_In")
_Out = TypeVar("_Out")
_SECONDS = 10  # in which a scheduler answers that is there at all
_ATTEMPTS = 3
_UNDER_WAY = 2  # villages that travel, for each worker: their archives are in memory


@contextmanager
def cluster_workers(bench: Bench) -> Iterator[Spread]:
    """The workers of the scheduler that the settings name.

    Raises `CannotBuildError` when there is none, when one of them is not as this machine is, or when
    the work of a village was lost again and again.
    """
    address = bench.settings.cluster
    try:
        from distributed import Client, KilledWorker
    except ImportError:
        raise CannotBuildError(
            "--cluster 要用 Dask，这台电脑没有装。请运行 pip install distributed，工作机上也一样。"
        ) from None
    try:
        client: Any = Client(address, timeout=_SECONDS)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as fault:
        raise CannotBuildError(f"连不上 {address} 的 Dask：{fault}。") from None
    out = bench.settings.out.parent
    with client, TemporaryDirectory(dir=out, prefix=".mingbai-") as folder:
        path = Path(folder, "bench")
        path.write_bytes(pickle.dumps(bench))
        is_shared, count = _need_same(client, bench.settings, path)
        try:
            if is_shared:
                yield partial(_sent, client, str(path))
            else:
                common = client.scatter(common_of(bench), broadcast=True)
                yield partial(_spread_apart, client, common, count, bench)
        except KilledWorker:
            raise CannotBuildError(
                f"有的村在几台工作机上都没有做完，进程被系统结束了，多半是内存不够。"
                f"网站还是原来的样子。请给 {address} 的工作机多些内存，再做一次。"
            ) from None


def _need_same(client: Any, settings: Settings, path: Path) -> tuple[bool, int]:
    """Whether all workers see the folder, and how many there are. Every one has to be as this machine
    is: what it makes must be the same bytes."""
    try:
        seen = client.run(_facts, settings, str(path))
    except Exception as fault:  # whatever a foreign machine raises
        raise CannotBuildError(
            f"{settings.cluster} 的工作机上运行不了这个程序：{fault}。"
            "请在程序的文件夹里启动工作机：python -m distributed.cli.dask_worker 地址 --nthreads 1"
        ) from None
    if not seen:
        raise CannotBuildError(f"{settings.cluster} 还没有工作机。")
    _, own = _facts(settings, str(path))
    others = sorted(worker for worker, (_, print) in seen.items() if print != own)
    if others:
        raise CannotBuildError(
            f"工作机 {'、'.join(others)} 和这台电脑不一样："
            "程序、Python 包、画图的系统库和字体要是同样的版本。"
        )
    return all(sees for sees, _ in seen.values()), len(seen)


def _facts(settings: Settings, path: str) -> tuple[bool, str]:
    """Whether a machine sees the folder, and the fingerprint of what decides the bytes on it."""
    sheets = drawing() if settings.draws else ()
    return Path(path).is_file(), hash_of(print_of_engine(templates_here(settings)), *sheets)


def _spread_apart(
    client: Any,
    common: Any,
    count: int,
    bench: Bench,
    function: Callable[[Bench, Any], Any],
    things: tuple[Any, ...],
) -> Iterator[Any]:
    if function is not make_village:
        return map(partial(function, bench), things)
    return _made_apart(client, common, count, bench, things)


def _made_apart(
    client: Any, common: Any, count: int, bench: Bench, folders: tuple[VillageFolder, ...]
) -> Iterator[Made]:
    """Villages in order; no more are under way than a few for each worker."""
    waiting: deque[tuple[VillageFolder, Any]] = deque()
    for folder in folders:
        future = None
        content = sent(bench, folder)  # what cannot travel is made here, which tells why
        if content is not None:
            work = (common, folder, content)
            with catch_warnings():
                filterwarnings("ignore", "Sending large graph")  # nobody else needs this archive
                future = client.submit(made_apart, *work, pure=False, retries=_ATTEMPTS)
        waiting.append((folder, future))
        if len(waiting) > count * _UNDER_WAY:
            yield _arrived(bench, *waiting.popleft())
    for folder, future in waiting:
        yield _arrived(bench, folder, future)


def _arrived(bench: Bench, folder: VillageFolder, future: Any) -> Made:
    return taken(bench, folder, *future.result()) if future else make_village(bench, folder)


def _sent(
    client: Any, bench: str, function: Callable[[Bench, _In], _Out], things: tuple[_In, ...]
) -> Iterator[_Out]:
    work = partial(_at_bench, bench, function)
    futures = client.map(work, things, pure=False, retries=_ATTEMPTS)
    return (future.result() for future in futures)


@lru_cache(maxsize=1)
def _bench(path: str) -> Bench:
    found: Bench = pickle.loads(Path(path).read_bytes())
    return found


def _at_bench(path: str, function: Callable[[Bench, _In], _Out], thing: _In) -> _Out:
    return function(_bench(path), thing)
