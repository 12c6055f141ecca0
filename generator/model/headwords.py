"""The meanings of words in headings beside the tables' own names: which signs tell meanings apart,
and which columns of an office's sheet are left behind.

The words themselves are data, `content/headings.yaml`. Nothing here proposes a word because it looks
like another one: a proposal is for a slip of the hand, and where a sign of meaning or a number differs
there is none. A wrong hint that is obeyed publishes falsehood; a missing one costs a look at the list.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

_NUMBER = re.compile(r"\d+")
_LEAST = 4  # characters of a word of which one may be another; of a shorter one it is too much
_LONG = 8  # letters from which two of a Latin word may be wrong


@dataclass(frozen=True)
class Sense:
    """Signs that tell one kind of thing apart; `title` is for people who read the file. With `group`
    a heading that stands over several others and has such a sign changes what they mean (上年 over 收入)."""

    title: str
    signs: tuple[str, ...]
    group: bool = False


@dataclass(frozen=True)
class Slip:
    """A character that is often typed in place of another one."""

    typed: str
    meant: str


@dataclass(frozen=True)
class LeftBehind:
    """A column that offices have and that is never published, and why."""

    name: str
    reason: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class HeadWords:
    """Everything of `content/headings.yaml`, and `known`: the headings of all tables, each of which
    means what it says wherever it stands."""

    senses: tuple[Sense, ...] = ()
    slips: tuple[Slip, ...] = ()
    left_behind: tuple[LeftBehind, ...] = ()
    known: frozenset[str] = frozenset()

    def closest(self, word: str, choices: Iterable[str]) -> str:
        """The one choice of which `word` is a slip, or nothing.

        A slip keeps every sign of meaning and every number; it is one character in a word of four or
        more (two in a long Latin one), a character that stands in the table of slips, or two
        neighbours that changed places. A word that has a meaning of its own is none, and where two
        choices are as close nobody knows which was meant.
        """
        if word in self.known:
            return ""
        folded = self._folded(word)
        sense = self._sense(folded)
        found = {}
        for choice in dict.fromkeys(choices):
            other = self._folded(choice)
            if abs(len(other) - len(folded)) <= 2 and self._sense(other) == sense:
                steps = _steps(folded, other)
                if steps <= _most_steps(folded, other):
                    found[choice] = steps
        least = min(found.values(), default=0)
        best = [choice for choice, steps in found.items() if steps == least]
        return best[0] if len(best) == 1 else ""

    def why_left(self, heading: str) -> str:
        """Why a column of this heading is left behind; nothing when it is not known as such."""
        return self._reasons.get(heading, "")

    def changes_parts(self, group: str) -> bool:
        """Whether a heading over others gives them another meaning."""
        telling = {sign for sense in self.senses if sense.group for sign in sense.signs}
        return not telling.isdisjoint(self._sense(self._folded(group))[0])

    def _folded(self, word: str) -> str:
        text = "".join(unicodedata.normalize("NFKC", word).casefold().split())
        for slip in self.slips:
            text = text.replace(slip.typed, slip.meant)
        return text

    def _sense(self, folded: str) -> tuple[list[str], list[int]]:
        """The signs of a word in any order, and its numbers; 9 and 09 are one, 9-10 and 9-01 not."""
        signs = self._signs.findall(folded) if self._signs else []
        return sorted(signs), [int(digits) for digits in _NUMBER.findall(folded)]

    @cached_property
    def _signs(self) -> re.Pattern[str] | None:
        """The signs, the longest first, so that 单价 is not 单 beside 价."""
        signs = {sign for sense in self.senses for sign in sense.signs}
        ordered = sorted(signs, key=lambda sign: (-len(sign), sign))
        return re.compile("|".join(map(re.escape, ordered))) if ordered else None

    @cached_property
    def _reasons(self) -> dict[str, str]:
        columns = self.left_behind
        return {name: c.reason for c in columns for name in (c.name, *c.aliases)}


def _most_steps(one: str, other: str) -> int:
    shorter = min(len(one), len(other))
    if one.isascii() and other.isascii() and shorter >= _LONG:
        return 2
    return 1 if shorter >= _LEAST else 0


def _steps(one: str, other: str) -> int:
    """How many characters were put in, left out, mistaken or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, char in enumerate(one, start=1):
        current = [place]
        for at, wanted in enumerate(other, start=1):
            steps = min(row[at] + 1, current[-1] + 1, row[at - 1] + (char != wanted))
            is_swapped = place > 1 and at > 1 and (char, one[place - 2]) == (other[at - 2], wanted)
            current.append(min(steps, before[at - 2] + 1) if is_swapped else steps)
        before, row = row, current
    return row[-1]
