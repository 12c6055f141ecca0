"""Writes values into a YAML text as somebody has written it: lines of what did not change stay as they are, with
their comments, and so does each entry of a list."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

Values = Mapping[str, Any]
"""Texts, lists and mappings by key, as a form has them."""

_PLAIN = re.compile(
    r"[\u4e00-\u9fff（《][^:#,\[\]{}\"'\n]*(?<!\s)|[A-Za-z][A-Za-z0-9-]*|\d{4}-\d{2}-\d{2}"
)
_NUMBER = re.compile(r"0|[1-9]\d{0,8}")
_WORDS = ("true", "false", "yes", "no", "on", "off", "null", "y", "n")
_ENTRY = re.compile(r"(\s*)- ")
_COMMENT = re.compile(r"\s+(#[^\"']*)$")
_LONGEST = 100  # characters of an entry on one line


def with_values(text: str, old: Values, new: Values) -> str:
    """The text with new values in the place of the old ones, as which it is read now. What is empty and
    was not written stays unwritten."""
    lines = text.splitlines()
    for key, value in new.items():
        before = old.get(key)
        value = bare(value)
        if value == bare(before) or (not value and before is None):
            continue
        first, last = _block(lines, key)
        written = _written(key, value, before, lines[first:last])
        if first == last and lines and lines[-1].strip():
            written.insert(0, "")
        lines[first:last] = written
    return "".join(f"{line}\n" for line in lines)


def bare(value: Any) -> Any:
    """A value without what is empty in it: a form has a field for each key, and entries that nobody filled."""
    if isinstance(value, list):
        return [own for one in value if (own := bare(one))]
    if isinstance(value, dict):
        return {key: own for key, one in value.items() if (own := bare(one))}
    return value


def _block(lines: Sequence[str], key: str) -> tuple[int, int]:
    """The lines of a key at the left edge, without comments that speak of the next; none behind the last
    line where there is no such key."""
    first = next((n for n, line in enumerate(lines) if line.startswith(f"{key}:")), None)
    if first is None:
        return len(lines), len(lines)
    rest = range(first + 1, len(lines))
    last = next((n for n in rest if re.match(r"[^\s#-]", lines[n])), len(lines))
    while last > first + 1 and (not lines[last - 1].strip() or lines[last - 1].startswith("#")):
        last -= 1
    return first, last


def _written(key: str, value: Any, before: Any, lines: Sequence[str]) -> list[str]:
    if not isinstance(value, list):
        comment = _COMMENT.search(lines[0]) if len(lines) == 1 else None
        return [f"{key}: {_flow(value)}{comment[0] if comment else ''}"] if value else []
    if not value:
        return [f"{key}: []"]
    if not all(isinstance(entry, dict) for entry in value):
        return [f"{key}: {_flow(value)}"]
    chunks = _chunks(lines[1:])
    known = (
        [bare(entry) for entry in before]
        if isinstance(before, list) and len(before) == len(chunks)
        else []
    )
    short = [own[0].lstrip().startswith("- {") for _, own in chunks] or [False]
    indent = match[1] if chunks and (match := _ENTRY.match(chunks[0][1][0])) else "  "
    written = [lines[0] if chunks else f"{key}:"]
    stay = _staying(value, known)
    others = iter([number for number in range(len(known)) if number not in stay.values()])
    for place, entry in enumerate(value):
        if place in stay:
            words, own = chunks[stay[place]]
        else:
            other = next(others, None)
            words = (
                [] if other is None else [*chunks[other][0], *_said_in(chunks[other][1], indent)]
            )
            own = _entry(entry, indent, is_short=short[min(place, len(short) - 1)])
        written += [*words, *own]
    return written


def _staying(value: Sequence[Any], known: Sequence[Any]) -> dict[int, int]:
    """For the place of each entry that stays as it is, where it stood."""
    left = dict(enumerate(known))
    found = {}
    for place, entry in enumerate(value):
        same = next((number for number, one in left.items() if one == entry), None)
        if same is not None:
            del left[same]
            found[place] = same
    return found


def _chunks(lines: Sequence[str]) -> list[tuple[list[str], list[str]]]:
    """The lines of each entry of a list, behind the comments that stand before it; an entry's own lists
    lie deeper."""
    starts = [(n, m[1]) for n, line in enumerate(lines) if (m := _ENTRY.match(line))]
    least = min((len(indent) for _, indent in starts), default=0)
    places = [n for n, indent in starts if len(indent) == least]
    tops = [_top(lines, place) for place in places]
    ends = [*tops[1:], len(lines)]
    return [
        (list(lines[top:start]), list(lines[start:end]))
        for top, start, end in zip(tops, places, ends, strict=False)
    ]


def _top(lines: Sequence[str], place: int) -> int:
    """Where the comments begin that stand right before a line."""
    while place and _is_said(lines[place - 1]):
        place -= 1
    return place


def _is_said(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _said_in(lines: Sequence[str], indent: str) -> list[str]:
    """The comments in and behind the lines of an entry that is written anew, each as a line before it."""
    found = (_COMMENT.search(line) for line in lines)
    return [f"{indent}{match[1]}" for match in found if match]


def _entry(entry: Values, indent: str, *, is_short: bool) -> list[str]:
    filled = {key: value for key, value in entry.items() if value}
    line = f"{indent}- {_flow(filled)}"
    if is_short and len(line) <= _LONGEST:
        return [line]
    marks = ["- ", *["  "] * len(filled)]
    return [f"{indent}{m}{k}: {_flow(v)}" for m, (k, v) in zip(marks, filled.items(), strict=False)]


def _flow(value: Any) -> str:
    """A value on one line. Numbers that may be counted stand plain; a telephone number is a text."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    text = str(value)
    is_plain = _PLAIN.fullmatch(text) and text.lower() not in _WORDS
    return text if is_plain or _NUMBER.fullmatch(text) else json.dumps(text, ensure_ascii=False)
