"""Puts argparse's complaints about a command into Chinese.

argparse has its messages only in English, and says them in one form each. What a later version
of Python may say in another form is told without its English words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_TYPES = {"Path": "文件或文件夹的路径", "int": "整数", "float": "数"}
# Patterns of whole messages and what they mean; \1 stands for what argparse names.
_MEANINGS: tuple[tuple[str, str], ...] = (
    (r"one of the arguments (.+) is required", r"\1 要写其中一个"),
    (r"unrecognized arguments: (.+)", r"没有这样的选项或多写了：\1"),
    (r"ambiguous option: (.+) could match (.+)", r"\1 不知道是哪一个，可能是 \2，请写全"),
    (r"unexpected option string: (.+)", r"没有选项 \1"),
    (r"not allowed with argument (.+)", r"不能和 \1 一起写"),
    (r"ignored explicit argument (.+)", r"后面不能再写 \1"),
    (r"expected one argument", "后面要写一个值"),
    (r"expected at most one argument", "后面最多写一个值"),
    (r"expected at least one argument", "后面至少要写一个值"),
    (r"expected ([0-9]+) arguments?", r"后面要写 \1 个值"),
    (
        r"invalid choice: (.+?) \(choose from (.*?)\)(?:, maybe you meant .*)?",
        r"没有 \1，可以写 \2",
    ),
    (r"unknown parser (.+?) \(choices: (.*)\)", r"没有 \1，可以写 \2"),
    (r"can't open (.+?): .*", r"打不开 \1"),
    *((rf"invalid {kind} value: (.+)", rf"\1 不是{name}") for kind, name in _TYPES.items()),
    (r"invalid \w+ value: (.+)", r"\1 写得不对"),
)
_LACKING = re.compile("the following arguments are required: (.+)")
_NO_MEANINGS: Mapping[str, str] = {}
_OF_ARGUMENT = re.compile(r"argument ([^:]+): (.*)", re.DOTALL)
_QUOTED = re.compile(r"(['\"])(.*?)\1")
_HAN = re.compile("[\u4e00-\u9fff]")


def in_chinese(message: str, meanings: Mapping[str, str] = _NO_MEANINGS) -> str:
    """A message of argparse in Chinese; our own, which are Chinese, as they are. `meanings` explain the
    names of arguments, which are English."""
    lacking = _LACKING.fullmatch(message)
    if lacking:
        named = (
            f"{name}（{meanings[name]}）" if name in meanings else name
            for name in lacking[1].split(", ")
        )
        return f"少了 {'、'.join(named)}"
    about = _OF_ARGUMENT.fullmatch(message)
    name, said = (about[1], about[2]) if about else ("", message)
    meant = _meaning(said)
    return f"{name}：{meant}" if name else meant


def _meaning(said: str) -> str:
    for pattern, meaning in _MEANINGS:
        match = re.fullmatch(pattern, said, re.DOTALL)
        if match:
            return _QUOTED.sub(r"“\2”", match.expand(meaning)).replace(", ", "、")
    return said if _HAN.search(said) else "这里看不懂"
