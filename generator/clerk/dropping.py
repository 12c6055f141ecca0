"""Files that were dropped on the desk: what each becomes, which questions are open, and their import. The
importer decides everything; here it is told as plain values, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator.clerk.saving import keep, print_of
from generator.importer import Plan, Question, Request, carry_out, plan_import, take_back
from generator.importer.drafts import Settled
from generator.importer.preview import left_out_line, part_lines
from generator.importer.questions import asked, question_id
from generator.importer.results import Part
from generator.intake.decoding import GridRow, Worksheet
from generator.intake.worksheets import read_worksheets
from generator.problems import Problem
from generator.progress import Report
from generator.settings import CannotBuildError, Settings

_MOST_ROWS, _MOST_COLUMNS = 300, 40  # of a worksheet on the page


Answers = Mapping[str, str]
"""What was answered, by the question's id."""


def planned(settings: Settings, folder: Path, answers: Answers, report: Report) -> dict[str, Any]:
    """What the files of a folder become; `content` is what would be written.

    Raises `CannotBuildError` where nothing can be planned.
    """
    plan = plan_import(_request(settings, folder, answers), report)
    grids = _Grids(folder)
    return {
        "parts": [_part(part, settings, grids) for part in plan.parts],
        "leftOut": [_left_out(plan, entry, grids) for entry in plan.left_out],
        "unreadable": [f"{one.source.file}：{one.message}{one.hint}" for one in plan.unreadable],
        "questions": [_question(one) for one in plan.questions],
    }


def write(
    settings: Settings, folder: Path, answers: Answers, chosen: Mapping[str, str], who: str = ""
) -> dict[str, Any]:
    """Write the chosen files, each by its path with the print of what was shown of it.

    Raises `CannotBuildError` where something is other than it was shown; then nothing is written.
    """
    plan = plan_import(replace(_request(settings, folder, answers), replace=True))
    parts = tuple(part for part in plan.to_write if _path(part, settings) in chosen)
    shown = {_path(part, settings): print_of(part.content) for part in parts}
    if shown != dict(chosen):
        raise CannotBuildError("村里的文件刚才变了，和看到的不一样了。什么也没有写，请再看一遍。")
    for part in parts:
        keep(settings.villages, part.path, who, "导入新的一份")
    number = carry_out(replace(plan, parts=parts))
    return {"written": number, "paths": list(shown)}


def undo(settings: Settings) -> dict[str, Any]:
    """Take the last import back."""
    undone = take_back(settings.villages)
    return {
        "removed": undone.removed,
        "restored": undone.restored,
        "changed": undone.changed,
    }


def _request(settings: Settings, folder: Path, answers: Answers) -> Request:
    return Request(
        files=(folder,),
        content=settings.content,
        villages=settings.villages,
        today=settings.today,
        answers=dict(answers),
    )


def _path(part: Part, settings: Settings) -> str:
    return part.path.relative_to(settings.villages).as_posix()


def _part(part: Part, settings: Settings, grids: _Grids) -> dict[str, Any]:
    draft = part.draft
    _, *lines = part_lines(part, will_replace=True)
    grid = grids.of(draft.file, draft.worksheet.name)
    return {
        "path": _path(part, settings),
        "print": print_of(part.content),
        "content": part.content,
        "village": draft.place.village.id,
        "villageName": draft.place.village.name,
        "title": f"{draft.period.title}{draft.item.title}",
        "account": draft.place.village.account(draft.account).title,
        "file": draft.file,
        "state": part.state,
        "verdict": lines[-1].strip(),
        "lines": [line.strip() for line in lines[:-1]],
        "questions": _ids(part.draft.form, part.draft.doubts),
        "settled": [_settled(entry) for entry in draft.settled],
        "problems": [_problem(one, part.places(one.source.row)[0]) for one in part.problems],
        "grid": grid,
    }


def _left_out(plan: Plan, entry: Any, grids: _Grids) -> dict[str, Any]:
    return {
        "file": entry.file,
        "reason": left_out_line(entry) if entry.reason else "",
        "isPlain": entry.is_plain,
        "questions": _ids(entry.form, entry.doubts),
        "grid": grids.of(entry.file, entry.worksheet),
    }


def _ids(form: Any, doubts: Sequence[Any]) -> list[str]:
    return [question_id(form, doubt.about, lasting=doubt.lasting) for doubt in doubts]


def _settled(entry: Settled) -> dict[str, Any]:
    """A question that was answered, now or for an earlier file of the same form."""
    doubt = entry.doubt
    return {
        "id": question_id(entry.form, doubt.about, lasting=doubt.lasting),
        "words": doubt.problem.message,
        "answer": entry.answer,
        "choices": [{"answer": c.answer, "publishes": c.publishes} for c in doubt.choices],
        "free": doubt.free,
        "lasting": doubt.lasting,
    }


def _question(question: Question) -> dict[str, Any]:
    doubt, source = question.doubt, question.doubt.problem.source
    return {
        "id": question.id,
        "words": asked(question),
        "places": list(question.places),
        "row": source.row,
        "column": source.column,
        "choices": [{"answer": c.answer, "publishes": c.publishes} for c in doubt.choices],
        "free": doubt.free,
        "lasting": doubt.lasting,
    }


def _problem(found: Problem, row: int) -> dict[str, Any]:
    return {
        "row": row,
        "column": found.source.column,
        "severity": found.severity,
        "words": found.message + found.hint,
    }


class _Grids:
    """The worksheets of dropped files as they are, each read once."""

    def __init__(self, folder: Path) -> None:
        self._files = {path.name: path for path in sorted(folder.rglob("*")) if path.is_file()}
        self._read: dict[str, tuple[Worksheet, ...]] = {}

    def of(self, told: str, worksheet: str) -> list[dict[str, Any]]:
        """The rows of a worksheet by the name that messages give to its table; none where that is not
        known."""
        name = max((n for n in self._files if told.startswith(n)), key=len, default="")
        if not name:
            return []
        if name not in self._read:
            read = read_worksheets(self._files[name], name)
            self._read[name] = () if isinstance(read, Problem) else read
        found = [w for w in self._read[name] if not w.is_empty]
        named = [w for w in found if f"［{w.name}］" in told or w.name == worksheet]
        return list(_rows((named or found)[0].rows)) if found else []


def _rows(rows: Sequence[GridRow]) -> Iterator[dict[str, Any]]:
    for row in rows[:_MOST_ROWS]:
        if not row.is_blank:
            yield {"number": row.number, "cells": list(row.cells[:_MOST_COLUMNS])}
