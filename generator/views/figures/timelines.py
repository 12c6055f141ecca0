"""How something came about: the steps of a decision as moments, and the days that it took."""

from __future__ import annotations

from datetime import date

from generator.views.charts import Moment, TimeLine
from generator.views.publication import Publication, PublicStep
from generator.views.text import day

_TITLE = "每一步在哪一天"
_COUNTED = ("应到", "实到", "同意")
_SHOWN = ("公开", "公示", "公告", "张榜", "张贴")


def step_charts(publication: Publication, today: date) -> tuple[TimeLine, ...]:
    """A time line of a document's steps; none for fewer than two, which have no course."""
    steps = publication.document.steps if publication.document else ()
    if len(steps) < 2:
        return ()
    course = "；".join(
        f"{day(step.date)}{step.step}" + (f"，{step.votes}" if step.votes else "") for step in steps
    )
    moments = tuple(
        Moment(
            step.date,
            step.step,
            step.votes,
            "open" if step.date > today else "done",
            tuple(count for count in step.counts if count is not None),
        )
        for step in steps
    )
    return (TimeLine("course", _TITLE, f"{course}。", moments, _COUNTED),)


def step_notes(publication: Publication) -> tuple[str, ...]:
    """How long it took to decide, and how soon the decision was shown, where steps say so."""
    steps = publication.document.steps if publication.document else ()
    place = next((n for n in reversed(range(len(steps))) if _decides(steps[n])), None)
    if place is None:
        return ()
    decided, shown = steps[place], next((s for s in steps[place + 1 :] if _shows(s)), None)
    parts: list[str] = []
    if place and steps[0].date <= decided.date:
        parts.append(f"从{steps[0].step}到{decided.step}{_took(steps[0].date, decided.date)}")
    if shown is not None and decided.date <= shown.date:
        days = (shown.date - decided.date).days
        parts.append(f"作出决议{f' {days} 天后' if days else '当天'}公开")
    return ("，".join(parts) + "。",) if parts else ()


def _decides(step: PublicStep) -> bool:
    return "决议" in step.step and not _shows(step)


def _shows(step: PublicStep) -> bool:
    """Whether it is the decision that was shown: not its outcome, not a call for bids."""
    return step.step in _SHOWN or any(f"决议{word}" in step.step for word in _SHOWN)


def _took(start: date, end: date) -> str:
    days = (end - start).days
    return f"用了 {days} 天" if days else "在同一天"
