"""Checks sums of a daybook that go no further: those of years, pages and days."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from generator.importer.forms.asks import Clerk
from generator.importer.forms.compared import is_sum, key, number
from generator.importer.forms.months import Aside, Book, Pages, label_of
from generator.intake.decoding import GridRow

_ZERO = Decimal(0)


def check_years(clerk: Clerk, book: Book, pages: Pages) -> None:
    """本年累计 is the sum of all entries since the year's opening, 本季累计 of its quarter's; where a
    book begins within the year, it is more by what went before, the same for every month."""
    if not pages.years:
        return
    unchecked, right = False, True
    for column in book.money:
        title = key(book.head.names[column])
        differences = {
            (number(year.row.at(column)) or _ZERO) - sum(_parts(year.entries, column), _ZERO)
            for year in pages.years
        }
        is_partial = not any("年" in key(row.at(book.title)) for row in pages.opening)
        starts_late = is_partial and pages.months[0].number > 1
        if differences != {_ZERO} and len(differences) == 1 and starts_late:
            unchecked = True
            continue
        for year in pages.years:
            stated, parts = number(year.row.at(column)) or _ZERO, _parts(year.entries, column)
            right &= clerk.total(year.row, label_of(year.row, book), title, stated, parts)
    for year in pages.years:
        right &= _same_balance(clerk, book, year)
        clerk.drop(year.row)
    told = f"“{label_of(pages.years[0].row, book)}”{len(pages.years)} 行"
    if unchecked:
        clerk.say(f"{told}含这张表以前的月份，没有导入，也没有核对。")
    elif right:
        clerk.say(f"{told}与各月相符，没有导入。")


def check_pages(clerk: Clerk, book: Book, pages: Pages) -> None:
    """What is carried to the next page is the sum of a page, of the month so far, or of all; that
    of a day is the sum since the one before."""
    right = True
    for carried in pages.carried:
        for column in book.money:
            stated = number(carried.row.at(column))
            scopes = (carried.page, carried.month, carried.entries)
            sums = [_parts(scope, column) for scope in scopes]
            if stated is not None and not any(is_sum(stated, parts) for parts in sums):
                title, word = key(book.head.names[column]), label_of(carried.row, book)
                right &= clerk.total(carried.row, word, title, stated, sums[0])
        right &= _same_balance(clerk, book, carried)
        clerk.drop(carried.row)
    if pages.carried and right:
        words = "、".join(dict.fromkeys(label_of(entry.row, book) for entry in pages.carried))
        clerk.say(f"“{words}”{len(pages.carried)} 行与账相符，没有导入。")


def _same_balance(clerk: Clerk, book: Book, aside: Aside) -> bool:
    """Whether the balance beside a sum is the last one above it."""
    stated = number(aside.row.at(book.balance)) if book.balance is not None else None
    before = number(aside.balance)
    if book.balance is None or stated is None or before is None:
        return True
    label = label_of(aside.row, book)
    return clerk.total(aside.row, label, key(book.head.names[book.balance]), stated, [before])


def _parts(rows: Sequence[GridRow], column: int) -> list[Decimal]:
    return [number(row.at(column)) or _ZERO for row in rows]
