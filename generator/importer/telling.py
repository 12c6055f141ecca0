"""Makes questions safe to pass on: they appear in files and on screens and must name nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.gate import as_told, without_secrets
from generator.gate.names import NameFinder
from generator.importer.desk import Desk
from generator.importer.drafts import LeftOut, Workbook
from generator.intake.decoding import Worksheet
from generator.intake.doubts import Doubt
from generator.intake.headings import heading_key
from generator.model.masks import MaskProfile
from generator.model.schema import Field
from generator.model.shared import Shared
from generator.publishing.hiding import HiddenValue, without_hidden


def doubt_as_told(doubt: Doubt, shared: Shared, names: NameFinder | None) -> Doubt:
    """A question whose words name nobody who is hidden; the answers stay as they must be given."""
    (asked,) = without_secrets([doubt.problem], shared.privacy, names)
    choices = tuple(
        replace(choice, publishes=as_told(choice.publishes, shared.privacy, names))
        for choice in doubt.choices
    )
    return replace(doubt, problem=asked, choices=choices)


def left_out_as_told(desk: Desk, book: Workbook, left_out: Sequence[LeftOut]) -> list[LeftOut]:
    """Tables that are not taken in, with their questions made safe.

    Of these nobody knows yet what they are, so whatever stands under a heading that some table hides
    counts as hidden.
    """
    if not any(entry.doubts for entry in left_out):
        return list(left_out)
    hidden = [value for worksheet in book.worksheets for value in _hidden(worksheet, desk)]

    def told(doubt: Doubt) -> Doubt:
        asked = doubt.problem
        asked = replace(
            asked,
            message=without_hidden(asked.message, iter(hidden)),
            value=without_hidden(asked.value, iter(hidden)),
        )
        choices = tuple(
            replace(choice, publishes=without_hidden(choice.publishes, iter(hidden)))
            for choice in doubt.choices
        )
        return doubt_as_told(replace(doubt, problem=asked, choices=choices), desk.shared, None)

    return [replace(entry, doubts=tuple(map(told, entry.doubts))) for entry in left_out]


def _hidden(worksheet: Worksheet, desk: Desk) -> Iterator[HiddenValue]:
    """The words below each heading that is one of a hidden column."""
    profiles = [place.masks for place in desk.places.values()]
    fields = _hidden_fields(desk.shared, profiles)
    below: dict[int, Field] = {}
    for row in worksheet.rows:
        for position, cell in enumerate(row.cells):
            heading = fields.get(heading_key(cell)[0]) if cell else None
            if heading is not None:
                below[position] = heading
            elif cell and position in below:
                field = below[position]
                rules = (masks.rule(field.mask) for masks in profiles)
                shown = next((rule.apply(cell) for rule in rules if rule.style != "show"), "")
                yield HiddenValue(row.number, field, cell, shown or "*" * len(cell))


def _hidden_fields(shared: Shared, profiles: Sequence[MaskProfile]) -> dict[str, Field]:
    """Columns of words that a profile hides, by all their names."""
    return {
        heading_key(name)[0]: field
        for schema in shared.tables.values()
        for field in schema.fields
        if field.type == "string" and any(not masks.shows(field) for masks in profiles)
        for name in (field.name, *field.aliases)
    }
