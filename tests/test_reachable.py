"""Nothing that is published is out of reach: what data.csv and data.json carry is on the page of the
record, in its text or behind one tap.

A page is read whole, folds and all, as a reader without scripts has it. Amounts and days may be
written otherwise there; a cell that leads to a record may be its title.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import html

_MARKS = re.compile(r"^\s*(?:\d+\.|[-*#>]+)\s+|!?\[([^]]*)\]\([^)]*\)", re.MULTILINE)  # of Markdown
_NUMBERED = re.compile(r"\b[A-Z]{2,}-\d[\d-]*")
_AMOUNT = re.compile(r"-?\d+(\.\d+)?")
_DAY = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_RECORD = re.compile(r"[a-z-]+/[\w-]+(#.*)?")  # an address in the village: its link is enough
_FILES = {"index.html", "data.csv", "data.json", "poster.pdf", "poster.png"}


def _plain(text: str) -> str:
    """Without what a writer may set otherwise: spaces, breaks, thousands, and the
    zeros of days and months."""
    text = re.sub(r"\d{4}-\d{2}-\d{2}", lambda day: _days(day[0])[1], text)
    return re.sub(r"[\s,*#>|`　-]|\\", "", text)


def _days(text: str) -> list[str]:
    """Ways to write a day or month."""
    found = _DAY.fullmatch(text)
    if not found:
        return []
    year, month, day = found[1], int(found[2]), found[3]
    if not day:
        return [text.replace("-", ""), f"{year}年{month}月", f"{month}月"]
    short = f"{month}月{int(day)}日"
    return [text.replace("-", ""), f"{year}年{short}", short]


@dataclass(frozen=True)
class Read:
    """A record's page as it is read: all its words with where they lead, and those of each row."""

    words: str
    rows: tuple[str, ...]

    @classmethod
    def of(cls, path: Path) -> Read:
        main = html.fromstring(path.read_bytes()).find(".//main")
        assert main is not None
        rows: list[str] = []
        lines = ".//table[contains(@class, 'rows')]/tbody/tr | .//ul[@class='people']/li"
        for row in main.xpath(lines):
            if row.get("id"):
                rows.append(_words(row))
            elif rows and row.get("class") == "because":
                rows[-1] += _words(row)
        for name in main.xpath(".//div[starts-with(@class, 'roll')]/ul/li"):
            rows.append("|".join((_words(name), _words(name.getparent().getprevious()))))
        shared = "".join(
            _words(one)
            for one in main.xpath(".//p[contains(@class, 'because') or contains(@class, 'note')]")
        )
        return cls(_words(main), tuple(row + shared for row in rows))


def _words(element: Any) -> str:
    leads = "".join(element.xpath(".//a/@href"))
    cells = element.xpath("./td | ./th | ./*[parent::li]") or [element]
    return "|".join([*(_plain("".join(cell.itertext())) for cell in cells), leads])


def _says(words: str, cell: str) -> bool:
    if _AMOUNT.fullmatch(cell):
        return re.search(rf"(?<![\d.]){re.escape(cell.lstrip('-'))}(?![\d.]*\d)", words) is not None
    ways = [_plain(cell), cell, *_days(cell)]
    if _RECORD.fullmatch(cell):
        item, _, key = cell.partition("#")[0].partition("/")
        ways += [f"/{item}/{key}/", f"../{key}/"]
    return any(way in words for way in ways)


@cache
def _records(site: Path) -> tuple[Path, ...]:
    return tuple(sorted(path.parent for path in site.glob("v/*/*/*/data.json")))


def _facts(content: Any, key: str = "") -> Iterator[str]:
    """The texts of a record's content but for its rows, which have a test of their own."""
    if isinstance(content, dict):
        left = {"rows", "columns", "item", "key", "attachments", "village", "totals"}
        left |= {"title"} if "columns" in content else set()  # readers see another
        for name, value in content.items():
            if name not in left:
                yield from _facts(value, name)
    elif isinstance(content, list):
        yield from (fact for value in content for fact in _facts(value, key))
    elif isinstance(content, str) and content and key != "proofs":
        yield content


def test_every_cell_of_a_record_is_on_its_page_in_its_row(site: Path) -> None:
    gone, cells = [], 0
    for folder in _records(site):
        if not (folder / "data.csv").is_file():
            continue
        with (folder / "data.csv").open(encoding="utf-8-sig", newline="") as file:
            _, *rows = list(csv.reader(file))
        page = Read.of(folder / "index.html")
        assert len(page.rows) in (len(rows), 0), folder
        if not page.rows:  # no names: what came down is in neither
            assert not rows, folder
        for words, row in zip(page.rows, rows, strict=True):
            cells += sum(map(bool, row))
            gone += [(folder.name, row[0], cell) for cell in row if cell and not _says(words, cell)]
    assert gone == []
    assert cells > 3000


def test_all_else_that_a_record_says_is_on_its_page(site: Path) -> None:
    gone, facts = [], 0
    for folder in _records(site):
        told = json.loads((folder / "data.json").read_text("utf-8"))
        words = Read.of(folder / "index.html").words
        said = [*_facts(told["content"]), told["sentence"], *told["checks"], told["withheld"]]
        for text in filter(None, said):
            facts += 1
            lines = _MARKS.sub(r"\1", text).split("\n")
            # a correction calls rows by name where its data has their codes
            parts = [p for line in lines for p in _NUMBERED.split(line) if p.strip(" |:-、")]
            gone += [(folder.name, p) for p in parts if not _says(words, p)]
    assert gone == []
    assert facts > 1000


def test_every_file_beside_a_record_is_offered_or_shown_on_its_page(site: Path) -> None:
    seen = 0
    for folder in _records(site):
        page = (folder / "index.html").read_text("utf-8")
        for path in folder.iterdir():
            if path.is_file() and path.name not in _FILES:
                seen += 1
                assert re.search(rf'(?:href|src)="[^"]*{re.escape(path.name)}"', page), path
    assert seen


@pytest.mark.parametrize(
    ("words", "cell", "holds"),
    [
        ("收入1200.00", "1200.00", True),
        ("收入11200.00", "1200.00", False),
        ("收入1200.005", "1200.00", False),
        ("2025年9月3日开工", "2025-09-03", True),
        ("9月13日开工", "2025-09-03", False),
        ("东沟道路", "东沟 道路", True),
    ],
)
def test_a_cell_is_found_as_a_whole(words: str, cell: str, holds: bool) -> None:
    assert _says(words, cell) == holds
