"""Small workbooks in a language of their own, and what unfolding made of them.

    == what the book shows | file=名称.xlsx | item=ledger | answer=按各行
    [the worksheet's name]
    a cell|the next|<        `<` belongs to the cell on its left, `^` to the one above
    .                        a row without anything

Numbers are written as numbers, a text that looks like one behind an apostrophe.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet as ExcelWorksheet

from generator.importer.forms import Flat, Known, unfold
from generator.intake.decoding import Worksheet
from generator.intake.doubts import Asking, Doubt
from generator.intake.workbooks import read_workbook
from generator.intake.worksheets import read_worksheets
from generator.model.village import Account
from generator.problems import Problem
from tests.township import ROOT, real_content

BOOKS = ROOT / "tests" / "fixtures" / "forms"
TODAY = date(2026, 11, 27)
ACCOUNTS = (
    Account("village", "村民委员会账", "东坡村村民委员会"),
    Account("coop", "合作社账", "东坡村股份经济合作社"),
)
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


@dataclass
class Book:
    """A workbook to be: its worksheets by name, and how it is to be unfolded."""

    title: str
    options: dict[str, str] = field(default_factory=dict)
    sheets: dict[str, list[list[str]]] = field(default_factory=dict)

    @property
    def file(self) -> str:
        return self.options.get("file", "表.xlsx")

    def xlsx(self) -> bytes:
        """The workbook's bytes."""
        book = Workbook()
        book.remove(book.active)
        for name, rows in self.sheets.items():
            _fill(book.create_sheet(name), rows)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()


def _fill(sheet: ExcelWorksheet, rows: Sequence[Sequence[str]]) -> None:
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            if text and text not in "<^":
                value = float(text) if _NUMBER.fullmatch(text) else text.removeprefix("'")
                sheet.cell(number, column, value)
                below, right = number, column
                while right < len(row) and row[right] == "<":
                    right += 1
                while below < len(rows) and _at(rows[below], column - 1) == "^":
                    below += 1
                if (below, right) != (number, column):
                    sheet.merge_cells(None, number, column, below, right)


def _at(row: Sequence[str], column: int) -> str:
    return row[column] if column < len(row) else ""


def books_of(form: str) -> list[Book]:
    """The books of a form."""
    books: list[Book] = []
    rows: list[list[str]] = []
    for line in (BOOKS / f"{form}.txt").read_text("utf-8").splitlines():
        if line.startswith("== "):
            title, *options = line[3:].split(" | ")
            books.append(Book(title, dict(option.split("=", 1) for option in options)))
        elif line.startswith("["):
            rows = books[-1].sheets.setdefault(line.strip("[]"), [])
        elif line:
            rows.append([] if line == "." else line.split("|"))
    return books


def sheets_of(raw: bytes, name: str) -> tuple[Worksheet, ...]:
    """The sheets as the program reads them."""
    found = read_workbook(raw, Path(name).suffix, name)
    assert not isinstance(found, Problem), found
    return found


def known_of(sheets: Sequence[Worksheet], file: str, item: str = "") -> Known:
    shared, _ = real_content()
    return Known(
        file=file,
        today=TODAY,
        tables=shared.tables,
        items=shared.catalogue.items,
        subjects=shared.charts,
        words=shared.forms,
        item=item,
        accounts=ACCOUNTS,
    )


def unfolded(
    sheets: Sequence[Worksheet], file: str = "表.xlsx", item: str = "", answer: str = ""
) -> tuple[tuple[Flat, ...], list[Doubt]]:
    """The flat sheets and the open questions; `answer` is given to all that have it."""
    known = known_of(sheets, file, item)
    asking = Asking()
    flats = unfold(sheets, known, asking)
    if answer:
        answers = {doubt.about: answer for doubt in asking.open}
        asking = Asking(answers)
        flats = unfold(sheets, known, asking)
    return flats, asking.open


def unfold_file(path: Path) -> tuple[tuple[Flat, ...], list[Doubt]]:
    """The same of a file."""
    sheets = read_worksheets(path, path.name)
    assert not isinstance(sheets, Problem), sheets
    return unfolded(sheets)


def told(flats: Sequence[Flat], doubts: Sequence[Doubt]) -> Iterator[str]:
    """All of an unfolding in lines: sheets with their rows, what is said, what is asked."""
    for flat in flats:
        facts = [
            f"{k}={v}" for k, v in vars(flat).items() if k in ("item", "period", "account") and v
        ]
        yield " ".join([f"-> [{'+'.join(flat.sources)}]", *facts])
        for row in flat.worksheet.rows:
            if not row.is_blank:
                origin = row.origin or row.number
                yield f"{origin}: {'|'.join(row.cells)}"
        yield from (f"说：{sentence}" for sentence in flat.said)
    for doubt in doubts:
        yield f"问：{doubt.about}"
        yield f"   {doubt.problem}"
        yield from (f"   {choice.answer}：{choice.publishes}" for choice in doubt.choices)
        if doubt.free:
            yield f"   写成 {doubt.free}"


def told_book(book: Book) -> str:
    """What unfolding a book gives, as text."""
    sheets = sheets_of(book.xlsx(), book.file)
    flats, doubts = unfolded(
        sheets, book.file, book.options.get("item", ""), book.options.get("answer", "")
    )
    return "\n".join((f"== {book.title}", *told(flats, doubts), "", ""))


FORMS = (
    "beside",
    "daybook",
    "trial",
    "position",
    "worksheets",
    "households",
    "spread",
    "stacked",
    "blocks",
    "owners",
)
ALL = [(form, book) for form in FORMS for book in books_of(form)]
