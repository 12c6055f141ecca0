"""What a detector finds, and how reports may mention it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "id",
    "card",
    "phone",
    "number",
    "permit",
    "address",
    "birth",
    "email",
    "plate",
    "location",
    "health",
    "minor",
    "reporter",
    "name",
    "name-unsure",
    "relative",
]


@dataclass(frozen=True, order=True)
class Span:
    """A place in a folded text that holds something private."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, order=True)
class Finding:
    """A place in a text as it was written. `value` is never shown in reports; `shown` is: the
    `mask` by which a column shows the same value, or else a part of it."""

    start: int
    end: int
    kind: Kind
    value: str = field(repr=False)
    mask: str = ""

    @property
    def shown(self) -> str:
        """Enough to find the place by, too little to learn anything: of numbers two characters
        at either end, of words the first."""
        if self.mask:
            return self.mask
        line = "".join(self.value.split())
        if self.kind in ("id", "card", "phone", "number") and len(line) > 8:
            return f"{line[:2]}{'*' * (len(line) - 4)}{line[-2:]}"
        return line[:1] + "*" * (len(line) - 1) if len(line) > 1 else "*"
