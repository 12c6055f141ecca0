"""The result of cleaning a file: bytes that may be published, or why there are none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# Why not all that a page shows can be read: it is a picture, its words are garbled, or it has a
# picture, or drawn letters, beside words that can.
Blind = Literal["scan", "garbled", "picture", "outline"]


@dataclass(frozen=True)
class BlindPage:
    """A page of which not every word can be read; of text documents, which know no pages, 0."""

    number: int
    why: Blind


@dataclass(frozen=True)
class Cleaned:
    """A file without what programs hide in it.

    `text` is every word inside that can be read, for the privacy gate; `blind` are the pages
    that hold more. `size` is a picture's width and height; `ending` the one that it now has.
    """

    content: bytes
    text: str = ""
    blind: tuple[BlindPage, ...] = ()
    size: tuple[int, int] = (0, 0)
    ending: str = ""


@dataclass(frozen=True)
class Refused:
    """Why a file cannot be published: the end of the problem's code, what it is, and the mend."""

    kind: Literal["content", "large", "unreadable", "active", "hidden"]
    what: str
    mend: str
