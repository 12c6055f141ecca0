"""What a reader is given that may know what a file says without reading it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

_Said = TypeVar("_Said")


class Recall(Protocol):
    """Gives what a file with these bytes says, under all else on which that depends beside what
    villages share: reads it, or knows it already."""

    def __call__(self, what: tuple[str, ...], raw: bytes, read: Callable[[], _Said], /) -> _Said:
        """What these bytes say."""


def read_anew(_: tuple[str, ...], __: bytes, read: Callable[[], _Said]) -> _Said:
    """Knows nothing beforehand."""
    return read()
