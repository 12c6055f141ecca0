"""Tells how far long work is: a bar where somebody looks, lines of JSON for programs, else nothing."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from generator.progress import Report, Step

_MINUTE = 60


def add_progress(command: argparse.ArgumentParser) -> None:
    """Adds the option that says who is told."""
    command.add_argument(
        "--progress",
        choices=("auto", "json", "none"),
        default="auto",
        help="做到哪里了怎样说：auto 在窗口里看得到一条进度，自动运行时不出声；"
        "json 一步一行写到标准错误，给程序看；none 不说。默认 auto",
    )


@contextmanager
def telling(way: str) -> Iterator[Report]:
    """What work is to tell its steps to. All goes to stderr, so that stdout stays what was asked for."""
    started = monotonic()
    if way == "json":
        yield lambda step: _as_line(step, _left(step, monotonic() - started))
    elif way == "auto" and _is_watched():
        with _bar(started) as report:
            yield report
    else:
        yield lambda _: None


def _is_watched() -> bool:
    return sys.stderr.isatty() and not os.environ.get("CI")


def _left(step: Step, passed: float) -> int | None:
    """Seconds until all is done, if it goes on as it went; None where nothing tells."""
    done = step.done + step.part
    return round(passed / done * (step.total - done)) if done else None


def _as_line(step: Step, left: int | None) -> None:
    facts = {"words": step.words, "done": step.done, "total": step.total}
    facts |= {"part": step.part} if step.part else {}
    facts |= {"village": step.village} if step.village else {}
    facts |= {} if left is None else {"seconds_left": left}
    print(json.dumps(facts, ensure_ascii=False), file=sys.stderr, flush=True)


@contextmanager
def _bar(started: float) -> Iterator[Report]:
    """A bar that goes away when the work is done. What draws it is imported only here."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

    columns = (
        SpinnerColumn("line"),
        BarColumn(20),
        TextColumn("{task.fields[count]}{task.description}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("正在读资料", total=None, count="")

        def report(step: Step) -> None:
            left = _said(_left(step, monotonic() - started))
            count = f"{step.done}/{step.total}  " if step.total else ""
            words = f"{step.words}  {left}" if left else step.words
            bar.update(
                task,
                completed=step.done + step.part,
                total=step.total or None,
                description=words,
                count=count,
            )

        yield report


def _said(left: int | None) -> str:
    if not left:
        return ""
    return f"大约还要 {left} 秒" if left < 2 * _MINUTE else f"大约还要 {left // _MINUTE} 分钟"
