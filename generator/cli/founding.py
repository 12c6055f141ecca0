"""The command new."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cli.arguments import Commands, Parser, add_command, day
from generator.cli.exitcodes import ALL_WELL
from generator.cli.options import add_folders, settings_of
from generator.settings import CannotBuildError

if TYPE_CHECKING:
    from generator.founding import Question

_OPTIONS = {
    "town_id": ("--town-id", "ID", "镇的拼音编号，新的镇才要，例如 bailu"),
    "id": ("--id", "ID", "村的拼音编号，例如 shuanghuai"),
    "code": ("--code", "CODE", "12 位统计用区划代码"),
    "groups": ("--groups", "TEXT", "村民小组，例如 “一组 52户 180人；二组 48户 166人”"),
    "phone": ("--phone", "N", "村务监督委员会对外公布的电话"),
    "office": ("--office", "TEXT", "村民委员会在哪里，例如 村部一楼"),
    "urban": ("--urban", "是|否", "是不是社区（居民委员会）；名字最后是“村”的不问"),
}


def add_founding(commands: Commands[Parser]) -> None:
    """Adds the command with which a village begins."""
    command = add_command(commands, "new", "新建一个村的文件夹；加 --sheets 是写空白的表格", _new)
    command.add_argument("place", metavar="TOWN/VILLAGE", help="哪个镇的哪个村，例如 白鹭镇/双槐村")
    command.add_argument(
        "--sheets",
        action="store_true",
        help="村已经有了：给它的每张公开表写一个空白的工作簿，填好了用 import",
    )
    command.add_argument(
        "--item",
        action="append",
        default=[],
        metavar="ITEM",
        help="只要这张表，例如 财务收支（可以写多次）",
    )
    command.add_argument(
        "--period", default="", metavar="P", help="哪一期的表，例如 2025-10；默认下一个到期的"
    )
    command.add_argument(
        "--published",
        type=day,
        metavar="YYYY-MM-DD",
        help="哪一天公开，写进空白的表里；不写的，填表的人自己写",
    )
    command.add_argument(
        "--out", type=Path, dest="folder", metavar="DIR", help="空白的表写到哪里，默认“村名空白表”"
    )
    add_folders(command)
    for key, (option, metavar, words) in _OPTIONS.items():
        help_text = f"{words}；不写就问"
        command.add_argument(option, dest=key, default="", metavar=metavar, help=help_text)
    words = "从哪一天起公开，默认今天"
    command.add_argument(
        "--today", type=day, default=date.today(), metavar="YYYY-MM-DD", help=words
    )


def _new(options: argparse.Namespace) -> int:
    if options.sheets:
        return _sheets(options)
    if options.item or options.period or options.folder or options.published:
        words = "--item、--period、--published、--out 只和 --sheets 一起用。什么也没有动。"
        raise CannotBuildError(words)
    from generator.founding import FIRST, begin, plan_of

    settings = settings_of(options)
    place, questions = plan_of(options.place, settings)
    given = {key: " ".join(getattr(options, key).split()) for key in _OPTIONS}
    answers = _answers(questions, given)
    folder = begin(place, answers, settings)
    if place.instead:
        print(f"{settings.content / 'site.yaml'} 里的示例镇换成了{place.town}。")
        print("网址、镇上的电话还是示例的，check 会提醒您改。")
    elif not place.known:
        print(f"{place.town}登记在 {settings.content / 'site.yaml'} 里了。")
    print(
        f"建好了：{folder}。基本情况在 {folder / 'village.yaml'} 里，打开看看对不对，再写上干部和监督人员。"
    )
    print(
        f"接着放表格：import 表格文件 --village {answers['id']}；或者直接存进 {folder / FIRST} 这样的事项文件夹。"
    )
    return ALL_WELL


def _sheets(options: argparse.Namespace) -> int:
    from generator.blanks import Wanted, blanks_of, write_blanks

    wanted = Wanted(options.place, tuple(options.item), options.period, options.published)
    blanks = blanks_of(wanted, settings_of(options))
    paths = write_blanks(blanks, options.folder or Path(f"{options.place.replace('/', '-')}空白表"))
    for path in paths:
        print(path)
    print(
        f"写好了 {len(paths)} 个空白的工作簿。填好了运行 import 文件 --village {options.place}；表头上停一停，有说明。"
    )
    return ALL_WELL


def _answers(questions: Sequence[Question], given: dict[str, str]) -> dict[str, str]:
    """What was given with options, else what is typed."""
    is_asked = sys.stdin.isatty()
    wrong = [
        f"{question.words}：{found}。请写在 {_OPTIONS[question.key][0]} 后面。"
        for question in questions
        if (found := _fault(question, given[question.key], is_asked=is_asked))
    ]
    asked = {question.key for question in questions}
    needless = (
        option for key, (option, _, _) in _OPTIONS.items() if given[key] and key not in asked
    )
    wrong += [f"{option} 这里用不着：镇已经登记了，或者村名已经说清楚了。" for option in needless]
    if wrong:
        raise CannotBuildError("\n".join((*wrong, "什么也没有动。")))
    return {question.key: given[question.key] or _typed(question) for question in questions}


def _fault(question: Question, given: str, *, is_asked: bool) -> str:
    if given:
        return question.wrong(given)
    return "" if is_asked else "没有写"


def _typed(question: Question) -> str:
    """What is typed, asked for until it will do."""
    hint = f"（按回车就用 {question.proposed}）" if question.proposed else ""
    while True:
        try:
            typed = " ".join(input(f"{question.words}{hint}：").split()) or question.proposed
        except (EOFError, KeyboardInterrupt):
            raise CannotBuildError("\n停下了，什么也没有写。") from None
        wrong = question.wrong(typed) if typed else "还没有写"
        if not wrong:
            return typed
        print(f"{wrong}。")
