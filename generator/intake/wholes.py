"""A column that a worksheet lacks because all its rows say the same there: a list of one subsidy has no column 项目.

The table's schema names such columns (`wholes`); what stands in them is asked, and what the title says is offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from generator.intake.claims import Labels
from generator.intake.columns import place_of, told_rows, with_column
from generator.intake.decoding import GridRow
from generator.intake.doubts import Asking, Choice, Doubt
from generator.intake.headings import missing_column
from generator.intake.layout import Layout
from generator.model.arrangements import Whole
from generator.model.schema import Field, TableSchema
from generator.problems import Source, problem

_BEFORE = re.compile(r"[\d年月日村镇乡季度期第（）()“”《》：:、，,\s]+")


def with_wholes(layout: Layout, schema: TableSchema, file: str, asking: Asking) -> Layout:
    """The layout with such columns, as far as answers fill them."""
    for whole in schema.wholes:
        field = schema.find(whole.field)
        if field is None or place_of(layout, whole.field) is not None:
            continue
        rows = [row.number for row in _entries(layout, schema)]
        if not rows:
            continue
        answer = _answer(layout, field, whole, len(rows), file, asking)
        missing = missing_column(field, Source(file, layout.heading.number))
        others = tuple(found for found in layout.problems if found != missing)
        layout = replace(layout, problems=others)
        if answer:
            layout = with_column(layout, field, dict.fromkeys(rows, answer))
    return layout


def _entries(layout: Layout, schema: TableSchema) -> Iterator[GridRow]:
    """Rows that name somebody and are no sums."""
    name = schema.with_role("name")
    place = place_of(layout, name.name) if name else None
    labels = Labels(schema, layout.columns)
    for row in told_rows(layout):
        named = place is not None and row.at(place) not in schema.missing_values
        if named and labels.of(row) is None:
            yield row


def _answer(
    layout: Layout, field: Field, whole: Whole, count: int, file: str, asking: Asking
) -> str:
    words = field.constraints.enum or tuple(dict.fromkeys(_said(layout, whole)))
    source = Source(file, layout.heading.number)
    example = field.example or "……"
    found = problem("column-whole", source, heading=field.name, count=count, example=example)
    choices = tuple(Choice(word, f"{count} 行的“{field.name}”都写“{word}”") for word in words)
    about = f"全表的“{field.name}”{'、'.join(words)}"
    # Without words in the title the next list of this form may be of another thing.
    lasting = bool(words) and not field.constraints.enum
    free = "" if field.constraints.enum else example
    return asking.settle(Doubt(about, found, choices, free, lasting))


def _said(layout: Layout, whole: Whole) -> Iterator[str]:
    """What the titles call it: the words up to 补贴, from the year, the village or the period on."""
    if not whole.endings:
        return
    endings = "|".join(sorted(map(re.escape, whole.endings), key=len, reverse=True))
    for row in layout.titles:
        for cell in row.cells:
            for match in re.finditer(rf".+?(?:{endings})", "".join(cell.split())):
                yield _BEFORE.split(match[0])[-1]
