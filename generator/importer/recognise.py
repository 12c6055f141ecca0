"""Recognises the kind of disclosure by a worksheet's headings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.intake.decoding import Worksheet
from generator.intake.layout import Layout, find_layout
from generator.intake.periods import FILE_NAME
from generator.model.catalogue import Item
from generator.model.schema import TableSchema
from generator.problems import Problem

_LEAST_COLUMNS = 2  # 姓名 or 备注 alone stands in almost every table
_WORTH_OF_NAME = 3.0  # columns that a file's name with the item's whole name is worth
_WORTH_OF_TITLE = 50.0  # a title or a worksheet's name says what a table is, whatever its columns


@dataclass(frozen=True)
class Guess:
    """An item and how well a worksheet fits it: known headings, less the missing and the unknown."""

    item: Item
    layout: Layout
    score: float


def guess_items(
    worksheet: Worksheet, items: Iterable[Item], tables: Mapping[str, TableSchema], file: Path
) -> tuple[Guess, ...]:
    """The items that a worksheet may be, the likeliest first."""
    guesses = []
    for item in items:
        layout = find_layout(worksheet, tables[item.table], file.name)
        if not isinstance(layout, Problem) and len(layout.columns) >= _LEAST_COLUMNS:
            guesses.append(Guess(item, layout, _score(item, layout, worksheet, file)))
    return tuple(sorted(guesses, key=lambda guess: -guess.score))


def _score(item: Item, layout: Layout, worksheet: Worksheet, file: Path) -> float:
    codes = [found.code for found in layout.problems]
    around = words_around(worksheet, layout, file)
    words = "".join(text for _, text in around)
    titles = "".join("".join(text.split()) for place, text in around if place != FILE_NAME)
    pairs = {item.title[start : start + 2] for start in range(len(item.title) - 1)}
    named = sum(pair in words for pair in pairs) / max(len(pairs), 1)
    return (
        len(layout.columns)
        - codes.count("heading-missing")
        - codes.count("heading-unknown") / 2
        + named * _WORTH_OF_NAME
        + (_WORTH_OF_NAME if item.id in words else 0)
        + (_WORTH_OF_TITLE if item.title in titles else 0)
    )


def words_around(worksheet: Worksheet, layout: Layout, file: Path) -> tuple[tuple[str, str], ...]:
    """The words that say what a table is about, each with its place, the nearest first."""
    titles = (("标题", cell) for row in layout.titles for cell in row.cells if cell)
    named = [("工作表名", worksheet.name)] if worksheet.name else []
    return (*named, *dict.fromkeys(titles), (FILE_NAME, file.stem))
