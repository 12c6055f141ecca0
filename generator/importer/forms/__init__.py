"""Forms that everyone uses, made into flat worksheets that the tables' schemas read.

An office sets income beside expense, months below one another, groups on worksheets of their own. Each
module here knows one such form: it is strict in recognising it, and what it cannot place it asks
about. A worksheet that is no such form passes through as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from generator.importer.forms.asks import Clerk
from generator.importer.forms.below import blocks_of
from generator.importer.forms.bench import Cover
from generator.importer.forms.beside import unfold_beside
from generator.importer.forms.daybook import unfold_daybook
from generator.importer.forms.households import unfold_households
from generator.importer.forms.joined import (
    joined_groups,
    joined_kinds,
    with_periods,
)
from generator.importer.forms.known import Flat, Known
from generator.importer.forms.owners import unfold_owners
from generator.importer.forms.position import unfold_position
from generator.importer.forms.quarters import joined_months
from generator.importer.forms.spread import unfold_spread
from generator.importer.forms.stacked import unfold_stacked
from generator.importer.forms.trial import unfold_trial
from generator.intake.decoding import Worksheet
from generator.intake.doubts import Asking
from generator.intake.examples import EXAMPLE, is_example
from generator.model.forms import FormWords

__all__ = ["Flat", "Known", "unfold"]

# Each gives nothing where the worksheet is not its form. The first that knows a worksheet has it.
_FORMS: tuple[Callable[[Clerk], tuple[Flat, ...]], ...] = (
    unfold_beside,
    unfold_trial,
    unfold_position,
    unfold_daybook,
    unfold_spread,
    unfold_stacked,
    unfold_households,
    unfold_owners,
)


def unfold(worksheets: Sequence[Worksheet], known: Known, asking: Asking) -> tuple[Flat, ...]:
    """The worksheets of a workbook as flat ones, in their order; empty worksheets are left out."""
    known = replace(known, several=sum(not one.is_empty for one in worksheets) > 1)
    filled, examples = [], {}
    for worksheet in worksheets:
        if not worksheet.is_empty:
            plain, examples[worksheet.name] = _without_examples(worksheet, known)
            filled.append(plain)
    flats = _unfolded(filled, known, asking)
    return tuple(_told(flat, examples) for flat in flats)


def _without_examples(worksheet: Worksheet, known: Known) -> tuple[Worksheet, list[int]]:
    """The worksheet without rows that a blank wrote, whichever table's, and their numbers."""
    schemas = known.tables.values()
    gone = [row.number for row in worksheet.rows if any(is_example(row, s) for s in schemas)]
    rows = tuple(row for row in worksheet.rows if row.number not in gone)
    return (replace(worksheet, rows=rows) if gone else worksheet), gone


def _told(flat: Flat, examples: Mapping[str, Sequence[int]]) -> Flat:
    numbers = [number for name in flat.sources for number in examples.get(name, ())]
    said = (f"第 {number} 行是{EXAMPLE}，没有导入。" for number in numbers)
    return replace(flat, said=(*said, *flat.said), is_shown=bool(numbers))


def _unfolded(filled: Sequence[Worksheet], known: Known, asking: Asking) -> tuple[Flat, ...]:
    if known.words == FormWords():
        return tuple(Flat(worksheet, sources=(worksheet.name,)) for worksheet in filled)
    flats = [flat for worksheet in filled for flat in _unfold(worksheet, known, asking)]
    flats = joined_groups(joined_kinds(flats, known, asking), known, asking)
    flats = joined_months(flats, known, asking)
    return tuple(with_periods(flats, known))


def _unfold(worksheet: Worksheet, known: Known, asking: Asking) -> list[Flat]:
    if worksheet.is_hidden:
        return [Flat(worksheet, sources=(worksheet.name,))]
    blocks = blocks_of(worksheet, known, asking)
    flats = [flat for block in blocks for flat in _block(block, known, asking)]
    if len(blocks) > 1:
        many = f"这张工作表上下有 {len(blocks)} 张表，分开导入。"
        return [replace(flat, said=(many, *flat.said)) for flat in flats]
    return flats


def _block(worksheet: Worksheet, known: Known, asking: Asking) -> tuple[Flat, ...]:
    for form in _FORMS:
        flats = form(Clerk(Cover(worksheet), known, asking))
        if flats:
            return flats
    return (Flat(worksheet, sources=(worksheet.name,)),)
