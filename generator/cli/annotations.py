"""Puts problems into the forms in which forges show them beside the lines of a change, and sums them up."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from generator.problems import Problem
from generator.problems.summary import SEVERITIES, closing_lines, summarise

if TYPE_CHECKING:
    from generator.build import BuildResult

_OF_GITLAB = {"error": "major", "warning": "minor", "notice": "info"}
_MARKS = {ord(sign): f"&#{ord(sign)};" for sign in "\\`*_[]<>|@#"}
_MOST = 200  # problems that a summary lists; forges cut what is longer than a megabyte


def github_lines(problems: Iterable[Problem]) -> Iterator[str]:
    """Commands that a workflow of GitHub takes for annotations, one for each problem."""
    for found in problems:
        row = {"line": str(found.source.row)} if found.source.row else {}
        place = {"file": found.source.file, **row, "title": f"{_place(found)}{found.code}"}
        facts = ",".join(f"{key}={_escaped(value, in_place=True)}" for key, value in place.items())
        yield f"::{found.severity} {facts}::{_escaped(_said(found))}"


def gitlab_report(problems: Iterable[Problem]) -> str:
    """The report on code quality that GitLab shows beside the lines of a merge request."""
    from hashlib import sha256  # as slow to import as half of the command line

    entries: dict[str, object] = {}
    for found in problems:
        mark = sha256(str(found).encode()).hexdigest()
        entries[mark] = {
            "description": f"{_place(found)}{_said(found)}",
            "check_name": found.code,
            "fingerprint": mark,
            "severity": _OF_GITLAB[found.severity],
            "location": {"path": found.source.file, "lines": {"begin": max(found.source.row, 1)}},
        }
    return json.dumps(list(entries.values()), ensure_ascii=False, indent=1)


def summary_of(result: BuildResult) -> str:
    """What was found as Markdown, for the page on which a forge sums up a run."""
    counts = {s: sum(p.severity == s for p in result.problems) for s in SEVERITIES}
    many = "，".join(f"{SEVERITIES[s]} {count} 个" for s, count in counts.items() if count)
    lines = [
        f"## {result.villages} 个村，{result.records} 份公开内容：{many or '没有发现问题'}",
        "",
    ]
    closing = closing_lines(summarise(result.problems, result.names), result.names)
    lines += ["```text", *map(_as_line, closing), "```", ""] if closing else []
    if result.problems:
        lines += ["| | 哪里 | 怎么了，怎样改 |", "|---|---|---|"]
    for found in result.problems[:_MOST]:
        row = f" 第 {found.source.row} 行" if found.source.row else ""
        cells = (
            SEVERITIES[found.severity],
            f"{found.source.file}{row}",
            f"{_place(found)}{_said(found)}",
        )
        lines.append(f"| {' | '.join(map(_as_cell, cells))} |")
    if len(result.problems) > _MOST:
        lines += ["", f"还有 {len(result.problems) - _MOST} 个没有列出，见运行记录。"]
    return "\n".join(lines).rstrip() + "\n"


def _place(found: Problem) -> str:
    return f"[{found.source.column}] " if found.source.column else ""


def _said(found: Problem) -> str:
    value = f"“{found.value}” " if found.value else ""
    return f"{value}{found.message}{found.hint}"


def _escaped(text: str, *, in_place: bool = False) -> str:
    """A text within a workflow command: whatever could end it is written as its code."""
    for sign in "%\r\n:," if in_place else "%\r\n":
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def _as_line(text: str) -> str:
    """A line amid plain text, which only a line of its own could end."""
    return "".join(c if c.isprintable() else " " for c in text)


def _as_cell(text: str) -> str:
    """A text in a cell of a table; nothing in it is a mark."""
    return " ".join(text.translate(_MARKS).split())
