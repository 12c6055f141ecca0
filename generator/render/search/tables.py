"""Writes the tables of characters as browsers get them, which few queries ask for."""

from __future__ import annotations

from generator.model.sounds import characters_of_syllables
from generator.output.files import OutputFile
from generator.render.search.digits import digits, steps
from generator.render.search.documents import as_json
from generator.render.search.traditional import PAIRS


def render_tables() -> tuple[OutputFile, ...]:
    """Which traditional characters are folded to which, and which characters are read how."""
    sounds = {
        syllable: digits(steps(map(ord, sorted(characters))))
        for syllable, characters in characters_of_syllables().items()
    }
    return (
        OutputFile("search/traditional.json", as_json(_folds())),
        OutputFile("search/sounds.json", as_json(sounds)),
    )


def _folds() -> str:
    """For each pair the step to its first character, and how far off the other is: twice that, and
    one more where it comes before."""
    first, second = map(ord, PAIRS[::2]), [*map(ord, PAIRS[1::2])]
    numbers: list[int] = []
    last = 0
    for one, other in zip(first, second, strict=True):
        numbers += (one - last, 2 * abs(other - one) + (other < one))
        last = one
    return digits(numbers)
