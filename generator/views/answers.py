"""Questions and what was answered to them, as tables publish them."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.catalogue import Item
from generator.model.schema import Role
from generator.model.shared import Shared
from generator.publishing.publication import Publication, PublicRow
from generator.views.places import Link, Place
from generator.views.records import RecordView

_LATEST = 5


@dataclass(frozen=True)
class Answer:
    """A question with its answer; `told` says who answered, when and with what result."""

    question: str
    answer: str
    told: tuple[str, ...]
    url: str


def answer_items(shared: Shared, place: Place, views: tuple[RecordView, ...]) -> tuple[Link, ...]:
    """Items under which a village publishes answers: tables with a column of them."""
    known = {view.item.id for view in views}
    return tuple(
        Link(item.called, f"{place.url}{item.id}/")
        for item in shared.catalogue.items
        if item.id in known and _has_answers(item, shared)
    )


def _has_answers(item: Item, shared: Shared) -> bool:
    schema = shared.tables.get(item.table)
    return schema is not None and schema.with_role("answer") is not None


def latest_answers(publications: tuple[Publication, ...]) -> tuple[Answer, ...]:
    """The answers of an item's newest record with any, the last first."""
    for publication in publications:
        found = [
            answer
            for row in reversed(publication.rows)
            if (answer := _answer(publication, row)) is not None
        ]
        if found:
            return tuple(found[:_LATEST])
    return ()


def _answer(publication: Publication, row: PublicRow) -> Answer | None:
    def told(role: Role) -> str:
        column = publication.table.with_role(role)
        return publication.table.cell(row, column.name).text if column else ""

    question, answer = told("title"), told("answer")
    if not question or not answer:
        return None
    others = tuple(words for words in (told("date"), told("status")) if words)
    return Answer(question, answer, others, f"{publication.url}#{row.anchor}")
