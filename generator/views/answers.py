"""Questions and what was answered to them, as tables publish them."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.catalogue import Item
from generator.model.shared import Shared
from generator.views.places import Link, Place
from generator.views.publication import Publication, PublicRow
from generator.views.records import RecordView

_LATEST = 5


@dataclass(frozen=True)
class Answer:
    """A question with its answer; `told` says by whom, when and with what result."""

    question: str
    answer: str
    told: tuple[str, ...]
    url: str


def answer_items(shared: Shared, place: Place, views: tuple[RecordView, ...]) -> tuple[Link, ...]:
    """Items under which a village publishes answers: tables with a column of them."""
    known = {view.item.id for view in views}
    return tuple(
        Link(item.title, f"{place.url}{item.id}/")
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
    texts = {
        field.role: cell.text
        for field, cell in zip(reversed(publication.columns), reversed(row.cells), strict=True)
        if field.role
    }
    if not texts.get("title") or not texts.get("answer"):
        return None
    told = tuple(texts[role] for role in ("date", "status") if texts.get(role))
    url = f"{publication.url}#{row.anchor}"
    return Answer(texts["title"], texts["answer"], told, url)
