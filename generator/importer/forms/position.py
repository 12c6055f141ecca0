"""Unfolds a balance sheet: assets on one side, liabilities and equity on the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from generator.importer.forms.asks import BY_ROWS, Clerk
from generator.importer.forms.bench import Bench, Piece
from generator.importer.forms.classes import SubjectBook
from generator.importer.forms.compared import (
    are_equal,
    is_filled,
    is_sum,
    key,
    money,
    negated,
    number,
    unit_of,
)
from generator.importer.forms.heads import Head, first_fit, split_notes
from generator.importer.forms.known import Flat, Known
from generator.intake.decoding import GridRow
from generator.intake.doubts import Choice, Doubt
from generator.intake.headings import is_line_number
from generator.problems import problem

FORM = "资产负债表"
_BALANCE = "balance"
_ASSETS, _DEBTS, _EQUITY = "资产", "负债", "所有者权益"
_SUBJECT, _CLASS, _END = "科目", "类别", "期末余额"
_START = ("年初余额", "期初余额")
_PREFIX = re.compile(r"([减加其中去包括]{1,4})[:：、]\s*(\S.*)")
_NUMBERED = re.compile(r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]")
_ZERO = Decimal(0)


@dataclass(frozen=True)
class _Half:
    """The column of names, and those of money with their units by what they are."""

    name: int
    money: dict[str, int]
    units: dict[str, str]
    dropped: tuple[int, ...]
    is_left: bool


@dataclass(frozen=True)
class _BalanceSheet:
    head: Head
    left: _Half
    right: _Half


@dataclass(frozen=True)
class _Entry:
    """A row of a half: what it is called, its class, and its amounts with their signs."""

    row: GridRow
    half: _Half
    name: str
    title: str
    amounts: dict[str, Decimal]
    is_less: bool


@dataclass
class _Reading:
    """Per-call state while the rows of a half are read from above."""

    title: str
    entries: list[_Entry] = field(default_factory=list)
    section: str = ""
    begun: int = 0  # entries before the section
    last: int = 0  # entries before the last total
    empty: list[str] = field(default_factory=list)
    inner: list[str] = field(default_factory=list)
    totals: int = 0
    wrong: int = 0
    is_known: bool = True


def unfold_position(clerk: Clerk) -> tuple[Flat, ...]:
    """One row an item with its class; nothing where the worksheet is no balance sheet."""
    known = clerk.known
    if _BALANCE not in known.tables or not known.may_be(_BALANCE):
        return ()
    clerk.form = FORM
    found = first_fit(clerk.cover.worksheet, lambda head: _balance_sheet(head, known))
    if found is None:
        return ()
    halves = (found.left, found.right)
    body, notes = split_notes(
        found.head.below, lambda row: any(_has_amount(row, h) for h in halves)
    )
    readings = [_read(clerk, half, body) for half in halves]
    entries = [entry for reading in readings for entry in reading.entries]
    _equal(clerk, found, entries)
    bench = Bench(clerk.cover.worksheet.name)
    bench.keep(clerk.cover, found.head.above)
    _write(clerk, bench, found, entries)
    _say(clerk, readings)
    return clerk.flat(bench, found.head, notes, _BALANCE)


# --------------------------------------------------------------------------- the two halves


def _balance_sheet(head: Head, known: Known) -> _BalanceSheet | None:
    words = known.words.sheets
    lefts = [c for c in head.columns if key(head.names[c]) in words.left]
    rights = [c for c in head.columns if key(head.names[c]) in words.right]
    if len(lefts) != 1 or len(rights) != 1:
        return None
    left, right = lefts[0], rights[0]
    ends = (right, len(head.names)) if left < right else (len(head.names), left)
    halves = (_half(head, known, left, ends[0], True), _half(head, known, right, ends[1], False))
    first, second = halves
    if first is None or second is None or _yuan(first) != _yuan(second):
        return None
    return _BalanceSheet(head, first, second)


def _half(head: Head, known: Known, name: int, end: int, is_left: bool) -> _Half | None:
    words = known.words
    lists = {"年初余额": words.year_start, "期初余额": words.before, _END: words.after}
    amounts: dict[str, int] = {}
    dropped = []
    for column in range(name + 1, end):
        text = head.names[column] if column < len(head.names) else ""
        kind = next((kind for kind, names in lists.items() if key(text) in names), "")
        if kind and kind not in amounts:
            amounts[kind] = column
        elif text and is_line_number(text):
            dropped.append(column)
        elif text:
            return None
    units = {
        kind: unit_of(head.names[column], head.groups[column], head.names[name])
        for kind, column in amounts.items()
    }
    return _Half(name, amounts, units, tuple(dropped), is_left) if _END in amounts else None


def _yuan(half: _Half) -> dict[str, str]:
    """The units of a half's amounts, yuan where none is declared."""
    return {kind: unit or "元" for kind, unit in half.units.items()}


