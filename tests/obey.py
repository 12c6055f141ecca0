"""A clerk who does what every message says, one after the other, and knows what the paper means.

A book is damaged as hands damage books, and put in. Each problem and each question is taken at its word: a
heading is renamed to the word that a hint offers, a column or a row is deleted, a cell is written as the
example shows. What only a person can know is answered truly, and never guessed: which of two columns is the
right one, whether a row is an entry, what a mistyped amount was. Whatever is written in the end must be what
the paper means.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import Counter, deque
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from generator.importer import Plan, Question, plan_at
from generator.importer.desk import Desk
from generator.intake.headings import heading_key
from generator.problems import Problem
from tests.chance import Book, save
from tests.chance.books import opened
from tests.chance.damages import SLIPS, STRANGERS, Case, at, case_of, headings, put, renamed
from tests.fuzz_books import desk_in, published, words
from tests.office import FIRST, office

_GIVEN = Path(__file__).parent / "fixtures" / "books" / "given"
_STEPS = 8
_WIDTH = 40  # states looked at for one book
_OFFERED = re.compile(r"您是不是要写“([^”]+)”")


@dataclass
class State:
    """A book after some mends, with the answers given, and what was done."""

    case: Case
    answers: dict[str, str] = field(default_factory=dict)
    done: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wrong:
    """Where obedience led to something false."""

    case: str
    done: tuple[str, ...]
    what: str


def office_cases(desk: Desk, folder: Path) -> Iterator[Case]:
    """The cases of all books that offices keep."""
    for path in (*office(folder / "books", FIRST), *sorted(_GIVEN.glob("*.xlsx"))):
        yield from _cases_of(path, desk, folder)


def _cases_of(path: Path, desk: Desk, folder: Path) -> Iterator[Case]:
    """A workbook that goes in as it is, with each of its headings written otherwise in turn; what it
    means is what is published of it untouched."""
    whole = opened(path)
    plan = _imported(State(Case("", whole)), desk, folder)
    if not plan.to_write or len(plan.to_write) < len(plan.parts) or plan.left_out:
        return  # it waits for an answer
    whole.totals = published(plan.to_write)
    for table in (STRANGERS, SLIPS):
        names = [name for name in table if headings(whole, [name])]
        for number, name in enumerate(names, len(path.name)):
            word = table[name][number % len(table[name])]
            case = renamed(deepcopy(whole), name, word, is_slip=table is SLIPS)
            if case.unknown and name == "金额" and name not in whole.totals:
                case.unknown = {"收入", "支出"}  # under which the amounts of two halves go
            yield replace(case, name=f"{path.name} {case.name}")


# --------------------------------------------------------------------------------- the mends


def _mends(state: State, plan: Plan) -> Iterator[State]:
    """All that messages and questions say can be done, one by one."""
    for question in plan.questions:
        yield from _answered(state, question)
    for part in plan.parts:
        for found in part.problems:
            if found.severity == "error":
                yield from _mended(state, found, part.places(found.source.row)[0])
    for entry in plan.left_out:
        for doubt in entry.doubts:
            yield from _mended(state, doubt.problem, doubt.problem.source.row)


def _answered(state: State, question: Question) -> Iterator[State]:
    """The answers that a person who knows the paper may give."""
    for choice in question.doubt.choices:
        if _is_true(state.case, question.doubt.problem, choice.answer):
            new = State(
                deepcopy(state.case),
                state.answers | {question.id: choice.answer},
                (*state.done, f"{question.doubt.problem.message} 答：{choice.answer}"),
            )
            yield new


# Which answers a person who knows the paper gives, by the question's code; all, where any is harmless.
_TRUE: dict[str, Callable[[Case, Problem, str], bool]] = {
    # Sums of rows are not asked for where a cell is known to be wrong: it is mended.
    "form-total": lambda case, _, answer: not case.repairs or answer != "按各行",
    "form-cells-left": lambda case, found, _: _is_surplus(case, found),
    "form-unequal": lambda *_: False,
    "cells-rounded": lambda *_: True,
    "sides-unknown": lambda *_: False,
    "row-unsure": lambda case, _, answer: bool(case.proofs) and answer == "合计行",
    "column-offered": lambda _, __, answer: answer == "不填",
    "import-item": lambda *_: False,
    "import-target": lambda *_: False,  # all of a book's sheets are wanted
}


def _is_true(case: Case, found: Problem, answer: str) -> bool:
    known = _TRUE.get(found.code)
    return known(case, found, answer) if known else True


def _is_surplus(case: Case, found: Problem) -> bool:
    """Whether cells that belong nowhere are no entries: sums under another word, or a copied column."""
    return any(row == found.source.row for _, row in case.proofs) or bool(case.surplus)


def _mended(state: State, found: Problem, row: int) -> Iterator[State]:
    """What a message says, done in each way that it offers."""
    offered = _OFFERED.search(found.hint)
    for place in _cells(state.case.book, found):
        if offered:
            yield _changed(state, found, place, offered[1])
        if found.code == "heading-unknown" and not state.case.book.spans:
            yield _without_column(state, found, place)
    if found.code == "heading-duplicate":
        for sheet, column in state.case.surplus:
            yield _without_column(state, found, (sheet, 1, column))
    for place, value in state.case.repairs.items():
        is_there = place[1] == row or found.code.startswith("heading")
        if is_there and at(state.case.book, place) != value and not offered:
            yield _changed(state, found, place, value)
    for sheet, number in state.case.proofs:
        if number == row and "删" in found.hint:
            yield _without_row(state, found, sheet, number)


def _cells(book: Book, found: Problem) -> list[tuple[str, int, int]]:
    """The cells of headings that a message speaks of."""
    value = found.value or found.source.column
    places = [
        (sheet, row, column)
        for sheet, lines in book.sheets.items()
        for row, line in enumerate(lines[:6], 1)
        for column, cell in enumerate(line, 1)
        if isinstance(cell, str) and value and "".join(cell.split()) == "".join(value.split())
    ]
    return places if found.code == "heading-unknown" else []


def _changed(state: State, found: Problem, place: tuple[str, int, int], value: object) -> State:
    case = deepcopy(state.case)
    old = at(case.book, place)
    if isinstance(value, str) and isinstance(old, str) and heading_key(old)[1]:
        value = f"{value}（{heading_key(old)[1]}）" if "（" not in value else value
    put(case.book, place, value)
    told = f"{found.code}：第 {place[1]} 行“{old}”改成“{value}”"
    return State(case, dict(state.answers), (*state.done, told))


def _without_column(state: State, found: Problem, place: tuple[str, int, int]) -> State:
    """Delete a column, wherever it stands on the sheet."""
    case = deepcopy(state.case)
    sheet, _, column = place
    for line in case.book.sheets[sheet]:
        if len(line) >= column and len(line) > 1:
            del line[column - 1]

    def moved(number: int) -> int:
        return number - (number > column)

    book = case.book
    book.amounts = {
        (s, r, moved(c) if s == sheet else c)
        for s, r, c in book.amounts
        if (s, c) != (sheet, column)
    }
    book.formats = {
        (s, r, moved(c) if s == sheet else c): v
        for (s, r, c), v in book.formats.items()
        if (s, c) != (sheet, column)
    }
    case.repairs = {
        (s, r, moved(c) if s == sheet else c): v
        for (s, r, c), v in case.repairs.items()
        if (s, c) != (sheet, column)
    }
    case.surplus = {
        (s, moved(c) if s == sheet else c) for s, c in case.surplus if (s, c) != (sheet, column)
    }
    return State(case, dict(state.answers), (*state.done, f"{found.code}：删掉第 {column} 栏"))


def _without_row(state: State, found: Problem, sheet: str, row: int) -> State:
    """Clear a row, which leaves the numbers of the others as they are."""
    case = deepcopy(state.case)
    case.book.sheets[sheet][row - 1] = []
    return State(case, dict(state.answers), (*state.done, f"{found.code}：删掉第 {row} 行"))


# -------------------------------------------------------------------------------- the truth


def obey(case: Case, desk: Desk, folder: Path) -> tuple[Wrong | None, str, int]:
    """Do what is said until nothing is left to do; the first false thing that would be published, how it
    ended, and in how many imports."""
    states = deque([State(case)])
    seen: set[str] = set()
    tries, end = 0, "refused"
    while states and tries < _WIDTH:
        state = states.popleft()
        mark = f"{state.case.book.sheets}{sorted(state.answers.items())}"
        if mark in seen or len(state.done) > _STEPS:
            continue
        seen.add(mark)
        tries += 1
        plan = _imported(state, desk, folder)
        if plan.to_write and len(plan.to_write) == len(plan.parts) and not plan.left_out:
            what = _false(state.case, plan)
            if what:
                return Wrong(case.name, state.done, what), "wrong", tries
            end = "written"
            continue
        states.extend(_mends(state, plan))
    return None, end, tries


def _imported(state: State, desk: Desk, folder: Path) -> Plan:
    path = save(state.case.book, folder)
    request = replace(desk.request, answers=state.answers)
    return plan_at(replace(desk, request=request, files=(path,)))


def _false(case: Case, plan: Plan) -> str:
    """What is false of that which would be written; nothing, if all of it is true."""
    sums = published(plan.to_write)
    for name, total in case.book.totals.items():
        if name in sums and sums[name] != total:
            return f"{name} {sums[name]}，应是 {total}"
    known = {"年承包费": "年租金"}
    for name in case.unknown:
        told = known.get(name, name)
        if sums.get(told, Decimal(0)) or words(plan.to_write, told):
            return f"公开了“{told}”，表上没有这一栏"
    for name, texts in case.book.texts.items():
        if (
            name not in case.unknown
            and (found := words(plan.to_write, name))
            and sorted(found) != sorted(texts)
        ):
            return f"{name}：{found}，应是 {texts}"
    return ""


def main() -> int:
    """Obey in as many cases as asked for, and in the books of offices; print every false arrival."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    ends: Counter[tuple[str, str]] = Counter()
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        desk = desk_in(Path(folder))
        for case in (*map(case_of, range(first, first + count)), *office_cases(desk, Path(folder))):
            found, end, _ = obey(case, desk, Path(folder))
            ends[case.name.split("：")[0].split(" ")[-1], end] += 1
            if found:
                wrong += 1
                print("wrong", found.case, found.what, *found.done, sep="\n   ", flush=True)
    for (damage, end), number in sorted(ends.items()):
        print(damage, end, number)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
