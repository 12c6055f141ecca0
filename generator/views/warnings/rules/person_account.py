"""An account whose name is none of the village's bodies: collective money may lie with a person."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.warnings import WarningRule
from generator.views.warnings.looking import Finding, Looked


def find(looked: Looked, rule: WarningRule) -> Iterator[Finding]:
    """Accounts stand in a table whose rows are known by their names."""
    for row in looked.rows:
        name = row.said(rule.column) if row.schema.primary_key == rule.column else ""
        if name and not any(word in name for word in rule.values):
            yield Finding.at([row], name=name)
