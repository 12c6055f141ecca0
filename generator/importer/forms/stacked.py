"""Unfolds two or three sets of the same columns side by side into one set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.importer.forms.asks import Clerk
from generator.importer.forms.bench import Bench, Piece
from generator.importer.forms.compared import is_filled, is_sum, key, number
from generator.importer.forms.heads import Head, first_fit, split_notes
from generator.importer.forms.known import Flat, Known
from generator.intake.decoding import GridRow
from generator.intake.headings import is_line_number, reader_of
from generator.model.spellings import is_group

FORM = "并列的名册"
_LEAST = 2  # columns of a set that a table knows
_PART = "小计"
_ZERO = Decimal(0)


@dataclass(frozen=True)
class _Sets:
    """The columns of each set, in one order, and the group that stands over each, if one does."""

    head: Head
    sets: tuple[tuple[int, ...], ...]
    groups: tuple[str, ...]


def unfold_stacked(clerk: Clerk) -> tuple[Flat, ...]:
    """One set of columns; nothing where columns are not repeated as a whole."""
    known = clerk.known
    clerk.form = FORM
    found = first_fit(clerk.cover.worksheet, lambda head: _sets(head, known))
    if found is None:
        return ()
    body, notes = split_notes(found.head.below, lambda row: _is_data(row, found))
    bench = Bench(clerk.cover.worksheet.name)
    above = found.head.above[:-1] if any(found.groups) and not any(found.head.groups) else None
    if above is not None:
        clerk.cover.see(found.head.above[-1])
    bench.keep(clerk.cover, found.head.above if above is None else above)
    counts = _write(clerk, bench, found, body)
    clerk.say(
        f"并排的 {len(found.sets)} 组栏接成了一张表：{'、'.join(f'{n} 行' for n in counts)}。"
    )
    return clerk.flat(bench, found.head, notes)


# ------------------------------------------------------------------------------- the sets


def _sets(head: Head, known: Known) -> _Sets | None:
    """The sets of columns that headings repeat; None unless all of them do, and a table knows them.

    What stands over the sets must be a group each; anything else tells them apart in a way that
    would be lost.
    """
    columns = head.columns
    words = [key(head.names[column]) for column in columns]
    for count in (2, 3, 4):
        size, rest = divmod(len(words), count)
        if rest or size < 2 or len(set(words[:size])) != size or words != words[:size] * count:
            continue
        sets = tuple(columns[n * size : (n + 1) * size] for n in range(count))
        if not any(_knows(head, sets[0], known)):
            return None
        groups = _over(head, sets)
        if groups is None:
            return None
        return _Sets(head, sets, groups)
    return None


def _knows(head: Head, columns: Sequence[int], known: Known) -> list[str]:
    """The items whose tables know the columns."""
    found = []
    for item in known.items:
        schema = known.tables.get(item.table)
        if schema is None or not known.may_be(item.id):
            continue
        reader = reader_of(schema)
        names = {entry.field.name for c in columns if (entry := reader.column(head.names[c]))}
        if len(names) >= _LEAST:
            found.append(item.id)
    return found


def _over(head: Head, sets: Sequence[Sequence[int]]) -> tuple[str, ...] | None:
    """The groups that stand over the sets; None when something else does."""
    if any(head.groups):
        texts = [{head.groups[column] for column in columns} for columns in sets]
        groups = tuple(next(iter(text)) for text in texts if len(text) == 1)
        return groups if len(groups) == len(sets) and all(map(is_group, groups)) else None
    row = head.above[-1] if head.above else None
    filled = [c for c, cell in enumerate(row.cells) if cell] if row else []
    inside = [[c for c in filled if columns[0] <= c <= columns[-1]] for columns in sets]
    if row is None or not all(len(columns) == 1 for columns in inside):
        return ("",) * len(sets)
    texts_ = tuple(row.at(columns[0]) for columns in inside)
    if any(sign in text for text in texts_ for sign in ":："):  # a line of labels: 单位：元
        return ("",) * len(sets)
    return texts_ if all(map(is_group, texts_)) else None


# ------------------------------------------------------------------------------- the rows


def _is_data(row: GridRow, found: _Sets) -> bool:
    return any(number(row.at(c)) is not None for columns in found.sets for c in columns)


def _write(clerk: Clerk, bench: Bench, found: _Sets, body: Sequence[GridRow]) -> list[int]:
    """The sets one below the other; a set's own sum follows its rows, that of all comes last."""
    numbered = [is_line_number(found.head.names[column]) for column in found.sets[0]]
    kept = [place for place, is_number in enumerate(numbered) if not is_number]
    headings = [found.head.names[found.sets[0][place]] for place in kept]
    grouped = all(found.groups)
    bench.head([*(["组别"] if grouped else []), *headings], found.head.rows[0].number)
    counts: list[int] = []
    totals: list[_Line] = []
    for columns, group in zip(found.sets, found.groups, strict=True):
        chosen = tuple(columns[place] for place in kept)
        rows = [row for row in body if any(is_filled(row.at(column)) for column in chosen)]
        for row in body:
            clerk.drop(row, (c for c, is_n in zip(columns, numbered, strict=True) if is_n))
        sums = [row for row in rows if any(clerk.known.is_total(row.at(c)) for c in columns)]
        entries = [row for row in rows if row not in sums]
        for row in entries:
            _put(clerk, bench, _Line(row, chosen, group), grouped=grouped)
        counts.append(len(entries))
        for row in sums:
            word = next(row.at(c) for c in columns if clerk.known.is_total(row.at(c)))
            if len(sums) == 1 and _is_own(row, chosen, entries):
                _put(clerk, bench, _Line(row, chosen, group, _PART), grouped=grouped)
            else:
                totals.append(_Line(row, chosen, "", key(word)))
    for line in totals:
        _put(clerk, bench, line, grouped=grouped)
    return counts


@dataclass(frozen=True)
class _Line:
    """A set's part of a row, and the word in the place of its label where it is a sum."""

    row: GridRow
    columns: tuple[int, ...]
    group: str
    word: str = ""


def _is_own(row: GridRow, columns: Sequence[int], entries: Sequence[GridRow]) -> bool:
    """Whether a sum is that of its own set, and not of all."""
    stated = [(c, value) for c in columns if (value := number(row.at(c))) is not None]
    return bool(stated) and all(
        is_sum(value, [number(entry.at(c)) or _ZERO for entry in entries]) for c, value in stated
    )


def _put(clerk: Clerk, bench: Bench, line: _Line, *, grouped: bool) -> None:
    start = 1 if grouped else 0
    pieces = {start + place: column for place, column in enumerate(line.columns)}
    texts = {0: line.group} if grouped and line.group else {}
    if line.word:
        labels = (new for new, c in pieces.items() if clerk.known.is_total(line.row.at(c)))
        texts[next(labels, start)] = line.word
        clerk.drop(line.row, line.columns)
    bench.put((Piece(clerk.cover, line.row, pieces),), texts)
