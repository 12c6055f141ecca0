"""The phrases of pages, sheets and feeds: the texts of `templates/words`, unread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class Phrases:
    """The texts of the phrase files by kind (the file's name without its ending), each a Jinja
    template of macros. `generator.views.said` fills them."""

    files: Mapping[str, str] = field(default_factory=dict)

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash(frozenset(self.files.items()))  # once: each phrase that is said asks for it
