"""Unfolds a trial balance: each subject's opening, movement and closing, by debit and credit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.importer.forms.asks import BY_ROWS, Clerk
from generator.importer.forms.bench import Bench, Piece
from generator.importer.forms.classes import SubjectBook
from generator.importer.forms.compared import (
    are_equal,
    is_filled,
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
from generator.intake.headings import is_line_number, reader_of
from generator.model.schema import TableSchema
from generator.problems import problem

FORM = "科目余额表"
_BALANCE = "balance"
_CODE, _SUBJECT, _CLASS, _REMARK = "科目编码", "科目", "类别", "备注"
_PHASES = ("年初余额", "期初余额", "本期", "期末余额")
_MORE, _LESS = "本期增加", "本期减少"
_ZERO = Decimal(0)
_SEPARATORS = "-—－_/\\:："


@dataclass(frozen=True)
class _Trial:
    """The columns of debit and credit of each phase, and those of words."""

    head: Head
    subject: int
    code: int | None
    pairs: dict[str, tuple[int, int]]
    remark: int | None
    dropped: tuple[int, ...]

    @property
    def words(self) -> tuple[int, ...]:
        """The columns that say which subject a row is."""
        return (self.subject, *(() if self.code is None else (self.code,)))

    @property
    def money(self) -> list[int]:
        return [column for pair in self.pairs.values() for column in pair]


def unfold_trial(clerk: Clerk) -> tuple[Flat, ...]:
    """One row a subject with signed balances; nothing where the worksheet is no trial balance."""
    known = clerk.known
    schema = known.tables.get(_BALANCE)
    if schema is None or not known.may_be(_BALANCE):
        return ()
    clerk.form = FORM
    trial = first_fit(clerk.cover.worksheet, lambda head: _trial(head, known, schema))
    if trial is None:
        return ()
    body, notes = split_notes(
        trial.head.below, lambda row: any(number(row.at(c)) is not None for c in trial.money)
    )
    rows, totals = _sorted(clerk, trial, body)
    parents = _parents(clerk, trial, rows)
    _check(clerk, trial, parents, totals)
    bench = Bench(clerk.cover.worksheet.name)
    bench.keep(clerk.cover, trial.head.above)
    _write(clerk, bench, trial, parents)
    return clerk.flat(bench, trial.head, notes, _BALANCE)


# ---------------------------------------------------------------------------- the columns


def _trial(head: Head, known: Known, schema: TableSchema) -> _Trial | None:
    """The columns that headings name; None without debit and credit of what moved and what is left."""
    reader = reader_of(schema)
    found = {c: entry.field.name for c in head.columns if (entry := reader.column(head.names[c]))}
    subjects = [c for c, name in found.items() if name == _SUBJECT]
    codes = [c for c, name in found.items() if name == _CODE]
    remarks = [c for c, name in found.items() if name == _REMARK]
    sides: dict[str, dict[str, int]] = {}
    dropped = []
    for column in head.columns:
        phase, side = _phase(head, column, known)
        if phase and side and side not in sides.setdefault(phase, {}):
            sides[phase][side] = column
        elif is_line_number(head.names[column]) or _is_cumulative(head, column, known):
            dropped.append(column)
    pairs = {p: (sides[p]["借"], sides[p]["贷"]) for p in _PHASES if len(sides.get(p, {})) == 2}
    units = [{_unit(head, column) or "元" for column in pair} for pair in pairs.values()]
    if len(subjects) != 1 or "期末余额" not in pairs or len(pairs) < 2:
        return None
    if any(len(unit) > 1 for unit in units):  # debit and credit cannot be one number
        return None
    return _Trial(
        head,
        subjects[0],
        codes[0] if codes else None,
        pairs,
        remarks[0] if remarks else None,
        tuple(dropped),
    )


def _unit(head: Head, column: int) -> str:
    return unit_of(head.names[column], head.groups[column])


def _phase(head: Head, column: int, known: Known) -> tuple[str, str]:
    """The phase and side of a column: 借方 under 期末余额, or 期末借方余额 in one."""
    words = known.words
    group, name = key(head.groups[column]), key(head.names[column])
    side = "借" if name in words.debit else "贷" if name in words.credit else ""
    lists = zip(_PHASES, (words.year_start, words.before, words.during, words.after), strict=True)
    for phase, names in lists:
        if group in names and side:
            return phase, side
        for begin in names if not group else ():
            rest = name.removeprefix(begin)
            if rest != name and rest in (*words.debit, *words.credit):
                return phase, "借" if rest in words.debit else "贷"
    return "", ""


def _is_cumulative(head: Head, column: int, known: Known) -> bool:
    return key(head.groups[column]) in known.words.cumulative


# ------------------------------------------------------------------------------- the rows


def _sorted(
    clerk: Clerk, trial: _Trial, body: Sequence[GridRow]
) -> tuple[list[GridRow], list[GridRow]]:
    """Rows of subjects, and those of totals; a subject without any number says nothing."""
    rows: list[GridRow] = []
    totals: list[GridRow] = []
    empty: list[str] = []
    for row in body:
        clerk.drop(row, trial.dropped)
        words = [row.at(trial.subject), row.at(trial.code) if trial.code is not None else ""]
        first = next((cell for cell in row.cells if is_filled(cell)), "")
        has_numbers = any(number(row.at(column)) is not None for column in trial.money)
        if any(clerk.known.is_total(word) for word in (*words, first)):
            totals.append(row)
        elif has_numbers and is_filled(words[0]):
            rows.append(row)
        elif is_filled(words[0]) and not has_numbers:
            empty.append(words[0])
            clerk.cover.see(row, trial.words)
    if empty:
        clerk.say(f"{len(empty)} 个科目没有数，没有导入：{'、'.join(empty)}。")
    return rows, totals


def _parents(clerk: Clerk, trial: _Trial, rows: Sequence[GridRow]) -> list[GridRow]:
    """The rows of subjects without those of their parts, which would count twice; parts must add up
    to their subject."""
    children: dict[int, list[GridRow]] = {}
    parents: list[GridRow] = []
    for row in rows:
        parent = next((p for p in reversed(parents) if _is_part(trial, row, p)), None)
        if parent is None:
            parents.append(row)
        else:
            children.setdefault(parent.number, []).append(row)
    for parent in parents:
        parts = _direct(trial, children.get(parent.number, []))
        for column in trial.money if parts else ():
            stated = number(parent.at(column)) or _ZERO
            shares = [number(row.at(column)) or _ZERO for row in parts]
            words = f"总账科目公开 {money(stated)}，明细科目不公开"
            name, title = parent.at(trial.subject), _title(trial, column)
            clerk.total(parent, name, title, stated, shares, publishes=words)
    inner = [row for rows_ in children.values() for row in rows_]
    for row in inner:
        clerk.cover.see(row, trial.words)
        clerk.drop(row)
    if inner:
        clerk.say(f"明细科目 {len(inner)} 行已经算在总账科目里，没有另外导入。")
    return parents


def _is_part(trial: _Trial, row: GridRow, parent: GridRow) -> bool:
    """Whether a subject is a part of another, by its code or by its name."""
    if (
        trial.code is not None
        and is_filled(row.at(trial.code))
        and is_filled(parent.at(trial.code))
    ):
        inner, outer = _digits(row.at(trial.code)), _digits(parent.at(trial.code))
        return inner != outer and inner.startswith(outer) and len(outer) >= 3
    name, above = row.at(trial.subject), parent.at(trial.subject)
    return name.startswith(above) and name[len(above) : len(above) + 1] in tuple(_SEPARATORS)


def _digits(code: str) -> str:
    return "".join(c for c in code if c.isalnum())


def _direct(trial: _Trial, rows: Sequence[GridRow]) -> list[GridRow]:
    """Of the parts of a subject those that are not parts of a part."""
    return [row for row in rows if not any(_is_part(trial, row, other) for other in rows)]


def _title(trial: _Trial, column: int) -> str:
    return f"{trial.head.groups[column]}{trial.head.names[column]}"


# ------------------------------------------------------------------------------- the proofs


def _check(clerk: Clerk, trial: _Trial, rows: Sequence[GridRow], totals: Sequence[GridRow]) -> None:
    """Each total is that of its column, and in each phase debit and credit are equal."""
    right = True
    for total in totals:
        label = next(cell for cell in total.cells if is_filled(cell))
        for column in trial.money:
            stated = number(total.at(column))
            if stated is not None:
                parts = [number(row.at(column)) or _ZERO for row in rows]
                right &= clerk.total(total, key(label), _title(trial, column), stated, parts)
        clerk.drop(total)
    for phase, pair in trial.pairs.items():
        debit, credit = ([number(row.at(c)) or _ZERO for row in rows] for c in pair)
        if not are_equal(debit, credit):
            _unequal(clerk, trial, phase, sum(debit, _ZERO), sum(credit, _ZERO))
    if totals and right:
        clerk.say(f"合计 {len(totals)} 行与各科目相符，没有导入。")


def _unequal(clerk: Clerk, trial: _Trial, phase: str, debit: Decimal, credit: Decimal) -> None:
    left, right = f"{phase}借方各行", f"{phase}贷方各行"
    fault = problem(
        "form-unequal",
        clerk.place(trial.head.rows[0], phase),
        value=money(debit),
        left=left,
        stated=money(debit),
        right=right,
        actual=money(credit),
    )
    words = f"各科目照原样公开，借方 {money(debit)}、贷方 {money(credit)} 不相等"
    about = f"{clerk.form}：{phase}借贷不平"
    clerk.asking.settle(Doubt(about, fault, (Choice(BY_ROWS, words),), lasting=False))


# ------------------------------------------------------------------------------ the balance


def _write(clerk: Clerk, bench: Bench, trial: _Trial, rows: Sequence[GridRow]) -> None:
    balances = [phase for phase in _PHASES if phase in trial.pairs and phase != "本期"]
    names = [
        *([_CODE] if trial.code is not None else []),
        *(_SUBJECT, _CLASS),
        *(phase for phase in balances if phase != "期末余额"),
        *([_MORE, _LESS] if "本期" in trial.pairs else []),
        *("期末余额",),
        *([_REMARK] if trial.remark is not None else []),
    ]
    place = {name: column for column, name in enumerate(names)}
    units = {
        phase: next((unit for c in pair if (unit := _unit(trial.head, c))), "")
        for phase, pair in trial.pairs.items()
    }
    units |= dict.fromkeys((_MORE, _LESS), units.get("本期", ""))
    headings = [f"{name}（{units[name]}）" if units.get(name) else name for name in names]
    bench.head(headings, trial.head.rows[0].number)
    book = SubjectBook(clerk)
    results: list[str] = []
    for row in rows:
        code = row.at(trial.code) if trial.code is not None else ""
        found = book.class_of(row, code, row.at(trial.subject))
        columns = {place[_SUBJECT]: trial.subject}
        columns |= {place[_CODE]: trial.code} if trial.code is not None else {}
        columns |= {place[_REMARK]: trial.remark} if trial.remark is not None else {}
        texts = {place[_CLASS]: found.title}
        for phase, pair in trial.pairs.items():
            clerk.drop(row, pair)
            if phase == "本期":
                for name, column in zip((_MORE, _LESS), found.ordered(pair), strict=True):
                    columns[place[name]] = column
                    texts |= {} if is_filled(row.at(column)) else {place[name]: "0"}
            else:
                column, text = _signed(row, found.ordered(pair))
                columns[place[phase]] = column
                texts |= {} if text is None else {place[phase]: text}
        results += [row.at(trial.subject)] if found.is_result else []
        bench.put((Piece(clerk.cover, row, columns),), texts)
    if results:
        names_ = "、".join(results)
        clerk.say(
            f"还没有结转的收入、支出、成本科目也在里面，资产不等于负债加所有者权益：{names_}。"
        )


def _signed(row: GridRow, pair: tuple[int, int]) -> tuple[int, str | None]:
    """The column that holds a balance, and the text where it is not that of the cell: on the other
    side it is less than nothing, and what stands on both is their difference."""
    own, other = (number(row.at(column)) or _ZERO for column in pair)
    if own and other:
        return pair[0], str(own - other)
    if other:
        return pair[1], negated(row.at(pair[1]))
    return pair[0], None if is_filled(row.at(pair[0])) else "0"
