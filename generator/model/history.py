"""What a village's records said before, as the repository knows it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from generator.problems import Source

EditKind = Literal["added", "removed", "changed"]


@dataclass(frozen=True)
class Edit:
    """One thing in which two versions differ, in the words that were public: a row, known by what stands
    in `row`, or a line of a text; of a row that changed, the column with what stood and stands there."""

    kind: EditKind
    row: str = ""
    column: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Version:
    """What a record said from a day on. `edits` are what differs from the version before it, `since`
    what differs from this one to the last, where others lie between; of each no more than some dozens,
    `more` and `more_since` are as many as are not told. `codes` are those of sheets that say the same,
    since rows may have changed places. `reason` is what was noted with the change; `corrected` says
    that the record itself tells it."""

    day: datetime.date
    codes: tuple[str, ...]
    edits: tuple[Edit, ...] = ()
    more: int = 0
    since: tuple[Edit, ...] = ()
    more_since: int = 0
    reason: str = ""
    corrected: bool = False


@dataclass(frozen=True)
class RecordHistory:
    """The versions of a record, as `item/key`, oldest first. `first` is the day on which its file
    first stood in the repository, where that is known."""

    record: str
    source: Source
    first: datetime.date | None = None
    versions: tuple[Version, ...] = ()

    @property
    def silent(self) -> tuple[Version, ...]:
        """The changes that the record does not tell: those after its last correction."""
        told = [n for n, version in enumerate(self.versions) if version.corrected]
        after = self.versions[max(told[-1] + 1 if told else 1, 1) :]
        return tuple(version for version in after if version.edits)
