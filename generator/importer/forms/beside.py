"""Unfolds income beside expense, each half with its own columns, and the balances in either."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from generator.importer.forms.asks import Clerk
from generator.importer.forms.bench import Bench, Piece
from generator.importer.forms.compared import (
    MONTH_AND_DAY,
    TOTAL,
    is_filled,
    is_sum,
    key,
    labelled,
    money,
    number,
)
from generator.importer.forms.halves import EXPENSE, INCOME, TITLE, Half, Halves, halves_of
from generator.importer.forms.heads import first_fit, split_notes
from generator.importer.forms.known import Flat, Known
from generator.intake.decoding import GridRow
from generator.intake.headings import is_line_number
from generator.intake.values import parse_date
from generator.model.schema import TableSchema

FORM = "收支并排表"
_LEDGER = "ledger"
_BALANCE = "余额"
_SIDES = (INCOME, EXPENSE)


@dataclass(frozen=True)
class _Stated:
    """A number that a row states for proof: where it stands and what it is called."""

    row: GridRow
    column: int
    label: str
    text: str
    value: Decimal


@dataclass
class _Found:
    """The rows of both halves by what they are."""

    entries: dict[str, list[GridRow]] = field(default_factory=lambda: {INCOME: [], EXPENSE: []})
    opening: list[_Stated] = field(default_factory=list)
    closing: list[_Stated] = field(default_factory=list)
    totals: dict[str, list[_Stated]] = field(default_factory=lambda: {INCOME: [], EXPENSE: []})


def unfold_beside(clerk: Clerk) -> tuple[Flat, ...]:
    """A ledger of both halves: opening, incomes, expenses, totals, closing; nothing where the worksheet
    is not such a form."""
    known = clerk.known
    schema = known.tables.get(_LEDGER)
    if schema is None or not known.may_be(_LEDGER):
        return ()
    clerk.form = FORM
    halves = first_fit(clerk.cover.worksheet, lambda head: halves_of(head, known, schema))
    words = (clerk.cover.worksheet.name, *halves.head.titles) if halves else ()
    if halves is None or not known.is_cash_book(words):
        return ()
    body, notes = split_notes(halves.head.below, lambda row: _is_data(row, halves, known))
    found = _read(clerk, halves, body)
    bench = Bench(clerk.cover.worksheet.name)
    above = [row for row in halves.head.above if not _opening_above(clerk, row, found)]
    bench.keep(clerk.cover, above)
    _write(clerk, bench, halves, found, schema)
    return clerk.flat(bench, halves.head, notes, _LEDGER)


# ------------------------------------------------------------------------------- the rows


def _is_data(row: GridRow, halves: Halves, known: Known) -> bool:
    if any(number(row.at(half.amount)) is not None for half in halves.both):
        return True
    cells = (*row.cells, *(labelled(cell)[0] for cell in row.cells))
    return any(_is_proof(cell, known) for cell in cells if cell)


def _is_proof(text: str, known: Known) -> bool:
    return known.is_opening(text) or known.is_closing(text) or known.is_total(text)


def _read(clerk: Clerk, halves: Halves, body: Sequence[GridRow]) -> _Found:
    found = _Found()
    for row in body:
        for half in halves.both:
            clerk.drop(row, half.dropped)
            stated = list(_stated(clerk, row, half, halves))
            for entry in stated:  # the day on which a sum was drawn says nothing of an entry
                clerk.drop(row, (c for c, name in half.names.items() if name == "日期"))
                _sort(clerk, entry, half, found)
            if stated or not half.holds(row):
                continue
            told = any(clerk.known.is_standing(row.at(column)) for column in half.columns)
            if number(row.at(half.amount)) is not None and not told:
                found.entries[half.side].append(row)
    return found


def _stated(clerk: Clerk, row: GridRow, half: Half, halves: Halves) -> Iterator[_Stated]:
    """The proofs in a half of a row: a word, and the next number in its half, or behind it where the
    other half says nothing in words."""
    columns = [c for c in range(len(row.cells)) if c in half.columns]
    other = halves.expense if half is halves.income else halves.income
    texts = [c for c in other.columns if is_filled(row.at(c)) and number(row.at(c)) is None]
    if not texts:
        columns = sorted({*columns, *(c for c in other.columns if c > max(half.columns))})
    label = ""
    for column in columns:
        cell = row.at(column)
        inside, text = labelled(cell)
        if _is_proof(inside, clerk.known):
            yield _made(clerk, row, column, inside, text)
        elif _is_proof(cell, clerk.known):
            label = key(cell)
            clerk.cover.see(row, (column,))
        elif label and number(cell) is not None:
            yield _made(clerk, row, column, label, cell)
            label = ""


def _made(clerk: Clerk, row: GridRow, column: int, label: str, text: str) -> _Stated:
    clerk.cover.see(row, (column,))
    return _Stated(row, column, label, text, number(text) or Decimal(0))


def _sort(clerk: Clerk, stated: _Stated, half: Half, found: _Found) -> None:
    if clerk.known.is_opening(stated.label):
        found.opening.append(stated)
    elif clerk.known.is_closing(stated.label):
        found.closing.append(stated)
    else:
        other = {INCOME: EXPENSE, EXPENSE: INCOME}[half.side]
        found.totals[other if other in stated.label else half.side].append(stated)


def _opening_above(clerk: Clerk, row: GridRow, found: _Found) -> bool:
    """上月结余 with its number in a line over the headings."""
    filled = [column for column, cell in enumerate(row.cells) if cell]
    if len(filled) != 2 or found.opening or not clerk.known.is_opening(row.at(filled[0])):
        return False
    text = row.at(filled[1])
    if number(text) is None:
        return False
    found.opening.append(_made(clerk, row, filled[1], key(row.at(filled[0])), text))
    clerk.cover.see(row)
    return True


# ----------------------------------------------------------------------------- the ledger


def _write(clerk: Clerk, bench: Bench, halves: Halves, found: _Found, schema: TableSchema) -> None:
    names = _names(halves, found, schema)
    place = {key(name): column for column, name in enumerate(names)}
    bench.head(names, halves.head.rows[0].number)
    label = place[TITLE]
    for stated in _once(found.opening):
        _proof(clerk, bench, {place[_BALANCE]: stated}, {label: stated.label})
    for half, row in _in_order(halves, found):
        columns = {place[key(name)]: column for column, name in half.names.items()}
        bench.put((Piece(clerk.cover, row, columns),))
    totals = {place[side]: total for side, total in _totals(clerk, halves, found).items()}
    if totals:
        told = {total.label for total in totals.values()}
        is_one = len(told) == 1 and not any(side in word for word in told for side in _SIDES)
        word = told.pop() if is_one else TOTAL
        _proof(clerk, bench, totals, {label: word})
    for stated in _once(found.closing):
        _proof(clerk, bench, {place[_BALANCE]: stated}, {label: stated.label})
    counts = {side: len(rows) for side, rows in found.entries.items()}
    clerk.say(f"收入、支出两半合成了一张表：收入 {counts[INCOME]} 笔，支出 {counts[EXPENSE]} 笔。")
    _say_dropped(clerk, halves, found)


def _names(halves: Halves, found: _Found, schema: TableSchema) -> list[str]:
    """The headings in the table's order; those that it does not know come last."""
    units = {key(name): name for half in halves.both for name in half.names.values()}
    if found.opening or found.closing:
        units.setdefault(_BALANCE, _BALANCE + units[INCOME].removeprefix(INCOME))
    known = [units.pop(field.name) for field in schema.fields if field.name in units]
    return [*known, *units.values()]


