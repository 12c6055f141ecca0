"""import."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from generator.cli.arguments import Commands, Parser, add_command
from generator.cli.codes import ALL_WELL, COULD_NOT_RUN, PROBLEMS_FOUND
from generator.cli.options import add_folders
from generator.importer import Plan, Request, carry_out, plan_import


def add_importing(commands: Commands[Parser]) -> None:
    """From an office's workbook to a village's folder."""
    _add_options(add_command(commands, "import", "把现成的工作簿或 CSV 放进村的文件夹", _import))


def _add_options(command: argparse.ArgumentParser) -> None:
    add_folders(command)
    add = command.add_argument
    add("file", type=Path, metavar="FILE", help="工作簿（.xlsx .xls .et .ods）或 CSV")
    add("--village", default="", metavar="ID", help="哪个村，例如 liuxi")
    add("--item", default="", metavar="ITEM", help="哪个事项，例如 ledger")
    add("--period", default="", metavar="P", help="哪一期，例如 2025-09、2025Q3")
    add("--account", default="", metavar="A", help="哪个账套，例如 coop")
    add("--sheet", default="", metavar="NAME", help="只导入这一张工作表")
    add("--dry-run", action="store_true", help="只看，什么也不写")
    add("--replace", action="store_true", help="已经有的那一份，用新的换掉")


def _import(options: argparse.Namespace) -> int:
    plan = plan_import(
        Request(
            file=options.file,
            content=options.content,
            villages=options.villages,
            today=date.today(),
            village=options.village,
            item=options.item,
            period=options.period,
            account=options.account,
            sheet=options.sheet,
            replace=options.replace,
        )
    )
    for line in plan.lines():
        print(line)
    if options.dry_run:
        print(f"只是看看，什么也没有写。去掉 --dry-run 会写 {len(plan.to_write)} 份文件。")
    else:
        print(f"写了 {carry_out(plan)} 份文件；{options.file.name} 没有动。")
    return _import_code(plan)


def _import_code(plan: Plan) -> int:
    if plan.has_questions:
        return COULD_NOT_RUN
    return PROBLEMS_FOUND if plan.has_faults else ALL_WELL
