"""Unfolds several subsidies as columns: a household's row has an amount under each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.importer.forms.asks import Clerk
from generator.importer.forms.bench import Bench, Piece
from generator.importer.forms.compared import is_filled, key, number, unit_of, with_unit
from generator.importer.forms.heads import Head, first_fit, split_notes
from generator.importer.forms.known import Flat, Known
from generator.intake.decoding import GridRow
from generator.intake.headings import heading_key, is_line_number, reader_of
from generator.model.schema import TableSchema

FORM = "多项补贴表"
_TABLE = "subsidies"
_WHAT, _AMOUNT, _NAME = "项目", "金额", "户主"
_SUM, _PART = "合计", "小计"
_ZERO = Decimal(0)


@dataclass(frozen=True)
class _Spread:
    """The columns of the household, those of subsidies, and the one that adds them up."""

    head: Head
    own: dict[int, str]
    subsidies: tuple[int, ...]
    total: int | None
    dropped: tuple[int, ...]
    shared: tuple[int, ...]

    def title(self, column: int) -> str:
        """A subsidy's name without its unit."""
        name = heading_key(self.head.names[column])[0]
        group = heading_key(self.head.groups[column])[0]
        return f"{group}{name}" if name == _AMOUNT else name


def unfold_spread(clerk: Clerk) -> tuple[Flat, ...]:
    """A row for each subsidy of a household, one subsidy below the other, each with its sum."""
    known = clerk.known
    schema = known.tables.get(_TABLE)
    if schema is None or not known.may_be(_TABLE):
        return ()
    clerk.form = FORM
    spread = first_fit(clerk.cover.worksheet, lambda head: _spread(head, known, schema))
    if spread is None:
        return ()
    body, notes = split_notes(
        spread.head.below, lambda row: any(number(row.at(c)) is not None for c in spread.subsidies)
    )
    rows, last = _sorted(clerk, spread, body)
    _check_rows(clerk, spread, rows)
    bench = Bench(clerk.cover.worksheet.name)
    bench.keep(clerk.cover, spread.head.above)
    _write(clerk, bench, spread, rows, last)
    names = "、".join(spread.title(column) for column in spread.subsidies)
    clerk.say(f"一户一行的 {len(rows)} 户，按补贴项目分成一项一行：{names}。")
    return clerk.flat(bench, spread.head, notes, _TABLE)


def _spread(head: Head, known: Known, schema: TableSchema) -> _Spread | None:
    """The columns that headings name; None without a household and two subsidies."""
    reader = reader_of(schema)
    own: dict[int, str] = {}
    subsidies, totals, dropped = [], [], []
    for column in head.columns:
        text = head.names[column]
        word, group = key(text), key(head.groups[column])
        found = reader.column(text)
        if known.is_total(word):
            totals.append(column)
        elif is_line_number(text):
            dropped.append(column)
        elif _is_subsidy(word, known) or (word == _AMOUNT and _is_subsidy(group, known)):
            subsidies.append(column)
        elif found is not None:
            own[column] = text
        else:
            own[column] = reader.join(head.groups[column], text)
    fields = {c: found.field.name for c, text in own.items() if (found := reader.column(text))}
    is_listed = _NAME in fields.values() and not {_WHAT, _AMOUNT} & set(fields.values())
    if not is_listed or len(subsidies) < 2 or len(totals) > 1:
        return None
    if _is_other(head, known, [*own, *subsidies], len(fields)):
        return None
    counted = [*subsidies, *totals]
    if len({unit_of(head.names[c], head.groups[c]) or "元" for c in counted}) > 1:
        return None  # one column of amounts has one unit
    # Acres or heads beside several subsidies would count once for each of them.
    shared = [c for c in own if (found := reader.column(own[c])) and found.field.is_numeric]
    own = {column: text for column, text in own.items() if column not in shared}
    total = totals[0] if totals else None
    return _Spread(head, own, tuple(subsidies), total, tuple(dropped), tuple(shared))


def _is_other(head: Head, known: Known, columns: Sequence[int], count: int) -> bool:
    """Whether another table knows more of the headings: 误工补贴 is a column of the officials' pay."""
    for item in known.items:
        schema = known.tables.get(item.table)
        if schema is None or schema.name == _TABLE or not known.may_be(item.id):
            continue
        reader = reader_of(schema)
        if sum(reader.column(head.names[column]) is not None for column in columns) > count:
            return True
    return False


def _is_subsidy(word: str, known: Known) -> bool:
    """Whether a heading is the name of a subsidy: it ends as such names do, and has more to it."""
    return any(word.endswith(end) and len(word) > len(end) for end in known.words.subsidies)


