"""Decides how characters are read: their syllables without tones, as they are typed.

The table, `sounds.json` beside this module, is written by tools/search_tables.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path


@cache
def characters_of_syllables() -> Mapping[str, str]:
    """The characters of each syllable."""
    content = json.loads(Path(__file__).with_name("sounds.json").read_text("utf-8"))
    found: dict[str, str] = content["characters"]
    return found


@cache
def _readings() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for syllable, characters in characters_of_syllables().items():
        for character in characters:
            found[character] = (*found.get(character, ()), syllable)
    return found


def readings_of(character: str) -> tuple[str, ...]:
    """All syllables by which a character is read, in alphabetical order."""
    return _readings().get(character, ())


def is_syllable(letters: str) -> bool:
    """Whether a character is read so."""
    return letters in characters_of_syllables()


def fits(name: str, letters: str) -> bool:
    """Whether letters have a syllable for each character of a name."""
    return len(letters.split()) == len(name) and all(map(is_syllable, letters.split()))


def own_readings(names: Iterable[tuple[str, str]]) -> str:
    """What names with their letters say that the table does not, as `六lu 安lu`."""
    found = {
        character + syllable
        for name, letters in names
        if fits(name, letters)
        for character, syllable in zip(name, letters.split(), strict=True)
        if syllable not in readings_of(character)
    }
    return " ".join(sorted(found))
