"""Finds what the masked columns of a table hold, so that other texts can be kept from saying it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.model.masks import MaskProfile
from generator.model.schema import Field, TableSchema
from generator.model.village import Table

_SHORTEST = 2  # characters of a value that can be told apart in a sentence
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class HiddenValue:
    """The text that a masked column holds in a row, and what is shown in its place."""

    row: int
    field: Field
    text: str
    shown: str


def hidden_values(table: Table, schema: TableSchema, masks: MaskProfile) -> Iterator[HiddenValue]:
    """The texts of all columns that a mask profile does not show; stars for dropped ones."""
    for field in schema.fields:
        if masks.shows(field) or field.type != "string":
            continue
        rule = masks.rule(field.mask)
        for row in table.rows:
            value = row.values.get(field.name)
            if value is not None and str(value):
                text = str(value)
                yield HiddenValue(row.number, field, text, rule.apply(text) or "*" * len(text))


def without_hidden(words: str, hidden: Iterator[HiddenValue]) -> str:
    """Words about a table with every value that it hides masked, with or without the blanks
    by which names of two characters are made as broad as others."""
    shown: dict[str, str] = {}
    for value in hidden:
        shown |= {value.text: value.shown, _BLANKS.sub("", value.text): value.shown}
    for text in sorted((t for t in shown if len(t) >= _SHORTEST), key=len, reverse=True):
        words = words.replace(text, shown[text])
    return words
