"""Runs an import at the terminal: what is planned, asked and written."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from generator.cli.exitcodes import ALL_WELL, COULD_NOT_RUN, PROBLEMS_FOUND
from generator.cli.waiting import telling
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


def run_import(options: argparse.Namespace) -> int:
    """Carry out the command, or undo the last one."""
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
        worksheet=options.sheet,
        published=options.published,
        replace=options.replace,
        answers=answers,
    )
    with telling(options.progress) as report:
        plan = plan_import(request, report)
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
        if not answer:
            skipped.add(question.id)
        elif any(other.id == question.id for other in plan.questions):
            if answer in {choice.answer for choice in question.doubt.choices}:
                skipped.add(question.id)
                continue
            print(f"“{answer}”没有看懂，请照例子的样子写。")
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
