"""Doubts: what the program is not sure of, and what each answer would publish. It never guesses.

A reading keeps every doubt that no answer settles. `build` and `check` report its problem, an error that keeps
the record out; `import` puts the question and reads again with the answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.problems import Problem

Answers = Mapping[str, str]
NO_ANSWERS: Answers = {}


@dataclass(frozen=True)
class Choice:
    """An answer as a person gives it, a short word, and what would be published then."""

    answer: str
    publishes: str


@dataclass(frozen=True)
class Doubt:
    """A question about a worksheet.

    `about` names it among the questions of a form, so that one answer settles all its cells now and next
    month: it holds no row number and no value that changes from month to month. `problem` says what was
    seen and how the file itself can be mended. Where any text may be the answer, `free` says how it is
    written (`2026-10`), and there may be no choices. An answer that is not `lasting` holds for this file
    only and is never remembered.
    """

    about: str
    problem: Problem
    choices: tuple[Choice, ...] = ()
    free: str = ""
    lasting: bool = True


@dataclass
class Asking:
    """Per-call state: the answers given, and the doubts that none of them settles."""

    answers: Answers = field(default_factory=dict)
    open: list[Doubt] = field(default_factory=list)
    settled: dict[str, Doubt] = field(default_factory=dict)

    def settle(self, doubt: Doubt) -> str:
        """The answer to a doubt, or nothing: then it stays open, once for all that ask the same."""
        answer = self.answers.get(doubt.about, "")
        if answer and (doubt.free or answer in {choice.answer for choice in doubt.choices}):
            self.settled[doubt.about] = doubt
            return answer
        if all(other.about != doubt.about for other in self.open):
            self.open.append(doubt)
        return ""
