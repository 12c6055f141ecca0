"""The end of a report: how much is wrong in each village, and which mends clear the most."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.problems import Problem

MOST_MENDS = 3
_FEW_FILES = 3
_FIGURE = re.compile(r"-?[0-9][0-9,.\-]*[0-9]|-?[0-9]")
SEVERITIES = {"error": "错误", "warning": "警告", "notice": "提示"}
_HOW_MANY = {1: "这一样", 2: "这两样", 3: "这三样"}


@dataclass(frozen=True)
class Counts:
    """How many problems of each severity."""

    error: int = 0
    warning: int = 0
    notice: int = 0

    def __str__(self) -> str:
        """`错误 3，警告 1`; what there is none of is not named."""
        numbers = ((SEVERITIES[name], number) for name, number in vars(self).items() if number)
        return "，".join(f"{word} {number}" for word, number in numbers)


@dataclass(frozen=True)
class Mend:
    """Something to do that clears `count` problems in `files`; `example` is the first of them."""

    code: str
    hint: str
    count: int
    files: tuple[str, ...]
    example: Problem


@dataclass(frozen=True)
class Summary:
    """Counts by village id, with "" for what belongs to no village; the best mends first."""

    villages: Mapping[str, Counts]
    mends: tuple[Mend, ...]
    is_complete: bool  # whether these mends clear everything


def summarise(problems: Iterable[Problem], villages: Iterable[str]) -> Summary:
    """The summary of a report; `villages` are the ids of all villages that were looked at."""
    found = tuple(problems)
    ids = dict.fromkeys((*villages, *(p.village for p in found)))
    counts = {village: _counts(p for p in found if p.village == village) for village in ids}
    mends = _mends(found)
    return Summary(counts, mends[:MOST_MENDS], len(mends) <= MOST_MENDS)


def _counts(problems: Iterable[Problem]) -> Counts:
    severities = [p.severity for p in problems]
    return Counts(*(severities.count(name) for name in ("error", "warning", "notice")))


def _mends(problems: tuple[Problem, ...]) -> tuple[Mend, ...]:
    """Problems that one and the same instruction clears, the largest groups first.

    Notices need no mending. The figures of an instruction are facts of one cell, so that
    instructions which differ in nothing else are one.
    """
    groups = grouped(p for p in problems if p.severity != "notice")
    mends = [
        Mend(
            group[0].code,
            group[0].hint if len({p.hint for p in group}) == 1 else _without_figures(group[0].hint),
            len(group),
            tuple(dict.fromkeys(p.source.file for p in group)),
            group[0],
        )
        for group in groups
    ]
    return tuple(sorted(mends, key=lambda m: (-m.count, m.example.severity != "error")))


def grouped(problems: Iterable[Problem]) -> tuple[tuple[Problem, ...], ...]:
    """Problems that one and the same instruction clears, in the order of the first of each."""
    groups: dict[tuple[str, str], list[Problem]] = {}
    for found in problems:
        groups.setdefault((found.code, _without_figures(found.hint)), []).append(found)
    return tuple(map(tuple, groups.values()))


def _without_figures(text: str) -> str:
    return _FIGURE.sub("…", text)


def closing_lines(summary: Summary, names: Mapping[str, str]) -> tuple[str, ...]:
    """The summary for a reader; `names` are the villages' names by id."""
    faulty = {village: counts for village, counts in summary.villages.items() if str(counts)}
    lines = ["各村的问题："] if faulty else []
    for village, counts in faulty.items():
        name = f"{names.get(village, village)}（{village}）" if village else "不属于哪个村的"
        lines.append(f"  {name}：{counts}")
    sound = len(summary.villages) - len(faulty)
    if faulty and sound:
        lines.append(f"  另外 {sound} 个村没有问题。")
    if summary.mends:
        many = _HOW_MANY[len(summary.mends)]
        gain = "报出来的问题就都改到了" if summary.is_complete else "能消掉最多的问题"
        lines.append(f"先改{many}，{gain}：")
    for number, mend in enumerate(summary.mends, start=1):
        lines += _mend_lines(number, mend)
    return tuple(lines)


def _mend_lines(number: int, mend: Mend) -> tuple[str, str, str]:
    source = mend.example.source
    row = f" 第 {source.row} 行" if source.row else ""
    column = f" [{source.column}]" if source.column else ""
    named = "、".join(mend.files[:_FEW_FILES])
    more = len(mend.files) - _FEW_FILES
    return (
        f"  {number}. {mend.hint}",
        f"     能消掉 {mend.count} 个（{mend.code}），"
        f"例如 {source.file}{row}{column}：{mend.example.message}",
        f"     文件：{named}" + (f"，还有 {more} 份" if more > 0 else ""),
    )
