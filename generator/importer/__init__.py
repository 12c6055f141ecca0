"""Import: a workbook as an office has it becomes clean files in its village's folder.

`plan_import` finds everything out and writes nothing; `carry_out` writes. In between stands the
preview, `Plan.lines`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.importer.desk import Request, set_desk
from generator.importer.parts import Part, make_parts
from generator.importer.plan import LeftOut, draft_sheets
from generator.importer.preview import left_out_line, part_lines
from generator.importer.store import write
from generator.intake.sheets import TABLE_ENDINGS, read_sheets
from generator.problems import Problem
from generator.settings import CannotBuildError

__all__ = ["Plan", "Request", "carry_out", "plan_import"]


@dataclass(frozen=True)
class Plan:
    """What an import would do. `unreadable` says why a file cannot be read at all."""

    request: Request
    parts: tuple[Part, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    unreadable: Problem | None = None

    @property
    def to_write(self) -> tuple[Part, ...]:
        """The files that will be written."""
        wanted = ("new", "differs") if self.request.replace else ("new",)
        return tuple(part for part in self.parts if part.state in wanted)

    @property
    def has_questions(self) -> bool:
        """Whether something cannot be known without another option."""
        return any(entry.is_question for entry in self.left_out)

    @property
    def has_faults(self) -> bool:
        """Whether anything of the file is not taken in that should be."""
        done = [part for part in self.parts if part.state == "same"]
        lost = [entry for entry in self.left_out if not entry.is_plain]
        is_partial = len(self.to_write) + len(done) < len(self.parts)
        return self.unreadable is not None or is_partial or bool(lost)

    def lines(self) -> Iterator[str]:
        """The preview."""
        if self.unreadable is not None:
            yield str(self.unreadable)
        for part in self.parts:
            yield from part_lines(part, will_replace=self.request.replace)
        for entry in self.left_out:
            yield left_out_line(entry, self.request.file.name)


def plan_import(request: Request) -> Plan:
    """Find out what a file holds and where it goes.

    Raises `CannotBuildError` when a folder, the file or what an option names is not there.
    """
    desk = set_desk(request)
    if request.file.suffix.lower() not in TABLE_ENDINGS:
        known = "、".join(TABLE_ENDINGS)
        raise CannotBuildError(f"只能导入 {known} 的表格，不能导入 {request.file.name}。")
    sheets = read_sheets(request.file, request.file.name)
    if isinstance(sheets, Problem):
        return Plan(request, unreadable=sheets)
    names = [sheet.name for sheet in sheets if not sheet.is_empty]
    if not names:
        raise CannotBuildError(f"{request.file.name} 里什么也没有。")
    if request.sheet and request.sheet not in names:
        known = "、".join(names)
        raise CannotBuildError(f"没有工作表“{request.sheet}”。--sheet 可以写：{known}。")
    drafts, left_out = draft_sheets(desk, sheets)
    return Plan(request, make_parts(desk, drafts), tuple(left_out))


def carry_out(plan: Plan) -> int:
    """Write the files of a plan, each whole or not at all; returns how many."""
    for part in plan.to_write:
        inside = part.path.parent.resolve().is_relative_to(plan.request.villages.resolve())
        if not inside:  # a link leads out of the villages' folder
            raise CannotBuildError(f"{part.path.parent} 是链接，通到别处去了，没有写。")
        write(part.path, part.content)
    return len(plan.to_write)
