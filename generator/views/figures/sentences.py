"""The plain sentence that opens a record."""

from __future__ import annotations

import re

from generator.model.catalogue import Item
from generator.model.period import Period
from generator.model.phrases import Phrases
from generator.model.sentences import parse_place, places_of
from generator.model.village import Document, People, Village
from generator.publishing.publication import Publication
from generator.publishing.text import day
from generator.views.figures.measures import Figures, column_text, is_withheld, rows_of, value_of
from generator.views.said import say

# Half-sentences of an item's sentence; a place in it with the blank that parts its number.
_CLAUSES = re.compile(r"([，；])")
_PLACE = re.compile(r"( ?)\{([^{}]*)\}")


def table_sentence(item: Item, part: Figures, period: Period, phrases: Phrases) -> str:
    """The item's sentence with its places filled; a plain count where it has none.

    Nothing is said that would speak of too few households: no number of a small table, no sum of a
    few rows that nobody may see. A clause whose columns nobody filled in is left out, and one
    that speaks only of kinds of contracts, or of purchases, of which there are none.
    """
    if part.table.nothing:
        return say(phrases, "sentences", "nothing", period=period, item=item)
    few = part.groups.words
    if part.groups.is_small:
        return say(phrases, "sentences", "few", period=period, item=item, few=few)
    plain = say(phrases, "sentences", "count", item=item)
    sentence = item.sentence or plain
    if any(p.kind == "sum" and is_withheld(p, part) for p in places_of(sentence)):
        sentence = say(phrases, "sentences", "few_in_sum", item=item, few=few)
    first, *others = _CLAUSES.split(sentence.rstrip("。"))
    if not _is_known(first, part):
        first, others = plain.rstrip("。"), []
    clauses = zip(others[::2], others[1::2], strict=True)
    text = first + "".join(
        comma + words
        for comma, words in clauses
        if _is_known(words, part) and not _says_none(words, part)
    )

    def fill(match: re.Match[str]) -> str:
        return _filled(match[1], match[2], part, period, phrases)

    return _PLACE.sub(fill, f"{text}。")


def document_sentence(document: Document, publication: Publication, phrases: Phrases) -> str:
    """The summary; without one the last vote, the outcome, or that it was made public."""
    front = document.front
    if front.summary:
        return front.summary
    vote = vote_sentence(document, publication, phrases)
    if vote:
        return vote
    facts = {"title": front.title, "outcome": front.outcome.rstrip("。")}
    if front.outcome:
        return say(phrases, "sentences", "outcome", **facts)
    made = {"publisher": publication.publisher, "day": front.date, "title": front.title}
    return say(phrases, "sentences", "published", **made)


def vote_sentence(document: Document, publication: Publication, phrases: Phrases) -> str:
    """`8月20日村民代表会议决议：应到 36 人，实到 34 人，同意 32 人。`; nothing without counts."""
    steps = publication.document.steps if publication.document else ()
    step = next((step for step in reversed(steps) if step.counts[2] is not None), None)
    if step is None:
        return ""
    is_other_year = step.date.year != document.front.date.year
    return say(phrases, "sentences", "vote", step=step, is_other_year=is_other_year)


def people_sentence(item: Item, people: People, village: Village, phrases: Phrases) -> str:
    """How many there are, and whom to call: the head, or the first of the list."""
    if not people.persons:
        return say(phrases, "sentences", "nobody", village=village, item=item)
    reached = sorted((p for p in people.persons if p.phone), key=lambda person: not person.head)
    first, count = reached[0] if reached else None, len(people.persons)
    return say(phrases, "sentences", "people", village=village, item=item, count=count, first=first)


def _is_known(words: str, part: Figures) -> bool:
    """Whether every place in a clause has its number; one that is withheld has its words."""
    places = (p for p in places_of(words) if p.kind not in ("period", "day"))
    return all(is_withheld(p, part) or value_of(p, part) is not None for p in places)


def _says_none(words: str, part: Figures) -> bool:
    """Whether a clause speaks only of kinds of contracts, or of what meets several conditions,
    of which there are none."""
    term = part.schema.lease.column if part.schema.lease else None
    places = [p for p in places_of(words) if p.further or (p.where and p.where == term)]
    return bool(places) and not any(rows_of(place, part) for place in places)


def _filled(blank: str, text: str, part: Figures, period: Period, phrases: Phrases) -> str:
    """What stands in a place; the blank before it parts words from a number, not from words."""
    place = parse_place(text)
    if place.kind == "period":
        return blank + period.title
    if place.kind == "day":
        return blank + day(part.day)
    value = value_of(place, part)
    if is_withheld(place, part) or value is None:
        return say(phrases, "sentences", "less_than", minimum=part.groups.minimum)
    return blank + column_text(place, value, part.schema)
