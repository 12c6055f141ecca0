"""The target of a link: a record, or a row of its table."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.village import Record


@dataclass(frozen=True, eq=False)
class Target:
    """A record, and the row of its table when one was named."""

    record: Record
    row: int = 0

    @property
    def name(self) -> tuple[str, int]:
        """The record as `item/key`, and the row."""
        return f"{self.record.item}/{self.record.key}", self.row

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Target) and self.name == other.name

    def __hash__(self) -> int:
        return hash(self.name)
