"""Decides what readers see of a record's earlier versions: what differed, and which sheets said it.

Once the names of a list came down nothing is told of its rows, then or now.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.model.history import Edit
from generator.model.village import Record
from generator.views.linking import VillageRecords
from generator.views.said import say


@dataclass(frozen=True)
class VersionView:
    """A version of a record from a day on; `codes` are those of sheets that say it, `lines` what
    differs from the version before, `since` what differs from it to the last, in words; a `silent` one
    is told by no correction."""

    day: date
    codes: tuple[str, ...]
    lines: tuple[str, ...]
    since: tuple[str, ...]
    reason: str
    silent: bool


def history_of(record: Record, records: VillageRecords) -> tuple[VersionView, ...]:
    """The versions of a record, oldest first; none where there was only one."""
    past, words = records.data.history.get(record.name), records.shared.phrases
    if past is None or (len(past.versions) < 2 and all(len(v.codes) < 2 for v in past.versions)):
        return ()
    hides, silent = records.publication(record).is_expired, frozenset(past.silent)

    def told(edits: tuple[Edit, ...], more: int) -> tuple[str, ...]:
        if hides and edits:
            return (say(words, "history", "hidden", count=len(edits) + more),)
        lines = tuple(say(words, "history", "edit", edit=edit) for edit in edits)
        return (*lines, say(words, "history", "more", count=more)) if more else lines

    later = (*past.versions[1:], None)
    return tuple(
        VersionView(
            one.day,
            one.codes,
            told(one.edits, one.more),
            told(one.since, one.more_since)
            if one.since or next is None
            else told(next.edits, next.more),
            "" if hides else one.reason,
            one in silent,
        )
        for one, next in zip(past.versions, later, strict=True)
    )
