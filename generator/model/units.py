"""Quantities whose unit is in another column: lamps, metres and mu are never added up."""

from __future__ import annotations

from generator.model.schema import Field
from generator.model.village import Table


def units_of(field: Field, table: Table) -> tuple[str, ...]:
    """The units of a column's cells, each once, as they first come; empty for a column whose
    cells are all of its own unit."""
    if not field.unit_in:
        return ()
    rows = (row for row in table.rows if row.values.get(field.name) is not None)
    return tuple(dict.fromkeys(str(row.values.get(field.unit_in) or "") for row in rows))


def is_mixed(field: Field, table: Table) -> bool:
    """Whether the cells of a column cannot be added up."""
    return len(units_of(field, table)) > 1
