"""Finds the two halves of a form that sets income beside expense, and what their columns hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.importer.forms.compared import is_filled, key, with_unit
from generator.importer.forms.heads import Head
from generator.importer.forms.known import Known
from generator.intake.decoding import GridRow
from generator.intake.headings import is_line_number
from generator.model.schema import TableSchema

_ENUMERATOR = re.compile(r"^[（(]?[一二三四五六七八九十\d]{1,2}[)）]?[、.．]?(?=[收支])")
TITLE, INCOME, EXPENSE = "摘要", "收入", "支出"


@dataclass(frozen=True)
class Half:
    """The columns of a half by what they hold; `amount` is that of its money."""

    side: str
    columns: tuple[int, ...]
    amount: int
    names: dict[int, str]
    dropped: tuple[int, ...]

    def holds(self, row: GridRow) -> bool:
        """Whether a row says anything in this half."""
        return any(is_filled(row.at(column)) for column in self.columns)


@dataclass(frozen=True)
class Halves:
    """The headings and the half of each side."""

    head: Head
    income: Half
    expense: Half

    @property
    def both(self) -> tuple[Half, Half]:
        """Income first."""
        return self.income, self.expense


def halves_of(head: Head, known: Known, schema: TableSchema) -> Halves | None:
    """The halves that headings name: by a heading over each, or by how their first column begins."""
    sides = _by_groups(head, known) or _by_beginnings(head, known)
    if not sides:
        return None
    shared = [c for c in head.columns if c not in sides[INCOME] and c not in sides[EXPENSE]]
    made = {
        side: _half(head, known, schema, side, [*shared, *columns])
        for side, columns in sides.items()
    }
    income, expense = made[INCOME], made[EXPENSE]
    if income is None or expense is None:
        return None
    return Halves(head, income, expense)


def _side(text: str, known: Known) -> str:
    """The side that a heading over a half names, with or without a number before it: 一、收入情况."""
    word = _ENUMERATOR.sub("", key(text))
    if word in known.words.money.left:
        return INCOME
    return EXPENSE if word in known.words.money.right else ""


def _by_groups(head: Head, known: Known) -> dict[str, list[int]]:
    sides: dict[str, list[int]] = {INCOME: [], EXPENSE: []}
    for column in head.columns:
        side = _side(head.groups[column], known)
        if side:
            sides[side].append(column)
    return sides if all(len(columns) > 1 for columns in sides.values()) else {}


def _by_beginnings(head: Head, known: Known) -> dict[str, list[int]]:
    """收入项目 金额 备注 支出项目 金额 备注: each half begins where the side is first named."""
    if any(head.groups):
        return {}
    starts: dict[str, int] = {}
    for column in head.columns:
        word = key(head.names[column])
        for side in (INCOME, EXPENSE):
            rest = word.removeprefix(side)
            if rest != word and (rest in known.words.titles or rest in ("科目", "日期", "")):
                starts.setdefault(side, column)
    if len(starts) < 2:
        return {}
    ordered = sorted(starts.items(), key=lambda start: start[1])
    end = len(head.names)
    (first, left), (second, right) = ordered
    before = _repeated(head.names, left, right)
    left, right = left - before, right - before
    sides = {first: range(left, right), second: range(right, end)}
    named = {side: [c for c in columns if head.names[c]] for side, columns in sides.items()}
    return named if all(len(columns) > 1 for columns in named.values()) else {}


def _repeated(names: Sequence[str], left: int, right: int) -> int:
    """The number of columns repeated before both halves, such as 日期."""
    counts = range(min(left, right - left - 1), 0, -1)
    words = [key(name) for name in names]
    return next((n for n in counts if words[left - n : left] == words[right - n : right]), 0)


def _half(
    head: Head, known: Known, schema: TableSchema, side: str, columns: Sequence[int]
) -> Half | None:
    """The columns of a half; None without one of money and one that says what for."""
    fields = {key(n): f for f in schema.fields for n in (f.name, *f.aliases)}
    names: dict[int, str] = {}
    dropped: list[int] = []
    amounts: list[int] = []
    for column in columns:
        text = head.names[column]
        word = key(text).removeprefix(side) or key(text)
        entry = fields.get(word)
        if is_line_number(text) or word in known.words.cumulative:
            dropped.append(column)
        elif word in known.words.amounts:
            amounts.append(column)
            names[column] = with_unit(side, text, head.groups[column])
        elif word in known.words.titles or word == side:
            names[column] = TITLE
        elif entry is not None and entry.role not in ("income", "expense", "balance"):
            names[column] = entry.name
        else:
            names[column] = text
    if len(amounts) != 1:
        return None
    subject = next((c for c, name in names.items() if name == "科目"), None)
    if TITLE not in names.values():
        if subject is None:
            return None
        names[subject] = TITLE
    if len(set(names.values())) < len(names):
        return None  # which of two days, or of two texts, is the entry's nobody can say
    return Half(side, tuple(columns), amounts[0], names, tuple(dropped))
