"""The last lines of a build: built, unchanged, left out, where to look, what to print, what to do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from generator.build import Board, BuildResult
from generator.cli.closing import next_lines, result_lines
from generator.output.draft import Changes
from generator.problems import Problem, Source

FAULTS = tuple(
    Problem("x", "error", Source(f"villages/a/ledger/2025-0{month}.csv", 3), "", "不对", "改")
    for month in (8, 8, 9)
)
RESULT = BuildResult(
    problems=(),
    villages=5,
    records=40,
    posters=30,
    files=400,
    names={},
    drawn=12,
    kept=18,
    changes=Changes(("a", "b", "c"), ("d",)),
    unchanged=4,
    boards=(Board("东里村", 3, 1, "v/dongli/wall.pdf"), Board("西村", 1, 0, "")),
)


def said(result: BuildResult) -> str:
    return "\n".join((*result_lines(result, 61.4), *next_lines(result, Path("out"))))


def test_the_end_says_what_was_built_what_stayed_and_what_to_do_next() -> None:
    lines = said(RESULT).splitlines()
    assert len(lines) <= 6
    assert "5 个村，40 份公开内容，30 张公示单（新画 12 张，沿用 18 张）" in lines[0]
    assert "用时 61 秒" in lines[0]
    assert lines[1] == "和上次比：变了 3 个文件，删去 1 个；4 个村没有变化，沿用上次的。"
    assert lines[2].startswith(f"看：用浏览器打开 {Path('out') / 'index.html'}；")
    assert lines[3] == f"打印：东里村（挂 3 份，取 1 份）：{Path('out') / 'v/dongli/wall.pdf'}。"
    assert "西村（挂 1 份，取 0 份）" in lines[4]
    assert "wall 村名" in lines[4]
    assert lines[5].startswith("接着：放到网上看 docs/hosting；")


def test_what_has_faults_is_counted_by_files_and_to_be_mended_first() -> None:
    words = said(replace(RESULT, problems=FAULTS))
    assert "没有换上新的：2 份资料有错" in words
    assert "接着：先改好上面的错" in words
    assert "有错" not in said(RESULT)


def test_of_many_villages_a_few_are_named() -> None:
    many = tuple(Board(f"村{n}", 1, 0, f"v/{n}/wall.pdf") for n in range(40))
    words = said(replace(RESULT, boards=many))
    assert "村2（" in words
    assert "村3（" not in words
    assert "另有 37 个村" in words


def test_where_there_is_no_village_yet_it_says_how_one_begins() -> None:
    lines = said(replace(RESULT, villages=0, records=0, posters=0, boards=())).splitlines()
    assert lines[-1].startswith("还没有村。建一个：")
