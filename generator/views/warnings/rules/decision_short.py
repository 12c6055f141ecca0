"""A decision with something to be looked at in how it came about: its page says what."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.village import Document
from generator.model.warnings import WarningRule
from generator.views.meetings import course_of
from generator.views.warnings.looking import Finding, Looked


def find(looked: Looked, rule: WarningRule) -> Iterator[Finding]:
    """Numbers that are not told are no matter; a step is, where it is missing."""
    for record in looked.records.data.records:
        course = course_of(record, looked.records)
        if course is None or not isinstance(record.content, Document):
            continue
        found = [one for one in course.findings if one.kind in rule.values]
        if found:
            steps = tuple(dict.fromkeys(one.title for one in found))
            yield Finding(record, facts={"what": record.content.front.title, "steps": steps})
