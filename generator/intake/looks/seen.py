"""Reads the cells of a table as the office sees them, or asks.

A column of words takes what is shown (记-0001, 每亩125元). A number takes what `amounts` says. A day that a program
made of what was typed (9-01 as a voucher's number became 9月1日) is asked about where it stands for a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.intake.decoding import GridRow, Look
from generator.intake.doubts import Asking, Choice, Doubt
from generator.intake.headings import Column
from generator.intake.layout import Layout
from generator.intake.looks.amounts import NUMBER, Judgement, Reading, judge_amount
from generator.intake.statements import is_statement
from generator.model.masks import MaskProfile
from generator.model.schema import Role, TableSchema
from generator.problems import Problem, Source, problem

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_MONTH_ONLY = re.compile(r"[A-Z][a-z]{2}-\d{2}", re.ASCII)
_MONTH_AND_DAY = re.compile(r"\d{1,2}\D+\d{1,2}\D*|\d{1,2}-[A-Z][a-z]{2}", re.ASCII)
_POINTED = re.compile(r"(?:\d{4}|\d{1,2})\.\d{1,2}", re.ASCII)
_TEXT = "@"  # the format of cells whose digits are words
_MAY_LACK_ZERO = re.compile(r"(\d{1,2})\.([123])", re.ASCII)
_KEEPS_ZEROS = re.compile(r"\d{1,2}\.(?:0\d|[123]0)", re.ASCII)
# Columns whose words are names of something: a day among them was made by the program.
_NAMES: frozenset[Role] = frozenset(("reference", "name", "group", "subject"))
_TAKEN = {"unit": "cells-unit-shown", "rounded": "cells-rounded"}
_ABOUT = {
    "cells-shown-otherwise": "显示的和存的不一样",
    "cells-decimals": "存的数比显示的细",
    "cells-format-unknown": "不知道显示成什么样",
    "cells-dates": "编号变成了日期",
    "cells-zero-lost": "日期后面少零",
}
_ASKED = {
    "contrary": "cells-shown-otherwise",
    "decimals": "cells-decimals",
    "unknown": "cells-format-unknown",
    "date": "cells-dates",
    "zero": "cells-zero-lost",
}


@dataclass(frozen=True)
class _Finding:
    """A cell whose look changes it: `kind` is the problem's; with `taken` it is read so, else asked."""

    row: GridRow
    position: int
    kind: str
    taken: str = ""
    readings: tuple[Reading, ...] = ()
    result: str = ""


def as_seen(
    layout: Layout,
    schema: TableSchema,
    file: str,
    masks: MaskProfile,
    asking: Asking,
    *,
    is_text_file: bool,
) -> tuple[Layout, tuple[Problem, ...]]:
    """The layout with the cells of its body as they are to be read, and what is said of that."""
    seen = _Seen(layout, schema, file, masks, asking, is_text_file)
    return seen.read(), tuple(seen.notices)


