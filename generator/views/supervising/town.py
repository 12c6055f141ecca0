"""Tells how the villages of a town were supervised over a month or a quarter, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.views.duties.duty import Counts
from generator.views.supervising.assessing import Assessed
from generator.views.supervising.facts import VillageFacts
from generator.views.supervising.report import POINTS, Block, Cell, Grid, ReportView, Words
from generator.views.walls.postings import FLAWS, HungCounts

Village = tuple[VillageFacts, Assessed]


def town_report(name: str, villages: Sequence[Village], words: Words) -> ReportView:
    """The report on a town from those of its villages."""
    every = [facts for facts, _ in villages]
    counts = sum((facts.counts for facts in every), Counts())
    lead = words.say("town_lead", villages=every, counts=counts, period=words.period.title)
    blocks = (
        _side_by_side(every, words),
        _mending(every, words),
        _late(every, words),
        _unexplained(every, words),
        _open(every, words),
        *_hung(every, words),
        _scores(villages, words),
        *_agenda(every, words),
    )
    return words.report(name, (lead,), blocks)


def _side_by_side(every: Sequence[VillageFacts], words: Words) -> Block:
    def told(known: bool, number: int) -> Cell:
        return number if known else words.say("unpublished")

    rows: Iterator[tuple[Cell, ...]] = (
        (
            facts.name,
            told(facts.log.is_known, facts.log.entries),
            told(facts.log.is_known, len(facts.log.found)),
            told(facts.log.is_known, sum(found.is_mended for found in facts.log.found)),
            facts.counts.due,
            facts.counts.in_time,
            facts.counts.late,
            facts.counts.missing,
            len(facts.new),
            sum(bool(one.answers) for one in facts.new),
            len(facts.changed),
            told(facts.asked.is_known, facts.asked.received),
            told(facts.asked.is_known, facts.asked.settled),
        )
        for facts in every
    )
    silent = [facts.name for facts in every if not facts.log.is_known]
    line = words.say("silent", names=silent) if silent else ""
    return words.block("villages", words.lines(words.say("villages"), line), *rows)


def _mending(every: Sequence[VillageFacts], words: Words) -> Block:
    rows: list[tuple[Cell, ...]] = [
        (
            facts.name,
            found.entry.day,
            found.entry.what,
            found.entry.found,
            words.say("mending", found=found, today=words.today),
        )
        for facts in every
        for found in (*facts.log.older, *facts.log.found)
        if not found.is_mended
    ]
    return words.block("unmended", (words.say("unmended", count=len(rows)),), *rows)


def _late(every: Sequence[VillageFacts], words: Words) -> Block:
    rows: list[tuple[Cell, ...]] = [
        (facts.name, one.title, one.due, words.say("state", one=one))
        for facts in every
        for one in (*facts.lacking, *facts.late)
    ]
    lacking = sum(len(facts.lacking) for facts in every)
    return words.block("late", (words.say("late", count=len(rows), lacking=lacking),), *rows)


def _unexplained(every: Sequence[VillageFacts], words: Words) -> Block:
    rows: list[tuple[Cell, ...]] = [
        (facts.name, one.title, one.words, words.say("audience", looked=one))
        for facts in every
        for one in facts.unexplained
    ]
    return words.block("unexplained", (words.say("unexplained", count=len(rows)),), *rows)


def _open(every: Sequence[VillageFacts], words: Words) -> Block:
    rows: list[tuple[Cell, ...]] = [
        (facts.name, what, day, (words.today - day).days)
        for facts in every
        for what, day, _ in facts.asked.open
    ]
    return words.block("open", (words.say("open", count=len(rows)),), *rows)


def _hung(every: Sequence[VillageFacts], words: Words) -> Iterator[Block]:
    """What is written down of the boards, each village's and all together; nothing where none writes."""
    told = [(facts.name, facts.hung) for facts in every if facts.hung]
    if told:
        whole = sum((counts for _, counts in told), HungCounts())
        silent = [facts.name for facts in every if not facts.hung]
        named = (*told, (words.say("all_villages"), whole)) if len(told) > 1 else told
        rows: Iterator[tuple[Cell, ...]] = (
            (
                name,
                counts.due,
                counts.hung,
                counts.proved,
                *(dict(counts.flaws).get(flaw, 0) for flaw in FLAWS),
            )
            for name, counts in named
        )
        yield words.block("hung", (words.say("hung", silent=silent),), *rows)


def _scores(villages: Sequence[Village], words: Words) -> Block:
    """The points of all villages; they are no ranking, since other figures may count in each."""
    rows: list[tuple[Cell, ...]] = []
    for facts, assessed in villages:
        points = ("—" if one.lacks else str(one.score) for one in assessed.figures)
        total = assessed.total
        had = f"{assessed.score}/{assessed.weight}" if assessed.weight else "—"
        whole = words.say("no_total") if total is None else str(total)
        rows.append((facts.name, *points, had, whole))
    figures = villages[0][1].figures if villages else ()
    lines = words.say("scores", figures=[one.figure for one in figures])
    block = words.block("scores", (lines,), *rows)
    if block.grid is None:
        return block
    first, *last = block.grid.heads
    heads = (first, *(one.figure.title for one in figures), *last)
    return Block(block.id, block.heading, block.lines, Grid(heads, block.grid.rows))


def _agenda(every: Sequence[VillageFacts], words: Words) -> Iterator[Block]:
    if words.period.kind == "quarter":
        yield words.agenda(*(words.say("town_agenda", point=p, villages=every) for p in POINTS))
