"""The command status."""

from __future__ import annotations

import argparse
from pathlib import Path

from generator.cli.arguments import Commands, Parser, add_command, count
from generator.cli.exitcodes import ALL_WELL, PROBLEMS_FOUND
from generator.cli.options import add_folders, add_reading, settings_of
from generator.cli.reporting import print_aside
from generator.cli.waiting import telling


def add_status(commands: Commands[Parser]) -> None:
    """Adds the command that says what there is to do."""
    words = "各村有哪些该办的事：逾期的、快到期的、有错的、公开栏上该换的"
    command = add_command(commands, "status", words, _status)
    add_folders(command)
    add = command.add_argument
    add(
        "--only",
        action="append",
        default=[],
        metavar="VILLAGE",
        help="只看这个村，写村名或代号（可以写多次）",
    )
    add("--days", type=_ahead, default=7, metavar="N", help="说到几天以后到期的，默认 7，最多 30")
    add(
        "--format",
        choices=("text", "chat", "json", "xlsx"),
        default="text",
        help="text 给人看，chat 可以贴到工作群里，json 给程序，xlsx 是工作簿；默认 text",
    )
    add(
        "--out",
        type=Path,
        dest="file",
        metavar="FILE",
        help="写进这个文件；不写就显示出来，xlsx 写进“status-日期.xlsx”",
    )
    add_reading(command)


def _ahead(text: str) -> int:
    """A number of days for which it is known what falls due."""
    from generator.status import AHEAD

    days = count(text)
    if days > AHEAD:
        raise argparse.ArgumentTypeError(f"最多说到 {AHEAD} 天以后")
    return days


def _status(options: argparse.Namespace) -> int:
    from generator.status import status_of
    from generator.status.forms import as_chat, as_json, as_text, as_workbook

    with telling(options.progress) as report:
        status = status_of(settings_of(options), options.days, report)
    file, form = options.file, options.format
    if form == "xlsx":
        file = file or Path(f"status-{status.today}.xlsx")
        file.write_bytes(as_workbook(status))
    else:
        text = {"text": as_text, "chat": as_chat, "json": as_json}[form](status)
        if file is None:
            print(text)
        else:
            file.write_text(text + "\n", "utf-8", newline="\n")
    if file:
        print_aside(f"写好了：{file}")
    return PROBLEMS_FOUND if status.is_late else ALL_WELL
