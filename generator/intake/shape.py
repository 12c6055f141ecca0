"""A YAML node becomes a frozen dataclass of the model, by the dataclass's own field types.

The dataclass is the definition of the format: a key is a field's name (camelCase is taken as
snake_case), a field without a default is required, other keys are
refused with the nearest known one. One that names a field as `short` may be written as that alone.
We wrote this ourselves because each fault must name line,
key, what was written, what is expected and an example, in Chinese.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from generator.intake import values
from generator.intake.nearest import nearest
from generator.intake.yamlfile import Node
from generator.model.keynames import missing_key
from generator.problems import Problem, Source, problem, without_numbers

T = TypeVar("T")
_BAD: Any = object()
_SHORT = 40  # characters of a text that an example repeats

_SCALARS: dict[type, tuple[Callable[[str], object], str, str]] = {
    str: (lambda text: text, "文字", "一句话"),
    int: (values.parse_integer, "整数", "12"),
    Decimal: (values.parse_number, "数字", "1200.00"),
    date: (values.parse_date, "日期", "2025-09-01"),
    bool: (values.parse_boolean, "是或否", "是"),
}


def read_shape(
    node: Node, shape: type[T], faults: list[Problem], given: Mapping[str, object] | None = None
) -> T | None:
    """Read a mapping into `shape`; None when a required part is missing or wrong.

    `given` are fields that do not stand in the file (an id from a folder's name).
    """
    result = _dataclass(node, shape, faults, dict(given or {}))
    return None if result is _BAD else cast(T, result)


@cache
def _hints(shape: type) -> dict[str, Any]:
    return get_type_hints(shape)


@lru_cache(4096)
def _snake(key: str) -> str:
    return re.sub(r"(?<=[a-z])([A-Z])", lambda m: "_" + m[1].lower(), key)


def _dataclass(node: Node, shape: Any, faults: list[Problem], given: dict[str, object]) -> Any:
    if isinstance(node.content, str) and (short := getattr(shape, "short", "")):
        node = replace(node, content={short: node})
    if not isinstance(node.content, Mapping):
        return _wrong(node, faults, "几行“名称: 内容”", "title: 标题")
    hints = _hints(shape)
    known = {f.name: f for f in fields(shape)}
    arguments: dict[str, object] = dict(given)
    sound = True
    writable = [name for name in known if name != "source" and name not in given]
    for key, child in node.content.items():
        name = _snake(key)
        if name not in writable:
            hint = nearest(key, writable)
            faults.append(problem("key-unknown", child.source, value=key, nearest=hint))
            continue
        value = _value(child, hints[name], faults)
        if value is _BAD:
            sound = False
        else:
            arguments[name] = value
    if "source" in known and "source" not in given:
        arguments["source"] = Source(node.source.file, node.source.row)
    written = {_snake(key) for key in node.content}
    for name, entry in known.items():
        required = entry.default is MISSING and entry.default_factory is MISSING
        if required and (
            arguments.get(name) == "" or (name not in arguments and name not in written)
        ):
            is_list = get_origin(hints[name]) is tuple
            facts = missing_key(name, node.source.column, is_list=is_list)
            faults.append(problem("key-missing", node.source, **facts))
            sound = False
    return shape(**arguments) if sound else _BAD


def _value(node: Node, hint: Any, faults: list[Problem]) -> Any:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        if node.content is None:
            return None
        inner = next(arg for arg in get_args(hint) if arg is not type(None))
        return _value(node, inner, faults)
    if origin is tuple:
        return _tuple(node, get_args(hint)[0], faults)
    if origin is Literal:
        return _choice(node, get_args(hint), faults)
    if is_dataclass(hint):
        return _dataclass(node, hint, faults, {})
    return _scalar(node, hint, faults)


def _tuple(node: Node, inner: Any, faults: list[Problem]) -> Any:
    """Entries that are wrong are reported and left out."""
    if node.content is None:
        return ()
    if not isinstance(node.content, tuple):
        return _wrong(node, faults, "一个清单，每行以“- ”开头", _as_entry(node))
    entries = (_value(item, inner, faults) for item in node.content)
    return tuple(entry for entry in entries if entry is not _BAD)


def _as_entry(node: Node) -> str:
    """What was written where a list should be, as the list's first line."""
    text = node.content if isinstance(node.content, str) else ""
    first = re.split("[、，,；;]", text.lstrip("-－— "))[0].strip()
    return f"- {without_numbers(first)}" if 0 < len(first) <= _SHORT else "- 第一条"


def _choice(node: Node, choices: tuple[str, ...], faults: list[Problem]) -> Any:
    text = node.content if isinstance(node.content, str) else ""
    if text in choices:
        return text
    named = [choice for choice in choices if choice]
    return _wrong(node, faults, "、".join(named) + " 里的一个", named[0])


def _scalar(node: Node, kind: type, faults: list[Problem]) -> Any:
    parse, expected, example = _SCALARS[kind]
    if isinstance(node.content, str):
        value = parse(node.content)
        if value is not None:
            return value
    elif node.content is None and kind is str:
        return ""
    return _wrong(node, faults, expected, example)


def _wrong(node: Node, faults: list[Problem], expected: str, example: str) -> Any:
    text = (
        node.content if isinstance(node.content, str) else "（空）" if node.content is None else "…"
    )
    faults.append(problem("key-value", node.source, value=text, expected=expected, example=example))
    return _BAD
