"""Reads the unit that lines above a table declare for all its amounts: 单位：万元, 金额：万元, （万元）.

Ten thousand times too much or too little is what a misread line costs, so a line, a note or a name that speaks of
万元 in any other way is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.intake.doubts import Asking, Choice, Doubt
from generator.intake.layout import Layout
from generator.intake.statements import is_statement
from generator.intake.values import CellContext, Refusal, read_value
from generator.model.schema import TableSchema
from generator.problems import Source, problem

_LARGE = "百万元|万元|千元|百元|亿元"
# 10万元以上的项目 is no unit, and neither is 五万元.
_BARE = re.compile(rf"(?<![\d.一二三四五六七八九十百千万亿两几数多])(?:{_LARGE})")
_IN_NOTES = re.compile(rf"(?:单位|均以|都以|以|按)[^\d，,。;；]{{0,6}}?(?:{_LARGE})")


def with_unit(
    layout: Layout, names: Sequence[str], schema: TableSchema, file: str, asking: Asking
) -> Layout:
    """The layout with the unit that is meant; asked about where the words leave a doubt.

    `names` are those of the worksheet and of the file, which may speak of a unit, too.
    """
    money = [
        (position, column)
        for position, column in layout.columns.items()
        if column.field.unit == "元" and not column.unit
    ]
    words = _spoken(layout, names)
    if not words or not money:
        return layout
    large = re.findall(_LARGE, words[1])[0]
    shown = next(
        (
            (column.field.name, text)
            for row in layout.body
            if not is_statement(row)
            for position, column in money
            if (text := row.at(position)) not in schema.missing_values
            and None not in (_in_yuan(text, large), _in_yuan(text, "元"))
        ),
        None,
    )
    if shown is None:
        return layout
    heading, text = shown
    found = problem(
        "table-unit", Source(file, words[0], heading), value=words[1], shown=text, unit=large
    )
    choices = tuple(
        Choice(unit, f"“{heading}”的第一个数“{text}”公开成 {_in_yuan(text, unit)} 元")
        for unit in (large, "元")
    )
    answer = asking.settle(Doubt("整张表的单位", found, choices))
    others = [word for word in layout.unit.split("、") if word and not word.endswith("元")]
    return replace(layout, unit="、".join([*others, answer])) if answer else layout


def _in_yuan(text: str, unit: str) -> str | None:
    value = read_value(text, "amount", CellContext(unit=unit, column_unit="元"))
    return None if value is None or isinstance(value, Refusal) else f"{value:,.2f}"


def _spoken(layout: Layout, names: Sequence[str]) -> tuple[int, str] | None:
    """The words, and their row, that speak of a large unit other than the one that is declared."""
    own = [word for word in layout.unit.split("、") if word.endswith("元")]
    for number, text, pattern in _texts(layout, names):
        for match in pattern.finditer("".join(text.split())):
            unit = re.findall(_LARGE, match[0])[0]
            if own != [unit]:
                return number, text
    return None


def _texts(layout: Layout, names: Sequence[str]) -> Iterator[tuple[int, str, re.Pattern[str]]]:
    for row in layout.titles:
        yield from ((row.number, cell, _BARE) for cell in row.cells if cell)
    for row in layout.notes:
        yield from ((row.number, cell, _IN_NOTES) for cell in row.cells if cell)
    yield from ((layout.heading.number, name, _BARE) for name in names)
