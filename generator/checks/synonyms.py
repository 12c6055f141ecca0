"""Checks what people say and what pages call it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.shared import Shared
from generator.problems import Problem, problem

_FEWEST = 2


def synonyms_lead_somewhere(shared: Shared) -> Iterator[Problem]:
    """No word is empty, and each leads to another."""
    synonyms = shared.synonyms
    lists = [(synonyms.asking, synonyms.source)]
    lists += [(found, one.source) for one in synonyms.synonyms for found in (one.words, one.find)]
    for words, source in lists:
        if not all(map(str.strip, words)):
            facts = {"expected": "不空的词", "example": "words: [盖房, 建房]"}
            yield problem("key-value", source, value="", **facts)
    for one in synonyms.synonyms:
        if not one.words or (len(one.words) < _FEWEST and not one.find):
            facts = {"expected": "至少两个词，或者另写 find", "example": "words: [盖房, 建房]"}
            yield problem("key-value", one.source, value="、".join(one.words), **facts)
