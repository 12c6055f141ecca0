"""Checks the rules that find what somebody should look at."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.keynames import missing_key
from generator.model.shared import Shared
from generator.model.warnings import ACROSS, NEEDED
from generator.problems import Problem, problem


def warnings_sound(shared: Shared) -> Iterator[Problem]:
    """A rule is one that the program knows, has the numbers that it needs and that its words name,
    and speaks of columns that there are."""
    columns = {name for table in shared.tables.values() for name in table.headings}
    for rule in shared.warnings.values():
        if rule.id not in NEEDED:
            choices = f"可选：{'、'.join(NEEDED)}。"
            yield problem("setting-unknown", rule.source, value=rule.id, nearest=choices)
        for key in NEEDED.get(rule.id, ()):
            if not getattr(rule, key):
                yield problem("key-missing", rule.source, **missing_key(key))
        if rule.id in ACROSS and rule.is_public:
            facts = {"nearest": "这一条只给工作人员看，请写 staff。"}
            yield problem("setting-unknown", rule.source, value=rule.audience, **facts)
        for place in rule.unfilled():
            expected = (
                f"本条写了的数：{'、'.join(rule.limits)}" if rule.limits else "不带花括号的话"
            )
            facts = {"expected": expected, "example": "到了 {amount} 元"}
            yield problem("key-value", rule.source, value=f"{{{place}}}", **facts)
        for name in filter(None, (rule.column, rule.by)):
            if name not in columns:
                yield problem("setting-unknown", rule.source, value=name, nearest="")
