"""What cleaning a file gives: bytes that may be published, or why there are none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Cleaned:
    """A file without what programs hide in it.

    `text` is every word inside, for the privacy gate; `blind_pages` counts the pages of which no
    word can be read. `size` is a picture's width and height; `ending` the one that it now has.
    """

    content: bytes
    text: str = ""
    blind_pages: int = 0
    size: tuple[int, int] = (0, 0)
    ending: str = ""


@dataclass(frozen=True)
class Refused:
    """Why a file cannot be published: the end of the problem's code, what it is, and the mend."""

    kind: Literal["content", "large", "unreadable", "active", "hidden"]
    what: str
    mend: str
