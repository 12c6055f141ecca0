"""A contract, project or tender that was changed after it was awarded, by what a correction says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.model.warnings import WarningRule
from generator.publishing.publication import PublicCorrection
from generator.views.affairs.rows import PublishedRow
from generator.views.duties.additions import names_number
from generator.views.warnings.looking import Finding, Looked

_CLAUSE = re.compile("[；;。\n]")


def find(looked: Looked, rule: WarningRule) -> Iterator[Finding]:
    """The part of the correction that names the row speaks of its price, size or days."""
    for row in looked.rows:
        if row.schema.affair and row.number:
            for correction in row.publication.corrections:
                said = _changed(row, correction, rule)
                if said:
                    facts = {"what": row.text("title"), "awarded": row.day("date")}
                    yield Finding.at([row], day=correction.date, said=said, **facts)


def _changed(row: PublishedRow, correction: PublicCorrection, rule: WarningRule) -> str:
    """What a correction says of a change of the row; nothing where it tells of none."""
    awarded = row.day("date")
    if awarded is None or awarded > correction.date:
        return ""
    parts = (
        part.strip()
        for part in _CLAUSE.split(correction.what)
        if names_number(part, row.number) and any(word in part for word in rule.values)
    )
    return next((part for part in parts if not rule.excludes(part)), "")