def _has_amount(row: GridRow, half: _Half) -> bool:
    return any(number(row.at(column)) is not None for column in half.money.values())


# ------------------------------------------------------------------------------- the rows


def _read(clerk: Clerk, half: _Half, body: Sequence[GridRow]) -> _Reading:
    """The items of a half from above to below; sums are checked as they come."""
    labels = {key(row.at(half.name)) for row in body}
    marks = {"负债合计", "负债总计", *clerk.known.words.equity}
    reading = _Reading(
        _ASSETS if half.is_left else _DEBTS, is_known=half.is_left or bool(labels & marks)
    )
    for row in body:
        clerk.drop(row, half.dropped)
        if is_filled(row.at(half.name)) and number(row.at(half.name)) is None:
            _read_row(clerk, half, row, reading, labels)
    return reading


def _read_row(clerk: Clerk, half: _Half, row: GridRow, reading: _Reading, labels: set[str]) -> None:
    text = row.at(half.name).strip()
    word = key(_NUMBERED.sub("", text, count=1))
    match = _PREFIX.fullmatch(text)
    prefix, name = (match[1], match[2]) if match else ("", text)
    if word.endswith(("合计", "总计")) or clerk.known.is_total(word):
        _total(clerk, half, row, word, reading)
    elif not _has_amount(row, half):
        is_section = text.endswith((":", "：")) or f"{word}合计" in labels or word != key(text)
        if not is_section and word not in clerk.known.words.equity:
            reading.empty.append(text)
        _section(clerk, word, reading, is_section=is_section)
    elif clerk.known.is_part(prefix) or _is_net(clerk, half, row, name, reading):
        reading.inner.append(" ".join((text, *(row.at(c) for c in half.money.values()))))
    else:
        title = reading.title
        if not reading.is_known:  # nothing says where equity begins
            title = SubjectBook(clerk, (_DEBTS, _EQUITY)).class_of(row, "", name).title
        is_less = prefix in clerk.known.words.less
        reading.entries.append(_entry(half, row, name, title, is_less))
        return
    clerk.cover.see(row, (half.name,))
    clerk.drop(row, half.money.values())


def _section(clerk: Clerk, word: str, reading: _Reading, *, is_section: bool) -> None:
    if word in clerk.known.words.equity:
        reading.title = _EQUITY
    if is_section:
        reading.section, reading.begun = word, len(reading.entries)


def _entry(half: _Half, row: GridRow, name: str, title: str, is_less: bool) -> _Entry:
    amounts = {}
    for kind, column in half.money.items():
        value = number(row.at(column)) or _ZERO
        amounts[kind] = -abs(value) if is_less else value
    return _Entry(row, half, name.strip(), title, amounts, is_less)


def _is_net(clerk: Clerk, half: _Half, row: GridRow, name: str, reading: _Reading) -> bool:
    """Whether a net value is what the rows above it leave; alone, it is an item itself."""
    is_net = key(name) in clerk.known.words.net
    if not is_net or not reading.entries or not reading.entries[-1].is_less:
        return False
    for kind, column in half.money.items():
        stated = number(row.at(column)) or _ZERO
        parts = [entry.amounts[kind] for entry in reading.entries]
        runs = [parts[start:] for start in range(len(parts) - 1)]
        if not any(is_sum(stated, run) for run in runs):
            clerk.total(row, key(row.at(half.name)), kind, stated, parts[-2:])
    return True


