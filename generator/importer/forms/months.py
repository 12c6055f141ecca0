"""Writes the ledgers of a daybook: for each month its opening, entries, sums and closing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from generator.importer.destinations import account_of
from generator.importer.forms.asks import Clerk
from generator.importer.forms.bench import Bench, Piece
from generator.importer.forms.compared import CLOSING, OPENING, is_filled, key, number
from generator.importer.forms.heads import Head
from generator.intake.decoding import GridRow

_DATE, _VOUCHER = "日期", "凭证号"


@dataclass(frozen=True)
class Book:
    """The columns of a daybook. `month` and `day` are one column where the date stands in one;
    `money` are those that add up, `balance` the one that does not; `beside` are it and what says on
    which side it stands."""

    head: Head
    month: int
    day: int
    title: int
    money: tuple[int, ...]
    balance: int | None
    beside: tuple[int, ...]
    voucher: tuple[int, ...]
    names: dict[int, str]
    dropped: tuple[int, ...]

    @property
    def split_date(self) -> bool:
        """Whether month and day stand in columns of their own."""
        return self.month != self.day


@dataclass
class Month:
    """The rows of one month, and each entry's day."""

    number: int
    entries: list[tuple[GridRow, str]] = field(default_factory=list)
    totals: list[GridRow] = field(default_factory=list)
    closing: list[GridRow] = field(default_factory=list)

    @property
    def rows(self) -> list[GridRow]:
        """All rows of the month in their order."""
        return [*(row for row, _ in self.entries), *self.totals, *self.closing]


@dataclass(frozen=True)
class Aside:
    """A row of sums that goes no further, and what it may add up: all entries above it, those of
    its month, those of its page. `balance` is the last one above."""

    row: GridRow
    entries: list[GridRow]
    month: list[GridRow]
    page: list[GridRow]
    balance: str


@dataclass
class Pages:
    """A daybook's rows by what they are: its opening, its months, the sums of the year and of
    pages."""

    opening: list[GridRow] = field(default_factory=list)
    months: list[Month] = field(default_factory=list)
    years: list[Aside] = field(default_factory=list)
    carried: list[Aside] = field(default_factory=list)

    def aside(self, row: GridRow, balance: str, *, by_quarter: bool = False) -> Aside:
        """A row that sums up what stands above it, or what of it belongs to its quarter."""
        quarter = (self.months[-1].number - 1) // 3
        entries = [
            [row for row, _ in month.entries]
            for month in self.months
            if not by_quarter or (month.number - 1) // 3 == quarter
        ]
        turned = self.carried[-1].row.number if self.carried else 0
        rows = [row for month in entries for row in month]
        page = [row for row in rows if row.number > turned]
        if not page and self.carried:  # 承前页 repeats what 过次页 said
            page = self.carried[-1].page
        return Aside(row, rows, entries[-1], page, balance)


def label_of(row: GridRow, book: Book) -> str:
    """The words that name a row: in the column of words, or alone in another."""
    if is_filled(row.at(book.title)):
        return key(row.at(book.title))
    texts = [cell for cell in row.cells if is_filled(cell) and number(cell) is None]
    return key(texts[0]) if texts else ""


@dataclass(frozen=True)
class Part:
    """The part of a daybook that becomes one ledger: its opening, or else the balance before it."""

    months: list[Month]
    opening: list[GridRow]
    before: GridRow | None


def parts_of(clerk: Clerk, book: Book, pages: Pages) -> Iterable[Part]:
    """A ledger for each month, which opens with the last balance of the month before; the whole as
    one where the set of books is published by the quarter."""
    titles = [cell for row in book.head.above for cell in row.cells if cell]
    texts = [*titles, clerk.cover.worksheet.name, clerk.known.file]
    accounts = clerk.known.accounts
    account = account_of(texts, accounts) if accounts else ""
    if any(a.period == "quarter" for a in accounts if a.id == account):
        yield Part(pages.months, pages.opening, None)
        return
    before = None
    for place, month in enumerate(pages.months):
        yield Part([month], pages.opening if place == 0 else [], before)
        if book.balance is not None:
            with_balance = [row for row in month.rows if is_filled(row.at(book.balance))]
            before = with_balance[-1] if with_balance else before


def write_month(
    clerk: Clerk,
    bench: Bench,
    book: Book,
    part: Part,
    year: int,
    notes: Sequence[GridRow],
) -> None:
    """Write a ledger: titles, headings, opening, the months with their sums, notes."""
    known = clerk.known
    bench.keep(clerk.cover, book.head.above)
    names = [_DATE, *([_VOUCHER] if book.voucher else []), *book.names.values()]
    start = len(names) - len(book.names)
    columns = {start + n: column for n, column in enumerate(book.names)}
    bench.head(names, book.head.rows[0].number)
    title = next(new for new, old in columns.items() if old == book.title)
    for row in part.opening:
        _proof(
            clerk,
            bench,
            row,
            columns,
            {title: _word(row, book, OPENING, is_own=known.is_opening)},
            book,
        )
    if part.before is not None:
        balance = _only(columns, book.beside)
        _proof(clerk, bench, part.before, balance, {title: OPENING}, None)
    for month in part.months:
        for row, day in month.entries:
            _entry(clerk, bench, row, book, columns, _date(year, month.number, day))
        for row in month.totals:
            word = label_of(row, book)
            _proof(clerk, bench, row, _only(columns, book.money), {title: word}, book)
            if book.balance is not None and is_filled(row.at(book.balance)) and not month.closing:
                balance = _only(columns, book.beside)
                _proof(clerk, bench, row, balance, {title: CLOSING}, book)
        for row in month.closing:
            word = _word(row, book, CLOSING, is_own=known.is_closing)
            _proof(clerk, bench, row, columns, {title: word}, book)
    bench.keep(clerk.cover, notes)


def _only(columns: dict[int, int], wanted: Iterable[int]) -> dict[int, int]:
    chosen = set(wanted)
    return {new: old for new, old in columns.items() if old in chosen}


def _word(row: GridRow, book: Book, usual: str, *, is_own: Callable[[str], bool]) -> str:
    """The office's own word for a proof row where it is one of its kind, else the usual one."""
    label = label_of(row, book)
    return label if is_own(label) else usual


def _proof(
    clerk: Clerk,
    bench: Bench,
    row: GridRow,
    columns: dict[int, int],
    texts: dict[int, str],
    book: Book | None,
) -> None:
    """A proof row with its words; on which day it was drawn says nothing of an entry."""
    bench.put((Piece(clerk.cover, row, columns),), texts)
    if book is not None:
        clerk.drop(row, (book.month, book.day, book.title, *book.money, *book.beside))


def _entry(
    clerk: Clerk, bench: Bench, row: GridRow, book: Book, columns: dict[int, int], day: str
) -> None:
    texts = {0: day} if book.split_date else {}
    pieces = dict(columns)
    if not book.split_date:
        pieces[0] = book.day
    clerk.cover.see(row, (book.month, book.day))
    if book.voucher:
        word, count = (row.at(c).strip() for c in book.voucher)
        look = row.looks.get(book.voucher[1])
        count = look.shown if look and look.shown else count
        pieces[1] = book.voucher[1]
        texts[1] = "-".join(part for part in (word, count) if part)
        clerk.cover.see(row, book.voucher)
    bench.put((Piece(clerk.cover, row, pieces),), texts)


def _date(year: int, month: int, day: str) -> str:
    """A whole date; without a year, or with a day that cannot be read, what there is."""
    if year and day:
        return f"{year}-{month:02}-{int(day):02}"
    return f"{month}月{day}日" if day else f"{month}月"
