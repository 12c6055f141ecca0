"""The plain sentence that opens a record."""

from __future__ import annotations

from decimal import Decimal

from generator.model.books import ZERO
from generator.model.catalogue import Item, TableSchema
from generator.model.period import Period
from generator.model.sentences import PLACE, Place, parse_place
from generator.model.village import Table
from generator.views.text import cell_text


def table_sentence(item: Item, schema: TableSchema, table: Table, period: Period) -> str:
    """The item's sentence with its places filled; a plain count where it has none."""
    if table.nothing:
        return f"{period.title}没有发生{item.title}事项。"
    sentence = item.sentence or f"{{period}}{item.title}共 {{count}} 条。"

    def fill(text: str) -> str:
        return _fill(parse_place(text), schema, table, period)

    return PLACE.sub(lambda match: fill(match[1]), sentence)


def _fill(place: Place, schema: TableSchema, table: Table, period: Period) -> str:
    if place.kind == "period":
        return period.title
    column = [row.values.get(place.column) for row in table.rows]
    filled = [value for value in column if value is not None]
    if place.kind == "sum":
        field = schema.find(place.column)
        total = sum((Decimal(str(value)) for value in filled), ZERO)
        return cell_text(total, field) if field else str(total)
    if place.kind == "distinct":
        return str(len(set(filled)))
    if place.column:
        field = schema.find(place.column)
        return str(sum(cell_text(v, field) == place.equals for v in filled if field))
    return str(len(table.rows))
