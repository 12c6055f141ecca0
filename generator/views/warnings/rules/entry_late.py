"""An entry of a book whose day is that of its publication, or later."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.warnings import WarningRule
from generator.views.warnings.looking import Finding, Looked


def find(looked: Looked, rule: WarningRule) -> Iterator[Finding]:
    """What was added by a correction can be as late as that."""
    for row in looked.rows:
        day, changed = row.day("date"), row.publication.changed
        is_late = row.schema.is_book and day is not None and changed is not None and day >= changed
        if is_late and not rule.excludes(row.words):
            yield Finding.at([row], day=day, published=changed, what=row.text("title"))
