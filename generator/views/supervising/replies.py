"""Reads the register of what villagers brought up: when it came, and when it was settled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from generator.model.assessment import Replies
from generator.views.records import RecordView


@dataclass(frozen=True)
class Reply:
    """One thing that came on a day; `done` is the day on which it was settled, `state` what the
    register says of it."""

    what: str
    day: date
    done: date | None
    state: str


def replies(views: Iterable[RecordView], setting: Replies) -> tuple[Reply, ...]:
    """Each thing once, as the newest register that has it tells it."""
    own = [view.publication for view in views if view.item.id == setting.item]
    newest: dict[tuple[str, date], Reply] = {}
    for publication in sorted(own, key=lambda one: one.key):
        table = publication.table
        day, what, result = (table.with_role(role) for role in ("date", "title", "status"))
        for row in table.rows:
            when = table.cell(row, day.name).value if day else None
            if isinstance(when, date):
                title, state = (table.cell(row, c.name).text if c else "" for c in (what, result))
                done = table.cell(row, setting.done).value
                settled = done if isinstance(done, date) else None
                newest[title, when] = Reply(title, when, settled, state)
    return tuple(newest.values())
