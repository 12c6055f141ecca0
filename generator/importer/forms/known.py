"""The knowledge of a form, and the flat worksheet that it returns for a table's schema to read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from generator.importer.forms.compared import is_day, key, number
from generator.intake.decoding import Worksheet
from generator.model.catalogue import Item
from generator.model.forms import FormWords, SheetKind
from generator.model.rows import ProofWords, RowWords
from generator.model.schema import TableSchema
from generator.model.shared import ChartOfAccounts
from generator.model.village import Account
from generator.problems import Source

_LEDGER = "ledger"
_ENUMERATOR = re.compile(
    r"^(?:[（(][一二三四五六七八九十\d]{1,2}[)）]|[一二三四五六七八九十\d]{1,2}[、.．])"
)
_EVEN = ("平",)  # neither debit nor credit
_LONGEST_LABEL = 10  # characters; what is longer is a title or a sentence


@dataclass(frozen=True)
class Known:
    """The knowledge available before a workbook is unfolded.

    `file` is the workbook's name as messages show it. `item` is the one that a person asked for, or
    nothing: it outweighs what headings look like. `accounts` are the village's sets of books, if the
    village is known.
    """

    file: str
    today: date
    tables: Mapping[str, TableSchema]
    items: tuple[Item, ...]
    subjects: tuple[ChartOfAccounts, ...]
    words: FormWords
    item: str = ""
    accounts: tuple[Account, ...] = ()
    several: bool = False

    def place(self, worksheet: Worksheet, row: int = 0, column: str = "") -> Source:
        """A place in the workbook; the worksheet is named where there is more than one."""
        mark = f"［{worksheet.name}］" if self.several and worksheet.name else ""
        return Source(self.file + mark, row, column)

    def may_be(self, *items: str) -> bool:
        """Whether the worksheet may be one of these items, by what a person asked for."""
        return self.item in ("", *items)

    def is_cash_book(self, texts: Iterable[str]) -> bool:
        """Whether the words around a worksheet let it be a book of income and expense: a plan is none, nor
        is a subject's own book, which has debit and credit, too. What a person asks for outweighs."""
        words, line = self.words, "".join((*texts, self.file))
        if self.item == _LEDGER:
            return True
        if any(word in line for word in words.plans):
            return False
        is_other = any(word in line for word in words.other_books)
        return not is_other or any(word in line for word in words.cash_books)

    def is_plain(self, text: str) -> bool:
        """Whether a cell says nothing of its own in a row of sums: a number, a day, a known word."""
        return (
            number(text) is not None
            or is_day(text)
            or self.proof(text) is not None
            or self.is_standing(text)
            or key(text) in (*self.words.debit, *self.words.credit, *_EVEN)
        )

    def proof(self, text: str) -> ProofWords | None:
        """The kind of proof that a cell names and nothing else, if it does: 上月结余, 一组小计."""
        return self._proof(key(text))

    @cached_property
    def _proof(self) -> Callable[[str], ProofWords | None]:
        rows = self._rows

        @lru_cache(8192)  # each form that is tried looks at the same cells
        def find(word: str) -> ProofWords | None:
            label = rows.label(word) if len(word) <= _LONGEST_LABEL else None
            return label.words if label and not label.leads else None

        return find

    @cached_property
    def _rows(self) -> RowWords:
        return next((schema.rows for schema in self.tables.values()), RowWords())

    def is_standing(self, text: str) -> bool:
        """Whether a cell in place of an entry's words is called like a balance, known or not."""
        return self._rows.is_standing(key(text))

    def is_part(self, text: str) -> bool:
        """Whether a cell begins as a part of the row above it does: 其中."""
        return bool(text) and self._rows.is_part(self._rows.level(text))

    def is_opening(self, text: str) -> bool:
        """Whether a cell calls its row an opening."""
        return _kind(self.proof(text)) == "opening"

    def is_closing(self, text: str) -> bool:
        """Whether a cell calls its row a closing."""
        return _kind(self.proof(text)) == "closing"

    def is_balance(self, text: str) -> bool:
        """Whether a cell speaks of an opening or a closing."""
        return self.is_opening(text) or self.is_closing(text) or self.is_standing(text)

    def kind_of(self, cells: Sequence[str]) -> SheetKind | None:
        """The kind of all rows under a line that says nothing else: 应收款, 二、应付款：."""
        words = [key(cell) for cell in cells if cell]
        if len(words) != 1:
            return None
        name = _ENUMERATOR.sub("", words[0])
        return next((k for k in self.words.kinds if k.column and name in k.names), None)

    def is_total(self, text: str) -> bool:
        """Whether a cell says that its row is a sum: 合计, 一组小计; of a day, of a page and since
        the year began there are sums only in daybooks."""
        found = self.proof(text)
        return found is not None and found.kind == "total" and found.span is None


def _kind(found: ProofWords | None) -> str:
    return found.kind if found else ""


@dataclass(frozen=True)
class Flat:
    """A worksheet with one row of headings and a row for each entry, as `read_table` knows it.

    `item`, `period` (as in file names) and `account` (an id) are filled where the form itself says
    them. `sources` are the worksheets that it came from, `said` what was done, in sentences. One that
    `is_shown` had an example in it, as blanks have until somebody takes it out.
    """

    worksheet: Worksheet
    item: str = ""
    period: str = ""
    account: str = ""
    sources: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    is_shown: bool = False
