"""What a book made by chance is, and how it becomes a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from random import Random

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

TOTALS = ("合计", "总计", "合 计", "共计", "合计数", "合计：", "（合计）", "总额", "Total", "合計")
OPENINGS = ("上月结余", "上期结余", "期初余额", "月初余额", "结转上月", "上月结转")
CLOSINGS = ("本月结余", "期末结余", "月末结余")
WORDS = (
    *("收鱼塘承包费", "付电费", "卖树款", "上级拨款", "付清淤费", "收租金", "办公用品", "存款利息"),
)
_SURNAMES = "谭邬颜祝靳解阮仇隗裴柏闵卞沈"
_GIVEN = "德发秀英国栋腊梅文海小雨建军桂兰志强"
Line = list[object]


@dataclass(frozen=True)
class Money:
    """How a book shows amounts: a title's unit, a heading's, and a number format; what is stored is the
    amount in yuan divided by `stored`. `is_plain` where these say one thing."""

    title: str = ""
    heading: str = ""
    code: str = "General"
    stored: int = 1
    is_plain: bool = True
    as_text: bool = False


MONEYS = (
    Money("单位：元"),
    Money(),
    Money("单位：元", code="#,##0.00"),
    Money("单位：元", code='0.00"元"'),
    Money("单位：元", code="0.00_);[Red](0.00)"),
    Money("单位：元", code='_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '),
    Money("单位：元", code="¥#,##0.00"),
    Money("单位：元", code="@", as_text=True),
    Money("", "（元）", "0.00"),
    Money("单位：万元", stored=10_000),
    Money("", "（万元）", "0.0000", 10_000),
    Money("", "", '0.0000"万元"', 10_000),
    Money("单位：万元", code='0!.0000"万元"'),
    Money("单位：千元", code="#,##0.00,"),
    Money("单位：千元", stored=1_000),
    Money("单位：万元", code="0!.0,", is_plain=False),
    Money("单位：万元", code='0!.0000,"万元"', is_plain=False),
    Money("单位：元", code='0.00"万元"', stored=10_000, is_plain=False),
)


@dataclass
class Book:
    """A file to be put in: its sheets by name, and the totals that a reader of it sees, in yuan, by the
    item's column; a total that stands nowhere is not in it. `texts` are what a column of words must say,
    row by row. `faults` are why the import should not take it as it stands."""

    name: str
    sheets: dict[str, list[Line]]
    money: Money
    totals: dict[str, Decimal] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)
    amounts: set[tuple[str, int, int]] = field(default_factory=set)  # sheet, row, column from 1
    formats: dict[tuple[str, int, int], str] = field(default_factory=dict)
    struck: set[tuple[str, int]] = field(default_factory=set)  # sheet and row
    hidden: set[tuple[str, int]] = field(default_factory=set)
    merged: list[tuple[str, int, int, int]] = field(default_factory=list)  # sheet, rows, column
    spans: list[tuple[str, str]] = field(default_factory=list)  # sheet and cells, A1:H1
    rows: list[tuple[str, int]] = field(default_factory=list)  # where the entries stand
    faults: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        if not self.money.is_plain:
            self.faults.add("unit")

    def mark(self, sheet: str, columns: Iterable[int]) -> None:
        """Say in which columns of a sheet amounts stand, so that they get the book's number format."""
        lines = range(1, len(self.sheets[sheet]) + 1)
        self.amounts |= {(sheet, row, column) for column in columns for row in lines}

    def note(self, sheet: str, entries: Sequence[Line]) -> None:
        """Remember where the entries stand among a sheet's lines."""
        ids = {id(entry) for entry in entries}
        lines = enumerate(self.sheets[sheet], start=1)
        self.rows += [(sheet, number) for number, line in lines if id(line) in ids]


Form = Callable[[Random, Money], Book]


def amount(random: Random) -> Decimal:
    """An amount that all units show in full: whole hundreds of yuan."""
    return Decimal(random.randrange(1, 400) * 100)


def cell(value: Decimal | None, money: Money) -> object:
    """An amount as a book stores it."""
    if value is None:
        return None
    stored = value / money.stored
    if money.as_text:
        return f"{stored:.2f}"
    return int(stored) if stored == stored.to_integral() else float(stored)


def person(random: Random) -> str:
    """A name of two or three characters."""
    return random.choice(_SURNAMES) + "".join(random.sample(_GIVEN, random.choice((1, 2))))


def group(random: Random) -> str:
    """One of the village's groups."""
    return random.choice("一二三四") + "组"


def titles(money: Money, title: str) -> list[Line]:
    """The lines above the headings."""
    unit: list[Line] = [[money.title]] if money.title else []
    return [[title], *unit]


def save(book: Book, folder: Path) -> Path:
    """Write the book as a file."""
    workbook = Workbook()
    first = workbook.active
    assert first is not None
    workbook.remove(first)
    for name, lines in book.sheets.items():
        _fill(workbook.create_sheet(name), name, lines, book)
    for name, top, bottom, column in book.merged:
        workbook[name].merge_cells(None, top, column, bottom, column)
    for name, span in book.spans:
        workbook[name].merge_cells(span)
    path = folder / book.name
    workbook.save(path)
    return path


def opened(path: Path) -> Book:
    """A workbook that is there already: its cells, formats and merged cells. What it means is not known."""
    sheets: dict[str, list[Line]] = {}
    book = Book(path.name, sheets, Money())
    for sheet in load_workbook(path, data_only=True).worksheets:
        sheets[sheet.title] = [list(line) for line in sheet.iter_rows(values_only=True)]
        book.spans += [(sheet.title, str(span)) for span in sheet.merged_cells.ranges]
        for line in sheet.iter_rows():
            for found in line:
                if found.number_format != "General":
                    place = (sheet.title, found.row, found.column)
                    book.formats[place] = found.number_format
    return book


def _fill(sheet: Worksheet, name: str, lines: Sequence[Line], book: Book) -> None:
    for row, line in enumerate(lines, start=1):
        for column, value in enumerate(line, start=1):
            written = sheet.cell(row, column, value)
            place = (name, row, column)
            is_amount = isinstance(value, int | float) or book.money.as_text
            if place in book.formats:
                written.number_format = book.formats[place]
            elif is_amount and place in book.amounts and book.money.code != "General":
                written.number_format = book.money.code
            if (name, row) in book.struck:
                written.font = Font(strike=True)
        if (name, row) in book.hidden:
            sheet.row_dimensions[row].hidden = True
