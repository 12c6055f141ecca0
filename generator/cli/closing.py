"""The last lines of a build: what was built, what was left out, where to look, what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from generator.problems import files_with_errors

if TYPE_CHECKING:
    from generator.build import Board, BuildResult

_FEW = 3  # villages that are named; a county has hundreds


def result_lines(result: BuildResult, seconds: float) -> Iterator[str]:
    """What was built, what stayed as it was, and what was left out."""
    sheets = f"（新画 {result.drawn} 张，沿用 {result.kept} 张）" if result.posters else ""
    yield (
        f"生成完毕：{result.villages} 个村，{result.records} 份公开内容，{result.posters} 张公示单{sheets}，"
        f"共 {result.files} 个文件，用时 {seconds:.0f} 秒。"
    )
    changed, removed = len(result.changes.changed), len(result.changes.removed)
    gone = f"，删去 {removed} 个" if removed else ""
    same = f"；{result.unchanged} 个村没有变化，沿用上次的" if result.unchanged else ""
    yield f"和上次比：变了 {changed} 个文件{gone}{same}。"
    faulty = files_with_errors(result.problems)
    if faulty:
        yield f"没有换上新的：{len(faulty)} 份资料有错，上次公开过的照旧，没有公开过的先不放；错在哪里见上面。"


def next_lines(result: BuildResult, out: Path) -> Iterator[str]:
    """Where to look, what to print, what to do next."""
    if not (result.names or result.villages):
        yield "还没有村。建一个：运行 python publish.py new 镇名/村名，例如 new 白鹭镇/双槐村。"
        return
    yield f"看：用浏览器打开 {out / 'index.html'}；要试搜索，运行 python publish.py serve。"
    drawn = [board for board in result.boards if board.batch]
    undrawn = [board for board in result.boards if not board.batch]
    if drawn:
        files = "、".join(f"{_changes(board)}：{out / board.batch}" for board in drawn[:_FEW])
        yield f"打印：{files}{_others(drawn)}。"
    if undrawn:
        names = "、".join(map(_changes, undrawn[:_FEW]))
        yield f"公开栏要换：{names}{_others(undrawn)}；要打印，运行 python publish.py wall 村名。"
    mend = "先改好上面的错，再运行一次；" if files_with_errors(result.problems) else ""
    yield f"接着：{mend}放到网上看 docs/hosting；还有什么该办的，运行 python publish.py status。"


def _changes(board: Board) -> str:
    return f"{board.village}（挂 {board.up} 份，取 {board.down} 份）"


def _others(boards: list[Board]) -> str:
    rest = len(boards) - _FEW
    return f"，另有 {rest} 个村" if rest > 0 else ""