def _once(stated: Sequence[_Stated]) -> list[_Stated]:
    """A balance that stands in both halves is one, if both are the same."""
    first = [entry for entry in stated if entry.value == stated[0].value][:1]
    return [*first, *(entry for entry in stated if entry.value != stated[0].value)]


def _proof(clerk: Clerk, bench: Bench, stated: dict[int, _Stated], texts: dict[int, str]) -> None:
    pieces = [Piece(clerk.cover, s.row, {new: s.column}) for new, s in stated.items()]
    written = {new: s.text for new, s in stated.items() if s.row.at(s.column) != s.text}
    bench.put(pieces, {**texts, **written})


def _in_order(halves: Halves, found: _Found) -> list[tuple[Half, GridRow]]:
    """Incomes, then expenses, as the worksheet has them; by their days where all have one."""
    rows = [(half, row) for half in halves.both for row in found.entries[half.side]]
    days = [_day(half, row) for half, row in rows]
    if not all(days):
        return rows
    ordered = sorted(zip(days, range(len(rows)), rows, strict=True), key=lambda e: (e[0], e[1]))
    return [entry for _, _, entry in ordered]


def _day(half: Half, row: GridRow) -> tuple[int, ...]:
    column = next((c for c, name in half.names.items() if name == "日期"), None)
    text = row.at(column) if column is not None else ""
    day: date | None = parse_date(text)
    if day is not None:
        return (day.year, day.month, day.day)
    match = MONTH_AND_DAY.fullmatch(text.strip())
    return (0, int(match[1]), int(match[2])) if match else ()


def _totals(clerk: Clerk, halves: Halves, found: _Found) -> dict[str, _Stated]:
    """The last stated total of each side, as the ledger's own total row has it; others are checked.

    An office may let both halves add up to the same number, with what was there before on the one
    side and what is left on the other: such a total is checked here and goes no further.
    """
    totals: dict[str, _Stated] = {}
    carried = {INCOME: found.opening, EXPENSE: found.closing}
    for half in halves.both:
        stated = found.totals[half.side]
        rows = found.entries[half.side]
        for before, entry in zip([None, *stated], stated[:-1], strict=False):
            top = before.row.number if before else 0
            above = [row for row in rows if row.number < entry.row.number]
            part = [row for row in above if row.number > top]
            if not is_sum(entry.value, _amounts(half, above)):
                clerk.total(entry.row, entry.label, half.side, entry.value, _amounts(half, part))
            clerk.say(f"“{entry.label}”在中间，没有导入。")
        for entry in stated[-1:]:
            parts = _amounts(half, rows)
            balances = carried[half.side][:1]
            both = [*parts, *(balance.value for balance in balances)]
            if balances and not is_sum(entry.value, parts) and is_sum(entry.value, both):
                label, shown = balances[0].label, money(entry.value)
                clerk.say(f"“{entry.label}”{shown} 把{label}算在内，核对相符，没有另外公开。")
            else:
                totals[half.side] = entry
    return totals


def _amounts(half: Half, rows: Sequence[GridRow]) -> list[Decimal]:
    return [number(row.at(half.amount)) or Decimal(0) for row in rows]


def _say_dropped(clerk: Clerk, halves: Halves, found: _Found) -> None:
    names = dict.fromkeys(
        halves.head.names[column]
        for half in halves.both
        for column in half.dropped
        if not is_line_number(halves.head.names[column])
    )
    if names and any(found.entries.values()):
        clerk.say(f"“{'”“'.join(names)}”只在表内核对用，没有导入。")