def _sorted(
    clerk: Clerk, spread: _Spread, body: Sequence[GridRow]
) -> tuple[list[GridRow], GridRow | None]:
    """Rows of households, and the last total; those of groups before it are checked here."""
    rows: list[GridRow] = []
    totals: list[tuple[GridRow, list[GridRow]]] = []
    part: list[GridRow] = []
    for row in body:
        clerk.drop(row, (*spread.dropped, *spread.shared))
        if any(clerk.known.is_total(cell) for cell in row.cells if cell):
            totals.append((row, part))
            part = []
        elif any(is_filled(row.at(column)) for column in spread.subsidies):
            rows.append(row)
            part.append(row)
    for row, above in totals[:-1]:
        _check_part(clerk, spread, row, above)
    return rows, totals[-1][0] if totals else None


def _check_part(clerk: Clerk, spread: _Spread, row: GridRow, above: Sequence[GridRow]) -> None:
    """A total within the list is that of the rows since the one before it."""
    for column in spread.subsidies:
        stated = number(row.at(column))
        if stated is not None:
            parts = [number(entry.at(column)) or _ZERO for entry in above]
            clerk.total(row, key(_first(row)), spread.title(column), stated, parts)
    if spread.total is not None:
        stated = number(row.at(spread.total)) or _ZERO
        parts = [number(entry.at(c)) or _ZERO for entry in above for c in spread.subsidies]
        clerk.total(row, key(_first(row)), _SUM, stated, parts)
    clerk.drop(row)
    clerk.say("名册中间的小计没有导入。")


def _check_rows(clerk: Clerk, spread: _Spread, rows: Sequence[GridRow]) -> None:
    """Each household's total is the sum of its subsidies."""
    if spread.total is None:
        return
    right = True
    for row in rows:
        stated = number(row.at(spread.total))
        if stated is not None:
            parts = [number(row.at(column)) or _ZERO for column in spread.subsidies]
            label = f"第 {row.origin or row.number} 行"
            name = spread.head.names[spread.total]
            right &= clerk.total(row, label, name, stated, parts, about="一户")
        clerk.drop(row, (spread.total,))
    if right:
        clerk.say(f"“{spread.head.names[spread.total]}”一栏逐户相符，没有导入。")


def _write(
    clerk: Clerk, bench: Bench, spread: _Spread, rows: Sequence[GridRow], last: GridRow | None
) -> None:
    first = spread.subsidies[0]
    unit = with_unit("", spread.head.names[first], spread.head.groups[first])
    names = [*spread.own.values(), _WHAT, f"{_AMOUNT}{unit}"]
    what, amount = len(names) - 2, len(names) - 1
    bench.head(names, spread.head.rows[0].number)
    for column in spread.subsidies:
        columns = dict(enumerate(spread.own)) | {amount: column}
        filled = [r for r in rows if is_filled(r.at(column)) and number(r.at(column)) != _ZERO]
        for row in rows:
            clerk.drop(row, (column,))
        for row in filled:
            bench.put((Piece(clerk.cover, row, columns),), {what: spread.title(column)})
        stated = number(last.at(column)) if last is not None else None
        if last is not None and stated is not None:
            parts = [number(row.at(column)) or _ZERO for row in rows]
            right = clerk.total(last, key(_first(last)), spread.title(column), stated, parts)
            if filled and right:
                bench.put((Piece(clerk.cover, last, {amount: column}),), {0: _PART})
    if last is not None:
        _grand(clerk, bench, spread, rows, last, amount)
    nobody = [
        r
        for r in rows
        if not any(number(r.at(c)) != _ZERO and is_filled(r.at(c)) for c in spread.subsidies)
    ]
    for row in nobody:
        clerk.cover.see(row, spread.own)
    if nobody:
        clerk.say(f"{len(nobody)} 户各项都是 0，没有导入。")
    if spread.shared:
        names_ = "”“".join(spread.head.names[column] for column in spread.shared)
        clerk.say(f"“{names_}”没有写明是哪一项补贴的，没有导入。")


def _grand(
    clerk: Clerk,
    bench: Bench,
    spread: _Spread,
    rows: Sequence[GridRow],
    row: GridRow,
    amount: int,
) -> None:
    """The sum of all subsidies, where the worksheet states it."""
    stated = number(row.at(spread.total)) if spread.total is not None else None
    if spread.total is not None and stated is not None:
        parts = [number(entry.at(c)) or _ZERO for entry in rows for c in spread.subsidies]
        if clerk.total(row, key(_first(row)), _SUM, stated, parts):
            bench.put((Piece(clerk.cover, row, {amount: spread.total}),), {0: _SUM})
    clerk.drop(row)


def _first(row: GridRow) -> str:
    return next((cell for cell in row.cells if is_filled(cell)), "")
