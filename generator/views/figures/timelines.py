"""Shows how a decision came about: its steps by their days, and how long they took."""

from __future__ import annotations

from datetime import date

from generator.model.catalogue import StepWords
from generator.model.phrases import Phrases
from generator.model.shared import Shared
from generator.publishing.publication import Publication, PublicStep
from generator.views.charts import Milestone, TimeLine
from generator.views.said import say

_COUNTED = ("entitled", "present", "agreed")


def step_charts(publication: Publication, today: date, phrases: Phrases) -> tuple[TimeLine, ...]:
    """A time line of a document's steps; none for fewer than two, which have no course."""
    steps = publication.document.steps if publication.document else ()
    if len(steps) < 2:
        return ()
    moments = tuple(
        Milestone(
            step.date,
            step.step,
            step.votes,
            "open" if step.date > today else "done",
            tuple(count for count in step.counts if count is not None),
        )
        for step in steps
    )
    title, course = (
        say(phrases, "charts", "course_title"),
        say(phrases, "charts", "course", steps=steps),
    )
    counted = tuple(say(phrases, "charts", "counted", count=count) for count in _COUNTED)
    return (TimeLine("course", title, course, moments, counted),)


def step_notes(publication: Publication, shared: Shared) -> tuple[str, ...]:
    """How long it took to decide, and how soon the decision was shown, where steps say so."""
    steps = publication.document.steps if publication.document else ()
    words = shared.catalogue.steps
    place = next((n for n in reversed(range(len(steps))) if _decides(steps[n], words)), None)
    if place is None:
        return ()
    first, decided = steps[0], steps[place]
    shown = next((s for s in steps[place + 1 :] if _shows(s, words)), None)
    took = (decided.date - first.date).days if place and first.date <= decided.date else None
    later = (shown.date - decided.date).days if shown and decided.date <= shown.date else None
    if took is None and later is None:
        return ()
    facts = {"first": first, "decided": decided, "days": took, "shown": later}
    return (say(shared.phrases, "notes", "course", **facts),)


def _decides(step: PublicStep, words: StepWords) -> bool:
    return any(word in step.step for word in words.decides) and not _shows(step, words)


def _shows(step: PublicStep, words: StepWords) -> bool:
    """Whether it is the decision that was shown: not its outcome, not a call for bids."""
    of_decision = (f"{decided}{shown}" for decided in words.decides for shown in words.shows)
    return step.step in words.shows or any(both in step.step for both in of_decision)
