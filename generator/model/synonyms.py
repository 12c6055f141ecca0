"""What people type in the search, and what pages call it: `content/synonyms.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.problems import Source

_FILE = Source("content/synonyms.yaml")


@dataclass(frozen=True)
class Synonym:
    """`words` that mean the same. Where there is something that they `find`, this is looked for as
    well, and not the other way round: who asks for 盖房 means 宅基地, but not who asks for 宅基地."""

    words: tuple[str, ...]
    find: tuple[str, ...] = ()
    source: Source = _FILE


@dataclass(frozen=True)
class Synonyms:
    """`asking` are the words of a question that say nothing of what it is about: 怎么办, 申请."""

    synonyms: tuple[Synonym, ...] = ()
    asking: tuple[str, ...] = ()
    source: Source = _FILE

    @cached_property
    def found_by(self) -> Mapping[str, tuple[str, ...]]:
        """What is looked for besides each word."""
        found: dict[str, dict[str, None]] = {}
        for one in self.synonyms:
            for word in filter(str.strip, one.words):  # an empty one would find everything
                others = (o for o in one.find or one.words if o.strip() and o != word)
                found.setdefault(word, {}).update(dict.fromkeys(others))
        return {word: tuple(others) for word, others in found.items()}
