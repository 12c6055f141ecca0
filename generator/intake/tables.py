"""Reads a worksheet as a table of typed rows, by its schema."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from generator.intake.arranging import Arranger
from generator.intake.characters import standard_worksheet
from generator.intake.decoding import Worksheet
from generator.intake.doubts import NO_ANSWERS, Answers, Asking, Doubt
from generator.intake.examples import without_examples
from generator.intake.layout import find_layout
from generator.intake.looks.seen import as_seen
from generator.intake.looks.void import without_void
from generator.intake.sides import with_sides
from generator.intake.tablerows import TableReader
from generator.intake.units import with_unit
from generator.intake.wholes import with_wholes
from generator.model.masks import MaskProfile
from generator.model.period import Period
from generator.model.schema import TableSchema
from generator.model.village import Correction, Table
from generator.problems import Problem


@dataclass(frozen=True)
class TableReading:
    """What a file said: the table, when it was made public, what was corrected since, what is
    wrong, what is to be asked, and which answers were used; the problems of open questions are
    among the problems. `dropped` are headings of columns that were left behind, each with the reason."""

    table: Table
    published: date | None
    problems: tuple[Problem, ...]
    corrections: tuple[Correction, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    settled: tuple[Doubt, ...] = ()
    dropped: tuple[tuple[str, str], ...] = ()


def read_table(
    worksheet: Worksheet,
    schema: TableSchema,
    file: str,
    masks: MaskProfile,
    period: Period | None = None,
    answers: Answers = NO_ANSWERS,
) -> TableReading:
    """Read a worksheet by a schema. All faults of the worksheet are reported, not only the first.

    `period` is the file's: it completes dates without a year. `answers` settle what is doubtful.
    """
    worksheet, notices = standard_worksheet(worksheet, file)
    worksheet, shown = without_examples(worksheet, schema, file)
    layout = find_layout(worksheet, schema, file)
    if isinstance(layout, Problem):
        return TableReading(Table(schema.name, (), ()), None, (*shown, layout))
    asking = Asking(answers)
    settled = without_void(worksheet, layout, file, masks, asking)
    if settled is not worksheet:
        layout = find_layout(settled, schema, file)
        if isinstance(layout, Problem):
            return TableReading(
                Table(schema.name, (), ()), None, (layout,), doubts=tuple(asking.open)
            )
    layout = replace(layout, problems=(*shown, *layout.problems))
    layout = with_unit(layout, (worksheet.name, file), schema, file, asking)
    layout, said = as_seen(layout, schema, file, masks, asking, is_text_file=not worksheet.name)
    layout = Arranger(layout, schema, file, asking).arranged()
    layout = with_wholes(layout, schema, file, asking)
    layout = with_sides(layout, schema, file, period, asking)
    reader = TableReader(schema, file, masks, period, layout, asking)
    table, published = reader.read()
    found = (*notices, *reader.problems, *said, *(doubt.problem for doubt in asking.open))
    return TableReading(
        table,
        published,
        tuple(dict.fromkeys(found)),  # a row may be read twice, as a proof and as data
        tuple(reader.corrections),
        tuple(asking.open),
        tuple(asking.settled.values()),
        layout.dropped,
    )
