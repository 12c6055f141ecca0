"""The command visits."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from generator.cli.arguments import Commands, Parser, add_command, day, given
from generator.cli.exitcodes import ALL_WELL, PROBLEMS_FOUND
from generator.cli.reporting import print_aside


def add_visits(commands: Commands[Parser]) -> None:
    """Adds the command that counts how often pages were looked at."""
    words = "从服务器的访问日志数各村、各事项每月打开多少次，不留来访者的地址和搜的词"
    command = add_command(commands, "visits", words, _visits)
    add = command.add_argument
    add("logs", type=given, nargs="+", metavar="LOG", help="访问日志，可以写几个，.gz 也行")
    add("--site", type=Path, default=Path("site"), metavar="DIR", help="网站文件夹，默认 site")
    add(
        "--content",
        type=Path,
        default=Path("content"),
        metavar="DIR",
        help="公用资料，默认 content；哪些是机器人写在里面的 visits.yaml",
    )
    add(
        "--format",
        choices=("text", "json", "csv"),
        default="text",
        help="text 给人看，json 给程序，csv 是表格；默认 text",
    )
    add("--out", type=given, metavar="FILE", help="写进这个文件；不写就显示出来")
    add(
        "--publish",
        action="store_true",
        help="把过完的月份写进公用资料的 visits.csv，下次生成时网站上有一页访问量",
    )
    add("--today", type=day, default=date.today(), metavar="YYYY-MM-DD", help="当作是哪一天")


def _visits(options: argparse.Namespace) -> int:
    from generator.visits import visits_of
    from generator.visits.forms import as_csv, as_json, as_text, notes

    folders = options.site, options.content
    visits = visits_of(options.logs, *folders, options.today, publish=options.publish)
    text = {"text": as_text, "json": as_json, "csv": as_csv}[options.format](visits)
    if options.out is None:
        print(text.rstrip("\n"))
    else:
        options.out.write_text(text.rstrip("\n") + "\n", "utf-8", newline="\n")
        print_aside(f"写好了：{options.out}")
    for line in notes(visits):
        print_aside(line)
    return PROBLEMS_FOUND if visits.tally.unread else ALL_WELL
