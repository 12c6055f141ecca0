"""How personal values are shown: mask profiles are data, applying them is here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.problems import Source

# Two-character family names still in use; 张* but 欧阳*.
_COMPOUND_SURNAMES = """
欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 司徒 夏侯 令狐 宇文 长孙 端木 南宫 独孤 轩辕 百里 呼延
闻人 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 仲孙 钟离
"""
COMPOUND_SURNAMES = frozenset(_COMPOUND_SURNAMES.split())


@dataclass(frozen=True)
class MaskRule:
    """`show` keeps a value, `drop` removes its column, `surname` keeps the family name,
    `ends` keeps `head` and `tail` characters."""

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
        hidden = len(text) - self.head - self.tail
        return text[: self.head] + "*" * hidden + text[len(text) - self.tail :]


def _surname_only(text: str) -> str:
    """`张三` becomes `张*`, `欧阳小明` `欧阳*`, `买买提·艾力` `买买提·*`."""
    for dot in "·•．.":
        if dot in text:
            return text.split(dot, 1)[0] + "·*"
    head = 2 if len(text) > 2 and text[:2] in COMPOUND_SURNAMES else 1
    return text[:head] + "*"


@dataclass(frozen=True)
class MaskProfile:
    """A rule for each kind of personal value."""

    id: str
    title: str
    name: MaskRule
    phone: MaskRule
    id_number: MaskRule
    card: MaskRule
    address: MaskRule
    source: Source

    def rule(self, mask: str) -> MaskRule:
        """The rule for a field's `mask`; a field without one is shown."""
        rules = {
            "": MaskRule("show"),
            "drop": MaskRule("drop"),
            "name": self.name,
            "phone": self.phone,
            "id": self.id_number,
            "card": self.card,
            "address": self.address,
        }
        return rules[mask]
