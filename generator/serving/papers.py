"""What the desk made and a browser may fetch by a name that nobody can guess: sheets, pictures, pages."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import dataclass, field

_MOST = 200_000_000  # bytes kept; the oldest goes first


@dataclass(frozen=True)
class Paper:
    """A file by its kind; of a page `url` is its address in the site."""

    content: bytes
    kind: str
    url: str = ""


@dataclass
class Papers:
    """The files of this process."""

    _papers: OrderedDict[str, Paper] = field(default_factory=OrderedDict)

    def add(self, paper: Paper) -> str:
        """Keep a file; gives its name."""
        name = secrets.token_urlsafe(18)
        self._papers[name] = paper
        while sum(len(one.content) for one in self._papers.values()) > _MOST:
            self._papers.popitem(last=False)
        return name

    def find(self, name: str) -> Paper | None:
        """The file of a name."""
        return self._papers.get(name)
