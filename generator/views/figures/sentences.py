"""The plain sentence that opens a record."""

from __future__ import annotations

import re

from generator.model.catalogue import Item
from generator.model.period import Period
from generator.model.sentences import PLACE, TERM, parse_place, places_of
from generator.model.village import DecisionStep, Document, People, Village
from generator.views.figures.measures import Told, column_text, is_withheld, rows_of, value_of
from generator.views.text import day, short_day

_CLAUSES = re.compile(r"([，；])")


def table_sentence(item: Item, part: Told, period: Period) -> str:
    """The item's sentence with its places filled; a plain count where it has none.

    What would tell of too few households is not told: no number of a small table, no sum of a
    few rows that nobody may see. A clause whose columns nobody filled in is left out, and one
    that speaks only of kinds of contracts, or of purchases, of which there are none.
    """
    if part.table.nothing:
        return f"{period.title}没有发生{item.title}事项。"
    if part.groups.is_small:
        return f"{period.title}{item.title}{part.groups.words}。"
    plain = f"{{period}}{item.title}共 {{count}} 条"
    sentence = item.sentence or f"{plain}。"
    if any(p.kind == "sum" and is_withheld(p, part) for p in places_of(sentence)):
        sentence = f"{plain}，金额涉及的户数{part.groups.words}。"
    first, *others = _CLAUSES.split(sentence.rstrip("。"))
    if not _is_known(first, part):
        first, others = plain, []
    clauses = zip(others[::2], others[1::2], strict=True)
    text = first + "".join(
        comma + words
        for comma, words in clauses
        if _is_known(words, part) and not _says_none(words, part)
    )
    filled = PLACE.sub(lambda match: _fill(match[1], part, period), f"{text}。")
    return filled.replace(" 不足", "不足")


def document_sentence(document: Document, publisher: str) -> str:
    """The summary; without one the last vote, the outcome, or that it was made public."""
    front = document.front
    if front.summary:
        return front.summary
    vote = vote_sentence(document)
    if vote:
        return vote
    if front.outcome:
        return f"{front.title}：{front.outcome.rstrip('。')}。"
    return f"{publisher}{day(front.date)}公开：{front.title}。"


def vote_sentence(document: Document) -> str:
    """`8月20日村民代表会议决议：应到 36 人，实到 34 人，同意 32 人。`; nothing without counts."""
    votes = [step for step in document.front.steps if step.agreed is not None]
    if not votes:
        return ""
    step = votes[-1]
    date = short_day(step.date) if step.date.year == document.front.date.year else day(step.date)
    return f"{date}{step.step}：{vote_words(step)}。"


def vote_words(step: DecisionStep) -> str:
    """`应到 36 人，实到 34 人，同意 32 人`: what is known of it."""
    parts = (
        f"应到 {step.entitled} 人" if step.entitled is not None else "",
        f"实到 {step.present} 人" if step.present is not None else "",
        f"同意 {step.agreed} 人" if step.agreed is not None else "",
    )
    return "，".join(part for part in parts if part)


def people_sentence(item: Item, people: People, village: Village) -> str:
    """How many they are, and who can be called: the head, or the first of the list."""
    if not people.persons:
        return f"{village.name}还没有登记{item.title}的人员。"
    count = f"{village.name}{item.title}共 {len(people.persons)} 人"
    reached = sorted((p for p in people.persons if p.phone), key=lambda person: not person.head)
    if not reached:
        return f"{count}。"
    first = reached[0]
    return f"{count}，有事可以找{first.title}{first.name}，电话 {first.phone}。"


def _is_known(words: str, part: Told) -> bool:
    """Whether every place in a clause has its number; one that is withheld has its words."""
    places = (p for p in places_of(words) if p.kind not in ("period", "day"))
    return all(is_withheld(p, part) or value_of(p, part) is not None for p in places)


def _says_none(words: str, part: Told) -> bool:
    """Whether a clause speaks only of kinds of contracts, or of what meets several conditions,
    of which there are none."""
    places = [place for place in places_of(words) if place.where == TERM or place.further]
    return bool(places) and not any(rows_of(place, part) for place in places)


def _fill(text: str, part: Told, period: Period) -> str:
    place = parse_place(text)
    if place.kind == "period":
        return period.title
    if place.kind == "day":
        return day(part.day)
    value = value_of(place, part)
    if is_withheld(place, part) or value is None:
        return f"不足 {part.groups.minimum}"
    return column_text(place, value, part.schema)
