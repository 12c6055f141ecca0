"""What there is to do today in all villages, what goes on paper for it, and what is published."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from generator.build import build
from generator.printing import RoundRequest, draw_round
from generator.progress import Report
from generator.settings import Settings
from generator.status import Status, Task, VillageStatus, status_of
from generator.views.said import say

_AHEAD = 7  # days
_LISTED = ("late", "mending", "soon", "review", "refused", "down", "up", "hung")


def tasks(settings: Settings) -> dict[str, Any]:
    """What there is to do, by village and kind, with the words for each."""
    status = status_of(replace(settings, jobs=1), _AHEAD, lambda _: None)
    villages = [_village(village, status) for village in status.villages]
    return {"today": status.today.isoformat(), "villages": villages}


def _village(village: VillageStatus, status: Status) -> dict[str, Any]:
    kinds = []
    for kind in _LISTED:
        own = [_task(task) for task in village.tasks if task.kind == kind]
        if own:
            title = say(status.shared.phrases, "status", "kind", kind=kind)
            kinds.append({"kind": kind, "title": title, "tasks": own})
    town = status.shared.site.town(village.town)
    return {
        "id": village.id,
        "name": village.name or village.id,
        "town": town.name if town else "",
        "errors": village.errors,
        "isUsable": bool(village.name),
        "kinds": kinds,
    }


def _task(task: Task) -> dict[str, Any]:
    return {
        "title": task.title,
        "day": task.day.isoformat() if task.day else "",
        "days": task.days,
        "board": task.board,
        "note": task.note,
        "isPersonal": task.is_personal,
    }


def printed(settings: Settings, village: str, everything: bool) -> dict[str, Any]:
    """The list for the round of a village's boards with the sheets behind it, as one PDF, and cut for
    the office's paper where that is needed."""
    drawing = replace(settings, sheets="all", cache=None)
    round = draw_round(RoundRequest(village, None, everything), drawing)
    return {
        "files": list(round.files),
        "up": round.up,
        "down": round.down,
        "problems": [str(found) for found in round.problems if found.severity != "notice"],
    }


def published(settings: Settings, report: Report) -> dict[str, Any]:
    """What a build into the output folder gave; what nobody approved is not in it."""
    result = build(replace(settings, drafts=False), report)
    errors = sorted({p.source.file for p in result.problems if p.severity == "error"})
    return {
        "folder": str(settings.out.absolute()),
        "villages": result.villages,
        "records": result.records,
        "posters": result.posters,
        "changed": len(result.changes.changed),
        "removed": len(result.changes.removed),
        "errors": errors,
    }
