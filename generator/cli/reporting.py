"""Prints problems, what became of the files, and what is said aside."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cli.annotations import github_lines, gitlab_report, summary_of
from generator.problems import Problem
from generator.problems.summary import Mend, closing_lines, summarise
from generator.settings import CannotBuildError, said

if TYPE_CHECKING:
    from generator.build import BuildResult


def print_aside(line: str) -> None:
    """A line about what was done, apart from what was asked for."""
    print(line, file=sys.stderr, flush=True)


def print_problems(result: BuildResult, form: str) -> None:
    """Problems to stderr as lines, or to stdout in a form for programs: one JSON object, what GitHub takes
    for annotations, or GitLab's report on code quality."""
    if form == "github":
        for line in github_lines(result.problems):
            print(line)
    elif form == "gitlab":
        print(gitlab_report(result.problems))
    closing = summarise(result.problems, result.names)
    if form == "json":
        summary = {
            "villages": {village: asdict(counts) for village, counts in closing.villages.items()},
            "mends": [_mend_as_json(mend) for mend in closing.mends],
            "published": result.villages,
            "records": result.records,
            "posters": result.posters,
            "drawn": result.drawn,
            "kept": result.kept,
            "files": result.files,
            **{s: _number(result, s) for s in ("error", "warning", "notice")},
        }
        problems = [_as_json(p) for p in result.problems]
        print(json.dumps({"problems": problems, "summary": summary}, ensure_ascii=False))
        return
    if form != "github":  # there each is in the log already
        for found in result.problems:
            print(found, file=sys.stderr)
    if result.problems:
        errors = _number(result, "error")
        unpublished = "（有错的那一份这次没有发布）" if errors else ""
        print(
            f"错误 {errors} 个{unpublished}，"
            f"警告 {_number(result, 'warning')} 个，提示 {_number(result, 'notice')} 个。",
            file=sys.stderr,
        )
    for line in closing_lines(closing, result.names):
        print(line, file=sys.stderr)


def write_summary(result: BuildResult, file: Path) -> None:
    """What was found as Markdown in Chinese. Raises `CannotBuildError` when it cannot be written."""
    try:
        file.write_text(summary_of(result), "utf-8", newline="\n")
    except OSError as fault:
        raise CannotBuildError(f"写不进 {file}：{said(fault)}。") from None


def write_changes(result: BuildResult, file: Path) -> None:
    """What became of the site's files, for a CDN or rsync: in JSON by kind, else a path a line.

    Raises `CannotBuildError` when the file cannot be written.
    """
    changes = result.changes
    if file.suffix == ".json":
        text = json.dumps(asdict(changes), ensure_ascii=False, indent=1)
    else:
        text = "\n".join((*changes.changed, *changes.removed))
    try:
        file.write_text(text + "\n" * bool(text), "utf-8", newline="\n")
    except OSError as fault:
        raise CannotBuildError(
            f"写不进 {file}：{said(fault)}。网站已经生成好了，只是没有写下变了哪些文件。"
        ) from None


def _number(result: BuildResult, severity: str) -> int:
    return sum(p.severity == severity for p in result.problems)


def _mend_as_json(mend: Mend) -> dict[str, object]:
    return {"code": mend.code, "hint": mend.hint, "count": mend.count, "files": mend.files}


def _as_json(found: Problem) -> dict[str, object]:
    facts = asdict(found)
    place = facts.pop("source")
    return {**facts, **place}
