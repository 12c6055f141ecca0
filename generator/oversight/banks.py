"""Decides what staff are told of a village's books against its banks: each open entry and line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from generator.intake.bank import BankFile, read_bank
from generator.intake.folders import find_villages
from generator.intake.naming import chosen_villages, written_period
from generator.model.books import ZERO
from generator.model.clock import Span
from generator.model.shared import Shared
from generator.model.village import Record, Table, VillageData
from generator.model.wording import shared_for
from generator.problems import Problem
from generator.publishing.publish import publish
from generator.reading import sound_content
from generator.reconciling import How, Item, Pair
from generator.remaining import known_village
from generator.settings import CannotBuildError, Settings, need_folder
from generator.views.figures.bank import Held, held_books

__all__ = ["BankReport", "BookReport", "Open", "bank_report"]


@dataclass(frozen=True)
class Open:
    """An entry or a line: its day, where it stands, what the account grew by, and its words."""

    day: date
    place: str
    row: int
    change: Decimal
    words: str


@dataclass(frozen=True)
class Agreed:
    """Entries and lines that are the same money, and how that was found."""

    how: How
    booked: tuple[Open, ...]
    lines: tuple[Open, ...]


@dataclass(frozen=True)
class BookReport:
    """A book against its bank: what agrees, and what does not on either side; `cash` was drawn, paid
    in or spent, and stands beside."""

    title: str
    agreed: tuple[Agreed, ...]
    booked: tuple[Open, ...]
    lines: tuple[Open, ...]
    cash: tuple[Open, ...]

    @property
    def ways(self) -> Mapping[How, int]:
        """How many pairs were found in which way."""
        return Counter(pair.how for pair in self.agreed)

    @property
    def missing(self) -> Decimal:
        """What the open entries of the book come to."""
        return sum((abs(entry.change) for entry in self.booked), ZERO)


@dataclass(frozen=True)
class BankReport:
    """The books of a village for which there are statements, and statements that cannot be read."""

    village: str
    shared: Shared
    books: tuple[BookReport, ...]
    problems: tuple[Problem, ...]

    @property
    def is_open(self) -> bool:
        """Whether anything is open."""
        return bool(self.problems) or any(book.booked or book.lines for book in self.books)


def bank_report(settings: Settings, village: str, period: str) -> BankReport:
    """A village's books against its banks, of one period as people write it, or of all.

    Raises `CannotBuildError` where the village, the period or a usable village.yaml is missing.
    """
    need_folder(settings.villages)
    asked = written_period(period) if period else None
    if period and asked is None:
        raise CannotBuildError(f"看不懂期次“{period}”，请写成 2025-09 这样。")
    shared, _ = sound_content(settings.content, settings.today, "才能核对银行流水")
    folders, _ = find_villages(settings.villages, shared)
    (folder,) = chosen_villages((village,), folders)
    dry = replace(settings, is_dry=True)
    data, _ = known_village(folder, shared, dry, Span(settings.today))
    if data is None:
        raise CannotBuildError("这个村的资料用不了，请先运行 check 看哪里要改。")
    shared = shared_for(data.village, shared)
    files, problems = read_bank(folder, data.village, shared)
    books = tuple(
        _book(record, held, data, shared, files)
        for held in held_books(data, shared)
        for record in held.books
        if asked in (None, record.period)
    )
    return BankReport(data.village.name, shared, books, problems)


def _book(
    record: Record, held: Held, data: VillageData, shared: Shared, files: tuple[BankFile, ...]
) -> BookReport:
    words = {**_book_words(data, shared), **_bank_words(files)}
    period, found = record.period, held.found

    def told(items: tuple[Item, ...]) -> tuple[Open, ...]:
        return tuple(
            Open(i.day, i.place.rpartition("/")[2], i.number, i.change, words[i.place, i.number])
            for i in items
        )

    def is_own(pair: Pair) -> bool:
        own = [i.place == record.name for i in pair.booked]
        return any(own) or (not own and period.start <= pair.lines[0].day <= period.end)

    booked, lines = held.left(record)
    cash = tuple(
        item
        for item in found.cash
        if item.place == record.name
        or ("/bank/" in item.place and period.start <= item.day <= period.end)
    )
    title = publish(record, data.village, shared, record.period.end).title
    agreed = (Agreed(p.how, told(p.booked), told(p.lines)) for p in found.pairs if is_own(p))
    return BookReport(title, tuple(agreed), told(booked), told(lines), told(cash))


def _book_words(data: VillageData, shared: Shared) -> dict[tuple[str, int], str]:
    """What books say of their entries."""
    found = {}
    for record in data.records:
        if isinstance(record.content, Table):
            title = shared.tables[record.content.schema].with_role("title")
            for row in record.content.rows:
                words = str(row.values.get(title.name) or "") if title else ""
                found[record.name, row.number] = words
    return found


def _bank_words(files: tuple[BankFile, ...]) -> dict[tuple[str, int], str]:
    """What banks say of their lines."""
    return {
        (file.statement.source.file, number): " ".join(filter(None, words))
        for file in files
        for number, words in file.words.items()
    }
