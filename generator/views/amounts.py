"""Decides what a row's entry in the search says of its money: where it stands, and whose it is."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model.schema import Field
from generator.publishing.publication import PublicCell, PublicRow, PublicTable

_SIDES = {"income": "i", "expense": "e", "amount": "a"}


def amount_mark(table: PublicTable, row: PublicRow, texts: Sequence[str]) -> str:
    """`texts` are those of the row's cells. The mark is a letter for received, spent or neither, a
    capital where such rows may be added up, and the place of the amount among the words of the row;
    then the place of a name, and of how many words it is. What is masked has no mark."""
    cells = tuple(zip(table.columns, row.cells, strict=True))
    sums = [n for n, (field, cell) in enumerate(cells) if _is_sum(field, cell)]
    if len(sums) != 1:
        return ""
    field = table.columns[sums[0]]
    side = _SIDES[field.role]
    names = [n for n, (field, cell) in enumerate(cells) if _is_name(table, field, cell)]
    adds = field.total and (field.role != "amount" or field.sum_as)
    mark = f"{side.upper() if adds else side}{_words(texts[: sums[0]])}"
    if len(names) != 1:
        return mark
    name = names[0]
    return f"{mark},{_words(texts[:name])},{len(texts[name].split())}"


def _is_sum(field: Field, cell: PublicCell) -> bool:
    is_money = field.role in _SIDES and field.unit == "元" and not field.unit_in
    return is_money and bool(cell.text) and cell.value is not None and cell.data.strip("0.-") != ""


def _is_name(table: PublicTable, field: Field, cell: PublicCell) -> bool:
    is_known = field.role == "name" and table.shows(field.name)
    return is_known and bool(cell.text) and cell.value is not None


def _words(texts: Sequence[str]) -> int:
    return sum(len(text.split()) for text in texts)
