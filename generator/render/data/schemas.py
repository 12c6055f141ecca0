"""Table Schemas (Frictionless) of what is published, which is less than what was handed in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from generator.model.masks import MaskProfile
from generator.model.schema import Field, TableSchema
from generator.output.files import OutputFile
from generator.output.lines import json_lines
from generator.render.data.csvfile import csv_cell
from generator.render.data.tables import Column


def table_schemas(
    folder: str, tables: Iterable[TableSchema], masks: MaskProfile
) -> Iterator[OutputFile]:
    """A schema file for each table."""
    for table in tables:
        yield json_file(f"{folder}{table.name}.json", published_schema(table, masks))


def published_schema(table: TableSchema, masks: MaskProfile) -> dict[str, Any]:
    """The columns that may be published. A file holds those of them that its village has, in
    this order."""
    fields = [
        _field(field, is_unique=field.constraints.unique or field.name == table.primary_key)
        if masks.shows(field)
        else _masked(field)
        for field in table.fields
        if not masks.drops(field)
    ]
    return {
        "title": table.title,
        "fields": fields,
        "missingValues": [""],
        "fieldsMatch": "superset",
    }


def columns_schema(columns: Iterable[Column]) -> dict[str, Any]:
    """The schema of a table of our own."""
    fields = [
        {"name": c.name, "type": c.type} | ({"description": c.description} if c.description else {})
        for c in columns
    ]
    return {"fields": fields, "missingValues": [""]}


def json_file(path: str, content: dict[str, Any]) -> OutputFile:
    """A file as people may read it too."""
    return OutputFile(path, json_lines(content))


def _field(field: Field, *, is_unique: bool) -> dict[str, Any]:
    unit = f"单位：{field.unit}。" if field.unit else ""
    described: dict[str, Any] = {
        "name": csv_cell(field.name),
        "type": field.type,
        "description": field.description + unit,
    }
    limits = field.constraints
    constraints: dict[str, Any] = {}
    if limits.required:
        constraints["required"] = True
    if is_unique:
        constraints["unique"] = True
    if field.is_numeric:
        ends = (("minimum", limits.minimum), ("maximum", limits.maximum))
        constraints |= {key: _number(end) for key, end in ends if end is not None}
    if limits.enum:
        constraints["enum"] = [csv_cell(word) for word in limits.enum]
    if constraints:  # patterns are left out: an apostrophe before a formula would break them
        described["constraints"] = constraints
    return described


def _masked(field: Field) -> dict[str, Any]:
    """A column of which a part is hidden: whatever it was, it is text, and may repeat."""
    return {
        "name": csv_cell(field.name),
        "type": "string",
        "description": f"{field.description}公开时遮住一部分。",
    }


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
