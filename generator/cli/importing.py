"""The command import."""

from __future__ import annotations

import argparse
from pathlib import Path

from generator.cli.arguments import Commands, Parser, add_command, day, given
from generator.cli.options import add_folders
from generator.cli.waiting import add_progress


def add_importing(commands: Commands[Parser]) -> None:
    """Adds the command from an office's workbook to a village's folder."""
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
    add_progress(command)


def _import(options: argparse.Namespace) -> int:
    from generator.cli.talking import run_import

    return run_import(options)
