"""Options that several commands share."""

from __future__ import annotations

import argparse
import os
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from generator.cli.arguments import address, count, day, given
from generator.cli.waiting import add_progress
from generator.settings import TEMPLATES, Settings

BASE_URL_HELP = "网站的网址，默认用 site.yaml 里的"


def add_folders(command: argparse.ArgumentParser) -> None:
    """Where content/ and villages/ are."""
    add = command.add_argument
    add(
        "--content",
        type=Path,
        default=Path("content"),
        metavar="DIR",
        help="公用资料，默认 content",
    )
    add(
        "--villages",
        type=Path,
        default=Path("villages"),
        metavar="DIR",
        help="各村资料，默认 villages",
    )


def add_build_options(command: argparse.ArgumentParser) -> None:
    """The options of a build."""
    add_folders(command)
    add = command.add_argument
    add("--out", type=Path, default=Path("site"), metavar="DIR", help="网站写到哪里，默认 site")
    add(
        "--only",
        action="append",
        default=[],
        metavar="VILLAGE",
        help="只做这个村，写村名或代号（可以写多次）；生成时要用 --out 另写一个文件夹",
    )
    add(
        "--jobs",
        type=count,
        default=os.cpu_count() or 1,
        metavar="N",
        help="同时做几个村，默认等于处理器核数",
    )
    add(
        "--sheets",
        choices=("due", "all", "none"),
        default="",
        help="画哪些公示单：all 全部；due 只画在挂的、要挂的和新的，旧的沿用当时画的；none 不画，"
        "上次画好、内容没有变的照样放上。默认 all，超过 20 个村是 due",
    )
    add(
        "--no-posters",
        action="store_const",
        const="none",
        dest="sheets",
        help="就是 --sheets none",
    )
    add(
        "--today",
        type=day,
        metavar="YYYY-MM-DD",
        help="当作是哪一天，默认今天",
    )
    add("--full", action="store_true", help="不用上次做好的，全部重新做")
    add(
        "--cache",
        type=Path,
        default=Path(".cache/kept"),
        metavar="DIR",
        help="上次做好的记在哪里，默认 .cache/kept；删掉只是要全部重做",
    )
    add("--base-url", type=address, default="", metavar="URL", help=BASE_URL_HELP)
    _add_telling(command)


def _add_telling(command: argparse.ArgumentParser) -> None:
    """What is said of a build, to whom."""
    add = command.add_argument
    add(
        "--changes",
        type=Path,
        metavar="FILE",
        help="把新的、变了的和删去的网页文件写进这个文件：.json 分开写，别的一行一个",
    )
    add(
        "--format",
        choices=("text", "json", "github", "gitlab"),
        default="text",
        help="问题的写法：text 给人看，json 给程序；github、gitlab 标在平台上改动的那一行。默认 text",
    )
    add("--summary", type=given, metavar="FILE", help="把发现的问题小结写进这个文件（Markdown）")
    add_progress(command)


def add_reading(command: argparse.ArgumentParser, *, several: bool = True) -> None:
    """Where what was published is known from, and the day; of `several` villages how many are read side
    by side."""
    add = command.add_argument
    if several:
        add("--jobs", type=count, default=os.cpu_count() or 1, metavar="N", help="同时看几个村")
        add_progress(command)
    add(
        "--site",
        type=Path,
        dest="out",
        default=Path("site"),
        metavar="DIR",
        help="网站文件夹，默认 site",
    )
    add("--cache", type=Path, default=Path(".cache/kept"), metavar="DIR", help="上次做好的记在哪里")
    add("--today", type=day, default=date.today(), metavar="YYYY-MM-DD", help="当作是哪一天")


def settings_of(options: argparse.Namespace) -> Settings:
    """The settings that the options describe; where a command lacks an option, the usual one."""
    given = {name: value for name, value in vars(options).items() if value is not None}
    usual: dict[str, Any] = {"villages": Path(), "out": Path(), "today": date.today()}
    usual |= {field.name: given[field.name] for field in fields(Settings) if field.name in given}
    if "cluster" in given:  # other machines have another current folder
        places = {name for name, value in usual.items() if isinstance(value, Path)}
        usual |= {name: usual[name].absolute() for name in places}
    return Settings(
        **{
            **usual,
            "templates": TEMPLATES,
            "only": tuple(given.get("only", ())),
        }
    )
