"""Splits off the head of a document: all that follows `title:` is the title, whatever characters it has.

YAML takes ` #` for a comment, `: ` for another pair, `[`, `"` and `*` for marks of its own. Clerks type titles:
`村部 #2 机井`, `通知: 停水`, `[紧急] 停水通知`, `"水塘"承包公告`. A comment stands two blanks away from them, with
a blank behind its sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, get_args, get_type_hints

from generator.intake.yamlcauses import is_quoted, quoted

_LINE = re.compile(r"( *(?:- +)?)([a-z][A-Za-z_]*):[ \t]*(\S.*?)[ \t]*")
_BLOCK = re.compile(r"[|>][+-]?[1-9]?[+-]?(?: +#.*)?")
_COMMENT = re.compile(r"(?:^|[ \t]{2,})#(?:[ \t].*)?$")


@cache
def text_names(shape: type) -> frozenset[str]:
    """The names of all texts in a dataclass and in those that it holds."""
    return frozenset(_texts(shape))


def _texts(shape: Any) -> Iterator[str]:
    if not is_dataclass(shape):
        for part in get_args(shape):
            yield from _texts(part)
        return
    hints = get_type_hints(shape)
    for field in fields(shape):
        if hints[field.name] is str:
            yield field.name
        else:
            yield from _texts(hints[field.name])


def whole_texts(head: str, names: frozenset[str]) -> str:
    """A head in which the texts of one line stand within quotation marks, so that YAML reads them
    as they are. Texts that go on in the next line stay as they were written."""
    lines = head.split("\n")
    within = -1  # the indent of the name whose lines follow as they are
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip(" "))
        if within >= 0 and (not line.strip() or indent > within):
            continue
        within = -1
        match = _LINE.fullmatch(line)
        if match is None:
            continue
        start = len(match[1])
        if _BLOCK.fullmatch(match[3]):
            within = start
        elif match[2] in names and not _goes_on(lines, number, start):
            value = _COMMENT.sub("", match[3])
            if not _is_yaml(value):
                lines[number] = f"{match[1]}{match[2]}: {quoted(value)}"
    return "\n".join(lines)


def _is_yaml(value: str) -> bool:
    """Whether a value is written as YAML wants it."""
    return not value or is_quoted(value)


def _goes_on(lines: list[str], number: int, start: int) -> bool:
    following = lines[number + 1] if number + 1 < len(lines) else ""
    return bool(following.strip()) and len(following) - len(following.lstrip(" \t")) > start
