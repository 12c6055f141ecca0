"""Places in an item's sentence, and the numbers that an item compares and draws.

`{period}`, `{count}`, `{sum:金额}`, `{distinct:户主}`, `{filled:办结日期}`; each number over the
rows that meet a condition too: `{count:状态=已办}`, `{sum:金额:类型=债权}`, and with several
values `{count:满意度=满意|基本满意}`. Of several conditions, `{sum:中标价:结果=成交:类别=工程}`,
the rows count that meet them all. `{day}` is the day as of which a record speaks. A register of
contracts may have a computed column that says what a row is on that day (`LeaseWords`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

PLACE = re.compile(r"\{([^{}]*)\}")
_PARTS = re.compile(
    r"(?P<kind>[a-z]+)(?::(?P<column>[^:=]+))?"
    r"(?::(?P<where>[^:=]+)=(?P<equals>[^:=]+))?(?P<further>(?::[^:=]+=[^:=]+)*)"
)


@dataclass(frozen=True)
class Place:
    """One place: `text` as written, what it computes, over which column, and the rows that
    count: those whose `where` is one of `equals`, all where it is empty. `further` are more
    conditions that these rows meet."""

    text: str
    kind: str
    column: str = ""
    where: str = ""
    equals: tuple[str, ...] = ()
    further: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def columns(self) -> frozenset[str]:
        """The columns that decide which rows count, and the one that is computed over."""
        names = (self.column, self.where, *(name for name, _ in self.further))
        return frozenset(name for name in names if name)


def parse_place(text: str) -> Place:
    """Take a place apart; whether it can be filled is for the checks to say."""
    match = _PARTS.fullmatch(text)
    if match is None:
        return Place(text, "")
    equals = tuple(match["equals"].split("|")) if match["equals"] else ()
    further = tuple(
        (column, tuple(values.split("|")))
        for column, _, values in (part.partition("=") for part in match["further"].split(":")[1:])
    )
    return Place(text, match["kind"], match["column"] or "", match["where"] or "", equals, further)


def places_of(sentence: str) -> tuple[Place, ...]:
    """All places of a sentence in order."""
    return tuple(parse_place(text) for text in PLACE.findall(sentence))
