"""Rows that are named by their numbers: a contract by its register number, a payment by its
voucher.

A register number names one row wherever it stands. A voucher number is given anew every year,
so that it names a payment only within the year and the account of the record that speaks of it,
after a word such as 凭证, and only where no two periods of that year share a number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.model.schema import TableSchema
from generator.model.targets import Target
from generator.model.village import Account, Record, Table

_SHORTEST = 4  # of a number that is looked for within a text
_NUMBER = r"[0-9A-Za-z]+(?:-[0-9A-Za-z]+)*"
_MORE = r"(?:\s*[、和及]\s*" + _NUMBER + r")*"
_ACCOUNT = r"(?:[（(]([^（）()]{1,20}账)[）)])?"
_ASCII = "A-Za-z0-9_./#-"
_HAN = "\u3400-\u9fff"


@dataclass(frozen=True)
class _Vouchers:
    """The vouchers of one account in one year; None stands for a number that names no one row."""

    rows: Mapping[str, Target | None]
    repeats: bool


@dataclass(frozen=True)
class Numbers:
    """The numbered rows of a village. `registers` are the rows of each item by number, oldest
    first, `patterns` find those numbers, `words` are what stands before a voucher's."""

    registers: Mapping[str, Mapping[str, tuple[Target, ...]]]
    patterns: Mapping[str, re.Pattern[str]]
    vouchers: Mapping[tuple[str, str, int], _Vouchers]
    words: Mapping[str, re.Pattern[str]]
    accounts: tuple[Account, ...]

    @classmethod
    def of(
        cls,
        records: tuple[Record, ...],
        tables: Mapping[str, TableSchema],
        accounts: tuple[Account, ...],
    ) -> Numbers:
        """The numbers of these records."""
        registers: dict[str, dict[str, tuple[Target, ...]]] = {}
        books: dict[tuple[str, str, int], list[tuple[Record, TableSchema]]] = {}
        words: dict[str, re.Pattern[str]] = {}
        for record in sorted(records, key=lambda r: (r.period, r.key)):
            if not isinstance(record.content, Table):
                continue
            schema = tables[record.content.schema]
            reference = schema.with_role("reference")
            if schema.primary_key:
                rows = registers.setdefault(record.item, {})
                for number, target in _numbered(record, schema):
                    rows[number] = (*rows.get(number, ()), target)
            elif reference is not None:
                year = (record.item, record.account, record.period.start.year)
                books.setdefault(year, []).append((record, schema))
                names = "|".join(map(re.escape, (reference.name, *reference.aliases)))
                words[record.item] = re.compile(
                    f"(?:{names})(?:号)?[：:\\s]*({_NUMBER}{_MORE}){_ACCOUNT}"
                )
        patterns = {item: pattern_of(tuple(rows)) for item, rows in registers.items()}
        vouchers = {year: _vouchers(found) for year, found in books.items()}
        known = {item: pattern for item, pattern in patterns.items() if pattern is not None}
        return cls(registers, known, vouchers, words, accounts)

    def row(self, item: str, number: str, source: Record) -> Target | None:
        """The row of a number as the register stood at the end of the source's period, in the
        source's own account if it stands there; None where two other accounts use the number."""
        found = self.registers.get(item, {}).get(number, ())
        own = tuple(target for target in found if target.record.account == source.account)
        if not own and len({target.record.account for target in found}) > 1:
            return None
        rows = own or found
        later = (t for t in rows if t.record.period.end >= source.period.end)
        return next(later, rows[-1] if rows else None)

    def within(self, item: str, text: str, source: Record) -> Iterator[Target]:
        """The rows of an item whose numbers stand in a text."""
        if item in self.patterns:
            for match in self.patterns[item].finditer(text):
                target = self.row(item, match[0], source)
                if target is not None:
                    yield target
        if item in self.words:
            for match in self.words[item].finditer(text):
                account = self._account(match[2], source)
                year = self.vouchers.get((item, account, source.period.start.year))
                if year is None or year.repeats:
                    continue
                for number in re.findall(_NUMBER, match[1]):
                    voucher = year.rows.get(number)
                    if voucher is not None:
                        yield voucher

    def _account(self, words: str | None, source: Record) -> str:
        """The account that stands in brackets after a voucher's number; the source's without."""
        if words is None:
            return source.account
        named = [account.id for account in self.accounts if account.title.endswith(words)]
        return named[0] if len(named) == 1 else "?"


def _numbered(record: Record, schema: TableSchema) -> Iterator[tuple[str, Target]]:
    assert isinstance(record.content, Table)
    for row in record.content.rows:
        value = row.values.get(schema.link_key)
        if value is not None:
            yield str(value), Target(record, row.number)


def pattern_of(numbers: tuple[str, ...]) -> re.Pattern[str] | None:
    """Finds whole numbers only: those with a letter and a digit, that no year, sum or word is."""
    fit = [number for number in numbers if _is_telling(number)]
    if not fit:
        return None
    ordered = sorted(fit, key=lambda number: (-len(number), number))
    return re.compile("|".join(_whole(number) for number in ordered))


def _is_telling(number: str) -> bool:
    has_digit = any(c.isdigit() for c in number)
    return len(number) >= _SHORTEST and has_digit and any(c.isalpha() for c in number)


def _whole(number: str) -> str:
    """The number, unless a character of the same kind continues it on either side."""
    return f"(?<![{_kind(number[0])}]){re.escape(number)}(?![{_kind(number[-1])}])"


def _kind(character: str) -> str:
    return _HAN if unicodedata.name(character, "").startswith("CJK") else _ASCII


def _vouchers(found: list[tuple[Record, TableSchema]]) -> _Vouchers:
    """One account's vouchers of a year; a voucher of several rows names none of them."""
    rows: dict[str, Target | None] = {}
    homes: dict[str, set[str]] = {}
    for record, schema in found:
        for number, target in _numbered(record, schema):
            rows[number] = None if number in rows else target
            homes.setdefault(number, set()).add(record.key)
    return _Vouchers(rows, any(len(keys) > 1 for keys in homes.values()))
