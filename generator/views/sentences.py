"""The plain sentence that opens a record."""

from __future__ import annotations

from decimal import Decimal

from generator.model.books import ZERO
from generator.model.catalogue import Item, TableSchema
from generator.model.period import Period
from generator.model.sentences import PLACE, Place, parse_place
from generator.model.village import Table
from generator.views.groups import Groups
from generator.views.text import cell_text


def table_sentence(
    item: Item, schema: TableSchema, table: Table, period: Period, groups: Groups
) -> str:
    """The item's sentence with its places filled; a plain count where it has none.

    What would tell of too few households is not told: no number of a small table, no sum of a
    few rows that nobody may see.
    """
    if table.nothing:
        return f"{period.title}没有发生{item.title}事项。"
    if groups.is_small:
        return f"{period.title}{item.title}{groups.words}。"
    plain = f"{{period}}{item.title}共 {{count}} 条"
    sentence = item.sentence or f"{plain}。"
    places = [parse_place(match[1]) for match in PLACE.finditer(sentence)]
    if any(place.kind == "sum" and groups.withholds(place.column) for place in places):
        sentence = f"{plain}，金额涉及的户数{groups.words}。"

    def fill(text: str) -> str:
        return _fill(parse_place(text), schema, table, period, groups)

    return PLACE.sub(lambda match: fill(match[1]), sentence)


def _fill(place: Place, schema: TableSchema, table: Table, period: Period, groups: Groups) -> str:
    if place.kind == "period":
        return period.title
    column = [row.values.get(place.column) for row in table.rows]
    filled = [value for value in column if value is not None]
    if place.kind == "sum":
        field = schema.find(place.column)
        total = sum((Decimal(str(value)) for value in filled), ZERO)
        return cell_text(total, field) if field else str(total)
    if place.kind == "distinct":
        few = 0 < len(set(filled)) < groups.minimum and groups.hides_rows
        return f"不足 {groups.minimum}" if few else str(len(set(filled)))
    if place.column:
        field = schema.find(place.column)
        rows = [
            row
            for row in table.rows
            if field and cell_text(row.values.get(place.column), field) == place.equals
        ]
        is_hidden = groups.hides_rows or place.column in groups.masked
        return f"不足 {groups.minimum}" if is_hidden and groups.too_few(rows) else str(len(rows))
    return str(len(table.rows))
