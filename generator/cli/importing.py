"""import."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from generator.cli.arguments import Commands, Parser, add_command, day, given
from generator.cli.codes import ALL_WELL, COULD_NOT_RUN, PROBLEMS_FOUND
from generator.cli.options import add_folders
from generator.importer import (
    Plan,
    Question,
    Request,
    answer_of,
    answers_file,
    carry_out,
    plan_import,
    question_lines,
    read_answers,
    take_back,
)
from generator.settings import CannotBuildError

_SKIP = "（不想回答就直接按回车，那一份先不写）"


def add_importing(commands: Commands[Parser]) -> None:
    """From an office's workbook to a village's folder."""
    _add_options(add_command(commands, "import", "把现成的工作簿或 CSV 放进村的文件夹", _import))


def _add_options(command: argparse.ArgumentParser) -> None:
    add_folders(command)
    add = command.add_argument
    add(
        "files",
        type=given,
        nargs="*",
        metavar="FILE|FOLDER",
        help="工作簿（.xlsx .xls .et .ods）、CSV，可以写多个；也可以写放着它们的文件夹",
    )
    add("--village", default="", metavar="V", help="哪个村，写村名或代号，例如 柳溪村")
    add("--item", default="", metavar="ITEM", help="哪个事项，例如 财务收支 或 ledger")
    add("--period", default="", metavar="P", help="哪一期，例如 2025-09、2025年三季度")
    add("--account", default="", metavar="A", help="哪个账套，例如 coop")
    add("--sheet", default="", metavar="NAME", help="只导入这一张工作表")
    add(
        "--published",
        type=day,
        metavar="YYYY-MM-DD",
        help="哪一天公开的；表里没有写公开日期的，都写这一天",
    )
    add(
        "--answers",
        type=Path,
        metavar="FILE",
        help="回答问题的文件；还没有回答的会写进去，填好了再运行一次",
    )
    add("--dry-run", action="store_true", help="只看，什么也不写")
    add("--replace", action="store_true", help="已经有的那一份，用新的换掉")
    add("--undo", action="store_true", help="撤回上一次导入，换掉的还原")


def _import(options: argparse.Namespace) -> int:
    if options.undo and options.files:
        raise CannotBuildError("--undo 撤回上一次的整个导入，后面不写文件。什么也没有动。")
    if options.undo:
        return _undo(options.villages)
    if not options.files:
        raise CannotBuildError("请写上要导入的文件或文件夹，例如 import 10月收支.xlsx。")
    answers = dict(read_answers(options.answers)) if options.answers else {}
    request = Request(
        files=tuple(options.files),
        content=options.content,
        villages=options.villages,
        today=date.today(),
        village=options.village,
        item=options.item,
        period=options.period,
        account=options.account,
        sheet=options.sheet,
        published=options.published,
        replace=options.replace,
        answers=answers,
    )
    plan = plan_import(request)
    if not options.answers and sys.stdin.isatty():
        plan = _asked_here(plan)
    for line in plan.lines():
        print(line)
    _say_questions(plan, options.answers)
    _say_result(plan, is_dry=options.dry_run)
    if plan.questions:
        return COULD_NOT_RUN
    return PROBLEMS_FOUND if plan.refused else ALL_WELL


def _asked_here(plan: Plan) -> Plan:
    """The plan with what the person at the terminal answers; answers may bring up further questions."""
    skipped: set[str] = set()
    while question := next((q for q in plan.questions if q.id not in skipped), None):
        answer = _ask(question)
        if answer:
            answers = {**plan.request.answers, question.id: answer}
            plan = plan_import(replace(plan.request, answers=answers))
        if not answer or any(other.id == question.id for other in plan.questions):
            skipped.add(question.id)
    return plan


def _ask(question: Question) -> str:
    for line in question_lines(1, question):
        print(line)
    while typed := _typed():
        answer = answer_of(question, typed)
        if answer:
            return answer
        print("没有这个回答，请写编号或照抄上面的说法。")
    return ""


def _typed() -> str:
    """What is typed as an answer; nothing at the end of what can be read."""
    try:
        return input(f"回答{_SKIP}：").strip()
    except EOFError:
        return ""
    except KeyboardInterrupt:
        raise CannotBuildError("\n停下了，什么也没有写。") from None


def _say_questions(plan: Plan, file: Path | None) -> None:
    for number, question in enumerate(plan.questions, start=1):
        for line in question_lines(number, question):
            print(line)
    if file is not None and plan.questions:
        try:
            file.write_bytes(answers_file(plan.questions, plan.request.answers))
        except OSError as error:
            raise CannotBuildError(f"写不进 {file}，请核对路径，或者换一个地方。") from error
        print(f"问题写进了 {file}：请在每一条的 answer 后面写上回答，再运行一次同样的命令。")
    elif plan.questions:
        print("请加 --answers answers.yaml 再运行一次：问题会写进这个文件，填好回答就能接着导入。")


def _say_result(plan: Plan, *, is_dry: bool) -> None:
    rest = f"，{len(plan.questions)} 个问题" if plan.questions else ""
    rest += f"，{plan.refused} 份没有收" if plan.refused else ""
    if is_dry:
        count = len(plan.to_write)
        print(f"只是看看，什么也没有写。去掉 --dry-run 会写 {count} 份文件{rest}。")
    else:
        print(f"写了 {carry_out(plan)} 份文件{rest}；原来的表没有动。")


def _undo(villages: Path) -> int:
    undone = take_back(villages)
    for words, names in (
        ("删去新写的", undone.removed),
        ("还原成原来的", undone.restored),
        ("后来又改过，没有动", undone.changed),
    ):
        for name in names:
            print(f"{words}：{name}")
    print(f"撤回了上一次导入：{len(undone.removed) + len(undone.restored)} 份文件。")
    return PROBLEMS_FOUND if undone.changed else ALL_WELL
