"""The command approve."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from typing import TYPE_CHECKING

from generator.cli.arguments import Commands, Parser, add_command, day
from generator.cli.exitcodes import ALL_WELL, PROBLEMS_FOUND
from generator.cli.options import add_folders, settings_of
from generator.settings import CannotBuildError

if TYPE_CHECKING:
    from generator.approving import VillageWaiting
    from generator.model.shared import Shared


def add_approving(commands: Commands[Parser]) -> None:
    """Adds the command by which a township agrees before the public sees."""
    words = "审核：看各村改了什么，同意公开或者退回（site.yaml 写了 review 才用）"
    command = add_command(commands, "approve", words, _approve)
    add = command.add_argument
    add("villages_asked", nargs="*", metavar="VILLAGE", help="哪个村，可以写几个；不写就是全部")
    add("--by", default="", metavar="NAME", help="谁审核的，写姓名；不写 --by 就只看，什么也不记")
    add("--role", default="", metavar="ROLE", help="以什么身份审核，照 site.yaml 的 review")
    add(
        "--item",
        action="append",
        default=[],
        metavar="ITEM",
        help="只看这个事项，例如 财务收支（可以写多次）",
    )
    add("--period", default="", metavar="P", help="只看这一期，例如 2025-09")
    add("--refuse", default="", metavar="TEXT", help="退回这些，写明为什么")
    add("--yes", action="store_true", help="看过了，不用再问")
    add_folders(command)
    words = "当作是哪一天审核的，默认今天"
    add("--today", type=day, default=date.today(), metavar="YYYY-MM-DD", help=words)


def _approve(options: argparse.Namespace) -> int:
    from generator.approving import Answer, Asked, asked_for, told

    by, role, reason = (" ".join(t.split()) for t in (options.by, options.role, options.refuse))
    if bool(by) != bool(role) or (reason and not by):
        raise CannotBuildError("要记下审核，--by 姓名 和 --role 身份 两个都要写。什么也没有动。")
    asked = Asked(tuple(options.villages_asked), tuple(options.item), options.period)
    shared, villages = asked_for(asked, role, by, settings_of(options))
    for village in villages:
        print(f"{village.waiting.name}：等审核 {len(village.waiting.changes)} 份")
        for change in village.waiting.changes:
            print("\n".join(told(change, shared)))
        if faults := village.waiting.faults:
            print(f"  资料里有 {len(faults)} 处错误，有错的改好了才能审核：", file=sys.stderr)
            for fault in faults:
                print(f"  {fault}", file=sys.stderr)
        if village.others:
            print(f"  另有 {village.others} 份不归{role}审核")
    count = sum(len(village.waiting.changes) for village in villages)
    if not count:
        if by:
            print("没有可以审核的，什么也没有记。")
        has_faults = any(village.waiting.faults for village in villages)
        return PROBLEMS_FOUND if has_faults else ALL_WELL
    if not by:
        print(
            f"一共 {count} 份等审核。同意公开：加上 --by 姓名 --role 身份；退回：再加 --refuse 为什么。"
        )
        return PROBLEMS_FOUND
    if not options.yes and not _agreed(count, reason):
        print("没有记，什么也没有动。")
        return PROBLEMS_FOUND
    return _record(villages, Answer(by, role, options.today), reason, shared)


def _agreed(count: int, reason: str) -> bool:
    """What is typed when asked; where nobody can type, `--yes` has to say it."""
    if not sys.stdin.isatty():
        raise CannotBuildError("要记下审核，请看过以后加上 --yes。什么也没有动。")
    question = f"退回以上 {count} 份（{reason}）" if reason else f"同意公开以上 {count} 份"
    try:
        return input(f"{question}吗？（是/否）：").strip() in ("是", "y", "Y")
    except (EOFError, KeyboardInterrupt):
        return False


def _record(
    villages: tuple[VillageWaiting, ...], answer: object, reason: str, shared: Shared
) -> int:
    from generator.approving import Answer, approve, refuse

    assert isinstance(answer, Answer)
    has_faults = False
    for village in villages:
        name, changes = village.waiting.name, village.waiting.changes
        if not changes:
            continue
        if reason:
            refuse(village.folder, changes, answer, reason)
            print(f"{name}：退回了 {len(changes)} 份")
        elif faults := approve(village.folder, changes, answer, shared):
            has_faults = True
            print(f"{name}：没有记。只公开这几份，下面这些会出错：")
            for fault in faults:
                print(fault, file=sys.stderr)
        else:
            print(f"{name}：同意公开 {len(changes)} 份，下次 build 就放到网上")
    return PROBLEMS_FOUND if has_faults else ALL_WELL
