"""Writes JSON as people may read it, one value on each line.

The standard library does that value by value in Python; here a list or object of plain values goes
through its fast encoder at once, to the same text as by `json.dumps(value, ensure_ascii=False, indent=1)`.
"""

from __future__ import annotations

from functools import cache
from json import JSONEncoder
from typing import Any


def json_lines(value: Any, *, is_sorted: bool = False) -> bytes:
    """A value as a file of JSON; keys are texts, and in order where it `is_sorted`."""
    return (_text(value, 0, is_sorted) + "\n").encode()


def _text(value: Any, depth: int, is_sorted: bool) -> str:
    encode = _encoder(depth, is_sorted).encode
    if not value or not isinstance(value, dict | list | tuple):
        return encode(value)
    inner = value.values() if isinstance(value, dict) else value
    if not any(isinstance(one, dict | list | tuple) for one in inner):
        text = encode(value)
        start, body, end = text[0], text[1:-1], text[-1]
    else:
        body = f",\n{' ' * (depth + 1)}".join(_members(value, depth + 1, is_sorted))
        start, end = "{}" if isinstance(value, dict) else "[]"
    return f"{start}\n{' ' * (depth + 1)}{body}\n{' ' * depth}{end}"


def _members(value: Any, depth: int, is_sorted: bool) -> list[str]:
    if not isinstance(value, dict):
        return [_text(one, depth, is_sorted) for one in value]
    encode = _encoder(depth, is_sorted).encode
    pairs = sorted(value.items()) if is_sorted else value.items()
    return [f"{encode(key)}: {_text(one, depth, is_sorted)}" for key, one in pairs]


@cache
def _encoder(depth: int, is_sorted: bool) -> JSONEncoder:
    """For what has no other lists or objects in it and stands at a depth."""
    separators = f",\n{' ' * (depth + 1)}", ": "
    return JSONEncoder(ensure_ascii=False, sort_keys=is_sorted, separators=separators)
