"""Finds the sign for which a line of YAML cannot be read, and how to write the line instead.

Clerks type `title：停水通知`, `title: 通知: 停水` or `title: "水塘"承包公告`, and a parser points at the line below.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.problems import Problem, Source, problem, without_numbers

_LONGEST = 60
_KEY = r"( *(?:- )?)([a-z][A-Za-z_]*)"
_CHINESE_COLON = re.compile(rf"{_KEY} *： *(.*)")
_NO_SPACE = re.compile(rf"{_KEY}:(?=[^\s/])(.*)")
_PAIR = re.compile(rf"{_KEY}: +(.*)")
_QUOTED = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')(?: +#.*)?""")
_LEADING = "%@`?-|>,]}"
_HASH = re.compile(r"([\s:\]},]*) #[^\s#]")
_WRAPPED = re.compile("[“「『‘]([^“”「」『』‘’]*)[”」』’]")
_ABOVE = 3  # lines that may hold the cause of a fault that shows later


def is_quoted(value: str) -> bool:
    """Whether a value stands whole within quotation marks of YAML."""
    return _QUOTED.fullmatch(value) is not None


def quoted(value: str) -> str:
    """A value as YAML that is read as it stands."""
    return "'" + value.replace("'", "''") + "'"


def cause(text: str, line: int, file: str, first_line: int) -> Problem | None:
    """The sign that is why a text cannot be read on at `line` (from 0)."""
    lines = text.split("\n")
    near = [n for n in range(min(line, len(lines) - 1), -1, -1) if lines[n].strip()][:_ABOVE]
    for number in near:
        found = wrong_colon(lines[number], file, number + first_line)
        if found is not None:
            return found
    for number in near[:1]:
        return _sign(lines[number], file, number + first_line)
    return None


def wrong_colon(line: str, file: str, row: int) -> Problem | None:
    """A Chinese colon behind a name, or one without a space behind it."""
    for kind, pattern in (("yaml-colon", _CHINESE_COLON), ("yaml-space", _NO_SPACE)):
        match = pattern.fullmatch(line)
        if match:
            return _fault(kind, file, row, f"{match[1]}{match[2]}: {match[3].strip()}")
    return None


def open_quote(text: str, line: int, file: str, first_line: int) -> Problem | None:
    """A quotation mark in `line` that no second one ends."""
    lines = text.split("\n")
    match = _PAIR.fullmatch(lines[line]) if line < len(lines) else None
    if match is None or match[3][:1] not in ("'", '"'):
        return None
    sign, value = match[3][0], match[3].strip("'\"“”‘’ ")
    shown = f"{match[1]}{match[2]}: {sign}{value}{sign}"
    return _fault("yaml-quote", file, line + first_line, shown, sign=sign)


def dropped_comment(rest: str, line: str, file: str, row: int) -> Problem | None:
    """Words behind a `#` that would be lost. `rest` is what stands in the line behind a value. A
    comment has a space behind its sign."""
    if not _HASH.match(rest):
        return None
    lost = rest[rest.index("#") :]
    match = _PAIR.fullmatch(line)
    if match and match[3][:1] not in ("'", '"', "[", "{"):
        kind, shown = "yaml-hash", f"{match[1]}{match[2]}: {quoted(match[3].strip())}"
    else:
        kind, shown = "yaml-comment", f"{line.removesuffix(lost)}# {lost[1:]}"
    return _fault(kind, file, row, shown, value=lost)


def colon_within(key: str, line: str, file: str, row: int) -> Problem:
    """A Chinese colon behind a name within braces."""
    return _fault("yaml-colon", file, row, line.replace(key, key.replace("：", ": ", 1), 1))


def chinese_quotes(value: str, line: str, file: str, row: int) -> Problem | None:
    """A value that stands whole within Chinese quotation marks."""
    match = _WRAPPED.fullmatch(value)
    if match is None:
        return None
    return _fault("yaml-marks", file, row, line.replace(value, match[1], 1), value=value)


def chinese_comma(value: str, line: str, file: str, row: int) -> Problem | None:
    """Several things in one entry of a list in brackets."""
    if not re.search("[，、]", value):
        return None
    return _fault("yaml-comma", file, row, _commas(line))


def _sign(line: str, file: str, row: int) -> Problem | None:
    if re.search(r"[\[{].*，", line):
        return _fault("yaml-comma", file, row, _commas(line))
    match = _PAIR.fullmatch(line)
    if match is None or is_quoted(match[3]):
        return None
    value = match[3].strip()
    sign = next(iter(_signs(value)), "")
    if not sign:
        return None
    return _fault("yaml-sign", file, row, f"{match[1]}{match[2]}: {quoted(value)}", value=sign)


def _signs(value: str) -> Sequence[str]:
    """Signs with a meaning of their own in YAML, the first of them first."""
    leading = value[:1] if value[:1] in ("'", '"', "[", "{", *_LEADING) else ""
    return [sign for sign in (leading, "后一个冒号" if ": " in value else "") if sign]


def _commas(line: str) -> str:
    return re.sub("[，、] *", ", ", line)


def _fault(kind: str, file: str, row: int, line: str, **facts: str) -> Problem:
    shown = without_numbers(line.strip().removeprefix("- "))
    shown = shown if len(shown) <= _LONGEST else shown[:_LONGEST] + "…"
    value = facts.pop("value", "")
    return problem(kind, Source(file, row), value=value, row=row, line=shown, **facts)
