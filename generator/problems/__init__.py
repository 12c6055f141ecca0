"""What is wrong in the data, where, and how to mend it.

Faults of data are values, never exceptions. Each has a stable code; the words for every code
stand in `generator.problems.kinds`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from generator.problems.kinds import KINDS, Severity

__all__ = [
    "Problem",
    "Severity",
    "Source",
    "files_with_errors",
    "in_order",
    "problem",
    "without_numbers",
]

_LONGEST = 60
_OF_A_NUMBER = "0123456789０１２３４５６７８９XxＸｘ -."
_PERSONAL_NUMBER = re.compile(r"[0-9０-９](?: ?[0-9０-９]){9,} ?[0-9０-９XxＸｘ]")


@dataclass(frozen=True, order=True)
class Source:
    """A place in the input: `row` as the spreadsheet shows it (heading = 1), or the line of a
    YAML or Markdown file; 0 means the whole file. `column` is the heading or the key."""

    file: str
    row: int = 0
    column: str = ""


@dataclass(frozen=True)
class Problem:
    """One fault. `value` is the cell as typed, masked when it is personal."""

    code: str
    severity: Severity
    source: Source
    message: str
    hint: str
    value: str = ""
    village: str = ""

    def __str__(self) -> str:
        """One line: file, row, column, code, value, what must hold and what to do."""
        place = f"{self.source.file}:{self.source.row}:"
        column = f" [{self.source.column}]" if self.source.column else ""
        return f"{place}{column} {self.code}: {self.message}{self.hint}"

    def of_village(self, village: str) -> Problem:
        """The same problem, naming the village."""
        return replace(self, village=village)


def problem(kind: str, source: Source, *, value: str = "", **facts: object) -> Problem:
    """A problem of a kind from `KINDS`.

    `facts` fill the places in the kind's code, message and hint; `value` fills `{value}`, made
    one line that is not too long and gives nobody away.
    """
    entry = KINDS[kind]
    line = " ".join(without_numbers(value).split()).encode("utf-8", "replace").decode()
    line = "".join(c if c.isprintable() else "□" for c in line)  # nothing turns the line around
    shown = line if len(line) <= _LONGEST else _cut(line) + "…"
    places = {"value": shown, **facts}
    return Problem(
        code=kind.format(**places),
        severity=entry.severity,
        source=source,
        message=entry.message.format(**places),
        hint=entry.hint.format(**places),
        value=shown,
    )


def _cut(line: str) -> str:
    """The beginning of a long line; a number is not cut in two, since what is left of it would
    not be known for what it is."""
    kept = line[:_LONGEST]
    if line[_LONGEST] in _OF_A_NUMBER:
        bare = kept.rstrip(_OF_A_NUMBER)
        kept = bare if any(char.isdigit() for char in kept[len(bare) :]) else kept
    return kept


def without_numbers(text: str) -> str:
    """A text with what may be an identity, phone or bank number hidden, whatever column it was
    typed into."""
    return _PERSONAL_NUMBER.sub(lambda match: "*" * len(match[0]), text)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems by file, row and column, each once."""
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda p: (p.source, p.code, p.message)))


def files_with_errors(problems: Iterable[Problem]) -> frozenset[str]:
    """Files of which at least one fault is an error: their records are not published."""
    return frozenset(p.source.file for p in problems if p.severity == "error")
