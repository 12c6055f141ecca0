"""Tells how a village was supervised over a month or a quarter, and how it stands."""

from __future__ import annotations

from collections.abc import Iterator

from generator.views.supervising.assessing import Assessed
from generator.views.supervising.facts import VillageFacts
from generator.views.supervising.report import POINTS, Block, Cell, ReportView, Words


def village_report(facts: VillageFacts, assessed: Assessed, words: Words) -> ReportView:
    """The report on a village."""
    blocks = (
        _activities(facts, words),
        _found(facts, words),
        _due(facts, words),
        _looked(facts, words),
        _changed(facts, words),
        _asked(facts, words),
        _assessed(assessed, words),
        *_agenda(facts, words),
    )
    lead = words.say("lead", facts=facts, period=words.period.title)
    faults = words.say("faults", count=facts.errors) if facts.errors else ""
    return words.report(facts.name, words.lines(lead, faults), blocks)


def _activities(facts: VillageFacts, words: Words) -> Block:
    log = facts.log
    if not log.is_known:
        return words.block("activities", (words.say("no_log", facts=facts, last=words.period.end),))
    lines = words.lines(
        words.say("activities", log=log),
        words.say("unknown", months=log.unknown) if log.unknown else "",
        words.say("others", kinds=log.others) if log.others else "",
    )
    rows = (
        (
            one.title,
            words.say("asked", activity=one),
            one.done,
            words.say("activity", activity=one),
            "、".join(one.duties),
        )
        for one in log.activities
    )
    return words.block("activities", lines, *rows)


def _found(facts: VillageFacts, words: Words) -> Block:
    log = facts.log
    if not log.is_known and not log.older:
        return words.block("found", (words.say("no_log", facts=facts, last=words.period.end),))
    rows = (
        (
            found.entry.day,
            found.entry.what,
            found.entry.found,
            found.entry.mending or words.say("not_written"),
            found.entry.result,
            words.say("mending", found=found, today=words.today),
        )
        for found in (*log.older, *log.found)
    )
    return words.block("found", (words.say("found", log=log),), *rows)


def _due(facts: VillageFacts, words: Words) -> Block:
    lines = words.lines(
        words.say("due", counts=facts.counts),
        words.say("coming", coming=facts.coming) if facts.coming else "",
    )
    rows = (
        (one.title, one.due, words.say("state", one=one)) for one in (*facts.lacking, *facts.late)
    )
    return words.block("due", lines, *rows)


def _looked(facts: VillageFacts, words: Words) -> Block:
    rows = (
        (
            one.title,
            one.words,
            "；".join(one.answers) or words.say("not_explained"),
            words.say("audience", looked=one),
        )
        for one in facts.looked
    )
    return words.block("looked", (words.say("looked", facts=facts),), *rows)


def _changed(facts: VillageFacts, words: Words) -> Block:
    rows = (
        (one.day, one.title, words.say("change", changed=one), one.what or words.say("hidden"))
        for one in facts.changed
    )
    return words.block("changed", (words.say("changed", changed=facts.changed),), *rows)


def _asked(facts: VillageFacts, words: Words) -> Block:
    asked = facts.asked
    lines = words.lines(
        words.say("received", asked=asked)
        if asked.is_known
        else words.say("no_register", asked=asked),
        *(words.say("tallies", title=title, counts=told) for title, told in facts.tallies),
    )
    rows = (
        (what, day, result or words.say("not_written"), (words.today - day).days)
        for what, day, result in asked.open
    )
    return words.block("asked", lines, *rows)


def _assessed(assessed: Assessed, words: Words) -> Block:
    rows: list[tuple[Cell, ...]] = []
    for one in assessed.figures:
        score = words.say("uncounted", lacks=one.lacks) if one.lacks else str(one.score)
        how = "" if one.lacks else words.say("formula", counted=one)
        rows.append((one.figure.title, one.figure.weight, score, how, one.figure.formula))
    return words.block("assessed", (words.say("assessed", assessed=assessed),), *rows)


def _agenda(facts: VillageFacts, words: Words) -> Iterator[Block]:
    """What the quarterly meeting goes through; a month has none."""
    if words.period.kind == "quarter":
        yield words.agenda(*(words.say("agenda", point=p, facts=facts) for p in POINTS))