class _Seen:
    """Per-call state of the steps for one table."""

    def __init__(
        self,
        layout: Layout,
        schema: TableSchema,
        file: str,
        masks: MaskProfile,
        asking: Asking,
        is_text_file: bool,
    ) -> None:
        self.layout = layout
        self.schema = schema
        self.file = file
        self.masks = masks
        self.asking = asking
        self.is_text_file = is_text_file
        self.notices: list[Problem] = []
        self.texts: dict[int, dict[int, str]] = {}  # by row number and column

    def read(self) -> Layout:
        groups: dict[tuple[str, ...], list[_Finding]] = {}
        has_looks = any(row.looks for row in self.layout.body)  # a text file has none
        for position, column in self.layout.columns.items():
            is_day = column.field.type in ("date", "yearmonth")
            if column.field.mask == "drop" or not (has_looks or is_day):
                continue
            for finding in self._column(position, column):
                groups.setdefault(self._group(finding, column), []).append(finding)
        for about, group in groups.items():
            self._settle(about, group)
        if not self.texts:
            return self.layout
        return replace(self.layout, body=tuple(map(self._row, self.layout.body)))

    def _group(self, finding: _Finding, column: Column) -> tuple[str, ...]:
        """What a question is about, so that one answer settles what is alike in all columns: the kind, what
        else it depends on, and which answers there are."""
        answers = tuple(reading.answer for reading in finding.readings)
        if finding.taken:
            return (finding.kind,)
        code = finding.row.looks.get(finding.position, Look()).code
        about: tuple[str, ...] = (_ABOUT[finding.kind],)
        if finding.kind == _ASKED["contrary"]:
            about += (code, column.unit or self.layout.unit)
        elif finding.kind != _ASKED["decimals"]:
            about += (column.field.name, code)
        return ("，".join(filter(None, about)), *answers)

    def _row(self, row: GridRow) -> GridRow:
        own: Mapping[int, str] = self.texts.get(row.number, {})
        return replace(row, cells=tuple(own.get(c, cell) for c, cell in enumerate(row.cells)))

    def _column(self, position: int, column: Column) -> Iterator[_Finding]:
        """The findings in a column."""
        field = column.field
        rows = [row for row in self.layout.body if not is_statement(row)]
        keeps_zeros = any(_KEEPS_ZEROS.fullmatch(row.at(position)) for row in rows)
        for row in rows:
            text, look = row.at(position), row.looks.get(position)
            if text in self.schema.missing_values:
                continue
            if field.type in ("date", "yearmonth"):
                found = self._day(text, look, keeps_zeros, is_day=field.type == "date")
            elif look is None or not look.code or look.struck or look.unseen:
                continue
            elif field.is_numeric:
                found = self._number(text, look, column)
            else:
                found = self._words(text, look, column)
            if found is not None:
                yield replace(found, row=row, position=position)

    def _number(self, text: str, look: Look, column: Column) -> _Finding | None:
        if look.shown.replace(",", "") == text:
            return None
        if not NUMBER.fullmatch(text):  # a text, to which a format may add words
            return _taken(look.shown) if look.shown and look.shown != text else None
        # A title's unit is meant for columns that have one.
        unit = column.unit or (self.layout.unit if column.field.unit else "")
        found: Judgement | None = judge_amount(text, look, column.field, unit)
        if found is None:
            return None
        if found.taken:
            kind = _TAKEN[found.why] if found.result else ""
            return _taken(found.taken, kind, found.result)
        return _asked(_ASKED[found.why], found.readings)

    def _words(self, text: str, look: Look, column: Column) -> _Finding | None:
        if look.shown == text:
            return None
        if not look.shown:
            return _asked(_ASKED["unknown"], (Reading("存的", text, f"“{text}”"),))
        field, day = column.field, _DAY.fullmatch(text)
        is_name = field.role in _NAMES or field.constraints.unique or bool(field.link)
        if day is None or not (is_name or field.name == self.schema.primary_key):
            return _taken(look.shown)
        texts = [("显示", look.shown)]
        if _MONTH_AND_DAY.fullmatch(look.shown):  # what was typed may have been so
            month, number = int(day[2]), int(day[3])
            texts += [("9-1 这样", f"{month}-{number}"), ("9-01 这样", f"{month}-{number:02}")]
            texts += [("09-01 这样", f"{month:02}-{number:02}")]
        readings = (Reading(answer, written, f"“{written}”") for answer, written in texts)
        return _asked(_ASKED["date"], tuple(readings))

    def _day(
        self, text: str, look: Look | None, keeps_zeros: bool, is_day: bool
    ) -> _Finding | None:
        """A day as a number (10.3), and one that the program made of a month."""
        shown = look.shown if look is not None and look.shown else text
        if is_day and _DAY.fullmatch(text) and _MONTH_ONLY.fullmatch(shown):
            return _taken(shown)  # the first of the month is nobody's word
        if not _POINTED.fullmatch(text):
            return None
        may_lack = _MAY_LACK_ZERO.fullmatch(shown)
        is_number = look is not None and NUMBER.fullmatch(text) and look.code != _TEXT
        if may_lack and is_day and (is_number or (self.is_text_file and not keeps_zeros)):
            month, day = may_lack.groups()
            readings = (
                Reading(answer, f"{month}月{number}日", f"{month}月{number}日")
                for answer, number in (("日期是一位数", day), ("后面少了一个零", f"{day}0"))
            )
            return _asked(_ASKED["zero"], tuple(readings))
        return _taken(shown) if shown != text else None

    def _settle(self, about: tuple[str, ...], group: Sequence[_Finding]) -> None:
        """Take what is clear and say so; ask for the rest. Until that is answered, the first reading stands
        in, so that no other fault is found in cells which keep the record out anyway."""
        first = group[0]
        if first.taken:
            if first.kind:
                self.notices.append(self._problem(group))
            for finding in group:
                self._take(finding, finding.taken)
            return
        choices = tuple(Choice(reading.answer, reading.publishes) for reading in first.readings)
        # Whether 10.1 is the first or the tenth, only those days themselves can tell.
        is_lasting = first.kind != _ASKED["zero"]
        doubt = Doubt(about[0], self._problem(group), choices, lasting=is_lasting)
        answer = self.asking.settle(doubt)
        for finding in group:
            texts = {reading.answer: reading.text for reading in finding.readings}
            stands_in = finding.readings[0].text if finding.readings else ""
            text = texts.get(answer, stands_in)
            self._take(finding, text or finding.row.at(finding.position))

    def _take(self, finding: _Finding, text: str) -> None:
        self.texts.setdefault(finding.row.number, {})[finding.position] = text

    def _problem(self, group: Sequence[_Finding]) -> Problem:
        """The problem of cells of one kind: where they are, how many, and the first of them."""
        first = group[0]
        look = first.row.looks.get(first.position, Look())
        names = dict.fromkeys(self.layout.columns[f.position].field.name for f in group)
        field = self.layout.columns[first.position].field
        rule = self.masks.rule(field.mask)
        text = first.row.at(first.position)
        facts = {
            "heading": "、".join(names),
            "count": str(len(group)),
            "shown": rule.apply(look.shown),
            "code": look.code,
            "stored": rule.apply(text),
            "result": first.result,
            "readings": "；".join(f"按“{r.answer}”是 {r.publishes}" for r in first.readings),
        }
        source = Source(self.file, first.row.number, field.name)
        return problem(first.kind, source, value=rule.apply(text), **facts)


_NO_ROW = GridRow(0, ())


def _taken(text: str, kind: str = "", result: str = "") -> _Finding:
    return _Finding(_NO_ROW, 0, kind, text, result=result)


def _asked(kind: str, readings: tuple[Reading, ...]) -> _Finding:
    return _Finding(_NO_ROW, 0, kind, readings=readings)
