"""Places in an item's sentence: {period} {count} {sum:金额} {distinct:户主} {count:状态=已办}."""

from __future__ import annotations

import re
from dataclasses import dataclass

PLACE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Place:
    """One place: `text` as written in braces, what it computes and over what."""

    text: str
    kind: str
    column: str = ""
    equals: str = ""


def parse_place(text: str) -> Place:
    """Take a place apart; whether it can be filled is for the checks to say."""
    kind, _, rest = text.partition(":")
    column, _, equals = rest.partition("=")
    return Place(text, kind, column, equals)


def places_of(sentence: str) -> tuple[Place, ...]:
    """All places of a sentence in order."""
    return tuple(parse_place(text) for text in PLACE.findall(sentence))
