"""Says how books stand against banks: to a screen without a word of the bank, and as a workbook with all."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.model.books import ZERO
from generator.oversight.banks import BankReport, BookReport, Open
from generator.oversight.workbook import SheetTable, Value, as_workbook
from generator.views.said import say

_WIDTHS = 24, 12, 18, 8, 14, 40
_AGREED = 24, 14, 14, 40, 40


def as_text(report: BankReport) -> str:
    """Counts, and days and sums of the book's side: what may be read over somebody's shoulder."""
    words = partial(say, report.shared.phrases, "oversight")
    lines = [words("bank_title", village=report.village)]
    for book in report.books:
        lines.append(words("book", book=book, ways=[words("way", how=how) for how in book.ways]))
        lines += (words("entry", entry=entry) for entry in book.booked)
    if not report.books:
        lines.append(words("no_books"))
    lines += map(str, report.problems)
    return "\n".join(lines)


def as_bank_workbook(report: BankReport) -> bytes:
    """What is open on both sides with all words, how the rest was found, and cash."""
    words = partial(say, report.shared.phrases, "oversight")
    columns = tuple(zip(words("open_columns").split(","), _WIDTHS, strict=True))

    def table(title: str, side: str) -> SheetTable:
        rows = (row for book in report.books for row in _rows(book, getattr(book, side)))
        return SheetTable(words(title), columns, rows)

    agreed = (
        (
            book.title,
            words("way", how=pair.how),
            sum((one.change for one in pair.booked or pair.lines), ZERO),
            "；".join(map(_told, pair.booked)),
            "；".join(map(_told, pair.lines)),
        )
        for book in report.books
        for pair in book.agreed
    )
    names = tuple(zip(words("agreed_columns").split(","), _AGREED, strict=True))
    return as_workbook(
        (
            table("only_booked", "booked"),
            table("only_bank", "lines"),
            SheetTable(words("agreed"), names, agreed),
            table("cash", "cash"),
        )
    )


def _rows(book: BookReport, items: tuple[Open, ...]) -> Iterator[tuple[Value, ...]]:
    for one in items:
        yield book.title, one.day, one.place, one.row, one.change, one.words


def _told(one: Open) -> str:
    return f"{one.day:%m-%d} 第{one.row}行 {one.change:,.2f} {one.words}".rstrip()
