"""Forms that everyone uses, made into flat sheets that the tables' schemas read.

An office sets income beside expense, months below one another, groups on sheets of their own. Each
module here knows one such form: it is strict in recognising it, and what it cannot place it asks
about. A sheet that is no such form passes through as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from generator.importer.forms.asks import Clerk
from generator.importer.forms.bench import Cover
from generator.importer.forms.beside import unfold_beside
from generator.importer.forms.blocks import blocks_of
from generator.importer.forms.daybook import unfold_daybook
from generator.importer.forms.households import unfold_households
from generator.importer.forms.known import Flat, Known
from generator.importer.forms.owners import unfold_owners
from generator.importer.forms.position import unfold_position
from generator.importer.forms.quarters import joined_months
from generator.importer.forms.spread import unfold_spread
from generator.importer.forms.stacked import unfold_stacked
from generator.importer.forms.trial import unfold_trial
from generator.importer.forms.worksheets import (
    joined_groups,
    joined_kinds,
    with_periods,
)
from generator.intake.doubts import Asking
from generator.intake.files import Sheet
from generator.model.forms import FormWords

__all__ = ["Flat", "Known", "unfold"]

# Each gives nothing where the sheet is not its form. The first that knows a sheet has it.
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


def unfold(sheets: Sequence[Sheet], known: Known, asking: Asking) -> tuple[Flat, ...]:
    """The sheets of a workbook as flat ones, in their order; empty sheets are left out."""
    filled = [sheet for sheet in sheets if not sheet.is_empty]
    known = replace(known, several=len(filled) > 1)
    if known.words == FormWords():
        return tuple(Flat(sheet, sources=(sheet.name,)) for sheet in filled)
    flats = [flat for sheet in filled for flat in _unfold(sheet, known, asking)]
    flats = joined_groups(joined_kinds(flats, known, asking), known, asking)
    flats = joined_months(flats, known, asking)
    return tuple(with_periods(flats, known))


def _unfold(sheet: Sheet, known: Known, asking: Asking) -> list[Flat]:
    if sheet.is_hidden:
        return [Flat(sheet, sources=(sheet.name,))]
    blocks = blocks_of(sheet, known, asking)
    flats = [flat for block in blocks for flat in _block(block, known, asking)]
    if len(blocks) > 1:
        many = f"这张工作表上下有 {len(blocks)} 张表，分开导入。"
        return [replace(flat, said=(many, *flat.said)) for flat in flats]
    return flats


def _block(sheet: Sheet, known: Known, asking: Asking) -> tuple[Flat, ...]:
    for form in _FORMS:
        flats = form(Clerk(Cover(sheet), known, asking))
        if flats:
            return flats
    return (Flat(sheet, sources=(sheet.name,)),)