def _total(clerk: Clerk, half: _Half, row: GridRow, word: str, reading: _Reading) -> None:
    """A total of its section, of what stands since the last total, of its class, or of the half."""
    entries = reading.entries
    scopes = list(_scopes(word, reading))
    for kind, column in half.money.items():
        stated = number(row.at(column))
        if stated is None:
            continue
        sums = [[entry.amounts[kind] for entry in scope] for scope in scopes]
        if not any(is_sum(stated, parts) for parts in sums):
            clerk.total(row, word, kind, stated, sums[0])
            reading.wrong += 1
    reading.totals += 1
    reading.last = len(entries)
    if not half.is_left and word in ("负债合计", "负债总计"):
        reading.title = _EQUITY  # where no heading of its own stands above it


def _scopes(word: str, reading: _Reading) -> Iterator[list[_Entry]]:
    entries = reading.entries
    name = word.removesuffix("合计").removesuffix("总计")
    if name in (_ASSETS, _DEBTS, _EQUITY):
        yield [entry for entry in entries if entry.title == name]
        return
    if word.endswith("总计"):
        yield entries
        return
    if reading.section and reading.section == name:
        yield entries[reading.begun :]
    yield entries[reading.last :]
    yield entries[reading.begun :]
    yield entries


# ------------------------------------------------------------------------------ the balance


def _equal(clerk: Clerk, balance: _BalanceSheet, entries: Sequence[_Entry]) -> None:
    """Assets are liabilities and equity, at the end and at the beginning."""
    for kind in balance.left.money:
        left = [e.amounts[kind] for e in entries if e.title == _ASSETS]
        right = [e.amounts[kind] for e in entries if e.title != _ASSETS]
        if are_equal(left, right):
            continue
        assets, claims = sum(left, _ZERO), sum(right, _ZERO)
        fault = problem(
            "form-unequal",
            clerk.place(balance.head.rows[0], kind),
            value=money(assets),
            left=f"{kind}的资产各行",
            stated=money(assets),
            right="负债和所有者权益各行",
            actual=money(claims),
        )
        words = f"各行照原样公开，资产 {money(assets)}，负债和所有者权益 {money(claims)}"
        about = f"{FORM}：{kind}两边不等"
        clerk.asking.settle(Doubt(about, fault, (Choice(BY_ROWS, words),), lasting=False))


def _write(clerk: Clerk, bench: Bench, balance: _BalanceSheet, entries: Sequence[_Entry]) -> None:
    kinds = [kind for kind in (*_START, _END) if kind in balance.left.money]
    units = {kind: balance.left.units[kind] or balance.right.units[kind] for kind in kinds}
    headings = [f"{kind}（{units[kind]}）" if units[kind] else kind for kind in kinds]
    bench.head([_SUBJECT, _CLASS, *headings], balance.head.rows[0].number)
    for entry in entries:
        columns = {0: entry.half.name}
        texts = {1: entry.title}
        clerk.cover.see(entry.row, (entry.half.name,))
        clerk.drop(entry.row, entry.half.money.values())
        if entry.name != entry.row.at(entry.half.name):
            texts[0] = entry.name
        for place, kind in enumerate(kinds, start=2):
            column = entry.half.money[kind]
            columns[place] = column
            text = entry.row.at(column)
            if entry.is_less and (number(text) or _ZERO) > 0:
                texts[place] = negated(text)
            elif not is_filled(text):
                texts[place] = "0"
        bench.put((Piece(clerk.cover, entry.row, columns),), texts)


def _say(clerk: Clerk, readings: Sequence[_Reading]) -> None:
    counts = [len(reading.entries) for reading in readings]
    clerk.say(f"资产、负债两半合成了一张表：左边 {counts[0]} 项，右边 {counts[1]} 项。")
    totals = sum(reading.totals for reading in readings)
    inner = [text for reading in readings for text in reading.inner]
    if totals and not any(reading.wrong for reading in readings):
        clerk.say(f"各级合计 {totals} 行与各项相符，没有导入。")
    if inner:
        clerk.say(f"已经算在别的行里，没有另外导入：{'；'.join(inner)}。")
    empty = [text for reading in readings for text in reading.empty]
    if empty:
        clerk.say(f"{len(empty)} 项没有数，没有导入：{'、'.join(empty)}。")
    less = [e for reading in readings for e in reading.entries if e.is_less]
    if less:
        clerk.say(f"“{less[0].name}”等 {len(less)} 项从资产里减去，写成负数。")
