"""The command history."""

from __future__ import annotations

import argparse
from datetime import date

from generator.cli.arguments import Commands, Parser, add_command, day
from generator.cli.exitcodes import ALL_WELL
from generator.cli.options import add_folders, settings_of
from generator.cli.waiting import add_progress, telling


def add_history(commands: Commands[Parser]) -> None:
    """Adds the command that reads what was public before."""
    words = "从 git 仓库里读出公开以后改过什么，写进各村的 history.yaml，生成网站时照着写明"
    command = add_command(commands, "history", words, _history)
    command.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="VILLAGE",
        help="只读这个村，写村名或代号（可以写多次）",
    )
    add_folders(command)
    add_progress(command)
    command.add_argument(
        "--today", type=day, default=date.today(), metavar="YYYY-MM-DD", help="当作是哪一天"
    )


def _history(options: argparse.Namespace) -> int:
    from generator.history import write_history

    with telling(options.progress) as report:
        result = write_history(settings_of(options), report)
    changes = sum(village.changes for village in result.villages)
    print(f"读了 {result.commits} 次提交：{len(result.villages)} 个村，公开以后改过 {changes} 次。")
    if result.is_shallow:
        print(
            "这个仓库只取来了最近的一段，再早的改动读不到。要全部的，先运行 git fetch --unshallow"
            "（自动发布里写 fetch-depth: 0）。"
        )
    return ALL_WELL
