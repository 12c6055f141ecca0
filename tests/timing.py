"""How long a piece of work takes, for benches."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Generic, ParamSpec, TypeVar

_P = ParamSpec("_P")
_R = TypeVar("_R")


def best(work: Callable[[], object], repeats: int = 5) -> float:
    """CPU seconds of the fastest of several repeats, after one to warm up."""
    work()
    times = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


class Stopwatch(Generic[_P, _R]):
    """A function that counts the CPU seconds of all its calls."""

    def __init__(self, function: Callable[_P, _R]) -> None:
        self.function, self.seconds = function, 0.0

    def __call__(self, *args: _P.args, **kwargs: _P.kwargs) -> _R:
        start = time.process_time()
        try:
            return self.function(*args, **kwargs)
        finally:
            self.seconds += time.process_time() - start
