"""Finds rows within a table that are not data: headings inside it, empty numbered lines, signatures at the
foot of a page, members named under a household. They are left out, and the report names them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator.intake.decoding import GridRow
from generator.intake.doubts import Asking, Choice, Doubt
from generator.intake.headings import Column
from generator.intake.values import parse_date, parse_number
from generator.model.rows import RowWords
from generator.model.schema import TableSchema
from generator.model.spellings import tidy_name
from generator.problems import Problem, Source, problem, without_numbers

MEMBERS, HOUSEHOLDS = "家庭成员", "各是一户"
_BANNER, _BLANK, _EMPTY, _BEHIND, _SIGNED, _REMARK = (
    "分栏的小标题",
    "页码或“以下空白”这样的字",
    "没有填的空行",
    "只有不公开的栏写了字的行",
    "签字的地方",
    "说明",
)
_LONGEST_NAME = 4


@dataclass
class Asides:
    """Per-call state for telling the rows of one table apart."""

    schema: TableSchema
    columns: Mapping[int, Column]
    ignored: frozenset[int]
    file: str
    asking: Asking
    left: dict[str, list[tuple[int, str, int]]] = field(default_factory=dict)

    def is_aside(self, row: GridRow) -> bool:
        """Whether a row is no data; it is remembered for the report."""
        why = self._why(row)
        if why:
            first = "" if why == _BEHIND else next((cell for cell in row.cells if cell), "")
            self.leave(row.number, first, why, row.origin)
        return bool(why)

    def leave(self, number: int, text: str, why: str, origin: int = 0) -> None:
        """Remember a row that is left out; where rows were arranged anew, `origin` is the office's."""
        self.left.setdefault(why, []).append((number, text, origin or number))

    def report(self) -> Iterator[Problem]:
        """The rows left out, once for each reason."""
        for why, rows in self.left.items():
            numbers = "、".join(str(origin) for _, _, origin in rows[:8])
            more = f"等 {len(rows)} 行" if len(rows) > 8 else "行"
            source, text = Source(self.file, rows[0][0]), without_numbers(rows[0][1])
            said = f"（“{text}”{'等' if len(rows) > 1 else ''}）" if text else ""
            yield problem("rows-left", source, why=why, rows=f"第 {numbers} {more}{said}")

    def _why(self, row: GridRow) -> str:
        filled = {position: cell for position, cell in enumerate(row.cells) if cell}
        words = self.schema.rows
        texts = ["".join(cell.split()) for cell in filled.values()]
        is_place = is_signed(texts, words)
        if self._is_empty(filled):
            return _EMPTY
        behind = _BEHIND if filled.keys() <= self.ignored else ""
        if len(set(texts)) != 1 and not is_place:
            return behind
        has_value = any(self._is_value(p, cell) for p, cell in filled.items())
        if is_place and not has_value:
            return _SIGNED
        position, text = next(iter(filled.items()))
        if words.is_blank(text):
            return _BLANK
        if has_value:
            return ""
        lacks = self._lacks(row)
        if lacks and words.is_remark(text):
            return _REMARK
        return _BANNER if self._heads(text, lacks, position) else behind

    def _heads(self, text: str, lacks: bool, position: int) -> bool:
        """Whether a lone text heads the rows below it: 一、收入部分, or 一组 where rows need more."""
        words = self.schema.rows
        is_first = position <= min(self.columns, default=0)
        return words.is_numbered(text) or (lacks and is_first and words.is_banner(text))

    def _lacks(self, row: GridRow) -> bool:
        return any(c.field.constraints.required and not row.at(p) for p, c in self.columns.items())

    def _is_empty(self, filled: Mapping[int, str]) -> bool:
        """Whether only a running number stands in a row, or nothing but zeros."""
        missing = self.schema.missing_values
        for position, cell in filled.items():
            column = self.columns.get(position)
            if cell in missing:
                continue
            number = parse_number(cell)
            is_zero = column is not None and column.field.is_numeric and number == 0
            if not is_zero and (column is not None or number is None):
                return False
        return True

    def _is_value(self, position: int, cell: str) -> bool:
        """Whether a number or a date stands where the table has them."""
        column = self.columns.get(position)
        if column is None:
            return False
        is_number = column.field.is_numeric and parse_number(cell) is not None
        return is_number or (column.field.type == "date" and parse_date(cell) is not None)

    def members(self, rows: Sequence[GridRow]) -> frozenset[int]:
        """The numbers of rows with nothing but a name, where they are members of the household above
        and no households; asked once for all."""
        named = [row for row in rows if self._has_only_a_name(row)]
        if not named or len(named) == len(rows):
            return frozenset()
        name = self.schema.with_role("name")
        heading = name.name if name else ""
        source = Source(self.file, named[0].number, heading)
        found = problem("rows-names-only", source, count=len(named), heading=heading)
        choices = (
            Choice(MEMBERS, "不公开，也不另算一户"),
            Choice(HOUSEHOLDS, "各算一户，空着的格子要先填好"),
        )
        answer = self.asking.settle(Doubt("只有姓名的行", found, choices))
        if answer == HOUSEHOLDS:
            return frozenset()
        if answer == MEMBERS:
            for row in named:
                self.leave(row.number, "", "只写了家庭成员的行", row.origin)
        return frozenset(row.number for row in named)

    def _has_only_a_name(self, row: GridRow) -> bool:
        required = False
        name = ""
        for position, column in self.columns.items():
            text = row.at(position)
            entry = column.field
            if entry.role == "name" and text:
                name = "".join(tidy_name(text).split())
            elif text and entry.role != "group":
                return False
            required = required or (entry.is_numeric and entry.constraints.required)
        is_name = 1 < len(name) <= _LONGEST_NAME and not self.schema.rows.label(name)
        return required and is_name and not self.schema.rows.is_banner(name)


def is_signed(texts: Sequence[str], words: RowWords) -> bool:
    """Whether cells are places for signatures: a label in each, or a label before each name."""
    if not texts or not words.is_signature(texts[0]):
        return False
    return 2 * sum(map(words.is_signature, texts)) >= len(texts)


def without_repeats(
    rows: Sequence[GridRow], titles: Sequence[GridRow], heading: Sequence[GridRow]
) -> tuple[GridRow, ...]:
    """The rows without the headings of the next page, and the titles that stand above those.

    A title alone is left: a row of the table may say what a title says.
    """
    headings, above = list(map(_said, heading)), list(map(_said, titles))
    kept: list[GridRow] = []
    for row in rows:
        if _said(row) not in headings:
            kept.append(row)
            continue
        while kept and _said(kept[-1]) in above:
            kept.pop()
    return tuple(kept)


def _said(row: GridRow) -> list[str]:
    return ["".join(cell.split()) for cell in row.cells if cell]
