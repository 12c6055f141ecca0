"""Reads what the words of a row claim it to be, before the rows around it are consulted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from generator.intake.decoding import GridRow
from generator.intake.headings import Column
from generator.intake.values import parse_number
from generator.model.rows import Label, ProofWords, squeezed
from generator.model.schema import Field, TableSchema
from generator.model.spellings import is_group, tidy_group, tidy_name
from generator.model.village import Value

# Of a row that has numbers only.
WORDLESS = Label("合计", ProofWords("total", (), scopes=("table", "above", "kind")))
# Of a row of households whose name is that of a group, or of the village.
_OF_MANY = ProofWords("total", (), scopes=("group", "kind", "run", "above", "table"))
# Columns that say what a row is about, and so whether it is a total.
_NAMING = ("name", "title", "group", "subject", "reference", "date")


@dataclass(frozen=True)
class Claim:
    """A row whose words say that it is a proof: its numbers, and its other words by column."""

    row: GridRow
    label: Label
    values: Mapping[str, Value]
    texts: Mapping[str, str]

    @property
    def number(self) -> int:
        """The row as the spreadsheet shows it."""
        return self.row.number


class Labels:
    """Per-call state for finding the words by which a row of one table calls itself a proof."""

    def __init__(self, schema: TableSchema, columns: Mapping[int, Column]) -> None:
        self.columns = columns
        self.words = schema.rows
        is_list = schema.villager_group is not None
        names = (p for p, column in columns.items() if column.field.role == "name" and is_list)
        self.name = next(names, None)
        self.label = lru_cache(4096)(schema.rows.label)  # groups and titles repeat

    def of(self, row: GridRow) -> Label | None:
        """The row's label, WORDLESS where only numbers stand in it, None for other words."""
        found = next(filter(None, map(self.label, self._places(row))), None) or self._many(row)
        return found or (None if self._has_words(row) else WORDLESS)

    def _many(self, row: GridRow) -> Label | None:
        """The name of a group or of the village, where a household's should stand."""
        text = row.at(self.name) if self.name is not None else ""
        is_many = text and (is_group(text) or squeezed(text) in self.words.wholes)
        return Label(text, _OF_MANY, squeezed(text)) if is_many else None

    def _places(self, row: GridRow) -> Iterator[str]:
        """Cells in which the words that say what a row is may stand: first in the row, in a column
        that names what rows are about, or in any column of words where those are empty."""
        yield next((cell for cell in row.cells if cell), "")
        texts = {p: c.field for p, c in self.columns.items() if row.at(p)}
        naming = [p for p, field in texts.items() if field.role in _NAMING]
        others = [p for p, field in texts.items() if field.type in ("string", "date")]
        yield from (row.at(p) for p in naming)
        if not any(texts[p].role in ("name", "title") for p in naming):
            yield from (row.at(p) for p in others if p not in naming)

    def _has_words(self, row: GridRow) -> bool:
        """Whether anything but numbers stands in a row."""
        for position, cell in enumerate(row.cells):
            column = self.columns.get(position)
            is_number = parse_number(cell) is not None if cell else True
            if not is_number or (cell and column is not None and not column.field.is_numeric):
                return True
        return False


def tidied(text: str, field: Field) -> str:
    """A name or a group without the white space that only fills its cell."""
    if field.type != "string":
        return text
    return (
        tidy_name(text)
        if field.role == "name"
        else tidy_group(text)
        if field.role == "group"
        else text
    )
