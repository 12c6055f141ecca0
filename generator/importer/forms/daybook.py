"""Unfolds a daybook: months one below another, month and day in separate columns, sums after each month."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from generator.importer.forms.asks import Clerk
from generator.importer.forms.bench import Bench
from generator.importer.forms.compared import MONTH_AND_DAY, is_sum, key, number
from generator.importer.forms.daysums import check_pages, check_years
from generator.importer.forms.heads import Head, first_fit, split_notes
from generator.importer.forms.known import Flat
from generator.importer.forms.months import Book, Month, Pages, label_of, parts_of, write_month
from generator.intake.decoding import GridRow
from generator.intake.doubts import Doubt
from generator.intake.headings import HeadingReader, is_line_number, reader_of
from generator.intake.periods import mention
from generator.intake.values import parse_date
from generator.model.schema import TableSchema
from generator.problems import problem

FORM = "日记账"
_LEDGER = "ledger"
_SUBJECT = "科目"
_COUNTERPART = ("对方科目", "对应科目", "对方会计科目")
_YEAR = re.compile(r"(?<!\d)(20\d{2})年?")
_ZERO = Decimal(0)
_DITTO = frozenset(("〃", "″", '"', "”", "同上", "''"))


def unfold_daybook(clerk: Clerk) -> tuple[Flat, ...]:
    """A ledger for each month; nothing where the worksheet is no daybook of ours.

    Books that are published by the quarter stay whole.
    """
    known = clerk.known
    schema = known.tables.get(_LEDGER)
    if schema is None or not known.may_be(_LEDGER):
        return ()
    clerk.form = FORM
    book = first_fit(clerk.cover.worksheet, lambda head: _book(head, schema))
    words = (clerk.cover.worksheet.name, *book.head.titles) if book else ()
    if book is None or not known.is_cash_book(words):
        return ()
    body, notes = split_notes(book.head.below, lambda row: _is_data(row, book))
    pages = _pages(clerk, book, body)
    if pages is None or not _is_form(book, pages):
        return ()
    year = _year(clerk, book, pages)
    check_years(clerk, book, pages)
    check_pages(clerk, book, pages)
    flats = []
    for part in parts_of(clerk, book, pages):
        bench = Bench(clerk.cover.worksheet.name)
        write_month(clerk, bench, book, part, year, notes)
        numbers = {month.number for month in part.months}
        period = f"{year}-{min(numbers):02}" if year and len(numbers) == 1 else ""
        sources = (clerk.cover.worksheet.name,)
        flats.append(Flat(bench.worksheet(), item=_LEDGER, period=period, sources=sources))
    if len(flats) > 1:
        months = "、".join(f"{month.number}月" for month in pages.months)
        clerk.say(f"日记账按月分成了 {len(flats)} 张表：{months}。")
    for row in book.head.rows:
        clerk.cover.see(row)
    clerk.leftovers()
    return tuple(
        Flat(f.worksheet, f.item, f.period, f.account, f.sources, tuple(clerk.said)) for f in flats
    )


# ---------------------------------------------------------------------------- the columns


def _book(head: Head, schema: TableSchema) -> Book | None:
    """The columns that headings name; None without a date, words, and money on two sides."""
    reader = reader_of(schema)
    keys = {column: key(head.names[column]) for column in head.columns}
    by_name: dict[str, list[int]] = {}
    for column, word in keys.items():
        by_name.setdefault(word, []).append(column)
    fields = {c: found.field for c in head.columns if (found := reader.column(head.names[c]))}
    months, days = by_name.get("月", []), by_name.get("日", [])
    dates = [c for c, f in fields.items() if f.role == "date"]
    if len(months) == len(days) == 1:
        month, day = months[0], days[0]
    elif len(dates) == 1:
        month = day = dates[0]
    else:
        return None
    sides = (*schema.sides.debit, *schema.sides.credit) if schema.sides else ()
    money = [
        c
        for c in head.columns
        if keys[c] in sides or (c in fields and fields[c].role in ("income", "expense"))
    ]
    titles = [c for c, f in fields.items() if f.role == "title"]
    balances = [c for c, f in fields.items() if f.role == "balance"]
    if len(money) != 2 or len(titles) != 1 or len(balances) > 1:
        return None
    voucher = _voucher(head, keys)
    placed = {month, day, *voucher}
    names = {c: _name(head, c, reader, keys) for c in head.columns if c not in placed}
    dropped = [c for c in names if is_line_number(head.names[c])]
    for column in dropped:
        names.pop(column)
    balance = balances[0] if balances else None
    standing = schema.sides.standing if schema.sides else ()
    beside = (*balances, *(c for c in names if keys[c] in standing))
    return Book(
        head, month, day, titles[0], tuple(money), balance, beside, voucher, names, tuple(dropped)
    )


def _voucher(head: Head, keys: dict[int, str]) -> tuple[int, ...]:
    """凭证 over 字 and 号: two columns that are one."""
    found = [c for word in ("字", "号") for c, k in keys.items() if k == word]
    under = all("凭证" in head.groups[c] for c in found)
    return tuple(found) if len(found) == 2 and under else ()


def _name(head: Head, column: int, reader: HeadingReader, keys: dict[int, str]) -> str:
    if keys[column] in _COUNTERPART and not any(k == _SUBJECT for k in keys.values()):
        return _SUBJECT  # what the money was for: the other side of cash and bank
    return reader.join(head.groups[column], head.names[column])


def _is_data(row: GridRow, book: Book) -> bool:
    columns = (*book.money, *(() if book.balance is None else (book.balance,)))
    return any(number(row.at(column)) is not None for column in columns)


# ------------------------------------------------------------------------------- the rows


def _pages(clerk: Clerk, book: Book, body: Sequence[GridRow]) -> Pages | None:
    """The rows by what they are; None when the months do not follow each other."""
    known, cumulative = clerk.known, clerk.known.words.cumulative
    pages = Pages()
    last, balance = (0, ""), ""
    for row in body:
        clerk.drop(row, book.dropped)
        label = label_of(row, book)
        here = pages.months[-1] if pages.months else None
        proof = known.proof(label)
        span = proof.span if proof else None
        if not _is_data(row, book) and span != "page":
            continue
        if here and span == "day":
            pages.carried.append(pages.aside(row, balance))
        elif here and (span == "year" or label.endswith(cumulative)):
            pages.years.append(pages.aside(row, balance, by_quarter="季" in label))
        elif here and known.is_total(label):
            if _is_whole(row, book, pages):
                pages.years.append(pages.aside(row, balance))
            else:
                here.totals.append(row)
        elif known.is_closing(label) and here:
            here.closing.append(row)
        elif known.is_opening(label) or (span == "page" and not here):
            last = _day(row, book, last) if book.split_date else last
            (pages.opening if not here else here.closing).append(row)
        elif span == "page":
            pages.carried.append(pages.aside(row, balance))
        elif not known.is_standing(label):
            last = _day(row, book, last)
            if not last[0]:
                return None
            if here is None or last[0] != here.number:
                pages.months.append(Month(last[0]))
            pages.months[-1].entries.append((row, last[1]))
        if book.balance is not None and number(row.at(book.balance)) is not None:
            balance = row.at(book.balance)
    numbers = [month.number for month in pages.months]
    return pages if numbers and all(a < b for a, b in pairwise(numbers)) else None


def _is_whole(row: GridRow, book: Book, pages: Pages) -> bool:
    """Whether a sum after several months is that of them all: 合计 at the end of a quarter's book. The
    numbers tell, since the last month may be called so, too."""
    entries = [entry for month in pages.months for entry, _ in month.entries]
    own = [entry for entry, _ in pages.months[-1].entries]

    stated = [(c, value) for c in book.money if (value := number(row.at(c))) is not None]

    def adds_up(rows: Sequence[GridRow]) -> bool:
        return bool(stated) and all(
            is_sum(value, [number(r.at(c)) or _ZERO for r in rows]) for c, value in stated
        )

    return len(pages.months) > 1 and adds_up(entries) and not adds_up(own)


def _day(row: GridRow, book: Book, last: tuple[int, str]) -> tuple[int, str]:
    """Month and day of an entry. A month that is left out or repeated by a ditto mark is the one
    above, as people write in paper books."""
    if not book.split_date:
        text = row.at(book.day)
        day = parse_date(text)
        match = MONTH_AND_DAY.fullmatch(text.strip())
        month = day.month if day else int(match[1]) if match else 0
        return (month if 1 <= month <= 12 else 0), ""
    above = row.at(book.month).strip().removesuffix("月")
    day_text = row.at(book.day).strip().removesuffix("日")
    number_ = last[0] if not above or above in _DITTO else _small(above, 12)
    return number_, last[1] if day_text in _DITTO else str(_small(day_text, 31) or "")


def _small(text: str, most: int) -> int:
    """A whole number from 1 to `most`; 0 for anything else."""
    value = number(text)
    fits = value is not None and value == int(value) and 1 <= value <= most
    return int(value) if fits and value is not None else 0


def _is_form(book: Book, pages: Pages) -> bool:
    """Whether there is anything to unfold: a date in two columns, or sums after several months."""
    return book.split_date or sum(bool(month.totals) for month in pages.months) > 1


def _year(clerk: Clerk, book: Book, pages: Pages) -> int:
    """The year of the dates, or that over month and day, of the title, the worksheet's or the file's
    name."""
    if not book.split_date:
        rows = (row for month in pages.months for row, _ in month.entries)
        days = [parse_date(row.at(book.day)) for row in rows]
        years = {day.year if day else 0 for day in days}
        if len(years) == 1 and 0 not in years:
            return years.pop()
    worksheet = clerk.cover.worksheet
    titles = (cell for row in book.head.above for cell in row.cells if cell)
    texts = (book.head.groups[book.month], *titles, worksheet.name, clerk.known.file)
    for text in texts[:1]:
        match = _YEAR.search(text)
        if match:
            return int(match[1])
    year = next((year for text in texts[1:] if (year := mention(text).year)), 0)
    if year or not book.split_date:
        return year
    fault = problem("form-year", clerk.place(book.head.rows[0]))
    answer = clerk.asking.settle(Doubt(f"{FORM}：哪一年", fault, free="2026", lasting=False))
    return int(answer) if re.fullmatch(r"20\d{2}", answer) else 0
