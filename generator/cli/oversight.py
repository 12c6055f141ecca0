"""The commands bank and warnings."""

from __future__ import annotations

import argparse
from pathlib import Path

from generator.cli.arguments import Commands, Parser, add_command, given
from generator.cli.exitcodes import ALL_WELL, PROBLEMS_FOUND
from generator.cli.options import add_folders, add_reading, settings_of
from generator.cli.reporting import print_aside
from generator.cli.waiting import telling


def add_oversight(commands: Commands[Parser]) -> None:
    """Adds what only staff see."""
    words = "账和银行流水一笔一笔地对，看哪几笔没有对上；只给工作人员看"
    command = add_command(commands, "bank", words, _bank)
    add = command.add_argument
    add("village", metavar="VILLAGE", help="村名或代号")
    add("period", nargs="?", default="", metavar="PERIOD", help="哪一期，例如 2025-09；默认各期")
    add_folders(command)
    add(
        "--out",
        type=given,
        dest="file",
        metavar="FILE.xlsx",
        help="写成工作簿，里面有银行写的字；不要放进网站文件夹。不写就只显示笔数和账上的日期、金额",
    )
    add_reading(command, several=False)
    words = "各村请核实的：公开的、只给工作人员看的、几个村放在一起才看得出的，和村里的说明"
    command = add_command(commands, "warnings", words, _warnings)
    add = command.add_argument
    add("only", nargs="*", metavar="VILLAGE", help="只看这些村，写村名或代号；默认各村")
    add_folders(command)
    add(
        "--format",
        choices=("text", "json", "xlsx"),
        default="text",
        help="text 给人看，json 给程序，xlsx 是工作簿；默认 text",
    )
    add(
        "--out",
        type=given,
        dest="file",
        metavar="FILE",
        help="写进这个文件，不要放进网站文件夹；不写就显示出来，xlsx 写进“warnings-日期.xlsx”",
    )
    add_reading(command)


def _warnings(options: argparse.Namespace) -> int:
    from generator.oversight.found import all_found
    from generator.oversight.foundforms import as_found_workbook, as_json, as_text
    from generator.oversight.workbook import keep

    with telling(options.progress) as report:
        found = all_found(settings_of(options), report)
    file = options.file
    if options.format == "xlsx":
        file = file or Path(f"warnings-{found.today}.xlsx")
        content = as_found_workbook(found)
    else:
        content = {"text": as_text, "json": as_json}[options.format](found).encode() + b"\n"
    if file:
        keep(content, file, options.out)
        print_aside(f"写好了：{file}")
    else:
        print(content.decode().rstrip("\n"))
    return PROBLEMS_FOUND if found.unanswered else ALL_WELL


def _bank(options: argparse.Namespace) -> int:
    from generator.oversight.bankforms import as_bank_workbook, as_text
    from generator.oversight.banks import bank_report
    from generator.oversight.workbook import keep

    report = bank_report(settings_of(options), options.village, options.period)
    print(as_text(report))
    if options.file:
        keep(as_bank_workbook(report), options.file, options.out)
        print_aside(f"写好了：{options.file}")
    return PROBLEMS_FOUND if report.is_open else ALL_WELL
