"""Turns an office's workbooks into clean files in the folders of their villages.

`plan_import` finds everything out and writes nothing; `carry_out` writes. In between stand the preview,
`Plan.lines`, and the questions: with their answers in the request, the plan is made again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.importer.desk import Desk, Request, set_desk
from generator.importer.drafts import Draft, LeftOut, Workbook, one_of_several
from generator.importer.journal import Undone, take_back, write_all
from generator.importer.memory import Form, Memory, Remembered, remembering
from generator.importer.plan import draft_worksheets
from generator.importer.preview import left_out_line, part_lines
from generator.importer.questions import (
    Answering,
    Question,
    answer_of,
    answers_file,
    gathered,
    question_lines,
    read_answers,
)
from generator.importer.results import Part, make_parts
from generator.importer.telling import left_out_as_told
from generator.intake.folders import FORMS_FILE
from generator.intake.worksheets import read_worksheets
from generator.problems import Problem
from generator.progress import Report, Step, unheard
from generator.settings import CannotBuildError

__all__ = [
    "Plan",
    "Question",
    "Request",
    "Undone",
    "answer_of",
    "answers_file",
    "carry_out",
    "plan_import",
    "question_lines",
    "read_answers",
    "take_back",
]


@dataclass(frozen=True)
class Plan:
    """What an import would do. `unreadable` says why files cannot be read at all."""

    request: Request
    memory: Memory
    parts: tuple[Part, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    questions: tuple[Question, ...] = ()
    unreadable: tuple[Problem, ...] = ()

    @property
    def to_write(self) -> tuple[Part, ...]:
        """The files that will be written."""
        wanted = ("new", "differs") if self.request.replace else ("new",)
        return tuple(part for part in self.parts if part.state in wanted)

    @property
    def refused(self) -> int:
        """The number of tables that are not taken in though nothing is left to ask."""
        taken = len(self.to_write) + sum(part.state in ("same", "asks") for part in self.parts)
        lost = [entry for entry in self.left_out if not entry.is_plain and not entry.doubts]
        return len(self.unreadable) + len(self.parts) - taken + len(lost)

    def lines(self) -> Iterator[str]:
        """The preview."""
        yield from map(str, self.unreadable)
        for part in self.parts:
            yield from part_lines(part, will_replace=self.request.replace)
        yield from (left_out_line(entry) for entry in self.left_out if entry.reason)


def plan_import(request: Request, report: Report = unheard) -> Plan:
    """Decide what the files hold and where it goes.

    Raises `CannotBuildError` when a folder, a file or what an option names is not there.
    """
    return plan_at(set_desk(request), report)


def plan_at(desk: Desk, report: Report = unheard) -> Plan:
    """The plan for the files of a desk."""
    request = desk.request
    drafts: list[Draft] = []
    left_out: list[LeftOut] = []
    unreadable: list[Problem] = []
    books = [*_read_all(desk, report)]
    _check_worksheet_asked_for(request, [book for book in books if isinstance(book, Workbook)])
    for number, book in enumerate(books):
        if isinstance(book, Workbook):
            report(Step(f"正在认：{book.path.name}", len(books) + number, 2 * len(books)))
            found, without = draft_worksheets(desk, book)
            drafts += found
            left_out += left_out_as_told(desk, book, without)
        else:
            unreadable.append(book)
    report(Step("正在和村里的账核对", 2 * len(books), 2 * len(books)))
    answers = Answering(request.answers)
    parts = make_parts(desk, one_of_several(drafts, answers.to), answers.to)
    asking: list[Draft | LeftOut] = [*(part.draft for part in parts), *left_out]
    met = ((one.form, one.file, doubt) for one in asking for doubt in one.doubts)
    return Plan(request, desk.memory, parts, tuple(left_out), gathered(met), tuple(unreadable))


def _read_all(desk: Desk, report: Report) -> Iterator[Workbook | Problem]:
    for number, path in enumerate(desk.files):
        report(Step(f"正在打开：{path.name}", number, 2 * len(desk.files)))
        yield _read(desk, path)


def _read(desk: Desk, path: Path) -> Workbook | Problem:
    worksheets = read_worksheets(path, path.name)
    if isinstance(worksheets, Problem):
        return worksheets
    filled = tuple(worksheet for worksheet in worksheets if not worksheet.is_empty)
    if not filled and len(desk.files) == 1:
        raise CannotBuildError(f"{path.name} 里什么也没有。")
    return Workbook(path, filled)


def _check_worksheet_asked_for(request: Request, books: list[Workbook]) -> None:
    names = dict.fromkeys(worksheet.name for book in books for worksheet in book.worksheets)
    if request.worksheet and books and request.worksheet not in names:
        known = "、".join(names)
        raise CannotBuildError(f"没有工作表“{request.worksheet}”。--sheet 可以写：{known}。")


def carry_out(plan: Plan) -> int:
    """Write the files of a plan, each whole or not at all, and what was answered for their forms;
    returns how many tables were written."""
    _check_nothing_came_between(plan)
    contents = {part.path: part.content for part in plan.to_write}
    answered: dict[Path, dict[Form, list[Remembered]]] = {}
    for part in plan.to_write:
        path = part.draft.place.folder.path.parent / FORMS_FILE
        for entry in part.draft.settled:
            if entry.doubt.lasting:
                known = Remembered(entry.doubt.about, entry.doubt.problem.message, entry.answer)
                answered.setdefault(path, {}).setdefault(entry.form, []).append(known)
    for path, forms in answered.items():
        content = remembering(plan.memory, path, forms)
        if not path.is_file() or path.read_bytes() != content:
            contents[path] = content
    write_all(plan.request.villages, contents)
    return len(plan.to_write)


def _check_nothing_came_between(plan: Plan) -> None:
    """Refuses to overwrite what another import wrote since the plan was made."""
    came = [part.path.name for part in plan.to_write if part.state == "new" and part.path.exists()]
    if came or not plan.memory.is_current():
        raise CannotBuildError(
            f"{plan.request.villages} 里的文件刚才变了，可能另有人在导入。什么也没有写，请再运行一次。"
        )
