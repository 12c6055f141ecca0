"""Faults that a book may have, each of which the import has to notice."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.chance.books import Book


def spoilt(random: Random, book: Book) -> None:
    """Put one fault into a book."""
    random.choice(_FAULTS)(random, book)


def _struck(random: Random, book: Book) -> None:
    """A row is voided as WPS does it."""
    book.struck.add(random.choice(book.rows))
    book.faults.add("struck")


def _hidden(random: Random, book: Book) -> None:
    """A row is hidden."""
    book.hidden.add(random.choice(book.rows))
    book.faults.add("hidden")


def _mistaken(random: Random, book: Book) -> None:
    """One amount is mistyped after the total was made: a digit is changed."""
    sheet, row, column = random.choice(_amounts(book))
    line = book.sheets[sheet][row - 1]
    value = line[column - 1]
    assert isinstance(value, int | float | str)
    more = 900 / book.money.stored
    line[column - 1] = f"{float(value) + more:.2f}" if isinstance(value, str) else value + more
    book.faults.add("mistaken")


def _merged(random: Random, book: Book) -> None:
    """Two rows share one amount's cell."""
    places = set(_amounts(book))
    pairs = [p for p in sorted(places) if (p[0], p[1] + 1, p[2]) in places]
    if pairs:
        sheet, row, column = random.choice(pairs)
        book.merged.append((sheet, row, row + 1, column))
        book.faults.add("merged")


def _worded(random: Random, book: Book) -> None:
    """Words stand where an amount should."""
    sheet, row, column = random.choice(_amounts(book))
    book.sheets[sheet][row - 1][column - 1] = random.choice(
        ("约1200", "12OO", "1200左右", "见附表")
    )
    book.faults.add("worded")


def _amounts(book: Book) -> list[tuple[str, int, int]]:
    """Where the entries' amounts stand."""
    found = []
    for sheet, row in book.rows:
        for column, value in enumerate(book.sheets[sheet][row - 1], start=1):
            if (sheet, row, column) in book.amounts and value not in (None, ""):
                found.append((sheet, row, column))
    return found


_FAULTS: tuple[Callable[[Random, Book], None], ...] = (
    _struck,
    _hidden,
    _mistaken,
    _merged,
    _worded,
)
