"""Finds the day on which a table was made public: in the worksheet, in the existing file, or by asking."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from generator.importer.desk import Request
from generator.importer.filledin import has_wrong_day, lacks_day
from generator.importer.questions import PUBLISHED
from generator.intake.doubts import Asking, Choice, Doubt
from generator.intake.layout import Layout
from generator.intake.tables import TableReading
from generator.intake.values import parse_date
from generator.model.catalogue import Item
from generator.problems import Source, problem

# Days that an office writes beside a table and that may be, but need not be, the day of publication.
_OFFERED = re.compile(r"((?:填报|填表|编制|制表|上报|打印|报送)(?:日期|时间))[:：]?(.*)")
LATER = "以后再写"


def published_table(
    request: Request,
    item: Item,
    layout: Layout,
    reading: TableReading,
    file: str,
    asking: Asking,
) -> TableReading:
    """The reading with its day of publication. The request may name one for all files without one;
    an answer is one for all files of this month, and next month's are asked about anew."""
    reading = replace(reading, problems=tuple(p for p in reading.problems if not lacks_day(p)))
    if reading.published is not None or has_wrong_day(reading):
        return reading
    if request.published is not None:
        return replace(reading, published=request.published)
    offered = dict(_offered(layout))
    choices = [Choice(label, f"公开日期 {found.isoformat()}") for label, found in offered.items()]
    if not item.personal:
        choices.append(Choice(LATER, "先公开，没有公示期，页面上不写到哪天为止"))
    asked = problem("import-published", Source(file), example=request.today.isoformat())
    about = f"{PUBLISHED} {request.today:%Y-%m}"
    doubt = Doubt(about, asked, tuple(choices), free=request.today.isoformat(), lasting=False)
    answer = asking.settle(doubt)
    if not answer or answer == LATER:
        return reading
    found = offered.get(answer) or parse_date(answer)
    if found is None:
        asking.open.append(doubt)
    return replace(reading, published=found)


def _offered(layout: Layout) -> Iterator[tuple[str, date]]:
    """Labels with their days, in the titles and under the table."""
    for row in (*layout.titles, *layout.notes):
        texts = ["".join(cell.split()) for cell in row.cells if cell]
        for position, text in enumerate(texts):
            match = _OFFERED.search(text)
            if match is None:
                continue
            following = texts[position + 1] if position + 1 < len(texts) else ""
            day = parse_date(match[2] or following)
            if day is not None:
                yield match[1], day
