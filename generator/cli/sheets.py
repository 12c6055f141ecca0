"""The commands poster, tile and wall."""

from __future__ import annotations

import argparse
from dataclasses import fields
from datetime import date
from functools import partial
from pathlib import Path

from generator.cli.arguments import Commands, Parser, add_command, address, count, day
from generator.cli.exitcodes import ALL_WELL, PROBLEMS_FOUND
from generator.cli.options import BASE_URL_HELP, add_folders, settings_of
from generator.cli.reporting import print_aside


def add_sheets(commands: Commands[Parser]) -> None:
    """Sheets by command, for the office's printer."""
    _add_poster(add_command(commands, "poster", "画一张公示单，可以换一种纸", _poster))
    _add_tile(add_command(commands, "tile", "把大张的公示单分成几张办公用纸来打印", _tile))
    _add_wall(add_command(commands, "wall", "公开栏换版：清单和要挂的公示单，合成一个 PDF", _wall))


def _add_poster(command: argparse.ArgumentParser) -> None:
    add_folders(command)
    add = command.add_argument
    add("village", metavar="VILLAGE", help="哪个村，例如 柳溪村 或 liuxi")
    add(
        "item",
        metavar="ITEM",
        help="哪个事项，例如 财务收支 或 ledger；也可以是 powers、station、lists、cases",
    )
    add(
        "period",
        metavar="PERIOD",
        nargs="?",
        default="",
        help="哪一期或哪一份，例如 2025-09、2025年三季度",
    )
    add("--paper", default="", metavar="ID", help="什么纸，例如 A1、600x900，默认照目录")
    ways = command.add_mutually_exclusive_group()
    for way, words in (("landscape", "横放"), ("portrait", "竖放")):
        ways.add_argument(
            f"--{way}", dest="way", action="store_const", const=way, default="", help=words
        )
    add(
        "--draft",
        action="store_true",
        dest="drafts",
        help="照村里现在写的画，没有审核的标“未审核”，没有二维码，不能张贴",
    )
    add("--out", type=Path, metavar="FILE", help="写到哪里，默认“村-事项-期次.pdf”")
    add("--today", type=day, default=date.today(), metavar="YYYY-MM-DD", help="当作是哪一天")
    add("--base-url", type=address, default="", metavar="URL", help=BASE_URL_HELP)


def _add_tile(command: argparse.ArgumentParser) -> None:
    add = partial(command.add_argument, default=argparse.SUPPRESS)  # `Tiling` knows the usual
    command.add_argument("file", type=Path, metavar="FILE.pdf", help="公示单的 PDF")
    command.add_argument(
        "--content", type=Path, default=Path("content"), metavar="DIR", help="公用资料"
    )
    add("--paper", choices=("A4", "A3"), help="办公用纸，默认 A4")
    add("--out", type=Path, metavar="FILE", help="写到哪里，默认在原来的名字后面加上纸的大小")
    add("--margin", type=float, metavar="MM", help="打印机四边打不到的宽度")
    add("--overlap", type=float, metavar="MM", help="相邻两张重叠多少毫米")
    add("--sheets", type=count, dest="most", metavar="N", help="缩小到最多 N 张；字会比规定的小")
    add("--blank-backs", action="store_true", help="每张后面加一张空页，防止自动双面打印")


def _add_wall(command: argparse.ArgumentParser) -> None:
    add_folders(command)
    add = command.add_argument
    add("village", metavar="VILLAGE", help="哪个村，例如 柳溪村 或 liuxi")
    span = command.add_mutually_exclusive_group()
    span.add_argument(
        "--since",
        type=day,
        metavar="YYYY-MM-DD",
        help="从哪一天起的变动，默认照 site.yaml 的 round_days",
    )
    span.add_argument(
        "--all", action="store_true", dest="everything", help="应当挂的全部打印，新做一块栏时用"
    )
    add("--out", type=Path, metavar="FILE", help="写到哪里，默认“村-wall.pdf”")
    add("--today", type=day, default=date.today(), metavar="YYYY-MM-DD", help="当作是哪一天")
    add("--base-url", type=address, default="", metavar="URL", help=BASE_URL_HELP)


def _wall(options: argparse.Namespace) -> int:
    from generator.printing import RoundRequest, draw_round

    out = options.out or Path(f"{options.village}-wall.pdf")
    request = RoundRequest(options.village, options.since, options.everything)
    printed = draw_round(request, settings_of(options))
    for found in printed.problems:
        print_aside(str(found))
    for ending, content in printed.files:
        file = out.with_name(f"{out.stem}{ending}")
        file.write_bytes(content)
        print(f"画好了：{file}")
    print(f"挂上 {printed.up} 份，取下 {printed.down} 份。{printed.nothing_yet}")
    return PROBLEMS_FOUND if any(p.severity != "notice" for p in printed.problems) else ALL_WELL


def _poster(options: argparse.Namespace) -> int:
    from generator.printing import SheetRequest, draw_sheet

    key = options.period
    parts = (options.village, options.item, key)
    out = options.out or Path("-".join(part for part in parts if part) + ".pdf")
    request = SheetRequest(options.village, options.item, key, options.paper, options.way)
    pdf, problems = draw_sheet(request, settings_of(options))
    out.write_bytes(pdf)
    for found in problems:
        print_aside(str(found))
    print(f"画好了：{out}")
    return PROBLEMS_FOUND if problems else ALL_WELL


def _tile(options: argparse.Namespace) -> int:
    from generator.printing import Tiling, tile_file

    file = options.file
    given = vars(options)
    tiling = Tiling(**{key.name: given[key.name] for key in fields(Tiling) if key.name in given})
    out = given.get("out") or file.with_name(f"{file.stem}-{tiling.paper}.pdf")
    out.write_bytes(tile_file(file, tiling, settings_of(options)))
    print(f"分好了：{out}。打印时请选“实际大小”，第一页说怎样拼。")
    return ALL_WELL
