"""Mask profiles, which are data, and how they are applied to personal values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from generator.model.schema import Field
from generator.problems import Source

# Two-character family names still in use; 张* but 欧阳*.
_COMPOUND_SURNAMES = """
欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 司徒 夏侯 令狐 宇文 长孙 端木 南宫 独孤 轩辕 百里 呼延
闻人 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 仲孙 钟离
"""
COMPOUND_SURNAMES = frozenset(_COMPOUND_SURNAMES.split())
_LEAST_HIDDEN = 4
# The dots between the parts of a name, as keyboards give them.
_DOTS = "·•・‧∙⋅･᛫．."


@dataclass(frozen=True)
class MaskRule:
    """`show` keeps a value, `drop` removes its column, `surname` keeps the family name,
    `ends` keeps up to `head` and `tail` characters.

    Whatever the profile says, `ends` hides at least four characters and at least a third: of
    a mobile number 138****5678 stays, of a short number less of its end.
    """

    style: Literal["show", "drop", "surname", "ends"]
    head: int = 0
    tail: int = 0

    def apply(self, text: str) -> str:
        """The value as it may be shown; `drop` gives an empty text."""
        if self.style == "show" or not text:
            return text
        if self.style == "drop":
            return ""
        if self.style == "surname":
            return _surname_only(text)
        if len(text) <= self.head + self.tail:
            return "*" * len(text)
        shown = min(len(text) - _LEAST_HIDDEN, len(text) * 2 // 3)
        head = max(min(self.head, shown), 0)
        tail = max(min(self.tail, shown - head), 0)
        return text[:head] + "*" * (len(text) - head - tail) + text[len(text) - tail :]


SHOWN, _DROPPED = MaskRule("show"), MaskRule("drop")


def _surname_only(text: str) -> str:
    """`张三` becomes `张*`, `欧阳小明` `欧阳*`, `买买提·艾力` `买买提·*`.

    What stands before a dot is kept only in a name of nothing but letters and dots: in
    `张三.00012345678` the dot parts no name.
    """
    parts = re.split(f"[{re.escape(_DOTS)}]", text)
    if len(parts) > 1 and all(part.isalpha() for part in parts):
        return parts[0] + "·*"
    head = 2 if len(text) > 2 and text[:2] in COMPOUND_SURNAMES else 1
    return text[:head] + "*"


@dataclass(frozen=True)
class MaskProfile:
    """A rule for each kind of personal value.

    Numbers about fewer than `minimum` households whose rows came down are not shown either: a total
    of one is that one's amount.
    """

    id: str
    title: str
    name: MaskRule
    phone: MaskRule
    id_number: MaskRule
    card: MaskRule
    address: MaskRule
    source: Source
    minimum: int = 3

    def shows(self, field: Field) -> bool:
        """Whether a column is published as it is."""
        return self.rule(field.mask).style == "show"

    def drops(self, field: Field) -> bool:
        """Whether a column is not published at all."""
        return self.rule(field.mask).style == "drop"

    def rule(self, mask: str) -> MaskRule:
        """The rule for a field's `mask`; a field without one is shown."""
        if not mask:
            return SHOWN
        rules = {
            "drop": _DROPPED,
            "private": _DROPPED,
            "name": self.name,
            "phone": self.phone,
            "id": self.id_number,
            "card": self.card,
            "address": self.address,
        }
        return rules[mask]
