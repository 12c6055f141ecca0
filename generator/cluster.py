"""Spreads the work of a build over machines that share a folder, by Dask.

Each machine runs the same program and sees the site, the villages and content/ under the same
names. A worker reads what all villages have in common once, from a file, and writes a village's
files where a local one would; Dask gives the work of one that is lost to another.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from generator.fingerprints import hash_of, print_of_engine
from generator.keeping import Bench
from generator.machine import drawing
from generator.settings import CannotBuildError, Settings
from generator.workers import Spread

_In = TypeVar("_In")
_Out = TypeVar("_Out")
_SECONDS = 10  # in which a scheduler answers that is there at all
_ATTEMPTS = 3


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
        _need_same(client, bench.settings, path)
        try:
            yield partial(_sent, client, str(path))
        except KilledWorker:
            raise CannotBuildError(
                f"有的村在几台工作机上都没有做完，进程被系统结束了，多半是内存不够。"
                f"网站还是原来的样子。请给 {address} 的工作机多些内存，再做一次。"
            ) from None


def _need_same(client: Any, settings: Settings, path: Path) -> None:
    """Every worker has to be as this machine is: what it makes must be the same bytes."""
    try:
        seen = client.run(_facts, settings, str(path))
    except Exception as fault:  # whatever a foreign machine raises
        raise CannotBuildError(
            f"{settings.cluster} 的工作机上运行不了这个程序：{fault}。"
            "请在程序的文件夹里启动工作机：python -m distributed.cli.dask_worker 地址 --nthreads 1"
        ) from None
    if not seen:
        raise CannotBuildError(f"{settings.cluster} 还没有工作机。")
    own = _facts(settings, str(path))
    others = sorted(worker for worker, facts in seen.items() if facts != own)
    if others:
        raise CannotBuildError(
            f"工作机 {'、'.join(others)} 和这台电脑不一样：要看得见同一个文件夹 {settings.out.parent}，"
            "程序、Python 包、画图的系统库和字体也要是同样的版本。"
        )


def _facts(settings: Settings, path: str) -> tuple[bool, str]:
    """Whether a machine sees the folder, and the fingerprint of what decides the bytes on it."""
    sheets = drawing() if settings.draws else ()
    return Path(path).is_file(), hash_of(print_of_engine(settings.templates), *sheets)


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
