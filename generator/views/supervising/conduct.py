"""Adds up how a village, a town or the county supervises itself: what towns are compared by, and the
account that the site gives of itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from generator.model.clock import moved
from generator.model.shared import Shared
from generator.views.corrections import Change, WithdrawnView
from generator.views.duties.duty import Counts, VillageDuties
from generator.views.duties.owed import year_before
from generator.views.records import RecordView
from generator.views.supervising.replies import replies
from generator.views.warnings.shown import VillageWarnings

Quarters = tuple[tuple[str, Counts], ...]


@dataclass(frozen=True)
class Conduct:
    """Numbers of the last twelve months, but for what is so now: `found` by rules for anyone to read and
    `explained`, and `refused`, files that are left out for their faults.

    `told` are corrections, `silent` changes that none tells, `withdrawn` what was taken back by
    cause. Of what villagers brought up so much was `received` and `settled`, that after `days` in
    all. `quarters` say what was due in each, by `2025Q3`. It is as small for a county as for a village.
    """

    found: int = 0
    explained: int = 0
    told: int = 0
    silent: int = 0
    withdrawn: tuple[tuple[str, int], ...] = ()
    received: int = 0
    settled: int = 0
    days: int = 0
    refused: int = 0
    quarters: Quarters = ()

    def __add__(self, other: Conduct) -> Conduct:
        causes = Counter(dict(self.withdrawn)) + Counter(dict(other.withdrawn))
        quarters = dict(self.quarters)
        for quarter, counts in other.quarters:
            quarters[quarter] = quarters.get(quarter, Counts()) + counts
        return Conduct(
            self.found + other.found,
            self.explained + other.explained,
            self.told + other.told,
            self.silent + other.silent,
            tuple(sorted(causes.items())),
            self.received + other.received,
            self.settled + other.settled,
            self.days + other.days,
            self.refused + other.refused,
            tuple(sorted(quarters.items())),
        )

    @property
    def changes(self) -> int:
        """All changes of what was public."""
        return self.told + self.silent + self.taken_back

    @property
    def taken_back(self) -> int:
        """How many records were withdrawn."""
        return sum(count for _, count in self.withdrawn)


def village_conduct(
    views: Sequence[RecordView],
    duties: VillageDuties,
    changes: Iterable[Change],
    withdrawn: Iterable[WithdrawnView],
    warnings: VillageWarnings,
    shared: Shared,
    today: date,
) -> Conduct:
    """A village's numbers; what is refused no view knows."""
    first = moved(today, year_before) + timedelta(days=1)
    own = [change for change in changes if not change.is_withdrawn and change.date >= first]
    causes = Counter(gone.cause for gone in withdrawn if gone.withdrawn >= first)
    setting = shared.assessment.replies if shared.assessment else None
    asked = [one for one in replies(views, setting) if one.day >= first] if setting else []
    settled = [(one.done - one.day).days for one in asked if one.done]
    quarters: dict[str, Counts] = {}
    for duty in duties.duties:
        if duty.counts.due:
            quarter = f"{duty.due.year}Q{(duty.due.month + 2) // 3}"
            quarters[quarter] = quarters.get(quarter, Counts()) + duty.counts
    silent = sum(change.is_silent for change in own)
    return Conduct(
        found=len(warnings.public),
        explained=sum(bool(one.answers) for one in warnings.public),
        told=len(own) - silent,
        silent=silent,
        withdrawn=tuple(sorted(causes.items())),
        received=len(asked),
        settled=len(settled),
        days=sum(settled),
        quarters=tuple(sorted(quarters.items())),
    )
