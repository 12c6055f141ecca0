"""The command report."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from generator.cli.arguments import Commands, Parser, add_command, given
from generator.cli.exitcodes import ALL_WELL, PROBLEMS_FOUND
from generator.cli.options import add_folders, add_reading, settings_of
from generator.cli.reporting import print_aside
from generator.cli.waiting import telling


def add_report(commands: Commands[Parser]) -> None:
    """Adds the command that writes reports on those who supervise."""
    words = "写监督报告：各村、各镇一个月或一个季度的监督活动、整改、公开、请核实、反映、考核，只给工作人员看"
    command = add_command(commands, "report", words, _report)
    add = command.add_argument
    add("only", nargs="*", metavar="VILLAGE", help="哪个村，可以写几个；不写就是全部，另有各镇的")
    add("--month", default="", metavar="YYYY-MM", help="哪个月，例如 2025-09、2025年9月")
    add(
        "--quarter",
        default="",
        metavar="YYYYQN",
        help="哪个季度，例如 2025年三季度、2025Q3，另有例会议程",
    )
    add("--town", default="", metavar="TOWN", help="只写这个镇，写镇名或代号")
    add(
        "--format",
        action="append",
        choices=("md", "pdf", "xlsx"),
        help="md 文字，pdf 打印，xlsx 工作簿；可以写多次，默认 md",
    )
    add(
        "--out",
        type=given,
        dest="folder",
        default=Path("reports"),
        metavar="DIR",
        help="写到哪个文件夹，默认 reports；不能是网站的文件夹",
    )
    add_folders(command)
    add_reading(command)


def _report(options: argparse.Namespace) -> int:
    from generator.report import Request, period_asked, write_reports

    period = period_asked(options.month, options.quarter)
    forms = tuple(dict.fromkeys(options.format or ["md"]))
    request = Request(period, options.town, forms, options.folder)
    with telling(options.progress) as report:
        written = write_reports(request, settings_of(options), report)
    for fault in written.problems:
        print(fault, file=sys.stderr)
    for village in written.unusable:
        print_aside(f"资料用不了，没有写：{village}")
    print(
        f"{period.title}的监督报告写好了 {len(written.files)} 份，在 {request.folder / period.text}。"
    )
    return PROBLEMS_FOUND if written.unusable or written.problems else ALL_WELL
