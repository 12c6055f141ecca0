"""Imports as a clerk runs them: the office's workbooks, the command, what it wrote."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from openpyxl import Workbook

from tests.commands import publish_here

Lines = Sequence[Sequence[object]]


HEADINGS = ["序号", "记账日期", "凭证编号", "事由", "科目", "收入（元）", "支出（元）", "结余"]


@dataclass(frozen=True)
class Run:
    """A finished command."""

    code: int
    out: str
    err: str


def run_import(file: Path, villages: Path, *options: str) -> Run:
    result = publish_here("import", str(file), "--villages", str(villages), *options)
    return Run(result.returncode, result.stdout, result.stderr)


def workbook(path: Path, sheets: dict[str, Lines]) -> Path:
    book = Workbook()
    first = book.active
    assert first is not None
    book.remove(first)
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(list(line))
    book.save(path)
    return path


def month(title: str, number: int, opening: int) -> Lines:
    """A month's accounts as an office writes them: 1,200 in, 200 out."""
    return [
        [title],
        ["单位：元"],
        HEADINGS,
        ["", "", "", "上月结转", "", "", "", opening],
        [1, f"2024年{number}月5日", f"{number}-01", "卖树", "501", "1,200.00", "", opening + 1200],
        [2, f"{number}月9日", f"{number}-02", "电费", "管理费用", "", "200元", opening + 1000],
        ["", "", "", "本月合计", "", 1200, 200, ""],
        ["", "", "", "月末结余", "", "", "", opening + 1000],
        [],
        ["制表人：邵文", "", "审核人：方守信"],
        ["公开日期", "2025年1月8日"],
    ]


def rows_of(path: Path) -> list[list[str]]:
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf"), "WPS and Excel need the mark"
    return list(csv.reader(raw.decode("utf-8-sig").splitlines()))


def everything(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def answer(file: Path, **answers: str) -> None:
    """Fill in the answers as a person does: by what the question says."""
    entries = yaml.safe_load(file.read_text("utf-8"))["questions"]
    for entry in entries:
        given = next(
            (a for words, a in answers.items() if words in entry.get("question", "")), None
        )
        if given is not None:
            text = file.read_text("utf-8")
            head, _, tail = text.partition(f'  - id: "{entry["id"]}"\n')
            before, _, after = tail.partition("    answer:")
            file.write_text(
                f'{head}  - id: "{entry["id"]}"\n{before}    answer: {given}{after}', "utf-8"
            )


def titled(title: str, name: str, folder: Path) -> Path:
    lines = [line for line in month(title, 5, 100) if line[:1] != ["公开日期"]]
    return workbook(folder / name, {"Sheet1": lines})
