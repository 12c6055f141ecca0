"""A decision whose file came to the repository long after its last meeting: it may have been written up
afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from generator.model.village import Document
from generator.model.warnings import WarningRule
from generator.views.warnings.looking import Finding, Looked


def find(looked: Looked, rule: WarningRule) -> Iterator[Finding]:
    """What came with the first files of all was only typed in then; where nobody knows when a file came
    nothing is said."""
    data = looked.records.data
    begun = min((past.first for past in data.history.values() if past.first), default=None)
    for record in data.records:
        past = data.history.get(record.name)
        if past is None or past.first is None or past.first == begun:
            continue
        if not isinstance(record.content, Document) or not record.content.front.steps:
            continue
        met = max(step.date for step in record.content.front.steps)
        if past.first - met > timedelta(days=rule.days):
            facts = {"what": record.content.front.title, "met": met, "came": past.first}
            yield Finding(record, facts=facts)
